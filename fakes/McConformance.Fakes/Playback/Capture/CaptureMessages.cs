using System.Net;
using System.Text.RegularExpressions;
using McConformance.Fakes.Relays;
using McConformance.Wire;

namespace McConformance.Fakes.Playback.Capture;

/// <summary>Puts the packets of a capture together to the messages of SIP, HTTP and Diameter that they carried.
/// Captures of this project name the
/// parties and their real addresses in a comment at each packet; in others a party is known by its IP
/// address.</summary>
internal sealed partial class CaptureMessages
{
    private readonly Dictionary<(IPEndPoint From, IPEndPoint To), Direction> streams = [];
    private readonly List<ScriptMessage> messages = [];

    /// <summary>The messages that arrived, in order.</summary>
    /// <exception cref="InvalidDataException">It is no pcapng file.</exception>
    public static IReadOnlyList<ScriptMessage> Read(ReadOnlyMemory<byte> file)
    {
        var reader = new CaptureMessages();
        foreach (var packet in CaptureFile.Read(file))
            if (Segment.Read(packet) is { Octets.Length: >= 0 } segment) reader.Take(segment, packet.Comment);
        return reader.messages;
    }

    private void Take(Segment segment, string comment)
    {
        if (segment.Begins) streams.Remove((segment.From, segment.To));
        if (segment.Octets.IsEmpty) return;
        var told = OwnComment().Match(comment);
        // lost: nobody got it; replaced: another one stands for it; a copy is no message of its own
        if (told.Success && told.Groups["fate"].Value is not ("delivered" or "delayed" or "altered")) return;
        if (!segment.IsTcp)
        {
            if (ProtocolOf(segment.Octets.Span) is { } protocol) Add(segment, told, protocol, Carrier.Udp,
                segment.Octets);
            return;
        }

        if (!streams.TryGetValue((segment.From, segment.To), out var stream))
        {
            if (ProtocolOf(segment.Octets.Span) is not { } protocol) return;
            streams[(segment.From, segment.To)] = stream = new Direction(protocol, segment.Sequence);
        }

        var isTls = told.Success && told.Groups["carrier"].Value == "TLS";
        stream.Push(segment, m => Add(segment, told, stream.Protocol, isTls ? Carrier.Tls : Carrier.Tcp, m));
    }

    private void Add(Segment segment, Match told, WireProtocol protocol, Carrier carrier, ReadOnlyMemory<byte> octets)
    {
        // line ends that keep a flow alive (RFC 5626 3.5.1) are no messages
        if (octets.Span.IndexOfAnyExcept((byte)'\r', (byte)'\n') < 0) return;
        var (source, destination) = told.Success
            ? (IPEndPoint.Parse(told.Groups["source"].Value), IPEndPoint.Parse(told.Groups["destination"].Value))
            : (segment.From, segment.To);
        messages.Add(new ScriptMessage
        {
            From = told.Success ? told.Groups["from"].Value : $"{segment.From.Address}",
            To = told.Success ? told.Groups["to"].Value : $"{segment.To.Address}",
            Protocol = protocol,
            Transport = carrier,
            Source = $"{source}",
            Destination = $"{destination}",
            Octets = octets.ToArray(),
        });
    }

    private static WireProtocol? ProtocolOf(ReadOnlySpan<byte> octets)
    {
        if (octets.Length >= 20 && octets[0] == 1 && octets[1] == 0) return WireProtocol.Diameter;
        var end = octets.IndexOf((byte)'\n');
        var line = end < 0 ? octets : octets[..end];
        if (line.IndexOf("SIP/2.0"u8) >= 0) return WireProtocol.Sip;
        return line.IndexOf("HTTP/1."u8) >= 0 ? WireProtocol.Http : null;
    }

    [GeneratedRegex(
        @"^message \d+: \S+ (?<from>\S+) -> (?<to>\S+); (?<carrier>\w+) (?<source>\S+) -> (?<destination>[^;\s]+); (?<fate>\w+)")]
    private static partial Regex OwnComment();

    /// <summary>One direction of a TCP connection: what comes twice is left out, what comes too early waits for its
    /// turn.</summary>
    private sealed class Direction(WireProtocol protocol, uint first)
    {
        private readonly MessageFraming framing = MessageFraming.For(protocol);
        private readonly SortedList<uint, ReadOnlyMemory<byte>> early = [];
        private uint next = first;

        public WireProtocol Protocol => protocol;

        public void Push(Segment segment, Action<ReadOnlyMemory<byte>> message)
        {
            early[segment.Sequence] = segment.Octets;
            while (early.Keys.Cast<uint?>().FirstOrDefault(s => (int)(s!.Value - next) <= 0) is { } ready)
            {
                var octets = early[ready];
                early.Remove(ready);
                var known = (int)(next - ready);
                if (known >= octets.Length) continue;
                next += (uint)(octets.Length - known);
                framing.Push(octets.Span[known..], message);
            }
        }
    }
}
