using McConformance.McSystem.Application;
using McConformance.McSystem.Configuration;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.McSystem.External;

/// <summary>Administrators of an MC system that another process runs: they are asked over its operator port.</summary>
/// <param name="port">The operator port.</param>
/// <param name="domain">Domain of the MC system.</param>
/// <param name="id">What it is called there.</param>
internal sealed class RemoteAdministrators(OperatorClient port, string domain, string id) : IAdministrators
{
    /// <inheritdoc/>
    public Task ChangeTokenKeyAsync() => AskAsync<object>("token-key", new { });

    /// <inheritdoc/>
    public async Task<bool> WithdrawMigrationAsync(string user, McSystemId partner) =>
        await port.AskAsync<object>(id, "migrations/withdraw", new WithdrawMigrationRequest(user, partner))
            .ConfigureAwait(false) is not null;

    /// <inheritdoc/>
    public Task<int> SetPartnersAsync(McGroupId group, IReadOnlyList<GroupPartner> partners) =>
        StatusAsync("membership/partners", new GroupPartnersRequest(group, [.. partners]));

    /// <inheritdoc/>
    public Task<int> OverviewAsync(McSystemId home) => StatusAsync("membership/overview", new OverviewRequest(home));

    /// <inheritdoc/>
    public Task<MembershipTold> ProposeAsync(MembershipProposal proposal) =>
        ToldAsync("membership/propose", ProposalSettings.Of(proposal));

    /// <inheritdoc/>
    public Task<MembershipTold> LookAsync(McGroupId group) => ToldAsync("membership/look", new LookRequest(group));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MembershipProposal>> ToReviewAsync() =>
        [.. (await AskAsync<ProposalsAnswer>("membership/review", new { }).ConfigureAwait(false))
            .Proposals.Select(p => p.ToProposal())];

    /// <inheritdoc/>
    public Task<int> DecideAsync(MembershipDecision decision, McSystemId partner) =>
        StatusAsync("membership/decide", new DecideRequest(DecisionSettings.Of(decision), partner));

    private async Task<int> StatusAsync(string action, object request) =>
        (await AskAsync<StatusAnswer>(action, request).ConfigureAwait(false)).StatusCode;

    private async Task<MembershipTold> ToldAsync(string action, object request)
    {
        var answer = await AskAsync<ProposalAnswer>(action, request).ConfigureAwait(false);
        return new MembershipTold(answer.StatusCode, answer.Outcome?.ToDecision());
    }

    private async Task<T> AskAsync<T>(string action, object request)
        where T : class => await port.AskAsync<T>(id, action, request).ConfigureAwait(false)
        ?? throw new OperatorPortException($"the operator port of {domain} does not know POST /systems/{id}/{action}");
}
