using McConformance.Checks.Flow;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Steps;

/// <summary>Invitations to private calls between MC systems, as far as they are refused or declined (TR 23.781 5.1.1,
/// 6.1.1).</summary>
[Binding]
public sealed class PrivateCallSteps(ScenarioWorld world)
{
    private static readonly TimeSpan ServiceTime = TimeSpan.FromSeconds(70);

    [Given(@"^the partner's profile allows (\w+) to make private calls$")]
    public void MayCall(string user) => world.Plan.AllowPrivateCalls(user, true);

    [When(@"^(\w+) invites (\w+), a user of the (\w+), to a private call$")]
    public Task Invites(string user, string other, string role) => InviteAsync(user, null, other, role);

    [When(@"^(\w+) invites (\w+), a user of the (\w+), to a private call from the partner$")]
    public Task InvitesFromPartner(string user, string other, string role) => InviteAsync(user, "partner", other, role);

    [Then(@"^(\w+)'s UE is offered the call of (\S+) \((\S+)\)$")]
    public async Task Offered(string user, string caller, string requirement)
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim(requirement, "a call that is permitted is offered to the user called");
        var invitation = Reaching(seen, user).FirstOrDefault();
        if (invitation is null) world.Judge(claim.Missing($"an invitation of {user}'s UE"));
        world.Judge(claim.Compare(invitation!, caller, invitation!.Info?.CallingUserId?.Value));
    }

    [Then(@"^(\w+) is told that the user called declined \((\S+)\)$")]
    public Task Declined(string user, string requirement) =>
        IsToldAsync(user, 480, "110 user declined the call invitation", requirement);

    [Then(@"^(\w+) is told that the call is not authorized with the interconnected system \((\S+)\)$")]
    public Task NotAuthorized(string user, string requirement) =>
        IsToldAsync(user, 403, "179 service not authorized with the interconnected system", requirement);

    [Then(@"^(\w+) is told that the profile allows no private calls \((\S+)\)$")]
    public Task NotAllowed(string user, string requirement) =>
        IsToldAsync(user, 403, "107 user not authorised to make private calls", requirement);

    [Then(@"^no invitation leaves the (\w+) MC system \((\S+)\)$")]
    public async Task NothingLeaves(string role, string requirement)
    {
        var seen = await world.ObserveAsync();
        var domain = ScenarioPlan.DomainOf(role);
        var claim = new Claim(requirement, "a call that this MC system does not permit does not leave it");
        var all = seen.Requests(SipMethod.Invite).ToArray();
        if (all.Length == 0) world.Judge(claim.Missing("an invitation of the UE"));
        world.Judge(claim.None(all.FirstOrDefault(m =>
            m.From.System == domain && m.To.System.Length > 0 && m.To.System != domain)));
    }

    [Then(@"^(\w+)'s UE is offered no call \((\S+)\)$")]
    public async Task NotOffered(string user, string requirement)
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim(requirement, "a call that is not permitted is not offered");
        if (!seen.Requests(SipMethod.Invite).Any()) world.Judge(claim.Missing("an invitation of the caller's UE"));
        world.Judge(claim.None(Reaching(seen, user).FirstOrDefault()));
    }

    private static IEnumerable<ObservedMessage> Reaching(Observation seen, string user) =>
        seen.Requests(SipMethod.Invite).Where(m => m.To.Name == SystemsUnderTest.PartyOf(user));

    private async Task IsToldAsync(string user, int status, string warning, string requirement)
    {
        await world.ObserveAsync();
        var told = world.Services[user];
        world.Judge(new Claim(requirement, "the caller is told what became of the call").Seen(
            told.StatusCode == status && told.Warning.Contains($"\"{warning}\"", StringComparison.Ordinal),
            $"{status} {warning}", $"{told.StatusCode} {told.Warning}".TrimEnd()));
    }

    private async Task InviteAsync(string user, string? from, string other, string role)
    {
        var systems = await world.SystemsAsync();
        var to = new McServiceId($"sip:{other}@{ScenarioPlan.DomainOf(role)}");
        var inviting = systems.InviteAsync(user, from ?? systems.HomeOf(user), to);
        await world.Pace.UntilAsync(inviting, $"what {user} is told of the call", ServiceTime);
        world.Services[user] = await inviting;
    }
}
