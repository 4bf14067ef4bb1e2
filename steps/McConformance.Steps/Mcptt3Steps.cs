using McConformance.Checks;
using McConformance.Checks.Flow;
using McConformance.Checks.Migration;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Steps;

/// <summary>MCPTT-3 and MCPTT-3': what MC service servers and gateway servers send each other.</summary>
[Binding]
public sealed class Mcptt3Steps(ScenarioWorld world)
{
    [Then("^the request goes from the partner's server to the primary's as the clause has it$")]
    public async Task RequestTakesTheWay() => world.Judge(TakesTheWay.OfRequest(await world.ObserveAsync(), world.MigrationFactsOf("alice")));

    [Then("^the response goes back the same way$")]
    public async Task ResponseTakesTheWay() => world.Judge(TakesTheWay.OfResponse(await world.ObserveAsync(), world.MigrationFactsOf("alice")));

    [Then("^every response carries both MC service IDs and (success|failure)$")]
    public async Task ResponsesRepeat(string result)
    {
        var seen = await world.ObserveAsync();
        world.Judge(ResponseRepeatsRequest.Judge(seen.ServerResponses(), world.MigrationFactsOf("alice"), result == "success"));
    }

    [Then(@"^no migration request leaves the (partner|third) MC system \((\S+)\)$")]
    public async Task NothingLeaves(string role, string requirement)
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim(requirement, "nothing is asked of the primary");
        if (!seen.ClientResponses().Any()) world.Judge(claim.Missing("an answer to the client"));
        // whatever its MC service server asks of another server is a request to the primary: nothing else has begun
        var sent = seen.All.FirstOrDefault(m => m.Sip is { IsRequest: true }
            && m.From.System == ScenarioPlan.DomainOf(role) &&
            m.From.Kind == EntityKind.McServiceServer
                && m.To.Kind is EntityKind.GatewayServer or EntityKind.McServiceServer);
        world.Judge(claim.None(sent));
    }

    [Then(@"^the primary tells the (partner|third MC system) that the migration has ended$")]
    public Task PrimaryTellsEnd(string whom) => EndIsToldAsync("MSA-7", "primary", whom.Split(' ')[0]);

    [Then("^the partner tells the primary that the migration has ended$")]
    public Task PartnerTellsEnd() => EndIsToldAsync("KI-2.5", "partner", "primary");

    [Then(@"^the primary has recorded nothing of (\w+)$")]
    public async Task NothingRecorded(string user)
    {
        await world.ObserveAsync();
        var before = world.Messages.Length;
        var systems = await world.SystemsAsync();
        var asking = systems.AuthorizeAtHomeAsync(user);
        await world.Pace.UntilAsync(asking, $"{user}'s service at home", TimeSpan.FromSeconds(70));
        var seen = await world.ObserveAsync();
        var claim = new Claim("MSA-7", "no migration is recorded, so that service at home ends none");
        if ((await asking).StatusCode != 200) world.Judge(claim.Fail(null, "service at home", $"{(await asking).StatusCode}"));
        var told = seen.Endings().FirstOrDefault(m => m.Number > before);
        world.Judge(claim.None(told));
    }

    [Then(@"^the gateway server of the (primary|partner) refused it as not authorized with the interconnected system$")]
    public async Task GatewayRefused(string role)
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim("SOL1-4", "without configuration for the other MC system everything is refused");
        var refusal = seen.All.LastOrDefault(m => m.From.Kind == EntityKind.GatewayServer && m.From.System == ScenarioPlan.DomainOf(role) && m.Sip is { IsRequest: false, StatusCode: 403 });
        world.Judge(refusal is null ? claim.Missing("403 of the gateway server") : claim.Seen(refusal.Holds("179 service not authorized"u8), "code 179", "another"));
    }

    [Then(@"^nothing between the MC systems shows an inner node of the (primary|partner) \((\S+)\)$")]
    public async Task ShowsNothing(string role, string requirement) => world.Judge(ShowsNoInnerNode.Judge(
        requirement, await world.ObserveAsync(), ScenarioPlan.DomainOf(role), world.Running.ApplicationInnerNamesOf(role)));

    [Then(@"^nothing of service authorization crosses between the MC systems$")]
    public async Task NothingCrosses() => world.Judge(NothingPasses.Judge(
        "AUZ-IC-1", await world.ObserveAsync(), m => m.From.System != m.To.System && m.From.System.Length > 0 && m.To.System.Length > 0 && m.Sip is not null,
        "MCPTT-3'"));

    [Then("^all SIP between the MC systems is under TLS$")]
    public async Task UnderTls()
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim("IC-CONN-4", "what leaves the trust domain is protected");
        var crossing = seen.All.Where(m => m.Protocol != WireProtocol.Diameter && m.From.System.Length > 0 && m.To.System.Length > 0 && m.From.System != m.To.System).ToArray();
        var plain = crossing.FirstOrDefault(m => m.Recorded.Carrier != Carrier.Tls);
        world.Judge(crossing.Length == 0 ? claim.Missing("a message between the MC systems") : plain is null ? claim.Pass(crossing[0]) : claim.Fail(plain, "TLS", $"{plain.Recorded.Carrier}"));
    }

    private async Task EndIsToldAsync(string requirement, string from, string to) => world.Judge(EndIsTold.Judge(
        await world.ObserveAsync(), requirement, ScenarioPlan.DomainOf(from), ScenarioPlan.DomainOf(to),
        world.MigrationFactsOf("alice").PrimaryId));
}
