using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Diameter.Tests.Peers;

namespace McConformance.Wire.Diameter.Tests.Transport;

/// <summary>TLS between peers with certificates on both sides (RFC 6733 13.1).</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class TlsTests
{
    private static readonly X509Certificate2 Node = Certificate("hss.b.example");
    private readonly World world = new();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task Peers_with_the_right_certificates_talk()
    {
        var (a, b) = Pair("scscf.a.example", certificate: "scscf.a.example");
        await World.JoinAsync(a, b, isProtected: true);
        (await a.AskAsync("b.example")).ResultCode().Should().Be(2001);
        world.Recording.Messages.Should().HaveCount(4).And.OnlyContain(m => m.Carrier == Carrier.Tls);
    }

    [Test]
    public async Task Many_requests_at_once_cross_TLS()
    {
        var (a, b) = Pair("scscf.a.example", certificate: "scscf.a.example");
        await World.JoinAsync(a, b, isProtected: true);
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => a.AskAsync("b.example")));
        answers.Should().OnlyContain(m => m.ResultCode() == 2001);
        b.Handled.Should().Be(200);
    }

    [Test]
    public async Task A_certificate_of_another_name_is_told_nothing()
    {
        var (a, b) = Pair("scscf.a.example", certificate: "somebody.else.example");
        await RefusedAsync(a, b, new DiameterPeerOptions { Host = a.Host, IsProtected = true });
        world.Sent(b, a, 257, false).Should().BeEmpty();
    }

    [Test]
    public async Task A_certificate_of_a_name_that_the_peer_is_allowed_will_do()
    {
        var (a, b) = Pair("scscf.a.example", certificate: "gateway.a.example");
        b.Node.AddPeer(new DiameterPeerOptions
        {
            Host = a.Host,
            IsProtected = true,
            CertificateName = "gateway.a.example"
        });
        a.Node.AddPeer(new DiameterPeerOptions
        {
            Host = b.Host,
            Address = b.Node.ListeningProtectedAt,
            Initiates = true,
            IsProtected = true
        });
        await World.Within(a.Node.WhenConnectedAsync(b.Host, default), "they are connected");
    }

    [Test]
    public async Task A_peer_without_certificate_does_not_get_in()
    {
        var (a, b) = Pair("scscf.a.example", certificate: null);
        await RefusedAsync(a, b, new DiameterPeerOptions { Host = a.Host, IsProtected = true });
    }

    [Test]
    public async Task A_server_with_the_certificate_of_another_is_left()
    {
        var (a, b) = Pair("scscf.a.example", certificate: "scscf.a.example", serverName: "other.b.example");
        await RefusedAsync(a, b, new DiameterPeerOptions { Host = a.Host, IsProtected = true });
        world.Recording.Messages.Should().BeEmpty("not a word is said before it is clear to whom");
    }

    [Test]
    public async Task A_peer_that_must_use_TLS_gets_5017_without()
    {
        var (a, b) = Pair("scscf.a.example", certificate: "scscf.a.example");
        b.Node.AddPeer(new DiameterPeerOptions { Host = a.Host, IsProtected = true });
        a.Node.AddPeer(new DiameterPeerOptions { Host = b.Host, Address = b.Node.ListeningAt, Initiates = true });
        var answer = await world.SeesAsync("CEA", (_, m) => m is { Command: 257, IsRequest: false });
        answer.ResultCode().Should().Be(5017);
    }

    private static async Task RefusedAsync(Station from, Station to, DiameterPeerOptions peer)
    {
        var refused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        from.Node.Disconnected += _ => refused.TrySetResult();
        to.Node.AddPeer(peer);
        from.Node.AddPeer(new DiameterPeerOptions
        {
            Host = to.Host,
            Address = to.Node.ListeningProtectedAt,
            Initiates = true,
            IsProtected = true
        });
        await World.Within(refused.Task, "the connection is refused");
        (from.Node.OpenPeers.Count, to.Node.OpenPeers.Count).Should().Be((0, 0));
    }

    private static X509Certificate2 Certificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50),
            DateTimeOffset.UnixEpoch.AddYears(100));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    private (Station A, Station B) Pair(string host, string? certificate, string? serverName = null)
    {
        var own = serverName is null ? Node : Certificate(serverName);
        var b = world.Add("hss.b.example", o => o with
        {
            ListenProtected = new IPEndPoint(IPAddress.Loopback, 0),
            TlsServer = new SslServerAuthenticationOptions
            {
                ServerCertificate = own,
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = (_, peer, _, _) => peer is not null,
            },
        });
        var a = world.Add(host, o => o with
        {
            TlsClient = to => new SslClientAuthenticationOptions
            {
                TargetHost = to.Value,
                ClientCertificates = certificate is null
                    ? null : new X509Certificate2Collection(Certificate(certificate)),

                // any issuer will do in this test, but not any name
                RemoteCertificateValidationCallback = (_, _, _, errors) =>
                    !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch),
            },
        });
        a.Routes("b.example", b);
        return (a, b);
    }
}
