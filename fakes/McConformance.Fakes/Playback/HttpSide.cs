using System.Net;
using McConformance.Wire;
using McConformance.Wire.Http.Codec;
using McConformance.Wire.Http.Transport;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace McConformance.Fakes.Playback;

/// <summary>HTTP of a stand-in.</summary>
internal sealed class HttpSide : ISide
{
    /// <summary>What belongs to the connection or is computed anew (RFC 9110 7.6.1).</summary>
    private static readonly HashSet<string> OfTheConnection = new(StringComparer.OrdinalIgnoreCase)
        { "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Date", "Host" };

    private readonly PlaybackScript script;
    private readonly PlaybackOptions options;
    private readonly Action<LiveRequest> onRequest;
    private readonly HttpServer? server, protectedServer;
    private readonly HttpRequester requester;
    private readonly Dictionary<string, (string Node, PlaybackTls? Tls)> wayTo = [];

    public HttpSide(PlaybackScript script, PlaybackOptions options, LinkBook links, Action<LiveRequest> onRequest)
    {
        (this.script, this.options, this.onRequest) = (script, options, onRequest);
        server = Server(links, options.PlainAt(WireProtocol.Http), null);
        protectedServer = Server(links, options.ProtectedAt(WireProtocol.Http), options.Tls);
        requester = new HttpRequester(new HttpRequesterOptions
        {
            Self = links.Named(script.Node),
            Links = links,
            Route = RouteTo,
            AnswerTime = options.AnswerTime,
            KeepsConnections = false,
        });
    }

    public IPEndPoint? ListeningAt => server?.ListeningAt;

    public IPEndPoint? ListeningProtectedAt => protectedServer?.ListeningAt;

    public async Task StartAsync(Carryover carryover)
    {
        if (server is not null) await server.StartAsync(CancellationToken.None).ConfigureAwait(false);
        if (protectedServer is not null)
            await protectedServer.StartAsync(CancellationToken.None).ConfigureAwait(false);
        foreach (var message in script.Messages.Where(m => m.Protocol == WireProtocol.Http && PlaybackScript.Is(m.To,
            script.Node)))
            carryover.Learn(message.DestinationAt, this.AddressFor(message));
    }

    public async Task<ReadMessage?> AskAsync(Heard recorded, Carryover carryover)
    {
        var http = recorded.Message.Http!;
        var host = (http["Host"] ?? recorded.Script.To).Split(':')[0];
        lock (wayTo) wayTo[host] = (recorded.Script.To, options.TlsOf(recorded.Script));
        var uri = new Uri(
            $"http://{host}{HttpTarget.PathOf(carryover.Apply(http.Target))}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(new HttpMethod(http.Method), uri);
        if (http.Body.Length > 0) request.Content = new ByteArrayContent(carryover.Apply(http.Body.Span));
        foreach (var (name, value) in http.Fields.Where(f => !OfTheConnection.Contains(f.Name)))
            if (!request.Headers.TryAddWithoutValidation(name, carryover.Apply(value)))
                request.Content?.Headers.TryAddWithoutValidation(name, carryover.Apply(value));
        var answer = await requester.SendAsync(request).ConfigureAwait(false);
        return answer.StatusCode == 0 ? null : ReadMessage.From(Octets(answer), WireProtocol.Http);
    }

    public async ValueTask DisposeAsync()
    {
        requester.Dispose();
        if (server is not null) await server.DisposeAsync().ConfigureAwait(false);
        if (protectedServer is not null) await protectedServer.DisposeAsync().ConfigureAwait(false);
    }

    private HttpServer? Server(LinkBook links, IPEndPoint? at, PlaybackTls? tls) => at is null ? null : new(
        new HttpServerOptions
        {
            Self = links.Named(script.Node),
            Links = links,
            Handler = HandleAsync,
            Listen = at,
            Tls = tls?.Server,
        });

    private HttpRoute? RouteTo(string host)
    {
        (string Node, PlaybackTls? Tls) way;
        lock (wayTo) way = wayTo.GetValueOrDefault(host, (host, null));
        return options.PeerAt(way.Node, WireProtocol.Http) is { } at
            ? new HttpRoute(at, way.Tls?.Client(way.Node, host)) : null;
    }

    private static byte[] Octets(HttpAnswer answer)
    {
        var head = new System.Text.StringBuilder($"HTTP/1.1 {answer.StatusCode} x\r\n");
        foreach (var (name, values) in answer.Headers!.Concat(answer.ContentHeaders!))
            if (!OfTheConnection.Contains(name)) head.Append($"{name}: {string.Join(", ", values)}\r\n");
        return [.. System.Text.Encoding.Latin1.GetBytes($"{head}\r\n"), .. answer.Body.Span];
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var head = new System.Text.StringBuilder($"{context.Request.Method} {target} HTTP/1.1\r\n");
        foreach (var (name, values) in context.Request.Headers)
            if (!name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)) head.Append(
                $"{name}: {values}\r\n");
        var octets = (byte[])[.. System.Text.Encoding.Latin1.GetBytes($"{head}\r\n"), .. body.ToArray()];
        if (ReadMessage.From(octets, WireProtocol.Http) is not { } read)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var request = new Request(read);
        onRequest(request);
        await WriteAsync(context, await request.Answered.WaitAsync(context.RequestAborted).ConfigureAwait(false))
            .ConfigureAwait(false);
    }

    private static async Task WriteAsync(HttpContext context, (int Status, IEnumerable<(string Name,
        string Value)> Fields, byte[] Body) answer)
    {
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Fields) context.Response.Headers.Append(name, value);
        if (answer.Body.Length > 0) await context.Response.Body.WriteAsync(answer.Body).ConfigureAwait(false);
    }

    private sealed class Request(ReadMessage message) : LiveRequest(message)
    {
        private readonly TaskCompletionSource<(int, IEnumerable<(string, string)>, byte[])> source =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<(int Status, IEnumerable<(string Name, string Value)> Fields, byte[] Body)> Answered =>
            source.Task!;

        public override void Answer(ReadMessage recorded, Carryover carryover)
        {
            var http = recorded.Http!;
            var fields = http.Fields.Where(f => !OfTheConnection.Contains(f.Name)).Select(f =>
                (f.Name, carryover.Apply(f.Value))).ToArray();
            source.TrySetResult((http.StatusCode, fields, carryover.Apply(http.Body.Span)));
        }

        public override void Refuse(string why) =>
            source.TrySetResult((StatusCodes.Status501NotImplemented, [("Content-Type", "text/plain")],
                System.Text.Encoding.UTF8.GetBytes(why)));
    }
}
