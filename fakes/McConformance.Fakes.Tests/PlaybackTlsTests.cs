using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using McConformance.Fakes.Playback;
using McConformance.Wire;
using McConformance.Wire.Diameter.Codec;

namespace McConformance.Fakes.Tests;

/// <summary>A stand-in speaks TLS, and looks at whom it speaks with.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
internal sealed class PlaybackTlsTests
{
    private static readonly Authority Ours = new("ours"), Theirs = new("theirs");
    private readonly ConcurrentQueue<string> log = new();

    [TestCase(WireProtocol.Sip, "SIP/2.0 200 OK")]
    [TestCase(WireProtocol.Http, "HTTP/1.1 200 OK")]
    [TestCase(WireProtocol.Diameter, "server.example")]
    public async Task Answers_over_tls_under_its_own_name(WireProtocol protocol, string told)
    {
        await using var peer = await PlayAsync(Script("server.example", protocol), Tls("server.example"), protocol);

        (await AskAsync(peer, protocol, Ours.Issue("client.example"))).Should().Contain(told);
        log.Should().NotContain(l => l.Contains("has no answer", StringComparison.Ordinal));
    }

    [TestCase(WireProtocol.Sip)]
    [TestCase(WireProtocol.Http)]
    [TestCase(WireProtocol.Diameter)]
    public async Task Lets_nobody_in_with_a_certificate_of_another_authority(WireProtocol protocol)
    {
        await using var peer = await PlayAsync(Script("server.example", protocol), Tls("server.example"), protocol);

        (await AskAsync(peer, protocol, Theirs.Issue("client.example"))).Should().BeEmpty();
        log.Should().BeEmpty();
    }

    [TestCase(WireProtocol.Sip, "server.example", true, true)]
    [TestCase(WireProtocol.Http, "server.example", true, true)]
    [TestCase(WireProtocol.Sip, "server.example", false, false)]
    [TestCase(WireProtocol.Http, "server.example", false, false)]
    [TestCase(WireProtocol.Sip, "stranger.example", true, false)]
    [TestCase(WireProtocol.Http, "stranger.example", true, false)]
    public async Task Asks_over_tls_whoever_shows_the_right_certificate(
        WireProtocol protocol, string name, bool isOurs, bool isAsked)
    {
        await using var server = await PlayAsync(
            Script("server.example", protocol), Tls(name, isOurs ? Ours : Theirs), protocol);
        var asks = Script("server.example", protocol);
        var front = new PlaybackScript
        {
            Node = "client.example",
            Messages =
            [
                Plain("ue", "client.example", "GET /first HTTP/1.1\r\nHost: client.example\r\n\r\n"),
                .. asks.Messages,
                Plain("client.example", "ue", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone"),
            ],
        };
        await using var client = new PlaybackPeer(front, new PlaybackOptions
        {
            Log = log.Enqueue,
            Tls = Tls("client.example"),
            AnswerTime = TimeSpan.FromSeconds(3),
            PeerAt = (peer, p) => peer == "server.example" && p == protocol ? server.ListeningProtectedAt[p] : null,
        });
        await client.StartAsync();

        await using var asking = await ConnectAsync(client.ListeningAt[WireProtocol.Http], null);
        await asking.WriteAsync(Encoding.ASCII.GetBytes("GET /first HTTP/1.1\r\nHost: client.example\r\n\r\n"));
        if (isAsked) (await ReadAsync(asking, "done")).Should().Contain("done");
        await UntilAsync(isAsked ? "answered HTTP GET /first" : "no answer came to");
    }

    private static PlaybackTls Tls(string name, Authority? authority = null) =>
        new((authority ?? Ours).Issue(name), [], [Ours.Certificate]);

    private async Task<PlaybackPeer> PlayAsync(PlaybackScript script, PlaybackTls tls, WireProtocol protocol)
    {
        var peer = new PlaybackPeer(script, new PlaybackOptions
        {
            Log = log.Enqueue,
            Tls = tls,
            ListenProtected = p => p == protocol ? new IPEndPoint(IPAddress.Loopback, 0) : null,
        });
        await peer.StartAsync();
        return peer;
    }

    private async Task UntilAsync(string told)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        using var limit = new CancellationTokenSource(RelayTests.Patience);
        while (!log.Any(l => l.Contains(told, StringComparison.Ordinal))) await look.WaitForNextTickAsync(limit.Token);
    }

    /// <summary>What came back; empty where the other end let nobody in.</summary>
    private static async Task<string> AskAsync(PlaybackPeer peer, WireProtocol protocol, X509Certificate2 certificate)
    {
        try
        {
            await using var stream = await ConnectAsync(peer.ListeningProtectedAt[protocol], certificate);
            ((SslStream)stream).RemoteCertificate!.Subject.Should().Be("CN=server.example");
            var octets = Script("server.example", protocol).Messages[0].Octets;
            if (protocol == WireProtocol.Diameter) octets = [.. Capabilities(), .. octets];
            await stream.WriteAsync(octets);
            return await ReadAsync(stream, protocol == WireProtocol.Diameter ? "session;1" : "200 OK");
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return "";
        }
    }

