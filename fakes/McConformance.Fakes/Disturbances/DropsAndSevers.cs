using McConformance.Wire;

namespace McConformance.Fakes.Disturbances;

/// <summary>A message is lost, and the connection with it.</summary>
public sealed class DropsAndSevers : Disturbance
{
    /// <inheritdoc/>
    public override string Description => "loses a message and then the connection";

    /// <inheritdoc/>
    protected override void Apply(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink)
    {
        link.Lose(octets.Span, sink, "dropped by the test, which also cuts the connection");
        link.Sever();
        sink.Sever();
    }
}
