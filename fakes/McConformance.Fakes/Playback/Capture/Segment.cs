using System.Buffers.Binary;
using System.Net;

namespace McConformance.Fakes.Playback.Capture;

/// <summary>A UDP datagram or a TCP segment of a capture.</summary>
/// <param name="IsTcp">TCP.</param>
/// <param name="From">Sender.</param>
/// <param name="To">Receiver.</param>
/// <param name="Sequence">TCP: number of the first octet.</param>
/// <param name="Begins">TCP: it opens the connection (SYN).</param>
/// <param name="Octets">What it carries.</param>
internal readonly record struct Segment(
    bool IsTcp, IPEndPoint From, IPEndPoint To, uint Sequence, bool Begins, ReadOnlyMemory<byte> Octets)
{
    private const int Tcp = 6;
    private const int Udp = 17;

    /// <summary>Reads a packet; null where it is neither, or a fragment.</summary>
    public static Segment? Read(CapturedPacket packet)
    {
        var ip = packet.LinkType switch
        {
            1 => Behind(packet.Octets, 14),
            113 => Behind(packet.Octets, 16),
            276 => Behind(packet.Octets, 20),
            0 or 108 => Behind(packet.Octets, 4),
            101 or 12 or 228 or 229 => packet.Octets,
            _ => default,
        };
        if (ip.Length < 20) return null;
        return (ip.Span[0] >> 4) switch { 4 => ReadVersion4(ip), 6 => ReadVersion6(ip), _ => null };
    }

    private static ReadOnlyMemory<byte> Behind(ReadOnlyMemory<byte> octets, int head)
    {
        // a VLAN tag (IEEE 802.1Q) takes four octets more
        if (head == 14 && octets.Length > 18 && octets.Span[12] == 0x81 && octets.Span[13] == 0) head += 4;
        return octets.Length > head ? octets[head..] : default;
    }

    private static Segment? ReadVersion4(ReadOnlyMemory<byte> ip)
    {
        var head = (ip.Span[0] & 15) * 4;
        var total = Math.Min(ip.Length, BinaryPrimitives.ReadUInt16BigEndian(ip.Span[2..]));
        var isFragment = (BinaryPrimitives.ReadUInt16BigEndian(ip.Span[6..]) & 0x3FFF) != 0;
        if (isFragment || head < 20 || total < head) return null;
        return ReadTransport(ip.Span[9], new IPAddress(ip.Span[12..16]), new IPAddress(ip.Span[16..20]),
            ip[head..total]);
    }

    private static Segment? ReadVersion6(ReadOnlyMemory<byte> ip)
    {
        if (ip.Length < 40) return null;
        var total = Math.Min(ip.Length, 40 + BinaryPrimitives.ReadUInt16BigEndian(ip.Span[4..]));
        return ReadTransport(ip.Span[6], new IPAddress(ip.Span[8..24]), new IPAddress(ip.Span[24..40]), ip[40..total]);
    }

    private static Segment? ReadTransport(int protocol, IPAddress from, IPAddress to, ReadOnlyMemory<byte> octets)
    {
        if (protocol is not (Tcp or Udp) || octets.Length < (protocol == Udp ? 8 : 20)) return null;
        var span = octets.Span;
        var source = new IPEndPoint(from, BinaryPrimitives.ReadUInt16BigEndian(span));
        var destination = new IPEndPoint(to, BinaryPrimitives.ReadUInt16BigEndian(span[2..]));
        if (protocol == Udp) return new Segment(false, source, destination, 0, false, octets[8..]);
        var head = (span[12] >> 4) * 4;
        if (head < 20 || head > octets.Length) return null;
        var sequence = BinaryPrimitives.ReadUInt32BigEndian(span[4..]);
        return new Segment(true, source, destination, sequence, (span[13] & 2) != 0, octets[head..]);
    }
}
