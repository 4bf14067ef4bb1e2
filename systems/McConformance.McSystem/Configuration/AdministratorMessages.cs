using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.McSystem.Configuration;

/// <summary>An administrator withdraws a user's permission to migrate.</summary>
/// <param name="User">Name of the user.</param>
/// <param name="Partner">Domain of the partner.</param>
public sealed record WithdrawMigrationRequest(string User, McSystemId Partner);

/// <summary>An administrator says with which partners a group is interconnected.</summary>
/// <param name="Group">The group.</param>
/// <param name="Partners">All of them; none closes the group.</param>
public sealed record GroupPartnersRequest(McGroupId Group, List<GroupPartner> Partners);

/// <summary>An administrator asks for which groups of another MC system own users can be proposed.</summary>
/// <param name="Home">Domain of the other MC system.</param>
public sealed record OverviewRequest(McSystemId Home);

/// <summary>An administrator asks what became of the own list for a group.</summary>
/// <param name="Group">The group.</param>
public sealed record LookRequest(McGroupId Group);

/// <summary>A list of members of one partner for a group.</summary>
/// <param name="Id">Of the list, a URI.</param>
/// <param name="Group">The group.</param>
/// <param name="Partner">Whose users they are.</param>
/// <param name="Members">All of them.</param>
public sealed record ProposalSettings(string Id, McGroupId Group, McSystemId Partner, List<ProposedMember> Members)
{
    /// <summary>Describes one.</summary>
    public static ProposalSettings Of(MembershipProposal proposal) => new(
        proposal.Id, proposal.Group, proposal.Partner,
        [.. proposal.Members.Select(m => new ProposedMember(m.Id, m.DisplayName))]);

    /// <summary>The list.</summary>
    public MembershipProposal ToProposal() => new(
        Id, Group, Partner, [.. Members.Select(m => new GroupMember(m.Id) { DisplayName = m.DisplayName })]);
}

/// <summary>A user who is to be a member.</summary>
/// <param name="Id">MC service ID.</param>
/// <param name="DisplayName">Name for people.</param>
public sealed record ProposedMember(McServiceId Id, string? DisplayName = null);

/// <summary>Lists that wait for a decision.</summary>
/// <param name="Proposals">In the order in which they came.</param>
public sealed record ProposalsAnswer(List<ProposalSettings> Proposals);

/// <summary>What became of a list.</summary>
/// <param name="Proposal">Id of the list.</param>
/// <param name="Group">The group.</param>
/// <param name="State">Whether it holds.</param>
/// <param name="Reason">Why not; null where nothing was said.</param>
public sealed record DecisionSettings(string Proposal, McGroupId Group, ApprovalState State, string? Reason = null)
{
    /// <summary>Describes one.</summary>
    public static DecisionSettings Of(MembershipDecision decision) =>
        new(decision.ProposalId, decision.Group, decision.State, decision.Reason);

    /// <summary>The decision.</summary>
    public MembershipDecision ToDecision() => new(Proposal, Group, State, Reason);
}

/// <summary>An administrator decides on a list.</summary>
/// <param name="Decision">How.</param>
/// <param name="Partner">Whose list it is.</param>
public sealed record DecideRequest(DecisionSettings Decision, McSystemId Partner);

/// <summary>How an administrator's action ended.</summary>
/// <param name="StatusCode">A status of HTTP: of the other MC system where that was asked, 0 where it did not
/// answer.</param>
public sealed record StatusAnswer(int StatusCode);

/// <summary>What an administrator is told of the own list.</summary>
/// <param name="StatusCode">What the group's home MC system answered; 0 where it did not.</param>
/// <param name="Outcome">What became of the list; left out where that is not known.</param>
public sealed record ProposalAnswer(int StatusCode, DecisionSettings? Outcome = null);
