using System.Diagnostics;
using System.Net;
using System.Text;
using McConformance.TestConfiguration;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Templates;
using McConformance.Wire.Identities;

namespace McConformance.Probes.Tests;

/// <summary>Real listeners on loopback, good and bad; each bad one is told in one sentence with a remedy, and in
/// time.</summary>
[Parallelizable(ParallelScope.All)]
public class EndpointCheckTests
{
    private const string Node = "node.partner.example";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(0.7);
    private static readonly TestAuthority Authority = new();
    private static readonly TestAuthority Stranger = new();
    private static readonly byte[] Garbage = [0x16, 0x00, 0xFF, 0xFE, 0x00, 0x01, 0x02, 0x03, 0x0A, 0x0A];

    [OneTimeTearDown]
    public void Clean()
    {
        Authority.Dispose();
        Stranger.Dispose();
    }

    [TestCase("200 OK", true, "OPTIONS answered with 200 OK by test")]
    [TestCase("403 Forbidden", true, "OPTIONS answered with 403 Forbidden")]
    [TestCase("503 Service Unavailable", false, "it answers OPTIONS with 503 Service Unavailable")]
    public async Task Sip_over_udp_and_tcp(string status, bool works, string says)
    {
        using var udp = Listener.Datagrams(request => Listener.Sip(request, status));
        using var tcp = Listener.Stream(request => Listener.Sip(request, status));

        foreach (var endpoint in (EndpointEntry[])[At("sip", "udp", udp.Port), At("sip", "tcp", tcp.Port)])
        {
            var verdict = await CheckAsync("sipCore", endpoint);
            verdict.Works.Should().Be(works, verdict.Says);
            verdict.Says.Should().StartWith(says);
        }
    }

    [Test]
    public async Task Sip_over_tls_tells_what_protects_it()
    {
        using var listener = Listener.Stream(r => Listener.Sip(r, "200 OK"), Authority.Issue(Node));
        var verdict = await CheckAsync("sipCore", At("sip", "tls", listener.Port));
        verdict.Works.Should().BeTrue(verdict.Says);
        verdict.Says.Should().MatchRegex(
            @"200 OK by test; TLS 1\.[23], certificate for node\.partner\.example valid until 2100-01-01");
    }

    [TestCase("udp", "port unreachable")]
    [TestCase("tcp", "connection refused")]
    [TestCase("tls", "connection refused")]
    public async Task A_closed_port_is_told(string transport, string why) => Broken(
        await CheckAsync("sipCore", At("sip", transport, Listener.ClosedPort())),
            $"nothing listens at 127.0.0.1:*{why}", "*start the entity*");

    [Test]
    public async Task A_name_that_does_not_resolve_is_told() => Broken(
        await CheckAsync("sipCore", At("sip", "tcp", 5060) with { Address = "no-such-host.invalid" }),
        "the name \"no-such-host.invalid\" does not resolve", "mend \"address\"*");

    [TestCase("sipCore", "sip", "udp", "waiting for a response to OPTIONS")]
    [TestCase("sipCore", "sip", "tcp", "waiting for a response to OPTIONS")]
    [TestCase("sipCore", "sip", "tls", "the TLS handshake")]
    [TestCase("diameterProxy", "diameter", "tcp", "waiting for CEA")]
    [TestCase("identityManagementServer", "http", "tcp", "waiting for the discovery document")]
    [TestCase("groupManagementServer", "http", "tcp", "waiting for the XCAP capabilities")]
    public async Task Silence_is_told_when_the_deadline_has_passed(string entity, string protocol, string transport,
        string doing)
    {
        using var listener = transport == "udp" ? Listener.Datagrams(_ => Listener.Silence) : Listener.Stream(_ =>
            Listener.Silence);
        var begun = Stopwatch.GetTimestamp();

        Broken(await CheckAsync(entity, At(protocol, transport, listener.Port), Short),
            $"no answer within 0.7 s while {doing}", "?*");
        Stopwatch.GetElapsedTime(begun).Should().BeLessThan(Deadline);
    }

