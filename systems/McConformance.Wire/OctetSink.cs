using System.Net;

namespace McConformance.Wire;

/// <summary>What carries a message.</summary>
public enum Carrier
{
    /// <summary>One message in one datagram.</summary>
    Udp,

    /// <summary>Plain stream.</summary>
    Tcp,

    /// <summary>Stream under TLS; recorded before encryption.</summary>
    Tls,
}

/// <summary>The protocol of a link.</summary>
public enum WireProtocol
{
    /// <summary>RFC 3261.</summary>
    Sip,

    /// <summary>RFC 6733.</summary>
    Diameter,

    /// <summary>RFC 9112.</summary>
    Http,
}

/// <summary>The far side of a transport's flow: where octets really leave. Implemented by transports, called by links.</summary>
public interface IOctetSink
{
    /// <summary>What carries the flow.</summary>
    Carrier Carrier { get; }

    /// <summary>Own address.</summary>
    IPEndPoint Local { get; }

    /// <summary>The peer's address.</summary>
    IPEndPoint Remote { get; }

    /// <summary>Writes exactly these octets as one message. The span is not kept. Never throws: a broken flow reports itself.</summary>
    void Emit(ReadOnlySpan<byte> octets);

    /// <summary>Closes a stream at once, as a cut cable would look after its timers; does nothing for datagrams.</summary>
    void Sever();
}