    private static async Task<Stream> ConnectAsync(IPEndPoint at, X509Certificate2? certificate)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(at);
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (certificate is null) return plain;
        var secure = new SslStream(plain);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "server.example",
            ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
        });
        return secure;
    }

    private static async Task<string> ReadAsync(Stream stream, string end)
    {
        var (read, buffer) = (new StringBuilder(), new byte[4096]);
        using var limit = new CancellationTokenSource(RelayTests.Patience);
        while (!read.ToString().Contains(end, StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, limit.Token);
            if (count == 0) break;
            read.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        return read.ToString();
    }

    /// <summary>One question and its answer.</summary>
    private static PlaybackScript Script(string node, WireProtocol protocol)
    {
        const string common = "Via: SIP/2.0/TLS 127.0.0.1:9;branch=z9hG4bK1;rport\r\nFrom: <sip:a@example>;tag=1\r\n"
            + "Call-ID: 1\r\nCSeq: 1 OPTIONS\r\n";
        ScriptMessage[] messages = protocol switch
        {
            WireProtocol.Sip =>
            [
                Sip("client.example", node, $"OPTIONS sip:example SIP/2.0\r\n{common}To: <sip:example>\r\n"
                    + "Max-Forwards: 70\r\nContent-Length: 0\r\n\r\n"),
                Sip(node, "client.example", $"SIP/2.0 200 OK\r\n{common}To: <sip:example>;tag=2\r\n"
                    + "Content-Length: 0\r\n\r\n"),
            ],
            WireProtocol.Http =>
            [
                Http("client.example", node, $"GET /second HTTP/1.1\r\nHost: {node}\r\n\r\n"),
                Http(node, "client.example", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes"),
            ],
            _ =>
            [
                Diameter("client.example", node, 0xC0, "client.example", 293, node),
                Diameter(node, "client.example", 0x40, node, 268, "\0\0\u0007\u00d1"),
            ],
        };
        return new PlaybackScript { Node = node, Messages = messages };
    }

    private static ScriptMessage Sip(string from, string to, string text) =>
        new() { From = from, To = to, Protocol = WireProtocol.Sip, Transport = Carrier.Tls, Text = text };

    private static ScriptMessage Http(string from, string to, string text) =>
        new() { From = from, To = to, Protocol = WireProtocol.Http, Transport = Carrier.Tls, Text = text };

    private static ScriptMessage Plain(string from, string to, string text) =>
        Http(from, to, text) with { Transport = Carrier.Tcp };

    private static ScriptMessage Diameter(
        string from, string to, byte flags, string origin, uint code, string value) => new()
        {
            From = from,
            To = to,
            Protocol = WireProtocol.Diameter,
            Transport = Carrier.Tls,
            Octets = DiameterDraft.Rent().Start(flags, 300, 16777216, 7, 7)
                .Avp(263, 0, 0x40, "session;1"u8).Avp(264, 0, 0x40, Encoding.ASCII.GetBytes(origin))
                .Avp(296, 0, 0x40, "example"u8).Avp(283, 0, 0x40, "example"u8)
                .Avp(code, 0, 0x40, Encoding.Latin1.GetBytes(value)).Finish().Span.ToArray(),
        };

    private static byte[] Capabilities() => DiameterDraft.Rent().Start(0x80, 257, 0, 1, 1)
        .Avp(264, 0, 0x40, "client.example"u8).Avp(296, 0, 0x40, "example"u8)
        .Avp(257, 0, 0x40, [0, 1, 127, 0, 0, 1]).Avp(266, 0, 0x40, [0, 0, 0, 0]).Avp(269, 0, 0, "peer"u8)
        .Avp(258, 0, 0x40, [1, 0, 0, 0]).Finish().Span.ToArray();

    private sealed class Authority
    {
        private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        public Authority(string name)
        {
            var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            Certificate = request.CreateSelfSigned(
                DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(150));
        }

        public X509Certificate2 Certificate { get; }

        public X509Certificate2 Issue(string name)
        {
            using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest($"CN={name}", own, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name);
            request.CertificateExtensions.Add(names.Build());
            using var bare = request.Create(
                Certificate, DateTimeOffset.UnixEpoch.AddYears(51), DateTimeOffset.UnixEpoch.AddYears(140),
                RandomNumberGenerator.GetBytes(12));
            using var whole = bare.CopyWithPrivateKey(own);
            return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null);
        }
    }
}
