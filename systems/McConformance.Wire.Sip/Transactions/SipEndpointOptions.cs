using System.Net;
using System.Net.Security;
using McConformance.Wire.Time;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>What a <see cref="SipEndpoint"/> is made from.</summary>
public sealed record SipEndpointOptions
{
    /// <summary>Whose endpoint it is.</summary>
    public required Party Self { get; init; }

    /// <summary>Where the endpoint finds the link for each message.</summary>
    public required LinkBook Links { get; init; }

    /// <summary>What its timers wait on.</summary>
    public required TimerWheel Wheel { get; init; }

    /// <summary>Lock of the whole entity. Held during every callback, so callbacks come one at a time.</summary>
    public required Lock Gate { get; init; }

    /// <summary>Address to listen at; loopback.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>UDP port; 0 lets the system choose. UDP is always offered (RFC 3261 18).</summary>
    public int UdpPort { get; init; }

    /// <summary>TCP port to listen at; 0 lets the system choose, null does not listen. Connecting is always
    /// possible.</summary>
    public int? TcpPort { get; init; }

    /// <summary>TLS port to listen at; 0 lets the system choose, null does not listen.</summary>
    public int? TlsPort { get; init; }

    /// <summary>Certificate and policy for accepted TLS connections; needed where <see cref="TlsPort"/> is
    /// given.</summary>
    public SslServerAuthenticationOptions? TlsServer { get; init; }

    /// <summary>Policy for TLS connections that the endpoint opens; null trusts what the system trusts.</summary>
    public SslClientAuthenticationOptions? TlsClient { get; init; }

    /// <summary>Timer values of the transactions.</summary>
    public SipTimers Timers { get; init; } = new();

    /// <summary>Longer datagrams are dropped. Octets.</summary>
    public int DatagramOctetsMax { get; init; } = 65535;

    /// <summary>Longer messages are refused with 513 (RFC 3261 21.5.7) and close their connection. Octets, header and body.</summary>
    public int StreamMessageOctetsMax { get; init; } = 1024 * 1024;

    /// <summary>Octets that may wait to be written to a peer that does not read; more close the connection.</summary>
    public int StreamUnsentOctetsMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>A connection on which nothing arrives for so long is closed.</summary>
    public TimeSpan StreamIdle { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Time to end a message once begun, and to complete a connection or handshake; after it the connection is
    /// closed, so that half-open peers hold nothing.</summary>
    public TimeSpan StreamMessageTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Connections at a time, accepted and opened together; further ones are closed as they come.</summary>
    public int ConnectionsMax { get; init; } = 1024;

    /// <summary>Remembered UDP peers; when full, all are forgotten and found anew.</summary>
    public int DatagramPeersMax { get; init; } = 65536;

    /// <summary>Where messages to an address really go: to a relay that stands in its place. Null where none
    /// does.</summary>
    public Func<Carrier, IPEndPoint, IPEndPoint>? Detour { get; init; }

    /// <summary>Fixes branches and tags for a run that is to be repeated octet for octet; null chooses at
    /// random.</summary>
    public ulong? Seed { get; init; }
}
