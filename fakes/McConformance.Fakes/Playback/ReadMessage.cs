using System.Text;
using McConformance.Wire;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Http.Codec;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Fakes.Playback;

/// <summary>A message with what its protocol's codec reads in it.</summary>
internal sealed class ReadMessage
{
    private ReadMessage(ReadOnlyMemory<byte> octets, WireProtocol protocol) => (Octets, Protocol) = (octets, protocol);

    public ReadOnlyMemory<byte> Octets { get; }

    public WireProtocol Protocol { get; }

    public SipMessage? Sip { get; private init; }

    public HttpMessage? Http { get; private init; }

    public DiameterMessage? Diameter { get; private init; }

    public bool IsRequest => Sip?.IsRequest ?? Http?.IsRequest ?? Diameter!.IsRequest;

    /// <summary>100 to 699; of Diameter 200 for success, 400 for anything else.</summary>
    public int Status => Sip?.StatusCode ?? Http?.StatusCode ?? (DiameterResult.Of(Diameter!).IsSuccess ? 200 : 400);

    /// <summary>Keeps a connection or a dialog going and belongs to no procedure: CER, DWR, DPR, ACK, CANCEL.</summary>
    public bool IsHousekeeping => Diameter?.Command is 257 or 280 or 282 || Sip is
    {
        Method: SipMethod.Ack or
        SipMethod.Cancel
    };

    /// <summary>Reads a message of a script; null where it is none of its protocol.</summary>
    public static ReadMessage? From(ScriptMessage message) => From(message.Octets, message.Protocol);

    /// <summary>Reads octets; they are kept.</summary>
    public static ReadMessage? From(ReadOnlyMemory<byte> octets, WireProtocol protocol)
    {
        switch (protocol)
        {
            case WireProtocol.Sip:
                var sip = new SipMessage();
                return sip.TryIndex(octets, stream: false, out _) == System.Buffers.OperationStatus.Done
                    ? new ReadMessage(octets, protocol) { Sip = sip }
                    : null;
            case WireProtocol.Diameter:
                var diameter = new DiameterMessage();
                return diameter.TryIndex(octets, out _) == System.Buffers.OperationStatus.Done
                    ? new ReadMessage(octets, protocol) { Diameter = diameter }
                    : null;
            default:
                return HttpMessage.Read(octets) is { } http ? new ReadMessage(octets, protocol) { Http = http } : null;
        }
    }

    /// <summary>First value of a SIP header; empty where there is none.</summary>
    public string Header(SipHeader header) => Sip!.TryGet(header, out var value) ? Encoding.UTF8.GetString(value) : "";

    /// <summary>The body of a SIP or HTTP message.</summary>
    public ReadOnlyMemory<byte> Body => Sip is { } sip ? sip.Octets[(sip.Octets.Length - sip.Body.Length)..]
        : Http?.Body ?? default;

    /// <summary>For people: what it asks, or answers.</summary>
    public string Title
    {
        get
        {
            if (Diameter is { } d)
            {
                var kind = d.IsRequest ? "request" : "answer";
                return $"Diameter {kind} {d.Command} of application {d.Application}";
            }

            if (Http is { } h) return h.IsRequest ? $"HTTP {h.Method} {h.Path}" : $"HTTP {h.StatusCode}";
            var line = Encoding.UTF8.GetString(Sip!.StartLine);
            return $"SIP {line.Replace("SIP/2.0", "", StringComparison.Ordinal).Trim()}";
        }
    }
}