    [TestCase("sipCore", "sip", "udp", "it answered OPTIONS with the octets 1600FFFE*, which is no SIP")]
    [TestCase("sipCore", "sip", "tcp", "it answered OPTIONS with the octets 1600FFFE*, which is no SIP")]
    [TestCase("sipCore", "sip", "tls", "it answered the TLS handshake with octets that are no TLS")]
    [TestCase("diameterProxy", "diameter", "tcp", "it answered CER with the octets 1600FFFE*, which is no Diameter")]
    [TestCase("identityManagementServer", "http", "tcp",
        "it answers GET /.well-known/openid-configuration with octets that are no HTTP")]
    public async Task Garbage_is_told(string entity, string protocol, string transport, string says)
    {
        using var listener = transport == "udp" ? Listener.Datagrams(_ => Garbage) : Listener.Stream(_ => Garbage);
        Broken(await CheckAsync(entity, At(protocol, transport, listener.Port)), says, "mend \"port\"*");
    }

    [TestCase("SSH-2.0-OpenSSH_9.2\r\n", "*\"SSH-2.0-OpenSSH_9.2\", which is no SIP")]
    [TestCase("HTTP/1.1 400 Bad Request\r\n\r\n", "*\"HTTP/1.1 400 Bad Request\", which is no SIP")]
    public async Task Another_protocol_is_shown(string answer, string says)
    {
        using var listener = Listener.Stream(_ => Encoding.ASCII.GetBytes(answer));
        Broken(await CheckAsync("sipCore", At("sip", "tcp", listener.Port)), says, "mend \"port\" and \"protocol\"");
    }

    [TestCase("sipCore", "sip", "it closed the connection upon OPTIONS*")]
    [TestCase("diameterProxy", "diameter", "it closed the connection upon CER without a CEA")]
    [TestCase("groupManagementServer", "http",
        "it closes the connection upon GET /xcap-caps/global/index without an answer")]
    public async Task A_connection_that_is_closed_is_told(string entity, string protocol, string says)
    {
        using var listener = Listener.Stream(_ => null);
        Broken(await CheckAsync(entity, At(protocol, "tcp", listener.Port)), says, "?*");
    }

    [Test]
    public async Task An_expired_certificate_is_told()
    {
        using var listener = Listener.Stream(_ => null, Authority.Issue(Node, 2021, 2022));
        Broken(await CheckAsync("sipCore", At("sip", "tls", listener.Port)),
            $"its certificate (CN={Node}) expired on 2022-01-01", "give the entity a new one");
    }

    [Test]
    public async Task A_certificate_of_tomorrow_is_told()
    {
        using var listener = Listener.Stream(_ => null, Authority.Issue(Node, 2099));
        Broken(await CheckAsync("sipCore", At("sip", "tls", listener.Port)), "*is valid only from 2099-01-01",
            "mend the clock*");
    }

    [Test]
    public async Task A_wrong_name_is_told()
    {
        using var listener = Listener.Stream(_ => null, Authority.Issue("other.example"));
        Broken(await CheckAsync("diameterProxy", At("diameter", "tls", listener.Port)),
            $"its certificate is for other.example and not for {Node}", "*\"serverName\"*");
    }

    [Test]
    public async Task The_name_that_the_configuration_gives_is_right()
    {
        using var listener = Listener.Stream(r => Listener.Sip(r, "200 OK"), Authority.Issue("other.example"));
        var verdict = await CheckAsync("sipCore", At("sip", "tls", listener.Port) with
        {
            ServerName =
            "other.example"
        });
        verdict.Works.Should().BeTrue(verdict.Says);
    }

    [Test]
    public async Task An_authority_that_nobody_vouches_for_is_told()
    {
        using var listener = Listener.Stream(_ => null, Stranger.Issue(Node));
        Broken(await CheckAsync("sipCore", At("sip", "tls", listener.Port)),
            "no trust anchor vouches for its certificate, which CN=Test authority issued", "*\"trustAnchors\"*");
    }

