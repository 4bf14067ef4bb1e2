using System.Collections.Concurrent;
using System.Net;
using McConformance.Wire;
using McConformance.Wire.Time;

namespace McConformance.Fakes.Playback;

/// <summary>
/// Stands in for one entity of an earlier run, over the wire alone: takes requests, finds in the recording the one
/// that asks for the same, and
/// says what the entity said then, questions of its own included. What must follow the request does: Via, Call-ID,
/// CSeq, tags, Diameter
/// identifiers, Session-Id, addresses, tokens. What the recording has no answer for is refused, and the log says so.
/// </summary>
public sealed class PlaybackPeer : IAsyncDisposable
{
    private readonly PlaybackScript script;
    private readonly PlaybackOptions options;
    private readonly TimerWheel wheel = new(TimeProvider.System);
    private readonly Conversation conversation;
    private readonly Carryover carryover = new();
    private readonly Dictionary<WireProtocol, ISide> sides = [];
    private readonly Dictionary<Exchange, int> uses = [];
    private readonly Dictionary<Exchange, LiveRequest> open = [];
    private readonly Dictionary<Exchange, Queue<ReadMessage>> early = [];
    private readonly Lock gate = new();
    private readonly ConcurrentQueue<string> refused = new();

    /// <summary>Makes it; nothing is bound yet.</summary>
    public PlaybackPeer(PlaybackScript script, PlaybackOptions options)
    {
        (this.script, this.options) = (script, options);
        conversation = new Conversation(script);
        var links = new LinkBook(TimeProvider.System);
        var spoken = script.Messages.Select(m => m.Protocol).Concat(options.Also).Distinct().ToArray();
        if (spoken.Contains(WireProtocol.Sip)) sides[WireProtocol.Sip] = new SipSide(script, options, links, wheel,
            OnRequest);
        if (spoken.Contains(WireProtocol.Http)) sides[WireProtocol.Http] = new HttpSide(script, options, links,
            OnRequest);
        if (spoken.Contains(WireProtocol.Diameter)) sides[WireProtocol.Diameter] = new DiameterSide(script, options,
            links, wheel, OnRequest);
    }

    /// <summary>Requests that the recording had no answer for, as the log has them.</summary>
    public IReadOnlyCollection<string> Refused => refused;

    /// <summary>Where it listens without TLS, once started. SIP: over UDP and TCP.</summary>
    public IReadOnlyDictionary<WireProtocol, IPEndPoint> ListeningAt => sides
        .Where(s => s.Value.ListeningAt is not null).ToDictionary(s => s.Key, s => s.Value.ListeningAt!);

    /// <summary>Where it listens over TLS, once started.</summary>
    public IReadOnlyDictionary<WireProtocol, IPEndPoint> ListeningProtectedAt => sides
        .Where(s => s.Value.ListeningProtectedAt is not null)
        .ToDictionary(s => s.Key, s => s.Value.ListeningProtectedAt!);

    /// <summary>Binds.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">An address is taken.</exception>
    public async Task StartAsync()
    {
        foreach (var side in sides.Values) await side.StartAsync(carryover).ConfigureAwait(false);
        foreach (var saying in conversation.Unprompted)
            options.Log(
                $"not played, because nobody had asked for it: {saying.Said.Message.Title} to {saying.Said.Script.To}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var side in sides.Values) await side.DisposeAsync().ConfigureAwait(false);
        wheel.Dispose();
    }

    private void OnRequest(LiveRequest request)
    {
        // callbacks hold the gate of a side, and another side may be asked next
        _ = Task.Run(() => AnswerAsync(request));
    }

    private async Task AnswerAsync(LiveRequest request)
    {
        if (Find(request.Message) is not { } exchange)
        {
            var why =
                $"{script.Node} has no answer for {request.Message.Title}: the recording holds {Known(request.Message.Protocol)}";
            refused.Enqueue(why);
            options.Log(why);
            request.Refuse(why);
            return;
        }

        options.Log($"took {request.Message.Title}");
        carryover.Learn(exchange.Request.Message, request.Message);
        ReadMessage? waiting;
        lock (gate)
        {
            open[exchange] = request;
            waiting = early.TryGetValue(exchange, out var answers) && answers.TryDequeue(out var first) ? first : null;
        }

        if (waiting is not null) Answer(exchange, waiting);
        await SayAsync(exchange.Then).ConfigureAwait(false);
    }

    private async Task SayAsync(IEnumerable<Saying> sayings)
    {
        var asking = new List<Task>();
        foreach (var saying in sayings)
        {
            if (saying.Of is { } exchange) Answer(exchange, saying.Said.Message);
            else asking.Add(AskAsync(saying));
        }

        await Task.WhenAll(asking).ConfigureAwait(false);
    }

    /// <summary>An answer whose request has not come again yet waits for it.</summary>
    private void Answer(Exchange exchange, ReadMessage answer)
    {
        LiveRequest? request;
        lock (gate)
        {
            if (!open.Remove(exchange, out request))
                (early.TryGetValue(exchange, out var waiting) ? waiting : early[exchange] = new()).Enqueue(answer);
        }

        if (request is null) return;
        options.Log($"answered {request.Message.Title} with {answer.Title}");
        request.Answer(answer, carryover);
    }

    private async Task AskAsync(Saying saying)
    {
        var (said, title) = (saying.Said, $"{saying.Said.Message.Title} to {saying.Said.Script.To}");
        options.Log($"asked {title}");
        var reply = await sides[said.Script.Protocol].AskAsync(said, carryover).ConfigureAwait(false);
        if (reply is null || saying.Reply is null)
        {
            if (saying.Reply is not null || reply is null) options.Log($"no answer came to {title}");
            return;
        }

        if (reply.Status / 100 != saying.Reply.Message.Status / 100)
        {
            options.Log(
                $"{title} was answered with {reply.Title}, in the recording with {saying.Reply.Message.Title}: it does not go on there");
            return;
        }

        carryover.Learn(saying.Reply.Message, reply);
        await SayAsync(saying.Then).ConfigureAwait(false);
    }

    /// <summary>Of those with the same key the most alike; of those the first that was not used yet, and after all
    /// were the last.</summary>
    private Exchange? Find(ReadMessage message)
    {
        var shape = MessageShape.Of(message);
        lock (gate)
        {
            var found = conversation.Exchanges
                .Where(e => e.Request.Script.Protocol == message.Protocol)
                .Select((e, i) => (Exchange: e, Order: i, Shape: MessageShape.Of(e.Request.Message)))
                .Where(e => e.Shape.Key == shape.Key)
                .OrderByDescending(e => e.Shape.Likeness(shape))
                .ThenBy(e => uses.GetValueOrDefault(e.Exchange))
                .ThenBy(e => uses.ContainsKey(e.Exchange) ? -e.Order : e.Order)
                .Select(e => e.Exchange).FirstOrDefault();
            if (found is not null) uses[found] = uses.GetValueOrDefault(found) + 1;
            return found;
        }
    }

    private string Known(WireProtocol protocol)
    {
        var known = conversation.Exchanges.Where(e => e.Request.Script.Protocol == protocol)
            .Select(e => e.Request.Message.Title).Distinct().Take(8).ToArray();
        return known.Length == 0 ? $"no {protocol} requests to it" : string.Join("; ", known);
    }
}
