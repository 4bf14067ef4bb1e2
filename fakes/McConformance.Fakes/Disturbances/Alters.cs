using McConformance.Wire;

namespace McConformance.Fakes.Disturbances;

/// <summary>Messages arrive changed.</summary>
/// <param name="what">For the report: <c>the authentication token</c>.</param>
/// <param name="change">From the octets sent to the octets that arrive; the same octets where there is nothing to change.</param>
public sealed class Alters(string what, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> change) : Disturbance
{
    /// <inheritdoc/>
    public override string Description => $"changes {what} in {Count} message(s)";

    /// <inheritdoc/>
    protected override void Apply(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink)
    {
        var changed = change(octets);
        if (changed.Span.SequenceEqual(octets.Span))
        {
            link.Forward(octets.Span, sink);
            return;
        }

        link.Lose(octets.Span, sink, "replaced by the next message", Fate.Replaced);
        link.Forward(changed.Span, sink, Fate.Altered, $"{what} changed by the test");
    }
}
