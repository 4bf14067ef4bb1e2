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
    private TimeSpan last;

    /// <inheritdoc/>
    public override string Description =>
        $"bad network for {Count} message(s): {options.Delay.TotalMilliseconds} ms, {options.LossPercent} % lost, {options.ReorderPercent} % overtaken";

    /// <inheritdoc/>
    protected override void Apply(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink)
    {
        if (Due(link, sink.Carrier != Carrier.Udp) is not { } due)
        {
            link.Lose(octets.Span, sink, "lost by the network");
            return;
        }

        links.Hold();
        ITimer? timer = null;
        timer = link.Time.CreateTimer(
            _ =>
            {
                link.Forward(octets.Span, sink, Fate.Delayed, $"{due.TotalMilliseconds} ms under way");
                links.Release();
                timer?.Dispose();
            },
            null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Time until it arrives; null where it never does.</summary>
    private TimeSpan? Due(Link link, bool isStream)
    {
        lock (gate)
        {
            var (isLost, isLate) = (random.Next(100) < options.LossPercent, random.Next(100) < options.ReorderPercent);
            if (!isStream) return isLost ? null : isLate ? options.Delay * 2 : options.Delay;
            var now = TimeSpan.FromSeconds((double)link.Time.GetTimestamp() / link.Time.TimestampFrequency);
            // one millisecond behind the one before it: timers that are due together may fire in any order
            var arrives = now + options.Delay + (isLost ? (options.Delay * 2) + Again : TimeSpan.Zero);
            last = arrives > last ? arrives : last + TimeSpan.FromMilliseconds(1);
            return last - now;
        }
    }
}
