using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using McConformance.Wire.Transport;

namespace McConformance.Wire.Http.Transport;

/// <summary>Where a host name leads to: there is no DNS among the bundled systems.</summary>
/// <param name="At">Address.</param>
/// <param name="Tls">TLS options for it; null for plain text.</param>
public sealed record HttpRoute(IPEndPoint At, SslClientAuthenticationOptions? Tls);

/// <summary>How an entity sends HTTP requests.</summary>
public sealed record HttpRequesterOptions
{
    /// <summary>Who asks.</summary>
    public required Party Self { get; init; }

    /// <summary>Where its links are.</summary>
    public required LinkBook Links { get; init; }

    /// <summary>Route of a host name, which may lead to an HTTP proxy; null where nothing is configured for it.</summary>
    public required Func<string, HttpRoute?> Route { get; init; }

    /// <summary>How long to wait for a whole answer, in the entity's time.</summary>
    public TimeSpan AnswerTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Own address; null where any will do.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Connections are used again. Where they are not, nothing that comes twice or late can be taken for the answer to a later
    /// request.</summary>
    public bool KeepsConnections { get; init; } = true;

    /// <summary>Octets of an answer's body; more is a failure.</summary>
    public int BodyOctetsMax { get; init; } = 8 << 20;
}

/// <summary>Why there is no answer.</summary>
public enum HttpFailure
{
    /// <summary>There is one.</summary>
    None,

    /// <summary>No route for the host.</summary>
    NoRoute,

    /// <summary>No connection, or it broke.</summary>
    Unreachable,

    /// <summary>The peer's certificate is not to be trusted, or it did not trust ours.</summary>
    NotTrusted,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>What came is no HTTP, or too large.</summary>
    Malformed,
}

/// <summary>What came back.</summary>
/// <param name="StatusCode">100 to 599; 0 where there is no answer.</param>
/// <param name="Headers">Header fields of message and body; null where there is no answer.</param>
/// <param name="Body">Octets; empty where none.</param>
/// <param name="Failure">Why there is no answer.</param>
public sealed record HttpAnswer(int StatusCode, HttpResponseHeaders? Headers, HttpContentHeaders? ContentHeaders, ReadOnlyMemory<byte> Body, HttpFailure Failure)
{
    /// <summary>2xx.</summary>
    public bool IsSuccess => StatusCode is >= 200 and < 300;

    /// <summary>The entity tag as it stands, quotes included; null where none.</summary>
    public string? ETag => Headers?.ETag?.ToString();

    /// <summary>Media type without parameters; null where none.</summary>
    public string? MediaType => ContentHeaders?.ContentType?.MediaType;

    internal static HttpAnswer Failed(HttpFailure failure) => new(0, null, null, default, failure);
}

/// <summary>Sends HTTP/1.1 requests of an entity; every message crosses a link. Connections are kept and used again. Thread safe.</summary>
public sealed class HttpRequester : IDisposable
{
    private static readonly AsyncLocal<InTheMaking?> Current = new();
    private readonly HttpRequesterOptions options;
    private readonly HttpMessageInvoker invoker;
    private readonly Lock gate = new();
    private int waiting;
    private int answered;

