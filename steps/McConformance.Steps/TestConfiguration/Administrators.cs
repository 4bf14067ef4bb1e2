using System.Net;
using McConformance.McSystem;
using McConformance.McSystem.Application;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.Steps.TestConfiguration;

/// <summary>What an administrator was told of members from a partner.</summary>
/// <param name="StatusCode">What the other MC system answered; 0 where it did not.</param>
/// <param name="Outcome">What became of the list; null where that was not told.</param>
public sealed record MembershipSeen(int StatusCode, MembershipDecision? Outcome);

/// <summary>What administrators do about members from partners (TR 23.781 5.1.12).</summary>
public sealed partial class SystemsUnderTest
{
    /// <summary>An administrator of the primary says with which partners joint-ops is interconnected.</summary>
    public Task<int> SetPartnersAsync(params IReadOnlyList<GroupPartner> partners) =>
        External.OfferedAsync(() => AdministratorsOf("primary").SetPartnersAsync(ScenarioPlan.JointOps, partners));

    /// <summary>An administrator asks for the groups of the primary that own users can be proposed for.</summary>
    public Task<int> OverviewAsync(string role) => External.OfferedAsync(() =>
        AdministratorsOf(role).OverviewAsync(new McSystemId(ScenarioPlan.DomainOf("primary"))));

    /// <summary>An administrator proposes members for a group.</summary>
    public async Task<MembershipSeen> ProposeAsync(string role, MembershipProposal proposal) =>
        Seen(await External.OfferedAsync(() => AdministratorsOf(role).ProposeAsync(proposal)));

    /// <summary>An administrator asks what became of the own list for joint-ops.</summary>
    public async Task<MembershipSeen> LookAsync(string role) =>
        Seen(await External.OfferedAsync(() => AdministratorsOf(role).LookAsync(ScenarioPlan.JointOps)));

    /// <summary>Lists that wait for a decision of an administrator of the primary.</summary>
    public Task<IReadOnlyList<MembershipProposal>> ToReviewAsync() =>
        External.OfferedAsync(() => AdministratorsOf("primary").ToReviewAsync());

    /// <summary>An administrator of the primary decides on a list of the partner.</summary>
    public Task<int> DecideAsync(MembershipDecision decision) => External.OfferedAsync(() =>
        AdministratorsOf("primary").DecideAsync(decision, new McSystemId(ScenarioPlan.DomainOf("partner"))));

    /// <summary>Where other MC systems reach the group management server, as far as no HTTP proxy stands before
    /// it.</summary>
    public IPEndPoint GroupManagementOf(string role) => network.GroupManagementOf(ScenarioPlan.DomainOf(role));

    private IAdministrators AdministratorsOf(string role) => network[ScenarioPlan.DomainOf(role)].Administrators;

    private static MembershipSeen Seen(MembershipTold told) => new(told.StatusCode, told.Outcome);
}
