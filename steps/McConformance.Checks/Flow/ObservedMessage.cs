using McConformance.Wire;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Documents;
using McConformance.Wire.Http.Codec;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Checks.Flow;

/// <summary>A recorded message, decoded when a check first looks at it.</summary>
public sealed class ObservedMessage
{
    private readonly RecordedMessage? recorded;
    private readonly UnseenLink? unseen;
    private readonly Lazy<SipMessage?> sip;
    private readonly Lazy<DiameterMessage?> diameter;
    private readonly Lazy<HttpMessage?> http;
    private readonly Lazy<McServiceInfo?> info;

    /// <summary>Takes a recorded message.</summary>
    public ObservedMessage(RecordedMessage recorded)
    {
        this.recorded = recorded;
        (From, To, ReferencePoint) = (recorded.Link.From, recorded.Link.To, recorded.Link.ReferencePoint);
        sip = new Lazy<SipMessage?>(() => recorded.Link.Protocol == WireProtocol.Sip ? ReadSip(recorded.Octets) : null);
        diameter = new Lazy<DiameterMessage?>(() => recorded.Link.Protocol == WireProtocol.Diameter ? ReadDiameter(recorded.Octets) : null);
        info = new Lazy<McServiceInfo?>(() => Sip is { } message ? ReadInfo(message) : null);
        http = new Lazy<HttpMessage?>(() => recorded.Link.Protocol == WireProtocol.Http ? ReadHttp(recorded.Octets) : null);
    }

    /// <summary>Stands for whatever may have passed on a link that nobody sees: it has ends and a place after all that was seen, but whoever
    /// asks what is in it cannot judge.</summary>
    internal ObservedMessage(UnseenLink unseen)
    {
        this.unseen = unseen;
        (From, To, ReferencePoint) = (unseen.From, unseen.To, unseen.ReferencePoint);
        sip = new Lazy<SipMessage?>(() => unseen.Protocol == WireProtocol.Sip ? throw unseen.Refusal() : null);
        diameter = new Lazy<DiameterMessage?>(() => unseen.Protocol == WireProtocol.Diameter ? throw unseen.Refusal() : null);
        http = new Lazy<HttpMessage?>(() => unseen.Protocol == WireProtocol.Http ? throw unseen.Refusal() : null);
        info = new Lazy<McServiceInfo?>(() => unseen.Protocol == WireProtocol.Sip ? throw unseen.Refusal() : null);
    }

    /// <summary>True where it stands for a link that nobody sees.</summary>
    public bool IsUnseen => unseen is not null;

    /// <summary>As it was recorded.</summary>
    public RecordedMessage Recorded => recorded ?? throw unseen!.Refusal();

    /// <summary>Number in the recording. Nobody knows it of what nobody sees: whoever judges an order by it cannot
    /// judge then.</summary>
    public int Number => Recorded.Number;

    /// <summary>Whether it may have come after another: to look for what follows. What nobody sees may have.</summary>
    public bool MayFollow(ObservedMessage earlier) => IsUnseen || Number > earlier.Number;

    /// <summary>Who sent it.</summary>
    public Party From { get; }

    /// <summary>Whom it was sent to.</summary>
    public Party To { get; }

    /// <summary>On which reference point.</summary>
    public string ReferencePoint { get; }

    /// <summary>What is spoken there.</summary>
    public WireProtocol Protocol => recorded?.Link.Protocol ?? unseen!.Protocol;

    /// <summary>The SIP message; null where it is none, or cannot be read.</summary>
    public SipMessage? Sip => sip.Value;

    /// <summary>The Diameter message; null where it is none, or cannot be read.</summary>
    public DiameterMessage? Diameter => diameter.Value;

    /// <summary>The HTTP message; null where it is none, or cannot be read, and of an interim response, which answers
    /// nothing (RFC 9110 15.2).</summary>
    public HttpMessage? Http => http.Value;

    /// <summary>The MC service info that the SIP message carries; null where there is none, or it cannot be read.</summary>
    public McServiceInfo? Info => info.Value;

    /// <summary>Whether some text stands anywhere in the octets; of HTTP in the content too, however it is cut into
    /// chunks (RFC 9112 7.1).</summary>
    public bool Holds(ReadOnlySpan<byte> text) =>
        Recorded.Octets.Span.IndexOf(text) >= 0 || Http?.Body.Span.IndexOf(text) >= 0;

    private static HttpMessage? ReadHttp(ReadOnlyMemory<byte> octets) =>
        HttpMessage.Read(octets) is { } read && (read.IsRequest || read.StatusCode >= 200) ? read : null;

    private static McServiceInfo? ReadInfo(SipMessage message)
    {
        foreach (var body in message.Bodies("-info+xml"))
            if (McServiceInfo.TryRead(body, out var read, [])) return read;
        return null;
    }

    private static SipMessage? ReadSip(ReadOnlyMemory<byte> octets)
    {
        var message = new SipMessage();
        return message.TryIndex(octets, stream: false, out _) == System.Buffers.OperationStatus.Done ? message : null;
    }

    private static DiameterMessage? ReadDiameter(ReadOnlyMemory<byte> octets)
    {
        var message = new DiameterMessage();
        return message.TryIndex(octets, out _) == System.Buffers.OperationStatus.Done ? message : null;
    }
}
