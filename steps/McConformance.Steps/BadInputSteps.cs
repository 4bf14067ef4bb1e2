using System.Text;
using McConformance.Checks.Flow;
using McConformance.Fakes.Hostile;
using McConformance.Fakes.Transport;
using McConformance.Fakes.UserEquipment;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Steps;

/// <summary>Octets that no proper peer sends, and what an entity makes of them.</summary>
[Binding]
public sealed class BadInputSteps(ScenarioWorld world)
{
    private string answer = "";
    private string requirement = "SPR-11";
    private bool isClosed;
    private int found;

    [When("^(a registration request .+|a negative content length|no SIP at all) is sent to the partner's P-CSCF over (UDP|TCP)$")]
    public async Task SendsSip(string input, string carrier)
    {
        var systems = await world.SystemsAsync();
        var isStream = carrier == "TCP";
        await using var peer = isStream ? await RawPeer.ConnectAsync(systems.StreamEdgeOf("partner")) : RawPeer.Datagrams(systems.EdgeOf("partner"));
        await peer.SendAsync(Sip(input, carrier));
        await ReadAsync(peer, isStream, input.EndsWith("never ends", StringComparison.Ordinal));
    }

    [When("^a request of 10 MB is sent to the partner's (MCPTT server|gateway server|S-CSCF) over TCP$")]
    public async Task SendsTooMuch(string entity)
    {
        var systems = await world.SystemsAsync();
        requirement = "MSA-11";
        var kind = entity switch
        {
            "MCPTT server" => EntityKind.McServiceServer,
            "S-CSCF" => EntityKind.ServingCscf,
            _ => EntityKind.GatewayServer,
        };
        await using var peer = await RawPeer.ConnectAsync(systems.StreamsOf("partner", kind));
        var head = Encoding.ASCII.GetBytes(
            "MESSAGE sip:mcptt-psi@partner.example SIP/2.0\r\nMax-Forwards: 70\r\n" +
            "Via: SIP/2.0/TCP 127.0.0.1:9;branch=z9hG4bKtoomuch\r\n" +
            "From: <sip:x@far.example>;tag=1\r\nTo: <sip:mcptt-psi@partner.example>\r\n" +
            "Call-ID: too-much\r\nCSeq: 1 MESSAGE\r\n" +
            "Content-Type: application/vnd.3gpp.mcptt-info+xml\r\nContent-Length: 10000000\r\n\r\n");
        var sending = peer.SendAsync(new byte[][] { head, new byte[10_000_000] }.SelectMany(b => b).ToArray());
        await ReadAsync(peer, isStream: true, waits: false);
        await sending;
    }

    [When("^(a message .+|a capabilities exchange .+|a request before .+|no Diameter at all|nothing) is sent to the primary's migration management server over CSC-18$")]
    public async Task SendsDiameter(string input)
    {
        var systems = await world.SystemsAsync();
        await using var peer = await RawPeer.ConnectAsync(systems.Csc18Of("primary"));
        requirement = "DPX-1";
        await peer.SendAsync(HostileDiameter.Write(input, "mms.ims.primary.example"));
        await ReadAsync(peer, isStream: true, input == "nothing");
    }

    [Then("^the answer is (.+)$")]
    public void Answers(string expected)
    {
        var claim = new Claim(requirement, $"bad input is answered with {expected}");
        var isDiameter = answer.Length > 20 && answer[0] == '\x01';
        var status = isDiameter ? ResultOf(answer) : answer.Split(' ') is [_, var code, ..] ? code : "no answer";
        var seen = $"{status}{(isClosed ? " and a closed connection" : "")}";
        var isRight = expected switch
        {
            "any" => answer.Length > 0 || isClosed,
            "a closed connection" => isClosed && answer.Length == 0,
            _ when expected.EndsWith(" and a closed connection", StringComparison.Ordinal) => isClosed && expected.StartsWith(status, StringComparison.Ordinal),
            _ => expected == status,
        };
        world.Judge(claim.Seen(isRight, expected, answer.Length == 0 && isClosed ? "a closed connection" : seen));
    }

    [Then(@"^(\w+)'s UE can still be reached in the (\w+) MC system$")]
    public async Task StillThere(string user, string role)
    {
        var status = await ProbeAsync(user, role);
        world.Judge(new Claim("SPR-11", "a binding outlives bad input of others").Seen(
            status == 200, "200 to OPTIONS", $"{status}"));
    }

    [When(@"^somebody asks the (\w+)'s SIP core for (\w+)'s UE$")]
    public async Task AsksFor(string role, string user) => found = await ProbeAsync(user, role);

