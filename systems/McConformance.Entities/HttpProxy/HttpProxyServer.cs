using System.Net;
using System.Net.Security;
using McConformance.Entities.Ports;
using McConformance.Wire.Http.Codec;
using McConformance.Wire.Http.Transport;
using Microsoft.AspNetCore.Http;

namespace McConformance.Entities.HttpProxy;

/// <summary>What an HTTP proxy is made from.</summary>
public sealed record HttpProxyOptions
{
    /// <summary>Where it listens; the system chooses the ports.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>What every entity is handed.</summary>
    public required EntityPorts Ports { get; init; }

    /// <summary>Where each host leads: an own server, or the HTTP proxy of another MC system; null where nothing is configured.</summary>
    public required Func<string, HttpRoute?> Route { get; init; }

    /// <summary>Hosts of the own MC system that UEs may reach.</summary>
    public required IReadOnlySet<string> ServesUserEquipment { get; init; }

    /// <summary>Hosts of the own MC system that other MC systems may reach.</summary>
    public required IReadOnlySet<string> ServesOtherSystems { get; init; }

    /// <summary>Hosts of other MC systems that the own servers may reach.</summary>
    public required IReadOnlySet<string> LeadsTo { get; init; }

    /// <summary>TLS towards UEs; null for plain text.</summary>
    public SslServerAuthenticationOptions? TlsForUserEquipment { get; init; }

    /// <summary>TLS towards other MC systems, with the certificates of both ends; null for plain text.</summary>
    public SslServerAuthenticationOptions? TlsForOtherSystems { get; init; }

    /// <summary>Whether a peer may speak for an MC system, from its connection; always true inside one trust domain.</summary>
    public Func<HttpContext, string, bool> MaySpeakFor { get; init; } = (_, _) => true;

    /// <summary>Port for UEs; 0 lets the system choose.</summary>
    public int UserEquipmentPort { get; init; }

    /// <summary>Port for other MC systems; 0 lets the system choose.</summary>
    public int OtherSystemsPort { get; init; }

    /// <summary>Port for the own servers; 0 lets the system choose.</summary>
    public int InnerPort { get; init; }

    /// <summary>How long it waits for an answer.</summary>
    public TimeSpan AnswerTime { get; init; } = TimeSpan.FromSeconds(4);
}

