using McConformance.McSystem;
using McConformance.McSystem.Application;
using McConformance.McSystem.Configuration;
using Microsoft.AspNetCore.Http;

namespace McConformance.Host;

/// <summary>Actions of administrators at the operator port (features/operator-port.md).</summary>
internal static class AdministratorActions
{
    /// <summary>Does one.</summary>
    /// <returns>Status and answer; null where no action is called so.</returns>
    public static async Task<(int, object?)?> DoAsync(IAdministrators who, string action, HttpContext context)
    {
        switch (action)
        {
            case "token-key":
                await who.ChangeTokenKeyAsync();
                return (200, new { });
            case "migrations/withdraw":
                var withdrawn = await OperatorPort.ReadAsync<WithdrawMigrationRequest>(context);
                return await who.WithdrawMigrationAsync(withdrawn.User, withdrawn.Partner)
                    ? (200, new { }) : (404, new OperatorError($"there is no user {withdrawn.User}"));
            default:
                return action.StartsWith("membership/", StringComparison.Ordinal)
                    ? await MembershipAsync(who, action["membership/".Length..], context) : null;
        }
    }

    private static async Task<(int, object?)?> MembershipAsync(IAdministrators who, string what, HttpContext context)
    {
        switch (what)
        {
            case "partners":
                var open = await OperatorPort.ReadAsync<GroupPartnersRequest>(context);
                return (200, new StatusAnswer(await who.SetPartnersAsync(open.Group, open.Partners)));
            case "overview":
                var wanted = await OperatorPort.ReadAsync<OverviewRequest>(context);
                return (200, new StatusAnswer(await who.OverviewAsync(wanted.Home)));
            case "propose":
                var list = await OperatorPort.ReadAsync<ProposalSettings>(context);
                return (200, Answer(await who.ProposeAsync(list.ToProposal())));
            case "look":
                return (200, Answer(await who.LookAsync((await OperatorPort.ReadAsync<LookRequest>(context)).Group)));
            case "review":
                var waiting = await who.ToReviewAsync();
                return (200, new ProposalsAnswer([.. waiting.Select(ProposalSettings.Of)]));
            case "decide":
                var how = await OperatorPort.ReadAsync<DecideRequest>(context);
                return (200, new StatusAnswer(await who.DecideAsync(how.Decision.ToDecision(), how.Partner)));
            default:
                return null;
        }
    }

    private static ProposalAnswer Answer(MembershipTold told) =>
        new(told.StatusCode, told.Outcome is { } outcome ? DecisionSettings.Of(outcome) : null);
}
