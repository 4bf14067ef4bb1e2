using McConformance.Wire.Sip.Codec;

namespace McConformance.Wire.Sip.Transport;

/// <summary>What a connection asks of its endpoint. Calls come on the connection's own loop, without the
/// gate.</summary>
internal interface IStreamUser
{
    /// <summary>One whole message. View and octets are valid during the call.</summary>
    void OnMessage(SipMessage message, ReadOnlyMemory<byte> octets, SipFlow flow);

    /// <summary>Octets that are no message; the connection closes once what is answered here is written.</summary>
    void OnBadFraming(FramingFault fault, SipMessage message, ReadOnlyMemory<byte> octets, SipFlow flow);

    /// <summary>An exception that no peer can cause: a fault of this program. The connection ends.</summary>
    void OnFault(Exception fault);

    /// <summary>The connection is over.</summary>
    /// <param name="orderly">True where the peer ended it as TCP asks, false where it broke.</param>
    void OnClosed(SipConnection connection, bool orderly);
}