/// <summary>
/// HTTP proxy (TS 23.280 7.4.3.2.2; rules of TS 24.482 annex A): reverse proxy for UEs (HTTP-1 to HTTP-2) and for other MC systems
/// (HTTP-3 to HTTP-2), and the way out for the own servers (HTTP-2 to HTTP-3). Each side has a port of its own, so that who asks is
/// known by where it comes in, not by what it says.
/// </summary>
public sealed class HttpProxyServer : IAsyncDisposable
{
    private static readonly HashSet<string> HopByHop = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Host",
    };

    private readonly HttpProxyOptions options;
    private readonly HttpRequester requester;
    private readonly HttpServer userEquipmentSide;
    private readonly HttpServer otherSystemsSide;
    private readonly HttpServer innerSide;

    /// <summary>Makes it; nothing is bound yet.</summary>
    public HttpProxyServer(HttpProxyOptions options)
    {
        this.options = options;
        var (self, links) = (options.Ports.Self, options.Ports.Links);
        requester = new HttpRequester(new HttpRequesterOptions { Self = self, Links = links, Route = options.Route, AnswerTime = options.AnswerTime });
        userEquipmentSide = Server(FromUserEquipmentAsync, options.TlsForUserEquipment, options.UserEquipmentPort);
        otherSystemsSide = Server(FromOtherSystemAsync, options.TlsForOtherSystems, options.OtherSystemsPort);
        innerSide = Server(FromInsideAsync, null, options.InnerPort);

        HttpServer Server(RequestDelegate handler, SslServerAuthenticationOptions? tls, int port) => new(
            new HttpServerOptions
            {
                Self = self,
                Links = links,
                Handler = handler,
                Tls = tls,
                Listen = new IPEndPoint(options.Address, port),
            });
    }

    /// <summary>Where UEs reach it (HTTP-1).</summary>
    public IPEndPoint UserEquipmentSide => userEquipmentSide.ListeningAt;

    /// <summary>Where HTTP proxies and servers of other MC systems reach it (HTTP-3).</summary>
    public IPEndPoint OtherSystemsSide => otherSystemsSide.ListeningAt;

    /// <summary>Where the own servers reach it (HTTP-2).</summary>
    public IPEndPoint InnerSide => innerSide.ListeningAt;

    /// <summary>Binds its three ports.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        await userEquipmentSide.StartAsync(cancellation).ConfigureAwait(false);
        await otherSystemsSide.StartAsync(cancellation).ConfigureAwait(false);
        await innerSide.StartAsync(cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        requester.Dispose();
        await userEquipmentSide.DisposeAsync().ConfigureAwait(false);
        await otherSystemsSide.DisposeAsync().ConfigureAwait(false);
        await innerSide.DisposeAsync().ConfigureAwait(false);
    }

    private Task FromUserEquipmentAsync(HttpContext context)
    {
        // only the network asserts an identity (TS 24.482 annex A)
        if (context.Request.Headers.ContainsKey("X-3GPP-Asserted-Identity")) return Refuse(context, 403);
        return options.ServesUserEquipment.Contains(context.Request.Host.Host) ? ForwardAsync(context) : Refuse(context, 403);
    }

    /// <summary>What another MC system asserts must be its own: the servers behind cannot see its connection any more.</summary>
    private Task FromOtherSystemAsync(HttpContext context)
    {
        var asserted = context.Request.Headers["X-3GPP-Asserted-Identity"].ToString().Trim('"', ' ');
        if (asserted.Length > 0 && !options.MaySpeakFor(context, asserted[(asserted.IndexOf('@') + 1)..])) return Refuse(context, 403);
        return options.ServesOtherSystems.Contains(context.Request.Host.Host) ? ForwardAsync(context) : Refuse(context, 403);
    }

    private Task FromInsideAsync(HttpContext context) =>
        options.LeadsTo.Contains(context.Request.Host.Host) ? ForwardAsync(context) : Refuse(context, 403);

    private async Task ForwardAsync(HttpContext context)
    {
        var request = await RequestOfAsync(context).ConfigureAwait(false);
        var answer = await requester.SendAsync(request, context.RequestAborted).ConfigureAwait(false);
        if (answer.Failure != HttpFailure.None)
        {
            await Refuse(context, answer.Failure == HttpFailure.TimedOut ? 504 : 502).ConfigureAwait(false);
            return;
        }

        var response = context.Response;
        response.StatusCode = answer.StatusCode;
        foreach (var (name, values) in answer.Headers!.Concat(answer.ContentHeaders!))
            if (!HopByHop.Contains(name) && !name.Equals("Server", StringComparison.OrdinalIgnoreCase))
                response.Headers.Append(name, values.ToArray());
        response.Headers.Append("Via", $"1.1 {options.Ports.Self.Name}");
        if (answer.Body.Length > 0) await response.Body.WriteAsync(answer.Body).ConfigureAwait(false);
    }

    private async Task<HttpRequestMessage> RequestOfAsync(HttpContext context)
    {
        var request = context.Request;
        var feature = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!;
        // the target as it stood: document selectors must not be decoded and encoded anew on the way
        var uri = new Uri($"http://{request.Host.Host}{HttpTarget.PathOf(feature.RawTarget)}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var forwarded = new HttpRequestMessage(new HttpMethod(request.Method), uri);
        if (request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0)
        {
            // whole before anything leaves: a body that breaks off is the client's fault (400), not the server's (502)
            var body = new MemoryStream();
            await request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
            forwarded.Content = new ByteArrayContent(body.GetBuffer(), 0, (int)body.Length);
        }

        foreach (var (name, values) in request.Headers)
        {
            if (HopByHop.Contains(name) || name.StartsWith(':')) continue;
            if (!forwarded.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values)) forwarded.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        forwarded.Headers.TryAddWithoutValidation("Via", $"1.1 {options.Ports.Self.Name}");
        return forwarded;
    }

    private static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
