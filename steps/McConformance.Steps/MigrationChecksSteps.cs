using McConformance.Checks.Flow;
using McConformance.Checks.Migration;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;

namespace McConformance.Steps;

/// <summary>What client, partner and primary each answer for in migration service authorization (TS 23.280 10.6.3.3),
/// and whom a client reaches at
/// all (TS 23.280 5.2.x.2).</summary>
[Binding]
public sealed class MigrationChecksSteps(ScenarioWorld world)
{
    private static readonly TimeSpan WayTime = TimeSpan.FromSeconds(70);

    /// <summary>A client that does not stop where a step fails: what it must not send is seen only so.</summary>
    [When(@"^(\w+) tries the whole way to service in the partner MC system$")]
    public async Task TriesAll(string user)
    {
        var systems = await world.SystemsAsync();
        StepSeen? failed = null;
        foreach (var step in SequenceSteps.BeforeService)
        {
            var taking = systems.TakeAsync(user, step);
            await world.Pace.UntilAsync(taking, $"{user} {step}", WayTime);
            var seen = await taking;
            if (!seen.IsDone) failed ??= seen;
        }

        world.Steps[user] = failed ?? new StepSeen(true, 200, "");
        var asking = systems.AuthorizeAsync(user, 1);
        await world.Pace.UntilAsync(asking, $"what {user} is told of service", WayTime);
        world.Services[user] = await asking;
    }

    [Then(@"^(\w+)'s client asks the partner's MC service server, and nobody else$")]
    public async Task Asks(string user) =>
        world.Judge(AsksThePartner.Judge(await world.ObserveAsync(), world.MigrationFactsOf(user)));

    [Then(@"^(\w+)'s client sends no request for migration service authorization \((\S+)\)$")]
    public async Task AsksNobody(string user, string requirement) =>
        world.Judge(AsksThePartner.Nobody(requirement, await world.ObserveAsync()));

    [Then("^the request names the identity, and carries the token, that the partner's identity management server issued$")]
    public async Task WasIssued() =>
        world.Judge(AsksThePartner.WithWhatWasIssued(await world.ObserveAsync(), ScenarioPlan.DomainOf("partner")));

    [Then(@"^the primary's MC service server permits the migration$")]
    public async Task Permits() =>
        world.Judge(ServesByThePrimarysWord.Permits(await world.ObserveAsync(), world.MigrationFactsOf("alice")));

    [Then(@"^the primary's MC service server refuses the migration because of (\S+)$")]
    public async Task Refuses(string cause) =>
        world.Judge(
            ServesByThePrimarysWord.Refuses(await world.ObserveAsync(), world.MigrationFactsOf("alice"), cause));

    [Then(@"^the partner serves (\w+) by the primary's word only$")]
    public async Task ByTheWord(string user) =>
        world.Judge(ServesByThePrimarysWord.Judge(await world.ObserveAsync(), world.MigrationFactsOf(user)));

    [Then(@"^(\w+)'s UE reached the identity management server of the partner MC system, and nothing else of it$")]
    public async Task ReachedOnlyIdentityManagement(string user)
    {
        var (claim, reached) = await ReachedAsync(user);
        world.Judge(reached.Length == 0
            ? claim.Missing("a message to the partner's identity management server")
            : claim.None(Array.Find(reached, m => m.To.Kind != EntityKind.IdentityManagementServer)));
    }

    [Then(@"^(\w+)'s UE reached nothing of the partner MC system$")]
    public async Task ReachedNothing(string user)
    {
        var (claim, reached) = await ReachedAsync(user);
        world.Judge(claim.None(reached.FirstOrDefault()));
    }

    [Then(@"^all that (\w+)'s client and the primary's servers sent each other over HTTP was protected \((\S+)\)$")]
    public async Task Protected(string user, string requirement)
    {
        var (seen, claim) = (await world.ObserveAsync(),
            new Claim(requirement, "the client reaches the primary's servers securely"));
        var ue = SystemsUnderTest.PartyOf(user);
        var sent = seen.All.Where(m => m.Recorded.Link.Protocol == WireProtocol.Http
            && (m.From.Name == ue || m.To.Name == ue)).ToArray();
        world.Judge(sent.Length == 0 ? claim.Missing("a message over HTTP") : Claim.All(sent.Select(m =>
            m.Recorded.Carrier == Carrier.Tls ? claim.Pass(m) : claim.Fail(m, "TLS", $"{m.Recorded.Carrier}"))));
    }

    private async Task<(Claim Claim, ObservedMessage[] Reached)> ReachedAsync(string user)
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim("IC-CONN-1",
            "a client that is served at home reaches nothing of a partner but its identity management server");
        var ue = SystemsUnderTest.PartyOf(user);
        return (claim, [.. seen.All.Where(m => m.From.Name == ue && m.To.System == ScenarioPlan.DomainOf("partner"))]);
    }
}
