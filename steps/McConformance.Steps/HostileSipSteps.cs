using System.Net;
using McConformance.Checks;
using McConformance.Checks.Sip;
using McConformance.Fakes.Hostile;
using McConformance.Fakes.Transport;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;

namespace McConformance.Steps;

/// <summary>SIP messages of the hostile corpus, sent to one entity after the other over its own socket (RFC 4475, RFC
/// 5118).</summary>
[Binding]
public sealed class HostileSipSteps(ScenarioWorld world)
{
    private const string Stranger = "stranger";

    /// <summary>Longest that SIP takes to give up on a request: 64 T1.</summary>
    private static readonly TimeSpan TransactionTime = TimeSpan.FromSeconds(33);
    private static readonly TimeSpan Prompt = TimeSpan.FromMilliseconds(300);
    private readonly List<Judgement> answers = [];
    private readonly List<Judgement> soundness = [];

    [When(@"^every message of (RFC \d+|our own) comes to the (\w+)'s ([\w -]+)$")]
    public async Task Sends(string document, string role, string entity)
    {
        var systems = await world.SystemsAsync();
        var (kind, domain, requirement) = entity switch
        {
            "P-CSCF" => (EntityKind.ProxyCscf, ScenarioPlan.SipDomainOf(role), "SPR-11"),
            "I-CSCF" => (EntityKind.InterrogatingCscf, ScenarioPlan.SipDomainOf(role), "SPR-11"),
            "S-CSCF" => (EntityKind.ServingCscf, ScenarioPlan.SipDomainOf(role), "SPR-11"),
            "MCPTT server" or "MCVideo server" or "MCData server" => (
                EntityKind.McServiceServer, ScenarioPlan.DomainOf(role), "MSA-11"),
            "gateway server" => (EntityKind.GatewayServer, ScenarioPlan.DomainOf(role), "MSA-N3"),
            "group management server" => (EntityKind.GroupManagementServer, ScenarioPlan.DomainOf(role), "GCI-PUSH-3"),
            _ => throw new ArgumentException($"no entity is called \"{entity}\""),
        };
        await SendAsync(document, systems.DatagramsOf(role, kind), domain, requirement);
    }

    [When(@"^every message of (RFC \d+|our own) comes to (\w+)'s UE$")]
    public async Task SendsToUe(string document, string user)
    {
        var systems = await world.SystemsAsync();
        await SendAsync(document, systems.UserEquipmentAt(user), world.Plan.Users[user].Home, "SPR-1");
    }

    [Then("^each of them is answered as it may be$")]
    public void Answers() => world.JudgeAll(answers);

    [Then("^a sound request is answered after each$")]
    public void AnswersOn() => world.JudgeAll(soundness);

    private async Task SendAsync(string document, IPEndPoint to, string domain, string requirement)
    {
        var number = 0;
        foreach (var message in HostileCorpus.Messages(document))
        {
            var name = $"{message.Name} ({message.Clause})";
            await using var peer = Peer(to, message.Name);
            await peer.SendAsync(message.Write($"{peer.Local}", domain, $"{++number}"));
            var isSilent = message.May.Contains("silence", StringComparison.Ordinal);
            var status = isSilent ? 0 : await StatusAsync(peer);

            // what is answered at all is answered before the sound request: the receiver takes one after the other
            await using var sound = Peer(to, $"{message.Name}-sound");
            await sound.SendAsync(SoundRequest.Options($"{sound.Local}", domain, $"{number}"));
            var soundStatus = await StatusAsync(sound);
            soundness.Add(BearsHostileMessage.JudgeSound(requirement, name, soundStatus));
            if (isSilent && peer.HasMore) status = await StatusAsync(peer);
            answers.Add(BearsHostileMessage.Judge(requirement, name, message.May, status));
            // who says nothing to a proper peer has gone, and each further message would only take its time
            if (soundStatus == 0) return;
        }
    }

    private RawPeer Peer(IPEndPoint to, string name)
    {
        var peer = RawPeer.Datagrams(to);
        var links = world.Running.Links;
        links.Place(links.Named($"{Stranger}-{name}"), WireProtocol.Sip, Carrier.Udp, peer.Local);
        return peer;
    }

    /// <summary>Final status; 0 where none comes within the time of a transaction.</summary>
    private async Task<int> StatusAsync(RawPeer peer)
    {
        if (await FinalAsync(peer, world.Pace.IsRealTime
            ? TransactionTime : Prompt) is var status and > 0) return status;
        if (world.Pace.IsRealTime) return 0;
        await world.Pace.PassAsync(TransactionTime);
        return await FinalAsync(peer, Prompt);
    }

    private static async Task<int> FinalAsync(RawPeer peer, TimeSpan patience)
    {
        try
        {
            while (true)
            {
                var answer = await peer.ReceiveAsync(patience);
                if (answer.Split(' ', 3) is ["SIP/2.0", var code, _] && int.TryParse(code, out var status) &&
                    status >= 200)
                    return status;
            }
        }
        catch (TimeoutException)
        {
            return 0;
        }
    }
}
