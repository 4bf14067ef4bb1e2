using McConformance.Checks.Flow;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Steps;

/// <summary>Affiliation to groups of a partner, and of migrated users (TR 23.781 5.1.1, 5.1.4, 6.1.1).</summary>
[Binding]
public sealed class AffiliationSteps(ScenarioWorld world)
{
    private static readonly TimeSpan ServiceTime = TimeSpan.FromSeconds(70);

    [Given(@"^the group harbour of the partner MC system, of which (\w+) of the (\w+) is a member$")]
    public void Group(string user, string role) => world.Plan.AddHarbour(ScenarioPlan.IdentityIn(user, role));

    [When(@"^(\w+) affiliates to the group harbour$")]
    public Task Affiliates(string user) => AffiliateAsync(user, null);

    [When(@"^(\w+) affiliates to the group harbour from the partner$")]
    public Task AffiliatesFromPartner(string user) => AffiliateAsync(user, "partner");

    [Then(@"^(\w+) is affiliated by the home of the group \((\S+)\)$")]
    public async Task IsAffiliated(string user, string requirement)
    {
        var seen = await world.ObserveAsync();
        var (claim, told) = (new Claim(requirement, "who may join a group is affiliated at its home"),
            world.Services[user]);
        world.Judge(claim.Seen(told.StatusCode == 200, "200", $"{told.StatusCode} {told.Warning}".TrimEnd()));
        var asked = Requests(seen).LastOrDefault(m =>
            m.To.Kind == EntityKind.McServiceServer && m.To.System == ScenarioPlan.DomainOf("partner"));
        if (asked is null) world.Judge(claim.Missing("a request at the server of the group's home"));
        world.Judge(asked!.Holds(System.Text.Encoding.ASCII.GetBytes(ScenarioPlan.Harbour.Value))
            ? claim.Pass(asked)
            : claim.Fail(asked, ScenarioPlan.Harbour.Value, "another group"));
    }

    [Then(@"^the (\w+) tells (\w+) that affiliation is not authorized with the interconnected system \((\S+)\)$")]
    public Task NotAuthorized(string role, string user, string requirement) =>
        IsToldAsync(role, user, "179 service not authorized with the interconnected system", requirement);

    [Then(@"^the (\w+) tells (\w+) that the user is not part of the group \((\S+)\)$")]
    public Task NotMember(string role, string user, string requirement) =>
        IsToldAsync(role, user, "116 user is not part of the MCPTT group", requirement);

    [Then(@"^no affiliation leaves the (\w+) MC system \((\S+)\)$")]
    public async Task NothingLeaves(string role, string requirement)
    {
        var (seen, domain) = (await world.ObserveAsync(), ScenarioPlan.DomainOf(role));
        var claim = new Claim(requirement, "what this MC system does not permit does not leave it");
        if (!Requests(seen).Any()) world.Judge(claim.Missing("a request of the UE"));
        world.Judge(claim.None(Requests(seen).FirstOrDefault(m =>
            m.From.System == domain && m.To.System.Length > 0 && m.To.System != domain)));
    }

    private static IEnumerable<ObservedMessage> Requests(Observation seen) =>
        seen.Requests(SipMethod.Publish).Where(m =>
        m.Sip!.TryGet(SipHeader.Event, out var package) && package.StartsWith("presence"u8));

    private async Task IsToldAsync(string role, string user, string warning, string requirement)
    {
        await world.ObserveAsync();
        var (told, expected) = (world.Services[user], $"399 {ScenarioPlan.DomainOf(role)} \"{warning}\"");
        world.Judge(new Claim(requirement, "who may not join is told so, by the MC system that refuses").Seen(
            told.StatusCode == 403 && told.Warning.Contains(expected, StringComparison.Ordinal),
            $"403 {expected}", $"{told.StatusCode} {told.Warning}".TrimEnd()));
    }

    private async Task AffiliateAsync(string user, string? from)
    {
        var systems = await world.SystemsAsync();
        var affiliating = systems.AffiliateAsync(user, from ?? systems.HomeOf(user), ScenarioPlan.Harbour);
        await world.Pace.UntilAsync(affiliating, $"what {user} is told of affiliation", ServiceTime);
        world.Services[user] = await affiliating;
    }
}
