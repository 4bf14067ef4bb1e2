using McConformance.Wire.Identities;

namespace McConformance.McSystem;

/// <summary>A subscription of a SIP database. Subscriptions with the same K and OPc share one USIM application, and so its sequence number.</summary>
/// <param name="Private">Private user identity.</param>
/// <param name="Public">Public user identities, one or more.</param>
/// <param name="Key">K, 16 octets; null for an inbound migrated UE, whose primary holds it.</param>
/// <param name="Opc">OPc, 16 octets; null where K is.</param>
/// <param name="Amf">2 octets.</param>
/// <param name="Sqn">Last sequence number used, 48 bits.</param>
public sealed record SubscriptionOptions(
    PrivateUserIdentity Private, IReadOnlyList<PublicUserIdentity> Public, byte[]? Key, byte[]? Opc, byte[] Amf, ulong Sqn);

/// <summary>A set of identities to migrate with, at its primary.</summary>
/// <param name="Identities">The set.</param>
/// <param name="PartnerSipDomains">Domains of the SIP cores it may be used towards.</param>
public sealed record OutboundSetOptions(SipIdentitySet Identities, IReadOnlyList<string> PartnerSipDomains);

/// <summary>What binds an inbound set to a primary.</summary>
/// <param name="Partner">The own set.</param>
/// <param name="Primary">The primary's set.</param>
/// <param name="PrimarySipDomain">Domain of the primary's SIP core, its Diameter realm.</param>
public sealed record InboundBindingOptions(SipIdentitySet Partner, SipIdentitySet Primary, string PrimarySipDomain);

/// <summary>One MC system.</summary>
/// <param name="Domain">Domain of the MC system: <c>partner.example</c>.</param>
/// <param name="SipDomain">Domain of its SIP core, and its Diameter realm: <c>ims.partner.example</c>.</param>
public sealed record McSystemOptions(string Domain, string SipDomain)
{
    /// <summary>What the SIP database holds.</summary>
    public List<SubscriptionOptions> Subscriptions { get; init; } = [];

    /// <summary>Sets to migrate with from here.</summary>
    public List<OutboundSetOptions> OutboundSets { get; init; } = [];

    /// <summary>Sets for UEs that migrate to here.</summary>
    public List<InboundBindingOptions> InboundBindings { get; init; } = [];

    /// <summary>Domains of the SIP cores with which migration is permitted at all.</summary>
    public HashSet<string> PermittedSipDomains { get; init; } = [];

    /// <summary>No inner node is seen outside (TS 23.280 5.2.x.7).</summary>
    public bool HidesTopology { get; set; }

    /// <summary>The migration management server is part of the SIP database (TS 23.280 7.4.2.2.11 NOTE 2).</summary>
    public bool JoinsDatabaseAndMigrationManagement { get; set; }

    /// <summary>Host names of further nodes that may connect to the SIP database.</summary>
    public List<string> DatabaseClients { get; init; } = [];

    /// <summary>The application plane; null for a signalling control plane alone.</summary>
    public Application.ApplicationPlaneOptions? Application { get; set; }

    /// <summary>Host name of the migration management server; its Diameter identity.</summary>
    public string MigrationManagementHost => $"mms.{SipDomain}";

    /// <summary>Host name of the SIP database; its Diameter identity.</summary>
    public string DatabaseHost => $"sdb.{SipDomain}";
}

/// <summary>How the Diameter agents between the MC systems stand.</summary>
public enum ProxyArrangement
{
    /// <summary>One behind the other.</summary>
    Chain,

    /// <summary>Side by side: any of them leads across.</summary>
    Parallel,

    /// <summary>The first two send to each other: a mistake in their routes.</summary>
    Loop,
}

/// <summary>Several MC systems that users migrate between, and what stands between them.</summary>
public sealed record NetworkOptions
{
    /// <summary>The MC systems. The first is the primary of most scenarios.</summary>
    public List<McSystemOptions> Systems { get; init; } = [];

    /// <summary>Migration management servers of MC systems that somebody else runs, and that connect to those here.</summary>
    public List<(string Host, string SipDomain)> ExternalPeers { get; init; } = [];

    /// <summary>Diameter identity of an agent that somebody else runs between the MC systems and that connects to both sides; null for none.</summary>
    public string? ExternalAgent { get; set; }