    [Test]
    public async Task A_trust_anchor_that_cannot_be_read_is_told() => Broken(
        await WithListenerAsync(p => CheckAsync("sipCore", At("sip", "tls", p), anchors: ["/no/such.pem"])),
        "the trust anchor /no/such.pem cannot be read: *", "mend \"trustAnchors\"");

    [Test]
    public async Task A_server_that_wants_a_certificate_of_the_client_is_told()
    {
        using var listener = Listener.Stream(r => Listener.Sip(r, "200 OK"), Authority.Issue(Node), wantsClient: true);
        Broken(await CheckAsync("sipCore", At("sip", "tls", listener.Port)), "*", "?*");
    }

    [Test]
    public async Task Diameter_with_Cx_works_and_is_left_politely()
    {
        var seen = new List<uint>();
        using var listener = Listener.Stream(request => Cea(request, seen, 2001, Node, [Ts29229.Application]));
        var verdict = await CheckAsync("diameterProxy", At("diameter", "tcp", listener.Port));
        verdict.Works.Should().BeTrue(verdict.Says);
        verdict.Says.Should().Be($"CEA of {Node} (test peer) with Cx");
        var deadline = Stopwatch.GetTimestamp();
        while (seen.Count < 2 && Stopwatch.GetElapsedTime(deadline) < Deadline) await Task.Yield();
        seen.Should().Equal([257, 282], "CER, then DPR");
    }

    [TestCase(3010u, Node, true, "its CEA refuses with result code 3010 (DIAMETER_UNKNOWN_PEER)",
        "add mms.ims.primary.example to its peer table")]
    [TestCase(5010u, Node, true, "its CEA refuses with result code 5010 (DIAMETER_NO_COMMON_APPLICATION)",
        "mend its configuration*")]
    [TestCase(2001u, "other.example", true, "its CEA says that it is \"other.example\"*", "mend \"node\"*")]
    [TestCase(2001u, Node, false, "its CEA offers no Cx (application 16777216)", "switch on Cx*")]
    public async Task A_CEA_that_is_no_success_is_told(uint result, string host, bool hasCx, string says, string mend)
    {
        using var listener = Listener.Stream(r => Cea(r, [], result, host, hasCx ? [Ts29229.Application] : [4]));
        Broken(await CheckAsync("diameterProxy", At("diameter", "tcp", listener.Port)), says, mend);
    }

    [TestCase("identityManagementServer",
        "{\"issuer\":\"https://i\",\"authorization_endpoint\":\"a\",\"token_endpoint\":\"t\",\"jwks_uri\":\"j\"}",
            "discovery document of the issuer https://i")]
    [TestCase("groupManagementServer",
        "<xcap-caps xmlns=\"urn:ietf:params:xml:ns:xcap-caps\"><auids><auid>org.openmobilealliance.groups</auid></auids></xcap-caps>", "XCAP with org.openmobilealliance.groups")]
    [TestCase("httpProxy", "anything", "GET / answered with 200*")]
    public async Task Http_works(string entity, string body, string says)
    {
        using var listener = Listener.Stream(_ => Listener.Http("200 OK", body));
        var verdict = await CheckAsync(entity, At("http", "tcp", listener.Port));
        verdict.Works.Should().BeTrue(verdict.Says);
        verdict.Says.Should().Match(says);
    }

