using McConformance.Checks;
using McConformance.Checks.Flow;
using McConformance.Fakes.UserEquipment;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;
using McConformance.Wire.Authentication;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Steps;

/// <summary>Whether a UE can be reached in an MC system, and UEs that do what no proper UE does. Seen from outside: a request to the UE arrives, or not.</summary>
[Binding]
public sealed class BindingSteps(ScenarioWorld world)
{
    private readonly List<FakeResponse> challenges = [];
    private FakeSipClient? stranger;
    private FakeResponse? last;

    [Then(@"^a binding exists in the (\w+) MC system$")]
    public async Task Exists(string role) => await JudgeAsync(role, exists: true);

    [Then(@"^no binding remains in the (\w+) MC system$")]
    public async Task NoneRemains(string role) => await JudgeAsync(role, exists: false);

    [Given(@"^(\w+)'s UE has been challenged by the (\w+)'s SIP core( twice)?$")]
    public async Task Challenged(string user, string role, string twice)
    {
        var systems = await world.SystemsAsync();
        stranger = world.Keep(systems.StandIn("fake-ue", EntityKind.SignallingUserAgent));
        world.Latest = (user, role);
        for (var i = 0; i < (twice.Length > 0 ? 2 : 1); i++)
        {
            var response = await SendAsync(stranger, null, null);
            if (response.Status != 401) throw new InvalidOperationException($"the precondition does not hold: {response.Status} instead of a challenge");
            challenges.Add(response);
        }
    }

    [When(@"^the answer to the first challenge is sent to the partner's SIP core$")]
    [When(@"^the right answer is sent to the partner's SIP core$")]
    public async Task AnswersFirst() => last = await SendAsync(stranger!, challenges[0], Key());

    [When(@"^the right answer is sent to the partner's SIP core from another address$")]
    public async Task AnswersElsewhere()
    {
        var systems = await world.SystemsAsync();
        var other = world.Keep(systems.StandIn("other-ue", EntityKind.SignallingUserAgent));
        last = await SendAsync(other, challenges[0], Key());
    }

    [When(@"^another UE tries to register with alice's partner identities and (a wrong key|no answer at all)$")]
    public async Task Intrudes(string how)
    {
        var systems = await world.SystemsAsync();
        var other = world.Keep(systems.StandIn("intruder-ue", EntityKind.SignallingUserAgent));
        var challenge = await SendAsync(other, null, null);
        if (challenge.Status != 401) throw new InvalidOperationException($"the precondition does not hold: {challenge.Status} instead of a challenge");
        last = how == "no answer at all"
            ? await SendAsync(other, null, null)
            : await SendAsync(other, challenge, Milenage.FromOpc(new byte[16], new byte[16]));
    }

    [Then("^the SIP core challenges anew$")]
    public void ChallengesAnew() => world.Judge(
        new Claim("SPR-10", "an answer that does not belong to the open challenge brings a new one")
            .Seen(last is { Status: 401 } && challenges.All(c => c.Nonce != last.Nonce), "401 with a new nonce", $"{last?.Status}"));

    [Then("^the registration is granted$")]
    public void Granted() => world.Judge(new Claim("SPR-10", "the right answer to the open challenge is accepted").Seen(last?.Status == 200, "200", $"{last?.Status}"));

    [Then("^that UE is not registered$")]
    public void NotRegistered() => world.Judge(
        new Claim("SPR-11", "a UE that does not hold the key is not registered").Seen(last?.Status is 401 or 403, "401 or 403", $"{last?.Status}"));

    private async Task<FakeResponse> SendAsync(FakeSipClient from, FakeResponse? challenge, Milenage? key)
    {
        var systems = await world.SystemsAsync();
        var edge = new SipDestination(Carrier.Udp, systems.EdgeOf(world.Latest.Role));
        var request = from.RegisterAsync(edge, ScenarioPlan.SipDomainOf(world.Latest.Role), Set(world.Latest.Role), challenge, key);
        await world.Pace.UntilAsync(request, "the answer to a fake UE's REGISTER", TimeSpan.FromSeconds(70));
        return await request;
    }

    private async Task JudgeAsync(string role, bool exists)
    {
        var systems = await world.SystemsAsync();
        await world.Pace.SettleAsync();
        var probe = world.Keep(systems.StandIn($"probe-{Guid.NewGuid():N}", EntityKind.Unknown));
        var asked = probe.OptionsAsync(new SipDestination(Carrier.Udp, systems.EntryOf(role)), Set(role).Public);
        await world.Pace.UntilAsync(asked, "the answer to OPTIONS", TimeSpan.FromSeconds(70));
        var status = (await asked).Status;
        var claim = new Claim("SPR-11", exists ? "the UE can be reached by its binding" : "no binding remains: a request to the UE goes nowhere");
        world.Judge(claim.Seen(exists ? status == 200 : status is 404 or 480, exists ? "200 to OPTIONS" : "404 or 480 to OPTIONS", $"{status}"));
    }

    private SipIdentitySet Set(string role) => world.Plan.InboundOf(world.Latest.User, role);

    private Milenage Key() => Milenage.FromOpc(world.Plan.Users[world.Latest.User].Key, world.Plan.Users[world.Latest.User].Opc);
}
