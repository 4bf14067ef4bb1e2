using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using McConformance.Wire.Http.Transport;
using McConformance.Wire.Time;
using Microsoft.AspNetCore.Http;

namespace McConformance.Wire.Http.Tests.Transport;

/// <summary>A client and a server of two MC systems, with a link between them that can be disturbed.</summary>
internal sealed class HttpPair : IAsyncDisposable
{
    private HttpPair(RequestDelegate handler, bool isProtected, bool isTrusted, bool keeps)
    {
        Recording = new Recording(Clock);
        Links = new LinkBook(Clock, Recording);
        Asker = Links.Add(new Party("gms.primary.example", EntityKind.GroupManagementServer, "primary.example"));
        Answerer = Links.Add(new Party("gms.partner.example", EntityKind.GroupManagementServer, "partner.example"));
        var certificate = isProtected ? Certificate() : null;
        Server = new HttpServer(new HttpServerOptions
        {
            Self = Answerer,
            Links = Links,
            Handler = handler,
            BodyOctetsMax = 1 << 20,
            Tls = certificate is null ? null : new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = (_, c, _, _) => c is not null,
            },
        });
        Client = new HttpRequester(new HttpRequesterOptions
        {
            Self = Asker,
            Links = Links,
            KeepsConnections = keeps,
            Route = host => host != Answerer.Name ? null : new HttpRoute(Server.ListeningAt, certificate is null ? null : new SslClientAuthenticationOptions
            {
                TargetHost = host,
                ClientCertificates = [certificate],
                RemoteCertificateValidationCallback = (_, _, _, _) => isTrusted,
            }),
        });
    }

    public ShiftableTime Clock { get; } = new();

    public Recording Recording { get; }

    public LinkBook Links { get; }

    public Party Asker { get; }

    public Party Answerer { get; }

    public HttpServer Server { get; }

    public HttpRequester Client { get; }

    public Link Requests => Links.Between(Asker, Answerer, WireProtocol.Http);

    public Link Answers => Links.Between(Answerer, Asker, WireProtocol.Http);

    public static async Task<HttpPair> StartAsync(RequestDelegate handler, bool isProtected = false, bool isTrusted = true, bool keeps = true)
    {
        var pair = new HttpPair(handler, isProtected, isTrusted, keeps);
        await pair.Server.StartAsync(CancellationToken.None);
        return pair;
    }

    public Task<HttpAnswer> GetAsync(string path = "/x", HttpMethod? method = null, HttpContent? content = null) =>
        Client.SendAsync(new HttpRequestMessage(method ?? HttpMethod.Get, $"http://gms.partner.example{path}") { Content = content });

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=gms.partner.example", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(150));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