    [Then("^the answer tells of a failure of the SIP core$")]
    public void TellsOfFailure() => world.Judge(
        new Claim("SPR-11", "what the SIP core cannot look up ends with an error of the server")
        .Seen(found is >= 500 and < 600, "a status of 500 to 599", WorldFacts.InWords(found)));

    private async Task<int> ProbeAsync(string user, string role)
    {
        var systems = await world.SystemsAsync();
        var probe = world.Keep(systems.StandIn($"probe-{Guid.NewGuid():N}", EntityKind.Unknown));
        var asked = probe.OptionsAsync(new SipDestination(Carrier.Udp, systems.EntryOf(role)), world.Plan.InboundOf(user, role).Public);
        await world.Pace.UntilAsync(asked, "the answer to OPTIONS", TimeSpan.FromSeconds(70));
        return (await asked).Status;
    }

    private async Task ReadAsync(RawPeer peer, bool isStream, bool waits)
    {
        if (waits)
        {
            await world.Pace.SettleAsync();
            await world.Pace.PassAsync(TimeSpan.FromSeconds(20));
        }

        try
        {
            var messages = new RawMessages(peer);
            answer = await FinalAsync(messages);
            isClosed = isStream &&
                (answer.Length == 0 || (IsLast() && (await messages.ReceiveAsync(world.Patience)).Length == 0));
        }
        catch (TimeoutException)
        {
            // an entity that is silent, or keeps the connection: the next step judges it, it is not the harness's fault
        }
    }

    /// <summary>The first answer that is none of those that only say that work has begun (RFC 3261 17.2.1).</summary>
    private async Task<string> FinalAsync(RawMessages messages)
    {
        while (true)
        {
            var read = await messages.ReceiveAsync(world.Patience);
            if (!read.StartsWith("SIP/2.0 1", StringComparison.Ordinal)) return read;
        }
    }

    /// <summary>Whether the end of the connection is due behind this answer, so that it is worth waiting for.</summary>
    private bool IsLast() => answer.StartsWith("SIP/2.0 513", StringComparison.Ordinal) ||
        (answer.StartsWith("SIP/2.0 400", StringComparison.Ordinal) && answer.Contains("negative", StringComparison.Ordinal));

    private static byte[] Sip(string input, string carrier)
    {
        var call = input.Contains("negative", StringComparison.Ordinal) ? "negative" : "bad-input";
        var lines = new List<string>
        {
            "REGISTER sip:ims.partner.example SIP/2.0", $"Via: SIP/2.0/{carrier} 127.0.0.1:9;rport;branch=z9hG4bK{Guid.NewGuid():N}",
            "From: <sip:x@ims.partner.example>;tag=1", "To: <sip:x@ims.partner.example>", $"Call-ID: {call}", "CSeq: 1 REGISTER",
            "Max-Forwards: 70", "Content-Length: 0",
        };
        switch (input)
        {
            case "a registration request without Call-ID":
                lines.RemoveAt(4);
                break;
            case "a registration request with two CSeq":
                lines.Add("CSeq: 2 REGISTER");
                break;
            case "a registration request of SIP version 7":
                lines[0] = "REGISTER sip:ims.partner.example SIP/7.0";
                break;
            case "a registration request of 64 kB":
                lines.Add("X-Padding: " + new string('x', 64_000));
                break;
            case "a registration request of more than 1 MB":
                lines.Add("X-Padding: " + new string('x', 1_100_000));
                break;
            case "a registration request that says it is longer":
                lines[^1] = "Content-Length: 5000";
                break;
            case "a negative content length":
                lines[^1] = "Content-Length: -5";
                break;
            case "no SIP at all":
                return Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        }

        var text = string.Join("\r\n", lines) + "\r\n\r\n";
        return Encoding.ASCII.GetBytes(input.EndsWith("never ends", StringComparison.Ordinal) ? text[..^20] : text);
    }

    private static string ResultOf(string octets) =>
        ResultIn(octets) is { } code ? $"result {code}" : "an answer without a result";

    /// <summary>Result-Code of a Diameter answer, an octet a character; null where there is none.</summary>
    internal static uint? ResultIn(string octets)
    {
        var message = new DiameterMessage();
        return message.TryIndex(Encoding.Latin1.GetBytes(octets), out _) == System.Buffers.OperationStatus.Done
            && message.TryFind(Rfc6733.ResultCodeCode, 0, out var result) ? result.Uint32 : null;
    }
}
