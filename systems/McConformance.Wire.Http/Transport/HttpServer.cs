using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using McConformance.Wire.Transport;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace McConformance.Wire.Http.Transport;

/// <summary>How an entity serves HTTP.</summary>
public sealed record HttpServerOptions
{
    /// <summary>Who serves.</summary>
    public required Party Self { get; init; }

    /// <summary>Where its links are.</summary>
    public required LinkBook Links { get; init; }

    /// <summary>What it does with a request. Runs on pool threads, several at a time; whoever needs a gate takes it.</summary>
    public required RequestDelegate Handler { get; init; }

    /// <summary>TLS; null serves plain text.</summary>
    public SslServerAuthenticationOptions? Tls { get; init; }

    /// <summary>Where to listen; port 0 lets the system choose.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Octets of a request body; more is answered with 413.</summary>
    public long BodyOctetsMax { get; init; } = 4 << 20;
}

/// <summary>An HTTP/1.1 server of an entity: Kestrel, with every message crossing a link. Starts in about a millisecond.</summary>
public sealed class HttpServer : IHttpApplication<HttpContext>, IAsyncDisposable
{
    /// <summary>As much as four TLS records: large documents come in few reads.</summary>
    private const int ReadOctets = 64 * 1024;

    private readonly HttpServerOptions options;
    private readonly KestrelServer kestrel;
    private ListenOptions? listening;

    /// <summary>Makes the server; nothing is bound yet.</summary>
    public HttpServer(HttpServerOptions options)
    {
        this.options = options;
        var settings = new KestrelServerOptions { AddServerHeader = false };
        settings.Limits.MaxRequestBodySize = options.BodyOctetsMax;
        settings.Listen(options.Listen, listen =>
        {
            listening = listen;
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(next => context => ServeAsync(context, next));
        });
        kestrel = new KestrelServer(
            Options.Create(settings), new SocketTransportFactory(Options.Create(new SocketTransportOptions { IOQueueCount = 1 }), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
    }

    /// <summary>Who serves.</summary>
    public Party Self => options.Self;

    /// <summary>Where it listens, once started.</summary>
    public IPEndPoint ListeningAt => listening!.IPEndPoint!;

    /// <summary>True where it speaks TLS.</summary>
    public bool IsProtected => options.Tls is not null;

    /// <summary>Binds and serves.</summary>
    /// <exception cref="IOException">The address is taken.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        await kestrel.StartAsync(this, cancellation).ConfigureAwait(false);
        options.Links.Place(options.Self, WireProtocol.Http, IsProtected ? Carrier.Tls : Carrier.Tcp, ListeningAt);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync().ConfigureAwait(false);
        await kestrel.StopAsync(atOnce.Token).ConfigureAwait(false);
        kestrel.Dispose();
    }

    HttpContext IHttpApplication<HttpContext>.CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    Task IHttpApplication<HttpContext>.ProcessRequestAsync(HttpContext context) => Busy.WhileAsync(options.Links, () => HandleAsync(context));

    /// <summary>A chunk size that no number holds comes as a failure of reading, and Kestrel would take it for the
    /// server's own: RFC 9112 7.1.1 has the recipient guard against it.</summary>
    private async Task HandleAsync(HttpContext context)
    {
        try
        {
            await options.Handler(context).ConfigureAwait(false);
        }
        catch (IOException e) when (e.InnerException is OverflowException && !context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.Headers.Connection = "close";
        }
    }

    void IHttpApplication<HttpContext>.DisposeContext(HttpContext context, Exception? exception) { }

    private async Task ServeAsync(ConnectionContext context, ConnectionDelegate next)
    {
        var transport = context.Transport;
        var carrier = IsProtected ? Carrier.Tls : Carrier.Tcp;
        Stream stream = new DuplexStream(transport);
        try
        {
            if (options.Tls is { } tls)
            {
                var secure = new SslStream(stream);
                await secure.AuthenticateAsServerAsync(tls, context.ConnectionClosed).ConfigureAwait(false);
                context.Features.Set<ITlsConnectionFeature>(new PeerCertificate(secure));
                stream = secure;
            }
        }
        catch (Exception e) when (StreamConnection.IsOfTheNetwork(e))
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            return;
        }

        var (local, remote) = ((IPEndPoint)context.LocalEndPoint!, (IPEndPoint)context.RemoteEndPoint!);
        var peer = options.Links.At(WireProtocol.Http, carrier, remote, options.Self);
        var linked = new LinkedStream(
            stream, carrier, local, remote, options.Links.Between(options.Self, peer, WireProtocol.Http),
            options.Links.Between(peer, options.Self, WireProtocol.Http), isServer: true)
        { Closed = context.Abort };
        await using (linked.ConfigureAwait(false))
        {
            context.Transport = new Duplex(PipeReader.Create(linked, new StreamPipeReaderOptions(bufferSize: ReadOctets, leaveOpen: true)), PipeWriter.Create(linked, new StreamPipeWriterOptions(leaveOpen: true)));
            await next(context).ConfigureAwait(false);
        }
    }

    private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }

    private sealed class PeerCertificate(SslStream secure) : ITlsConnectionFeature
    {
        public System.Security.Cryptography.X509Certificates.X509Certificate2? ClientCertificate
        {
            get => secure.RemoteCertificate as System.Security.Cryptography.X509Certificates.X509Certificate2;
            set => throw new NotSupportedException();
        }

        public Task<System.Security.Cryptography.X509Certificates.X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) =>
            Task.FromResult(ClientCertificate);
    }
}
