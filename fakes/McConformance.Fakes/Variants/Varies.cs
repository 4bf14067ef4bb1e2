using System.Net;
using System.Text;
using McConformance.Wire;

namespace McConformance.Fakes.Variants;

/// <summary>Makes the sender on a link one that writes otherwise, and as lawfully. What it sends is recorded as it
/// lets it out.</summary>
public sealed class Varies(Variant variant) : Disturbance
{
    /// <summary>One line end: HTTP servers must bear one (RFC 9112 2.2), SIP elements any number
    /// (RFC 3261 7.5).</summary>
    private static readonly byte[] LineEnd = "\r\n"u8.ToArray();

    private readonly Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? change = Variation.Of(variant);
    private int happened;
    private uint hopByHop = 0x7A000000;

    /// <summary>How many messages were written otherwise.</summary>
    public int Happened => Volatile.Read(ref happened);

    /// <summary>How a system writes is no fault: what a test does to its messages comes first.</summary>
    public override bool Yields => true;

    /// <inheritdoc/>
    public override string Description => $"writes otherwise: {variant.Name}";

    /// <inheritdoc/>
    protected override void Apply(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink)
    {
        var changed = change?.Invoke(octets) ?? octets;
        if (change is not null && changed.Span.SequenceEqual(octets.Span))
        {
            link.Forward(octets.Span, sink);
            return;
        }

        switch (variant.How)
        {
            case Variation.Octets when sink.Carrier != Carrier.Udp:
                link.Forward(octets.Span, new OneByOne(sink));
                break;
            case Variation.After when sink.Carrier != Carrier.Udp && Preceding(link, octets, sink):
                break;
            case Variation.Provisional when sink.Carrier != Carrier.Udp && Provisional(octets) is { } before:
                link.Forward(before, sink, note: Description);
                link.Forward(octets.Span, sink);
                break;
            case Variation.Octets or Variation.After or Variation.Provisional:
                link.Forward(octets.Span, sink);
                return;
            default:
                link.Forward(changed.Span, sink, note: Description);
                break;
        }

        Interlocked.Increment(ref happened);
    }

    /// <summary>Something lawful stands before the message in the same segment: line ends (RFC 3261 7.5,
    /// RFC 9112 2.2), or a watchdog request.</summary>
    private bool Preceding(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink)
    {
        if (link.Protocol != WireProtocol.Diameter)
        {
            if (link.Protocol == WireProtocol.Http && octets.Span.StartsWith("HTTP/"u8)) return false;
            link.Forward(octets.Span, new Before(sink, LineEnd));
            return true;
        }

        if (DiameterVariations.Watchdog(octets, Interlocked.Increment(ref hopByHop)) is not { } watchdog) return false;
        var held = new Held(sink);
        link.Forward(watchdog, held, note: Description);
        link.Forward(octets.Span, new Before(sink, held.Octets));
        return true;
    }

    /// <summary>100 before a final SIP response (RFC 3261 8.2.6.1; on a stream also RFC 4320 4.1), 103 before a final
    /// HTTP response (RFC 9110 15.2).</summary>
    private static byte[]? Provisional(ReadOnlyMemory<byte> octets)
    {
        if (octets.Span.StartsWith(
            "HTTP/1.1 "u8)) return "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n"u8.ToArray();
        var text = Encoding.UTF8.GetString(octets.Span);
        if (!text.StartsWith("SIP/2.0 ", StringComparison.Ordinal) || text[8] == '1') return null;
        string[] kept = ["Via", "From", "To", "Call-ID", "CSeq"];
        var lines = text[..text.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n").Skip(1)
            .Where(l => kept.Contains(l.Split(':')[0].Trim(), StringComparer.OrdinalIgnoreCase));
        return Encoding.UTF8.GetBytes(
            string.Join("\r\n", ["SIP/2.0 100 Trying", .. lines, "Content-Length: 0", "", ""]));
    }

    /// <summary>Each octet by itself. The processor is given away after each of the first, where messages are told
    /// apart, and then seldom: on a busy machine each time costs milliseconds.</summary>
    private sealed class OneByOne(IOctetSink sink) : Wrapped(sink)
    {
        private const int First = 64, Seldom = 32;

        public override void Emit(ReadOnlySpan<byte> octets)
        {
            for (var i = 0; i < octets.Length; i++)
            {
                Sink.Emit(octets.Slice(i, 1));
                if (i < First || i % Seldom == 0) Thread.Yield();
            }
        }
    }

    private sealed class Before(IOctetSink sink, byte[] before) : Wrapped(sink)
    {
        public override void Emit(ReadOnlySpan<byte> octets) => Sink.Emit((byte[])[.. before, .. octets]);
    }

    /// <summary>Keeps what is to go out with the next message.</summary>
    private sealed class Held(IOctetSink sink) : Wrapped(sink)
    {
        public byte[] Octets { get; private set; } = [];

        public override void Emit(ReadOnlySpan<byte> octets) => Octets = octets.ToArray();
    }

    private abstract class Wrapped(IOctetSink sink) : IOctetSink
    {
        public Carrier Carrier => Sink.Carrier;

        public IPEndPoint Local => Sink.Local;

        public IPEndPoint Remote => Sink.Remote;

        protected IOctetSink Sink => sink;

        public abstract void Emit(ReadOnlySpan<byte> octets);

        public void Sever() => Sink.Sever();
    }
}
