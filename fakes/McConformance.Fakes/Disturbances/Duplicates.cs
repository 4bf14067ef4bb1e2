using McConformance.Wire;

namespace McConformance.Fakes.Disturbances;

/// <summary>Messages arrive twice, the copy right behind the first.</summary>
public sealed class Duplicates : Disturbance
{
    /// <inheritdoc/>
    public override string Description => $"duplicates {Count} message(s)";

    /// <inheritdoc/>
    protected override void Apply(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink)
    {
        link.Forward(octets.Span, sink);
        link.Forward(octets.Span, sink, Fate.Duplicated, "duplicated by the test");
    }
}
