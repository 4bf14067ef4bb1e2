using System.Globalization;
using System.Text;
using McConformance.Wire;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Http.Codec;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Steps.Sweeps;

/// <summary>A message of a procedure's undisturbed flow, as faults are named after it.</summary>
/// <param name="From">Party that sends.</param>
/// <param name="To">Party that receives.</param>
/// <param name="Protocol">What is spoken.</param>
/// <param name="Kind">Which: <c>MESSAGE</c>, <c>200 MESSAGE</c>, <c>Multimedia-Auth-Request</c>, <c>PUT</c>.</param>
/// <param name="Count">1 for the first of its kind on the link since the procedure began.</param>
internal sealed record FlowMessage(string From, string To, WireProtocol Protocol, string Kind, int Count)
{
    /// <summary>One line of the table of flows.</summary>
    public string Line => string.Join('\t', From, To, Protocol.ToString().ToLowerInvariant(), Kind, Count.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads a line.</summary>
    public static FlowMessage Read(IReadOnlyList<string> fields) => new(
        fields[0], fields[1], Enum.Parse<WireProtocol>(fields[2], ignoreCase: true), fields[3], int.Parse(fields[4], CultureInfo.InvariantCulture));

    /// <summary>The flow of what was recorded, in order. What keeps connections alive is left out.</summary>
    public static IReadOnlyList<FlowMessage> Of(IEnumerable<RecordedMessage> recorded)
    {
        var counts = new Dictionary<(string, string, string), int>();
        List<FlowMessage> flow = [];
        foreach (var message in recorded)
        {
            if (KindOf(message.Link.Protocol, message.Octets) is not { } kind) continue;
            var key = (message.Link.From.Name, message.Link.To.Name, kind);
            var count = counts[key] = counts.GetValueOrDefault(key) + 1;
            flow.Add(new FlowMessage(message.Link.From.Name, message.Link.To.Name, message.Link.Protocol, kind, count));
        }

        return flow;
    }

    /// <summary>Whether octets on its link are of its kind.</summary>
    public bool Is(ReadOnlyMemory<byte> octets) => KindOf(Protocol, octets) == Kind;

    /// <inheritdoc/>
    public override string ToString() => $"{Kind}{(Count > 1 ? $" {Count}" : "")} {From} to {To}";

    private static string? KindOf(WireProtocol protocol, ReadOnlyMemory<byte> octets) => protocol switch
    {
        WireProtocol.Sip => OfSip(octets),
        WireProtocol.Diameter => OfDiameter(octets),
        _ => OfHttp(octets),
    };

    private static string OfSip(ReadOnlyMemory<byte> octets)
    {
        var message = new SipMessage();
        if (message.TryIndex(octets, stream: false, out _) != System.Buffers.OperationStatus.Done) return "unreadable";
        return message.IsRequest
            ? Encoding.ASCII.GetString(SipMethods.NameOf(message.Method))
            : $"{message.StatusCode} {Encoding.ASCII.GetString(SipMethods.NameOf(message.Method))}";
    }

    private static string? OfDiameter(ReadOnlyMemory<byte> octets)
    {
        if (octets.Length < 20) return "unreadable";
        var command = (uint)((octets.Span[5] << 16) | (octets.Span[6] << 8) | octets.Span[7]);
        if (command is Rfc6733.CapabilitiesExchange or Rfc6733.DeviceWatchdog or Rfc6733.DisconnectPeer) return null;
        return DiameterDictionary.NameOf(command, (octets.Span[4] & 0x80) != 0);
    }

    private static string OfHttp(ReadOnlyMemory<byte> octets)
    {
        var message = HttpMessage.Read(octets);
        return message is null ? "unreadable" : message.IsRequest ? message.Method : $"{message.StatusCode}";
    }
}
