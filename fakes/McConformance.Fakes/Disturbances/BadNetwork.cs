using McConformance.Wire;

namespace McConformance.Fakes.Disturbances;

/// <summary>How bad a network is.</summary>
/// <param name="Delay">One way. 0 or more.</param>
/// <param name="LossPercent">Packets that get lost, 0 to 100.</param>
/// <param name="ReorderPercent">Packets that others overtake, 0 to 100.</param>
public sealed record BadNetworkOptions(TimeSpan Delay, int LossPercent, int ReorderPercent);

/// <summary>
/// A bad network as those at its ends see it. Datagrams come late, not at all, or behind later ones. Over TCP nothing
/// is lost and nothing is
/// overtaken (RFC 9293 3.4): there a lost segment costs the time until it is sent again, and what was sent after it
/// waits.
/// </summary>
/// <param name="links">Is told that something is under way while it is: else a scenario would take the silence for
/// the end.</param>
/// <param name="options">How bad.</param>
/// <param name="seed">The same one loses the same packets.</param>
public sealed class BadNetwork(LinkBook links, BadNetworkOptions options, int seed) : Disturbance
{
    /// <summary>Time until TCP sends a segment again (its estimate of the round trip and its variation; on Linux
    /// 200 ms at least).</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);

    private readonly Random random = new(seed);
    private readonly Lock gate = new();
    private readonly Queue<Segment> stream = [];
    private TimeSpan last;
    private bool isEmptying;

    /// <inheritdoc/>
    public override string Description =>
        $"bad network for {Count} message(s): {options.Delay.TotalMilliseconds} ms, {options.LossPercent} % lost, {options.ReorderPercent} % overtaken";

    /// <summary>What a scenario does to a message comes about on a bad network too.</summary>
    public override bool Yields => true;

    /// <inheritdoc/>
    protected override void Apply(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink)
    {
        var isStream = sink.Carrier != Carrier.Udp;
        if (Take(link, octets, sink, isStream) is not { } segment)
        {
            link.Lose(octets.Span, sink, "lost by the network");
            return;
        }

        links.Hold();
        ITimer? timer = null;
        timer = link.Time.CreateTimer(
            _ =>
            {
                if (isStream) Came(segment);
                else Arrive(segment);
                timer?.Dispose();
            },
            null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(segment.UnderWay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Puts what is sent on its way; null where it never arrives.</summary>
    private Segment? Take(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink, bool isStream)
    {
        lock (gate)
        {
            var (isLost, isLate) = (random.Next(100) < options.LossPercent, random.Next(100) < options.ReorderPercent);
            if (!isStream)
                return isLost ? null : new Segment(link, octets, sink, isLate ? options.Delay * 2 : options.Delay);
            var now = TimeSpan.FromSeconds((double)link.Time.GetTimestamp() / link.Time.TimestampFrequency);
            var arrives = now + options.Delay + (isLost ? (options.Delay * 2) + Again : TimeSpan.Zero);
            last = arrives > last ? arrives : last;
            var segment = new Segment(link, octets, sink, last - now);
            stream.Enqueue(segment);
            return segment;
        }
    }

    /// <summary>A segment has come: it arrives, and what waited behind it, once all before it have. Timers that are due
    /// together fire in any order, and on a busy machine at the same time.</summary>
    private void Came(Segment segment)
    {
        lock (gate)
        {
            segment.HasCome = true;
            if (isEmptying) return;
            isEmptying = true;
        }

        while (true)
        {
            Segment first;
            lock (gate)
            {
                isEmptying = stream.TryPeek(out var next) && next.HasCome;
                if (!isEmptying) return;
                first = stream.Dequeue();
            }

            Arrive(first);
        }
    }

    private void Arrive(Segment segment)
    {
        segment.Link.Forward(
            segment.Octets.Span, segment.Sink, Fate.Delayed, $"{segment.UnderWay.TotalMilliseconds} ms under way");
        links.Release();
    }

    private sealed record Segment(Link Link, ReadOnlyMemory<byte> Octets, IOctetSink Sink, TimeSpan UnderWay)
    {
        public bool HasCome { get; set; }
    }
}