    /// <summary>Makes it; nothing is connected yet.</summary>
    public HttpRequester(HttpRequesterOptions options)
    {
        this.options = options;
        invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = ConnectAsync,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            PooledConnectionLifetime = options.KeepsConnections ? Timeout.InfiniteTimeSpan : TimeSpan.Zero,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            ConnectTimeout = Timeout.InfiniteTimeSpan,
        });
    }

    /// <summary>Sends a request and takes the whole answer. Never throws for what the network or the peer does.</summary>
    /// <param name="request">Its URI names the host that serves; scheme is http, whether TLS is spoken is the route's matter. Disposed of.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<HttpAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellation = default) =>
        Busy.WaitAsync(SendAndWaitAsync(request, cancellation));

    private async Task<HttpAnswer> SendAndWaitAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var message = request;
        if (options.Route(message.RequestUri!.Host) is null) return HttpAnswer.Failed(HttpFailure.NoRoute);
        using var late = new CancellationTokenSource(options.AnswerTime, options.Links.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        // giving up takes its time, and nothing is on the wire meanwhile
        using var givingUp = new GivingUp(options.Links, late.Token);
        // nor while the request waits for a connection, and for its turn to be written
        using var making = new InTheMaking(options.Links);
        Current.Value = making;
        var isAnswered = false;
        lock (gate) waiting++;
        try
        {
            using var response = await invoker.SendAsync(message, either.Token).ConfigureAwait(false);
            await response.Content.LoadIntoBufferAsync(options.BodyOctetsMax, either.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
            isAnswered = true;
            return new HttpAnswer((int)response.StatusCode, response.Headers, response.Content.Headers, body, HttpFailure.None);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return HttpAnswer.Failed(HttpFailure.TimedOut);
        }
        catch (HttpRequestException e)
        {
            return HttpAnswer.Failed(FailureOf(e));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return HttpAnswer.Failed(HttpFailure.Unreachable);
        }
        finally
        {
            End(isAnswered);
        }
    }

    /// <summary>An answer has arrived: until who waits for it has it, no time passes.</summary>
    private void OnAnswered()
    {
        lock (gate)
        {
            if (answered == waiting) return;
            answered++;
        }

        options.Links.Hold();
    }

    private void End(bool isAnswered)
    {
        lock (gate)
        {
            waiting--;
            if (answered == 0 || (!isAnswered && answered <= waiting)) return;
            answered--;
        }

        options.Links.Release();
    }

    /// <inheritdoc/>
    public void Dispose() => invoker.Dispose();

    /// <summary>Holds the time from the call until the request is on the wire, or will never be. The client writes a request in the flow of
    /// whoever asked, whichever connection it takes, so the flow tells which request it is.</summary>
    private sealed class InTheMaking : IDisposable
    {
        private LinkBook? links;

        public InTheMaking(LinkBook links)
        {
            this.links = links;
            links.Hold();
        }

        public void Dispose() => Interlocked.Exchange(ref links, null)?.Release();
    }

    private sealed class GivingUp : IDisposable
    {
        private readonly LinkBook links;
        private readonly CancellationTokenRegistration registration;
        private bool isHeld;

        public GivingUp(LinkBook links, CancellationToken late)
        {
            this.links = links;
            registration = late.UnsafeRegister(static o => ((GivingUp)o!).Begin(), this);
        }

        public void Dispose()
        {
            registration.Dispose();
            if (isHeld) links.Release();
        }

        private void Begin()
        {
            isHeld = true;
            links.Hold();
        }
    }

    private static HttpFailure FailureOf(HttpRequestException e)
    {
        for (Exception? cause = e; cause is not null; cause = cause.InnerException)
            if (cause is AuthenticationException) return HttpFailure.NotTrusted;
        return e.HttpRequestError switch
        {
            HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded => HttpFailure.Malformed,
            HttpRequestError.SecureConnectionError => HttpFailure.NotTrusted,
            _ => HttpFailure.Unreachable,
        };
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var route = options.Route(context.DnsEndPoint.Host) ?? throw new SocketException((int)SocketError.HostNotFound);
        var (socket, stream) = await OpenAsync(route, cancellation).ConfigureAwait(false);
        var carrier = route.Tls is null ? Carrier.Tcp : Carrier.Tls;
        var peer = options.Links.At(WireProtocol.Http, carrier, route.At);
        return new LinkedStream(
            stream, carrier, (IPEndPoint)socket.LocalEndPoint!, route.At, options.Links.Between(options.Self, peer, WireProtocol.Http),
            options.Links.Between(peer, options.Self, WireProtocol.Http), isServer: false)
        { Closed = socket.Dispose, Asked = static () => Current.Value?.Dispose(), Answered = OnAnswered };
    }

    /// <summary>No message is on the wire while a connection is made and secured.</summary>
    private async Task<(Socket Socket, Stream Stream)> OpenAsync(HttpRoute route, CancellationToken cancellation)
    {
        options.Links.Hold();
        try
        {
            return await StreamConnector
                .ConnectAsync(options.Links, options.Self, WireProtocol.Http, route.At, route.Tls, cancellation,
                    options.Address).ConfigureAwait(false);
        }
        finally
        {
            options.Links.Release();
        }
    }
}
