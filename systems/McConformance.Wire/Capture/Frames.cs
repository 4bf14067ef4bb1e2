using System.Net;

namespace McConformance.Wire.Capture;

/// <summary>One packet for a capture file.</summary>
/// <param name="Packet">From the IP header on.</param>
/// <param name="OctetsOnWire">Length before it was cut; equal to the packet's where it was not.</param>
/// <param name="Comment">For the reader, or null.</param>
internal readonly record struct Frame(byte[] Packet, int OctetsOnWire, string? Comment);

/// <summary>Turns messages into the packets that would have carried them.</summary>
internal sealed class Frames(PartyAddresses addresses)
{
    /// <summary>What fits a UDP datagram over IPv4.</summary>
    public const int DatagramOctetsMax = 65_507;

    /// <summary>Octets per TCP segment.</summary>
    private const int SegmentOctets = 32_768;
    private readonly Dictionary<(IPEndPoint, IPEndPoint), Stream> streams = [];

    /// <summary>The packets of one message, in order.</summary>
    public IEnumerable<Frame> Of(RecordedMessage message)
    {
        var (source, destination) = addresses.Of(message);
        return message.Carrier == Carrier.Udp
            ? [Datagram(message, source, destination)]
            : Segments(message, source, destination);
    }

    private static Frame Datagram(RecordedMessage message, IPEndPoint source, IPEndPoint destination)
    {
        var from = Listening(message, source, message.Source);
        var to = Listening(message, destination, message.Destination);
        var comment = Describe(message);
        var octets = message.Octets.Span;
        if (octets.Length <= DatagramOctetsMax)
        {
            var packet = Packets.Udp(from, to, octets);
            return new Frame(packet, packet.Length, comment);
        }

        var cut = Packets.Udp(from, to, octets[..DatagramOctetsMax]);
        return new Frame(cut, cut.Length + octets.Length - DatagramOctetsMax,
            $"{comment}; {octets.Length} octets are more than a datagram holds: the packet is cut");
    }

    private IEnumerable<Frame> Segments(RecordedMessage message, IPEndPoint source, IPEndPoint destination)
    {
        var (stream, forward) = StreamOf(message, source, destination);
        if (!stream.IsOpen)
        {
            stream.IsOpen = true;
            foreach (var packet in stream.Handshake()) yield return new Frame(packet, packet.Length, null);
        }

        var comment = Describe(message);
        for (var offset = 0; offset == 0 || offset < message.Octets.Length; offset += SegmentOctets)
        {
            var octets = message.Octets.Span[offset..Math.Min(offset + SegmentOctets, message.Octets.Length)];
            var packet = stream.Segment(forward, octets);
            yield return new Frame(packet, packet.Length, comment);
        }
    }

    private (Stream Stream, bool Forward) StreamOf(RecordedMessage message, IPEndPoint source, IPEndPoint destination)
    {
        if (streams.TryGetValue((source, destination), out var stream)) return (stream, true);
        if (streams.TryGetValue((destination, source), out stream)) return (stream, false);
        // who sends first on a connection is taken for the one who made it
        stream = new Stream(Connecting(source, message.Source), Listening(message, destination, message.Destination));
        streams.Add((source, destination), stream);
        return (stream, true);
    }

    // below 32768 a port may belong to another protocol, and Wireshark would try that one
    private static IPEndPoint Connecting(IPEndPoint at, IPEndPoint real) =>
        !PartyAddresses.IsSynthetic(real) || at.Port >= 32_768 ? at : new IPEndPoint(at.Address, at.Port + 32_768);

    private static IPEndPoint Listening(RecordedMessage message, IPEndPoint at, IPEndPoint real)
    {
        if (!PartyAddresses.IsSynthetic(real)) return at;
        // the ports of plain text for TLS too: the octets were recorded before they were encrypted
        return new IPEndPoint(at.Address, message.Link.Protocol switch { WireProtocol.Sip => 5060, WireProtocol.Diameter => 3868, _ => 80 });
    }

    private static string Describe(RecordedMessage message)
    {
        var link = message.Link;
        var text = $"message {message.Number}: {link.ReferencePoint} {link.From.Name} -> {link.To.Name}; " +
            $"{message.Carrier.ToString().ToUpperInvariant()} {message.Source} -> {message.Destination}; " +
            message.Fate.ToString().ToLowerInvariant();
        if (message.Note is { } note) text += $": {note}";
        return message.Carrier == Carrier.Tls ? text + "; recorded before encryption" : text;
    }

    /// <summary>One TCP connection as it would have been numbered.</summary>
    private sealed class Stream(IPEndPoint client, IPEndPoint server)
    {
        private uint clientNext = 1;
        private uint serverNext = 1;

        public bool IsOpen { get; set; }

        public IEnumerable<byte[]> Handshake()
        {
            yield return Packets.Tcp(client, server, 0, 0, Packets.Syn, []);
            yield return Packets.Tcp(server, client, 0, 1, Packets.Syn | Packets.Ack, []);
            yield return Packets.Tcp(client, server, 1, 1, Packets.Ack, []);
        }

        public byte[] Segment(bool forward, ReadOnlySpan<byte> octets)
        {
            const int flags = Packets.Push | Packets.Ack;
            if (forward)
            {
                var packet = Packets.Tcp(client, server, clientNext, serverNext, flags, octets);
                clientNext += (uint)octets.Length;
                return packet;
            }

            var answer = Packets.Tcp(server, client, serverNext, clientNext, flags, octets);
            serverNext += (uint)octets.Length;
            return answer;
        }
    }
}
