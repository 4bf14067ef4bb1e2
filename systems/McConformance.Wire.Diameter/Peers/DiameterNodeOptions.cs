using System.Net;
using System.Net.Security;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Identities;
using McConformance.Wire.Time;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>What a Diameter node is configured with.</summary>
public sealed record DiameterNodeOptions
{
    /// <summary>The node as links see it.</summary>
    public required Party Self { get; init; }

    /// <summary>Address book and links.</summary>
    public required LinkBook Links { get; init; }

    /// <summary>Timers.</summary>
    public required TimerWheel Wheel { get; init; }

    /// <summary>Held during every callback; shared by all of one entity.</summary>
    public required Lock Gate { get; init; }

    /// <summary>Origin-Host.</summary>
    public required DiameterIdentity Host { get; init; }

    /// <summary>Origin-Realm.</summary>
    public required DiameterIdentity Realm { get; init; }

    /// <summary>Where plain connections are accepted; port 0 lets the system choose; null for none.</summary>
    public IPEndPoint? Listen { get; init; }

    /// <summary>Where TLS connections are accepted; null for none.</summary>
    public IPEndPoint? ListenProtected { get; init; }

    /// <summary>How TLS connections are accepted.</summary>
    public SslServerAuthenticationOptions? TlsServer { get; init; }

    /// <summary>How a TLS connection to a peer is opened.</summary>
    public Func<DiameterIdentity, SslClientAuthenticationOptions>? TlsClient { get; init; }

    /// <summary>Peers known from the beginning; more with <see cref="DiameterNode.AddPeer"/>.</summary>
    public IReadOnlyList<DiameterPeerOptions> Peers { get; init; } = [];

    /// <summary>Routes known from the beginning; more with <see cref="DiameterNode.AddRoute"/>.</summary>
    public IReadOnlyList<DiameterRoute> Routes { get; init; } = [];

    /// <summary>Applications advertised; 0xffffffff for a relay.</summary>
    public IReadOnlyList<uint> Applications { get; init; } = [Ts29229.Application];

    /// <summary>True where peers need not be configured.</summary>
    public bool AcceptsUnknownPeers { get; init; }

    /// <summary>True where a Proxy-Info is put into forwarded requests.</summary>
    public bool AddsProxyInfo { get; init; }

    /// <summary>How long an answer is awaited.</summary>
    public TimeSpan AnswerTime { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Tw of RFC 3539 3.4.1.</summary>
    public TimeSpan Watchdog { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Tc of RFC 6733 2.1.</summary>
    public TimeSpan Reconnect { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after the end of an open connection, or a first attempt that failed, the next attempt is made;
    /// each further one waits twice as long as the one before, up to <see cref="Reconnect"/>. Null for
    /// <see cref="Reconnect"/> at once.</summary>
    public TimeSpan? FirstReconnect { get; init; }

    /// <summary>How long a request is remembered, so that it is not handled twice. End-to-end identifiers are unique
    /// for four
    /// minutes at least (RFC 6733 3).</summary>
    public TimeSpan DuplicateWindow { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>How many requests are remembered at most; the oldest are forgotten first. Each costs as much memory as
    /// its answer.</summary>
    public int DuplicatesMax { get; init; } = 4096;

    /// <summary>How long opening a connection may take, how long it may stay without CER or CEA, and how long a peer
    /// may take to
    /// close it after DPR.</summary>
    public TimeSpan CapabilitiesTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest message taken; a longer one closes the connection.</summary>
    public int MessageOctetsMax { get; init; } = 64 * 1024;

    /// <summary>Most connections that have not said who they are.</summary>
    public int StrangersMax { get; init; } = 64;

    /// <summary>Product-Name.</summary>
    public string ProductName { get; init; } = "McConformance";
}

/// <summary>A configured peer.</summary>
public sealed record DiameterPeerOptions
{
    /// <summary>Its Diameter identity.</summary>
    public required DiameterIdentity Host { get; init; }

    /// <summary>Where it listens; needed where this node connects.</summary>
    public IPEndPoint? Address { get; init; }

    /// <summary>True where this node opens the connection.</summary>
    public bool Initiates { get; init; }

    /// <summary>True where only TLS will do.</summary>
    public bool IsProtected { get; init; }

    /// <summary>The DNS name its certificate must have; null for its Diameter identity.</summary>
    public string? CertificateName { get; init; }
}

/// <summary>A row of the realm routing table (RFC 6733 2.7).</summary>
/// <param name="Realm">Destination realm; <c>*</c> for every realm that has no row of its own.</param>
/// <param name="Peers">Next hops, best first.</param>
public sealed record DiameterRoute(DiameterIdentity Realm, IReadOnlyList<DiameterIdentity> Peers)
{
    /// <summary>Only for this application; null for every one that has no row of its own.</summary>
    public uint? Application { get; init; }

    /// <summary>The row for realms that have none.</summary>
    public static DiameterRoute Default(params DiameterIdentity[] peers) => new(new DiameterIdentity("*"), peers);
}
