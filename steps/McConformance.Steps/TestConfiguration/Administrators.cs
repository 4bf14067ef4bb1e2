using System.Net;
using McConformance.McSystem.Application;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.Steps.TestConfiguration;

/// <summary>What an administrator was told of members from a partner.</summary>
/// <param name="StatusCode">What the other MC system answered; 0 where it did not.</param>
/// <param name="Proposal">The list; null where none was shown.</param>
/// <param name="Outcome">What became of it; null where that was not told.</param>
public sealed record MembershipSeen(int StatusCode, MembershipProposal? Proposal, MembershipDecision? Outcome);

/// <summary>What administrators do about members from partners (TR 23.781 5.1.12).</summary>
public sealed partial class SystemsUnderTest
{
    /// <summary>An administrator of the primary says with which partners joint-ops is interconnected.</summary>
    public Task<int> SetPartnersAsync(params IReadOnlyList<GroupPartner> partners) =>
        AdministratorsOf("primary").SetPartnersAsync(ScenarioPlan.JointOps, partners);

    /// <summary>An administrator asks for the groups of the primary that own users can be proposed for.</summary>
    public async Task<int> OverviewAsync(string role) =>
        (await AdministratorsOf(role).OverviewAsync(new McSystemId(ScenarioPlan.DomainOf("primary")))).StatusCode;

    /// <summary>An administrator proposes members for a group.</summary>
    public async Task<MembershipSeen> ProposeAsync(string role, MembershipProposal proposal) =>
        Seen(await AdministratorsOf(role).ProposeAsync(proposal));

    /// <summary>An administrator asks what became of the own list for joint-ops.</summary>
    public async Task<MembershipSeen> LookAsync(string role) =>
        Seen(await AdministratorsOf(role).LookAsync(ScenarioPlan.JointOps));

    /// <summary>What an administrator knows of it without asking; null where nothing.</summary>
    public MembershipDecision? OutcomeOf(string role) => AdministratorsOf(role).OutcomeOf(ScenarioPlan.JointOps);

    /// <summary>Lists that wait for a decision of an administrator of the primary.</summary>
    public IReadOnlyList<MembershipProposal> ToReview => AdministratorsOf("primary").ToReview;

    /// <summary>An administrator of the primary decides on a list of the partner.</summary>
    public Task<int> DecideAsync(MembershipDecision decision) =>
        AdministratorsOf("primary").DecideAsync(decision, new McSystemId(ScenarioPlan.DomainOf("partner")));

    /// <summary>Where other MC systems reach the group management server, as far as no HTTP proxy stands before
    /// it.</summary>
    public IPEndPoint GroupManagementOf(string role) => network.GroupManagementOf(ScenarioPlan.DomainOf(role));

    private GroupAdministration AdministratorsOf(string role) =>
        network[ScenarioPlan.DomainOf(role)].RunsElsewhere(EntityKind.GroupManagementServer)
        ? throw new InconclusiveException($"the operator port of {ScenarioPlan.DomainOf(role)} has no such action of an administrator")
        : network.AdministratorsOf(ScenarioPlan.DomainOf(role));

    private static MembershipSeen Seen(MembershipTold told) => new(told.StatusCode, told.Proposal, told.Outcome);
}
