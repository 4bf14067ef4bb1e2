using McConformance.Wire;

namespace McConformance.Fakes.Disturbances;

/// <summary>Messages arrive late, by the entities' clock; what is sent after them is not held up.</summary>
/// <param name="by">How late.</param>
public sealed class Delays(TimeSpan by) : Disturbance
{
    /// <inheritdoc/>
    public override string Description => $"delays {Count} message(s) by {by.TotalSeconds} s";

    /// <inheritdoc/>
    protected override void Apply(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink)
    {
        ITimer? timer = null;
        timer = link.Time.CreateTimer(
            _ =>
            {
                link.Forward(octets.Span, sink, Fate.Delayed, $"delayed by {by.TotalSeconds} s by the test");
                timer?.Dispose();
            },
            null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(by, Timeout.InfiniteTimeSpan);
    }
}
