using McConformance.Entities.GroupManagement;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.McSystem.Application;

/// <summary>What an administrator is told of the own list for a group of another MC system.</summary>
/// <param name="StatusCode">What the group's home MC system answered; 0 where it did not.</param>
/// <param name="Proposal">The list; null where there is none.</param>
/// <param name="Outcome">What became of it; null where that is not known.</param>
public sealed record MembershipTold(int StatusCode, MembershipProposal? Proposal, MembershipDecision? Outcome);

/// <summary>What administrators of one bundled MC system do about members from partners (TR 23.781 5.1.12): of groups
/// that are at home there, and of own users who are to be members elsewhere.</summary>
public sealed class GroupAdministration
{
    private readonly GroupManagementServer groups;

    internal GroupAdministration(GroupManagementServer groups) => this.groups = groups;

    /// <summary>Lists of partners that wait for a decision.</summary>
    public IReadOnlyList<MembershipProposal> ToReview => groups.MembersFromPartners.Pending;

    /// <summary>Says with which partners a group is interconnected, and how their changes take effect.</summary>
    /// <returns>200, 404 for an unknown group, 409 for a partner without configuration.</returns>
    public Task<int> SetPartnersAsync(McGroupId group, IReadOnlyList<GroupPartner> partners) =>
        groups.MembersFromPartners.SetPartnersAsync(group, partners);

    /// <summary>Approves or rejects a list.</summary>
    /// <returns>200, 404 where there is none, 409 where it is another by now or decided.</returns>
    public Task<int> DecideAsync(MembershipDecision decision, McSystemId partner) =>
        groups.MembersFromPartners.DecideAsync(decision, partner);

    /// <summary>Asks for which groups of another MC system own users can be proposed.</summary>
    public Task<(int StatusCode, InterconnectionGroups? Groups)> OverviewAsync(McSystemId home) =>
        groups.MembersForPartners.OverviewAsync(home);

    /// <summary>Proposes own users for a group.</summary>
    public async Task<MembershipTold> ProposeAsync(MembershipProposal proposal) =>
        Told(await groups.MembersForPartners.ProposeAsync(proposal).ConfigureAwait(false));

    /// <summary>Asks what the group's home MC system holds of the own list, and what became of it.</summary>
    public async Task<MembershipTold> LookAsync(McGroupId group) =>
        Told(await groups.MembersForPartners.LookAsync(group).ConfigureAwait(false));

    /// <summary>What is known of the list without asking; null where nothing is.</summary>
    public MembershipDecision? OutcomeOf(McGroupId group) => groups.MembersForPartners.OutcomeOf(group);

    private static MembershipTold Told(MembershipLearnt learnt) =>
        new(learnt.StatusCode, learnt.Proposal, learnt.Outcome);
}
