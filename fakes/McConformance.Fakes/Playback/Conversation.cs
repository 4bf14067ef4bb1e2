using McConformance.Wire;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Fakes.Playback;

/// <summary>Something that the entity said: an answer, or a question of its own.</summary>
/// <param name="Said">What.</param>
/// <param name="Of">The exchange that it answers; null for a question.</param>
internal sealed record Saying(Heard Said, Exchange? Of)
{
    /// <summary>What the entity was told in return, where it was; of a question alone.</summary>
    public Heard? Reply { get; set; }

    /// <summary>What it said after that.</summary>
    public List<Saying> Then { get; } = [];
}

/// <summary>A request that the entity took, and what it said next.</summary>
/// <param name="Request">The request.</param>
internal sealed record Exchange(Heard Request)
{
    /// <summary>What it said before anything else came in.</summary>
    public List<Saying> Then { get; } = [];
}

/// <summary>A message of a script, read.</summary>
/// <param name="Script">As the script has it.</param>
/// <param name="Message">What the codec reads in it.</param>
internal sealed record Heard(ScriptMessage Script, ReadMessage Message);

/// <summary>
/// A script taken apart by what made the entity speak. An answer belongs to its request where the entity asked nobody
/// in between; else it, like a
/// question of the entity's own, belongs to what had come in last. So a server that asks another before it answers is
/// played with both.
/// </summary>
internal sealed class Conversation
{
    private readonly string node;
    private readonly Dictionary<string, (Exchange Exchange, int Asked)> taken = [];
    private readonly Dictionary<string, Saying> asked = [];
    private readonly Dictionary<string, Queue<string>> openOnHttp = [];
    private List<Saying>? last;
    private int askedCount;
    private int httpCount;

    /// <summary>Takes a script apart.</summary>
    public Conversation(PlaybackScript script)
    {
        node = script.Node;
        foreach (var message in script.Messages)
            if (ReadMessage.From(message) is { IsHousekeeping: false } read) Take(new Heard(message, read));
    }

    /// <summary>Requests that it took, in order.</summary>
    public List<Exchange> Exchanges { get; } = [];

    /// <summary>What it said before anybody had spoken to it: an entity registers, subscribes, fetches. Not
    /// played.</summary>
    public List<Saying> Unprompted { get; } = [];

    private void Take(Heard heard)
    {
        var isReceived = PlaybackScript.Is(heard.Script.To, node);
        if (heard.Message.IsRequest && isReceived) Request(heard);
        else if (heard.Message.IsRequest) Ask(heard);
        else if (isReceived) Reply(heard);
        else Answer(heard);
    }

    private void Request(Heard heard)
    {
        var key = Key(heard);
        if (taken.ContainsKey(key)) return; // sent again (RFC 3261 17.1.2, RFC 6733 5.5.4)
        var exchange = new Exchange(heard);
        taken[key] = (exchange, askedCount);
        Exchanges.Add(exchange);
        last = exchange.Then;
    }

    private void Ask(Heard heard)
    {
        var key = Key(heard);
        if (asked.ContainsKey(key)) return;
        askedCount++;
        (last ?? Unprompted).Add(asked[key] = new Saying(heard, null));
    }

    private void Reply(Heard heard)
    {
        if (heard.Message.Status < 200 || !asked.Remove(Key(heard), out var question)) return;
        question.Reply = heard;
        last = question.Then;
    }

    private void Answer(Heard heard)
    {
        if (heard.Message.Status < 200 || !taken.TryGetValue(Key(heard), out var known)) return;
        var saying = new Saying(heard, known.Exchange);
        if (known.Exchange.Then.Concat(Exchanges.SelectMany(e => e.Then)).Any(s => s.Of == known.Exchange)) return;
        (known.Asked == askedCount ? known.Exchange.Then : last!).Add(saying);
    }

    /// <summary>What a response shares with its request.</summary>
    private string Key(Heard heard)
    {
        var (script, message) = (heard.Script, heard.Message);
        if (message.Diameter is { } diameter)
        {
            var other = PlaybackScript.Is(script.To, node) ? script.From : script.To;
            return $"d {other} {diameter.HopByHop}";
        }

        if (message.Sip is { } sip)
        {
            var via = message.Header(SipHeader.Via);
            var at = via.IndexOf("branch=", StringComparison.OrdinalIgnoreCase);
            return $"s {(at < 0 ? via : via[at..].Split(';', ',')[0])} {sip.Method} {message.Header(SipHeader.CallId)}";
        }

        // HTTP/1.1 answers in the order of the requests on a connection (RFC 9112 9.3.2)
        var (here, there) = ($"{script.From} {script.Source}", $"{script.To} {script.Destination}");
        var connection = message.IsRequest ? $"{here} {there}" : $"{there} {here}";
        if (!openOnHttp.TryGetValue(connection, out var open)) openOnHttp[connection] = open = new Queue<string>();
        if (message.IsRequest) open.Enqueue($"h {++httpCount}");
        else return open.TryDequeue(out var first) ? first : "h 0";
        return $"h {httpCount}";
    }
}