    /// <summary>Called when all sockets are bound, with host and address of each migration management server: time to start an external agent.</summary>
    public Action<IReadOnlyList<(string Host, System.Net.IPEndPoint At)>>? WhenBound { get; set; }

    /// <summary>Called with host and address of each HTTP server when all are bound: starts an HTTP proxy of somebody
    /// else between the MC systems, and says where it listens. Plain text alone. Null for none.</summary>
    public Func<IReadOnlyList<(string Host, System.Net.IPEndPoint At)>, System.Net.IPEndPoint>? StartHttpAgent
    {
        get;
        set;
    }

    /// <summary>Where that one listens, once it runs.</summary>
    public System.Net.IPEndPoint? HttpAgent { get; set; }

    /// <summary>MC systems whose S-CSCF somebody else runs, between a P-CSCF, an I-CSCF and a migration management
    /// server that run here: called
    /// when these are bound.</summary>
    public Dictionary<string, Func<ServingCscfPlace, ForeignServingCscf>> ServingCscfs { get; init; } = [];

    /// <summary>MC systems among them that another process runs, by domain, with the address of their operator port.</summary>
    public Dictionary<string, Uri> OperatorPorts { get; init; } = [];

    /// <summary>MC systems of which somebody else runs some entities, by domain; where the domain has an operator
    /// port too, that is theirs.</summary>
    public Dictionary<string, ExternalEntities> ExternalEntities { get; init; } = [];

    /// <summary>Pairs of MC systems that others run and between which relays stand, by domain.</summary>
    public List<(string One, string Other)> Relayed { get; init; } = [];

    /// <summary>MC systems that others run, and between whose own nodes relays stand, by domain.</summary>
    public HashSet<string> RelayedWithin { get; init; } = [];

    /// <summary>Relays of somebody else between the nodes here; null where none stand there.</summary>
    public Detours? Detours { get; init; }

    /// <summary>Makes a relay in the place of a node, for one who calls it; tells where it listens. Called again for
    /// the same link, it tells the same.</summary>
    public Func<RelayedLink, System.Net.IPEndPoint>? Relay { get; set; }

    /// <summary>Certificates of all nodes.</summary>
    public Certificates Certificates { get; set; } = Certificates.Shared;

    /// <summary>Keys of the identity management servers.</summary>
    public TokenKeys TokenKeys { get; init; } = TokenKeys.Shared;

    /// <summary>Where a node, named by its host, keeps what a restart must not lose; null where in memory
    /// alone.</summary>
    public Func<string, Wire.State.IStateStore?> StoreOf { get; init; } = static _ => null;

    /// <summary>MC systems that run in this process can crash and start again: they keep state, and stay at their ports.</summary>
    public bool CanRestart { get; set; }

    /// <summary>Tables by this name are not kept, although they should be: a wrong system, to test checks. Null for none.</summary>
    public string? Forgets { get; set; }

    /// <summary>Where nodes listen.</summary>
    public ListeningAddresses Listen { get; set; } = new();

    /// <summary>How many further Diameter proxies stand on CSC-18. 0 to 8.</summary>
    public int Proxies { get; set; }

    /// <summary>How they stand.</summary>
    public ProxyArrangement Arrangement { get; set; }

    /// <summary>CSC-18 is protected by TLS with certificates of both ends (TS 23.280 5.2.x.2 NOTE 2).</summary>
    public bool ProtectsCsc18 { get; set; }

    /// <summary>The whole network is inside one trust domain, so that CSC-18 may be plain.</summary>
    public bool IsOneTrustDomain { get; set; } = true;

    /// <summary>Timers of all SIP transactions.</summary>
    public McConformance.Wire.Sip.Transactions.SipTimers SipTimers { get; init; } = new();

    /// <summary>HTTP, and SIP between MC systems, is protected by TLS; between MC systems with certificates of both ends.</summary>
    public bool ProtectsApplicationPlane { get; set; }

    /// <summary>Servers keep their HTTP connections to each other. Scenarios that double messages must not.</summary>
    public bool KeepsHttpConnections { get; init; }