    [TestCase("identityManagementServer", "200 OK", "{\"issuer\":\"https://i\"}",
        "its discovery document lacks authorization_endpoint, token_endpoint, jwks_uri")]
    [TestCase("identityManagementServer", "200 OK", "<html>", "its discovery document is no JSON object")]
    [TestCase("identityManagementServer", "404 Not Found", "",
        "it answers /.well-known/openid-configuration with 404*")]
    [TestCase("configurationManagementServer", "401 Unauthorized", "", "it refuses /xcap-caps/global/index with 401")]
    [TestCase("configurationManagementServer", "200 OK", "<a/>",
        "what it gives as XCAP capabilities is no xcap-caps document*")]
    [TestCase("configurationManagementServer", "200 OK", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        "what it gives as XCAP capabilities is no xcap-caps document*")]
    public async Task Http_that_gives_something_else_is_told(string entity, string status, string body, string says)
    {
        using var listener = Listener.Stream(_ => Listener.Http(status, body));
        Broken(await CheckAsync(entity, At("http", "tcp", listener.Port)), says, "?*");
    }

    [Test]
    public async Task Every_endpoint_is_looked_at_and_one_that_is_silent_holds_no_other_up()
    {
        using var silent = Listener.Stream(_ => Listener.Silence);
        using var good = Listener.Datagrams(r => Listener.Sip(r, "200 OK"));
        var verdicts = await RunAsync("sipCore", Short, [], At("sip", "tcp", silent.Port), At("sip", "udp", good.Port));
        verdicts.Select(v => v.Works).Should().Equal(false, true);
    }

    private static byte[] Cea(byte[] request, List<uint> seen, uint result, string host, uint[] applications)
    {
        var message = new DiameterMessage();
        message.TryIndex(request, out _);
        seen.Add(message.Command);
        var own = new Wire.Diameter.Templates.Capabilities(new DiameterIdentity(host), new DiameterIdentity(
            "partner.example"), IPAddress.Loopback, "test peer", applications);
        return message.Command == Rfc6733.CapabilitiesExchange
            ? Rfc6733Messages.CapabilitiesExchangeAnswer(DiameterDraft.Rent(), own, message, result).Octets.ToArray()
                : [];
    }

    private static void Broken(EndpointVerdict verdict, string says, string mend)
    {
        verdict.Works.Should().BeFalse(verdict.Says);
        verdict.Says.Should().Match(says).And.NotContain("\n").And.NotContain("   at ");
        verdict.Mend.Should().Match(mend);
    }

    private static async Task<EndpointVerdict> WithListenerAsync(Func<int, Task<EndpointVerdict>> check)
    {
        using var listener = Listener.Stream(_ => null, Authority.Issue(Node));
        return await check(listener.Port);
    }

    private static EndpointEntry At(string protocol, string transport, int port) =>
        new(new DiameterIdentity(Node), protocol, transport, "127.0.0.1", port);

    private static async Task<EndpointVerdict> CheckAsync(
        string entity, EndpointEntry endpoint, TimeSpan? deadline = null, string[]? anchors = null) =>
        (await RunAsync(entity, deadline ?? Deadline, anchors ?? [Authority.File], endpoint)).Single();

    private static Task<EndpointVerdict[]> RunAsync(string entity, TimeSpan deadline, string[] anchors,
        params EndpointEntry[] endpoints)
    {
        var external = new EntityEntry(EntityMode.External, endpoints) { TrustAnchors = anchors };
        var bundled = new EntityEntry(EntityMode.Bundled, []);
        McSystemEntry System(string name, Dictionary<string, EntityEntry> entities) => new(
            $"{name}.example", new DiameterIdentity($"ims.{name}.example"), [name], new TrustSettings(true, []),
                bundled,
            new SipDatabaseEntry(EntityMode.Bundled, [], []), new MigrationManagementEntry(EntityMode.Bundled, [], [],
                [], []), bundled)
        {
            // the place in the schema does not matter to a probe, the name does
            ApplicationPlane = entities,
        };
        var ixit = new Ixit(
            "test", [System("primary", []), System("partner", new() { [entity] = external })], [], new LinkSettings(0),
            new TimerSettings(default, default, default, default, default), new TestConfiguration.Capabilities(true,
                true, true, true, true, true));
        return new EndpointCheck(ixit, deadline).RunAsync(CancellationToken.None);
    }
}
