using McConformance.Wire;

namespace McConformance.Fakes.Disturbances;

/// <summary>Messages are lost.</summary>
public sealed class Drops : Disturbance
{
    /// <inheritdoc/>
    public override string Description => $"drops {Count} message(s)";

    /// <inheritdoc/>
    protected override void Apply(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink) => link.Lose(octets.Span, sink, "dropped by the test");
}
