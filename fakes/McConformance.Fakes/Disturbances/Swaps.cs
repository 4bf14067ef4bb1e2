using McConformance.Wire;

namespace McConformance.Fakes.Disturbances;

/// <summary>A message is held until the next selected one has gone out: the two arrive in the other order. Heals after one pair.</summary>
public sealed class Swaps : Disturbance
{
    private readonly Lock gate = new();
    private (ReadOnlyMemory<byte> Octets, IOctetSink Sink)? held;

    /// <summary>Makes a swap of one pair.</summary>
    public Swaps() => Times = 2;

    /// <inheritdoc/>
    public override string Description => Count < 2 ? "waits for a second message to swap with" : "swaps two messages";

    /// <inheritdoc/>
    protected override void Apply(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink)
    {
        (ReadOnlyMemory<byte> Octets, IOctetSink Sink) first;
        lock (gate)
        {
            if (held is null)
            {
                held = (octets, sink);
                return;
            }

            first = held.Value;
            held = null;
        }

        link.Forward(octets.Span, sink);
        link.Forward(first.Octets.Span, first.Sink, Fate.Delayed, "overtaken by the message before, by the test");
    }
}
