using McConformance.Entities.GroupManagement;
using McConformance.McSystem.External;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.McSystem.Application;

/// <summary>What an administrator is told of the own list for a group of another MC system.</summary>
/// <param name="StatusCode">What the group's home MC system answered; 0 where it did not.</param>
/// <param name="Outcome">What became of the list; null where that is not known.</param>
public sealed record MembershipTold(int StatusCode, MembershipDecision? Outcome);

/// <summary>Administrators of an MC system whose servers run in this process.</summary>
/// <param name="domain">Its domain.</param>
/// <param name="plane">Its application plane; null where it has none.</param>
internal sealed class BundledAdministrators(string domain, BundledApplicationPlane? plane) : IAdministrators
{
    /// <inheritdoc/>
    public Task ChangeTokenKeyAsync()
    {
        Plane.ChangeKey();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> WithdrawMigrationAsync(string user, McSystemId partner) =>
        Task.FromResult(Plane.WithdrawMigration(user, partner.Value));

    /// <inheritdoc/>
    public Task<int> SetPartnersAsync(McGroupId group, IReadOnlyList<GroupPartner> partners) =>
        Groups.MembersFromPartners.SetPartnersAsync(group, partners);

    /// <inheritdoc/>
    public async Task<int> OverviewAsync(McSystemId home) =>
        (await Groups.MembersForPartners.OverviewAsync(home).ConfigureAwait(false)).StatusCode;

    /// <inheritdoc/>
    public async Task<MembershipTold> ProposeAsync(MembershipProposal proposal) =>
        Told(await Groups.MembersForPartners.ProposeAsync(proposal).ConfigureAwait(false));

    /// <inheritdoc/>
    public async Task<MembershipTold> LookAsync(McGroupId group) =>
        Told(await Groups.MembersForPartners.LookAsync(group).ConfigureAwait(false));

    /// <inheritdoc/>
    public Task<IReadOnlyList<MembershipProposal>> ToReviewAsync() =>
        Task.FromResult(Groups.MembersFromPartners.Pending);

    /// <inheritdoc/>
    public Task<int> DecideAsync(MembershipDecision decision, McSystemId partner) =>
        Groups.MembersFromPartners.DecideAsync(decision, partner);

    private BundledApplicationPlane Plane =>
        plane ?? throw new NotOfferedException($"{domain} has no application plane");

    private GroupManagementServer Groups => Plane.Groups
        ?? throw new NotOfferedException($"the group management server of {domain} does not run here");

    private static MembershipTold Told(MembershipLearnt learnt) => new(learnt.StatusCode, learnt.Outcome);
}
