namespace McConformance.Wire.Diameter.Tests.Peers;

/// <summary>Loses what it selects.</summary>
internal sealed class Drops : Disturbance
{
    public override string Description => "loses messages";

    /// <summary>Messages of a command.</summary>
    public static Drops Of(uint command) => new() { Selects = m => Samples.Message(m.ToArray()).Command == command };

    protected override void Apply(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink) =>
        link.Lose(octets.Span, sink, "dropped by a test");
}
