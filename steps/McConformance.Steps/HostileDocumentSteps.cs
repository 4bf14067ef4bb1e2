using System.Net;
using McConformance.Checks;
using McConformance.Fakes.Hostile;
using McConformance.Fakes.Transport;
using McConformance.Fakes.UserEquipment;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Documents;

namespace McConformance.Steps;

/// <summary>Documents, tokens and Diameter of the hostile corpus, sent to one entity after the other over its own
/// socket.</summary>
[Binding]
public sealed class HostileDocumentSteps(ScenarioWorld world)
{
    private static readonly TimeSpan ServiceTime = TimeSpan.FromSeconds(70);
    private readonly List<Judgement> answers = [];

    [When("^every document of the hostile corpus comes to the partner's group management server as a group$")]
    public Task Groups() => SendAsync("xml", "GCI-PUSH-5", async how =>
        (await new BadGroupSteps(world).PutAsync("hostile", spoilt: how)).StatusCode);

    [When("^every document of the hostile corpus comes to the partner's configuration management server as a (.+)$")]
    public async Task Documents(string what)
    {
        await world.SystemsAsync();
        await SendAsync("xml", "CFG-MIG-7", async how => how == "that is sound" ? null : (
            await StoreAsync(what, how)).StatusCode);
    }

    [When(@"^every document of the hostile corpus comes to the partner's MC\w+ server as a migration request$")]
    public Task Requests() => SendAsync("xml", "MSA-2", async how =>
    {
        // left out: what may be taken is what the scenario ends with, and one of 10 MB ends the UE's connection before
        // it comes so far
        // (it goes straight to the server in a scenario of its own)
        if (how is "that is sound" or "with an attribute of 200,000 characters" or "of 10 MB") return null;
        await new BadServiceSteps(world).Requests("alice", how);
        return world.Services["alice"].StatusCode;
    });

    [When("^every access token of the hostile corpus is shown to the partner's (\\w+) management server$")]
    public async Task Tokens(string server)
    {
        var systems = await world.SystemsAsync();
        var keys = await new FakeIdentityClient(
            systems.ServerOf("partner", "idms"), "idms.partner.example", world.Patience).KeySetAsync();
        var sound = systems.TokensOf("alice").Partner;
        await SendAsync("token", "CFG-MIG-7", async how =>
        {
            var token = AccessTokens.Change(sound, how, keys);
            if (server == "configuration") return (await world.FetchProfileAsync("partner", token)).StatusCode;
            var answer = await world.AskServerAsync("partner", "gms",
                "GET /xcap-root/org.openmobilealliance.groups/global/byGroupID/sip%3Anobody%40partner.example",
                    [$"Authorization: Bearer {token}"]);
            // a token that is taken finds that there is no such group
            return answer.StatusCode == 404 ? 200 : answer.StatusCode;
        });
    }

    [When("^every Diameter attack of the hostile corpus comes to the (\\w+)'s (SIP database|[\\w ]+ server)$")]
    public async Task Diameter(string role, string entity)
    {
        var systems = await world.SystemsAsync();
        var (to, node) = entity == "SIP database" ? (systems.DatabaseOf(role), "sdb") : (systems.Csc18Of(role), "mms");
        await AttackAsync(to, $"{node}.{ScenarioPlan.SipDomainOf(role)}");
    }

    [When("^every Diameter attack of the hostile corpus comes to the further Diameter proxy$")]
    public async Task DiameterProxy()
    {
        var (host, at) = (await world.SystemsAsync()).FurtherProxy;
        await AttackAsync(at, host);
    }

    private async Task AttackAsync(IPEndPoint to, string receiver)
    {
        foreach (var attack in HostileCorpus.Recipes("diameter"))
        {
            var outcome = await AskAsync(to, HostileDiameter.Write(attack.Recipe, receiver));
            answers.Add(BearsHostileInput.Judge("DPX-1", $"{attack.Recipe} ({attack.Clause})", attack.May, outcome));
        }
    }

    /// <summary>An entity that what came before has ended takes no connection any more, and no attack may do
    /// that.</summary>
    private async Task<string> AskAsync(IPEndPoint to, byte[] octets)
    {
        if (await RawPeer.TryConnectAsync(to) is not { } peer) return RawPeer.NoConnection;
        await using (peer)
        {
            await peer.SendAsync(octets);
            return await OutcomeAsync(peer);
        }
    }

    [Then("^each is answered as it may be$")]
    public void Answers() => world.JudgeAll(answers);

    private async Task SendAsync(string family, string requirement, Func<string, Task<int?>> send)
    {
        foreach (var one in HostileCorpus.Recipes(family))
        {
            if (await send(one.Recipe) is not { } status) continue;
            answers.Add(BearsHostileInput.Judge(
                requirement, $"{one.Recipe} ({one.Clause})", one.May, status == 0 ? "silence" : $"{status}"));
        }
    }

    /// <summary>An administrator's documents: who writes them is a user of the right to do so.</summary>
    private Task<RawHttpAnswer> StoreAsync(string what, string how)
    {
        var names = McServiceNames.Of(McService.Mcptt);
        var (target, type, sound) = what switch
        {
            "profile" => (
                "org.3gpp.mcptt.user-profile/users/sip%3Aalice.guest%40partner.example/mcptt-user-profile-1.xml",
                "application/vnd.3gpp.mcptt-user-profile+xml",
                "<mcptt-user-profile xmlns=\"urn:3gpp:mcptt:user-profile:1.0\" " +
                "XUI-URI=\"sip:alice.guest@partner.example\"><Name>x</Name></mcptt-user-profile>"),
            "service configuration" => (
                $"{names.ServiceConfigurationAuid}/global/service-config.xml", names.ServiceConfigurationContentType,
                "<service-configuration-info xmlns=\"urn:3gpp:ns:mcpttServiceConfig:1.0\">" +
                "<x>sip:alice@partner.example</x></service-configuration-info>"),
            _ => throw new ArgumentException($"no document is called \"{what}\""),
        };
        return world.AskServerAsync("partner", "cms", $"PUT /xcap-root/{target}",
            ["Authorization: Bearer " + world.Running.TokensOf("alice").Partner, "Content-Type: " + type],
                HostileXml.Spoil(sound, how));
    }

    /// <summary>The result of the answer, or <c>closed</c>: an end that takes time comes once time has
    /// passed.</summary>
    private async Task<string> OutcomeAsync(RawPeer peer)
    {
        var messages = new RawMessages(peer);
        try
        {
            var octets = await messages.ReceiveAsync(TimeSpan.FromMilliseconds(300));
            return octets.Length == 0 ? "closed" : ResultOf(octets);
        }
        catch (TimeoutException)
        {
            await world.Pace.PassAsync(ServiceTime / 2);
        }

        try
        {
            return await messages.ReceiveAsync(world.Patience) is { Length: > 0 } octets ? ResultOf(octets) : "closed";
        }
        catch (TimeoutException)
        {
            return "silence";
        }
    }

    private static string ResultOf(string octets) =>
        BadInputSteps.ResultIn(octets) is { } code ? $"{code}" : "an answer without a result";
}