    /// <summary>How long a UE waits for an HTTP answer: longer than a server that asks another one meanwhile.</summary>
    public TimeSpan UserAnswerTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long an entity waits for an HTTP answer.</summary>
    public TimeSpan HttpAnswerTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A SIP connection over which nothing comes for so long is closed. UEs keep theirs for as long as they are registered.</summary>
    public TimeSpan StreamIdle { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Tw of all Diameter nodes (RFC 3539 3.4.1).</summary>
    public TimeSpan Watchdog { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Tc of all Diameter nodes (RFC 6733 2.1).</summary>
    public TimeSpan Reconnect { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a Diameter node waits before its first attempt to connect again; see
    /// <see cref="Wire.Diameter.Peers.DiameterNodeOptions.FirstReconnect"/>.</summary>
    public TimeSpan? FirstReconnect { get; set; }

    /// <summary>How long an entity waits for a Diameter answer.</summary>
    public TimeSpan AnswerTime { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Where SIP from a node really goes; null where no relays stand there.</summary>
    internal Func<Wire.Carrier, System.Net.IPEndPoint, System.Net.IPEndPoint>? DetourOf(string node) =>
        Detours is { } detours ? (carrier, at) => detours.Way(node, carrier, at) : null;

    /// <summary>Refuses what cannot be meant.</summary>
    /// <exception cref="ArgumentException">Says what, and how to mend it.</exception>
    public void Validate()
    {
        if (!ProtectsCsc18 && !IsOneTrustDomain)
            throw new ArgumentException("the CSC-18 link is plain, and no trust domain covers it: protect it by TLS, or declare the trust domain");
        if (Systems.DistinctBy(s => s.Domain).Count() < Systems.Count) throw new ArgumentException("two MC systems have the same domain");
    }
}

/// <summary>Entities of an MC system that somebody else runs.</summary>
/// <param name="Parts">Which.</param>
/// <param name="Endpoints">Where they listen; empty where their operator port tells.</param>
public sealed record ExternalEntities(IReadOnlyList<SystemPart> Parts, IReadOnlyList<NodeEndpoint> Endpoints);

/// <summary>A link between nodes of MC systems that others run.</summary>
/// <param name="Client">Who calls.</param>
/// <param name="Server">Whom.</param>
/// <param name="At">Where that one listens.</param>
public sealed record RelayedLink(Wire.Party Client, Wire.Party Server, NodeEndpoint At);

/// <summary>What an S-CSCF of somebody else must know.</summary>
/// <param name="Host">Host name it shall call itself by; its Diameter identity.</param>
/// <param name="SipDomain">Domain of its SIP core, its Diameter realm.</param>
/// <param name="CxPeer">Diameter identity of the node that it speaks Cx with, and that connects to it.</param>
public sealed record ServingCscfPlace(string Host, string SipDomain, string CxPeer);

/// <summary>An S-CSCF of somebody else.</summary>
/// <param name="Sip">Where it takes SIP over UDP.</param>
/// <param name="Cx">Where it takes Diameter connections.</param>
/// <param name="Ready">Completes when it does both.</param>
public sealed record ForeignServingCscf(System.Net.IPEndPoint Sip, System.Net.IPEndPoint Cx, Task Ready);

/// <summary>Where the nodes of an MC system listen.</summary>
public sealed record ListeningAddresses
{
    /// <summary>The address of all of them.</summary>
    public System.Net.IPAddress Address { get; init; } = System.Net.IPAddress.Loopback;

    /// <summary>Ports by the first label of the node's name (<c>pcscf</c>, <c>mms</c>, <c>gms</c>); of further
    /// sockets, see below. Of those
    /// that are left out the system chooses.</summary>
    public Dictionary<string, int> Ports { get; init; } = [];

    /// <summary>Every socket that can be given a port.</summary>
    public static IReadOnlyList<string> Sockets { get; } =
    [
        "pcscf", "icscf", "scscf", "mms", "mms-tls", "sdb", "idms", "cms", "cms-sip", "gms", "gms-sip",
        "gw", "gw-tls", "mcptt", "mcvideo", "mcdata", "http-proxy", "http-proxy-systems", "http-proxy-inner",
    ];

    /// <summary>Where a further socket of a node listens: <c>sip</c> of a server that speaks HTTP too, <c>tls</c>.
    /// Its port stands under
    /// <c>gms-sip</c>, <c>gw-tls</c>.</summary>
    public System.Net.IPEndPoint Of(string node, string use) => new(Address, Ports.GetValueOrDefault($"{node.Split('.')[0]}-{use}"));

    /// <summary>Where a node listens.</summary>
    public System.Net.IPEndPoint Of(string node) => new(Address, Ports.GetValueOrDefault(node.Split('.')[0]));
}
