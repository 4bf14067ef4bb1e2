using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using McConformance.McSystem.Application;
using McConformance.Wire;
using McConformance.Wire.Http.Oidc;
using McConformance.Wire.Sip.Transactions;

namespace McConformance.McSystem.Configuration;

/// <summary>An MC system file: one whole MC system, or some of its entities, with what it must know of the others.
/// What is left out has a
/// default.</summary>
public sealed partial record McSystemFile
{
    /// <summary>The schema of this file, for editors.</summary>
    [JsonPropertyName("$schema")]
    public string? SchemaFile { get; init; }

    /// <summary>How soon a Diameter node first tries again, in real time: a neighbour that restarts is back at
    /// once.</summary>
    public static TimeSpan FirstReconnect => TimeSpan.FromMilliseconds(250);

    /// <summary>The MC system: identities, subscriptions, sets, bindings, and its application plane.</summary>
    public required McSystemOptions System { get; init; }

    /// <summary>The entities that this process runs; all of them where it is empty. <c>--only</c> takes its
    /// place.</summary>
    public List<SystemPart> Only { get; init; } = [];

    /// <summary>Where the entities of this MC system listen that somebody else runs; where they start later, that is
    /// handed over then (operator
    /// port, join).</summary>
    public List<EndpointSettings> OtherEntities { get; init; } = [];

    /// <summary>The other MC systems that it has to do with.</summary>
    public List<PeerSystem> Peers { get; init; } = [];

    /// <summary>Where its nodes listen.</summary>
    public ListenSettings Listen { get; init; } = new();

    /// <summary>What is protected by TLS, and by whose certificates.</summary>
    public ProtectionSettings Protection { get; init; } = new();

    /// <summary>Timers of all of its nodes.</summary>
    public TimerSettings Timers { get; init; } = new();

    /// <summary>How many further Diameter proxies stand on CSC-18.</summary>
    public int DiameterProxies { get; init; }

    /// <summary>Nodes on CSC-18 that it has to do with; where other nodes start later, they are handed over then (operator port, join).</summary>
    public List<Csc18Neighbour> Csc18 { get; init; } = [];

    /// <summary>Migration management servers that may connect besides those of the peers: their Diameter identity and Diameter realm.</summary>
    public Dictionary<string, string> ExpectedServers { get; init; } = [];

    /// <summary>Relays of somebody else stand between its nodes: they listen, and open no connection with each other
    /// before it is told where the relays are (operator port, join).</summary>
    public bool AwaitsRelays { get; init; }

    /// <summary>It may be told to crash and to start again (operator port, crash and start): it keeps over that what it
    /// has acknowledged, and where it listens.</summary>
    public bool MayCrash { get; init; }

    /// <summary>An S-CSCF that somebody else runs in the place of the own one; null for the own one.</summary>
    public ServingCscfSettings? ServingCscf { get; init; }

    /// <summary>Private key (PEM, EC on P-256) of the identity management server; one is made where it is left out.</summary>
    public string? TokenKey { get; init; }

    /// <summary>Describes one MC system of a network.</summary>
    public static McSystemFile Of(McSystemOptions system, NetworkOptions network)
    {
        return new McSystemFile
        {
            System = system,
            Peers = [.. network.Systems.Where(s => s.Domain != system.Domain).Select(s => new PeerSystem(s.Domain, s.SipDomain) { TokenKey = KeyOf(s, network)?.ToPem(withPrivate: false) })],
            Protection = ProtectionOf(network),
            Timers = TimerSettings.Of(network),
            DiameterProxies = network.Proxies,
            ExpectedServers = network.ExternalPeers.ToDictionary(p => p.Host, p => p.SipDomain),
            MayCrash = network.CanRestart,
            TokenKey = KeyOf(system, network)?.ToPem(withPrivate: true),
        };
    }

    /// <summary>What is protected in a network, and by whose certificates.</summary>
    public static ProtectionSettings ProtectionOf(NetworkOptions network)
    {
        var isTls = network.ProtectsCsc18 || network.ProtectsApplicationPlane;
        var authority = isTls ? network.Certificates.ToPem() : default;
        return new ProtectionSettings
        {
            Csc18 = network.ProtectsCsc18,
            ApplicationPlane = network.ProtectsApplicationPlane,
            InsideTrustDomain = network.IsOneTrustDomain,
            AuthorityCertificate = authority.Certificate,
            AuthorityKey = authority.Key,
            TrustAnchors = isTls ? network.Certificates.OthersToPem() : [],
        };
    }

    /// <summary>The network as this MC system sees it: of the peers only their names are known.</summary>
    /// <exception cref="InvalidDataException">Something in the file cannot be used; says what and where.</exception>
    /// <param name="storeOf">Where a node keeps what a restart must not lose; null where in memory alone.</param>
    public NetworkOptions ToNetwork(Func<string, Wire.State.IStateStore?>? storeOf = null)
    {
        var keys = new TokenKeys();
        if (TokenKey is { } own) keys.Set(System.Domain, Pem("$.tokenKey", () => SigningKey.FromPem(own, $"{System.Domain}-1")));
        foreach (var (peer, i) in Peers.Select((p, i) => (p, i)))
            if (peer.TokenKey is { } key) keys.Set(peer.Domain, Pem($"$.peers[{i}].tokenKey", () => SigningKey.FromPem(key, $"{peer.Domain}-1")));
        return new NetworkOptions
        {
            Detours = AwaitsRelays ? new Detours() : null,
            ServingCscfs = ServingCscf is { } foreign ? new() { [System.Domain] = _ => foreign.ToForeign() } : [],
            Systems = [System, .. Peers.Select(p => new McSystemOptions(p.Domain, p.SipDomain))],
            ExternalPeers = [.. ExpectedServers.Select(e => (e.Key, e.Value))],
            Proxies = DiameterProxies,
            ProtectsCsc18 = Protection.Csc18,
            ProtectsApplicationPlane = Protection.ApplicationPlane,
            IsOneTrustDomain = Protection.InsideTrustDomain,
            Certificates = CertificatesOf(Protection),
            TokenKeys = keys,
            StoreOf = storeOf ?? (static _ => null),
            Listen = new ListeningAddresses { Address = Listen.Address, Ports = Listen.Ports },
            SipTimers = Timers.ToSip(),
            Watchdog = Timers.DiameterWatchdog,
            Reconnect = Timers.DiameterReconnect,
            FirstReconnect = FirstReconnect,
            AnswerTime = Timers.DiameterAnswer,
            HttpAnswerTime = Timers.HttpAnswer,
            UserAnswerTime = Timers.UserAnswer,
            StreamIdle = Timers.StreamIdle,
        };
    }

    /// <summary>The certificates by which nodes are known; made for this process where the file has no
    /// authority.</summary>
    /// <exception cref="InvalidDataException">They cannot be read.</exception>
    internal static Certificates CertificatesOf(ProtectionSettings protection)
    {
        var own = protection is { AuthorityCertificate: { } certificate, AuthorityKey: { } secret }
            ? Pem("$.protection.authorityCertificate", () => Certificates.FromPem(certificate, secret))
            : Certificates.Shared;
        foreach (var (anchor, i) in protection.TrustAnchors.Select((a, i) => (a, i)))
            Pem($"$.protection.trustAnchors[{i}]", () => own.Trusting([anchor]));
        return protection.TrustAnchors.Count == 0 ? own : own.Trusting(protection.TrustAnchors);
    }

    private static SigningKey? KeyOf(McSystemOptions system, NetworkOptions network) =>
        system.Application is null ? null : network.TokenKeys.Of(system.Domain);

    private static T Pem<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new InvalidDataException($"{path}: expected PEM, found what cannot be read ({e.Message}); write the text of the PEM file, with \\n between its lines");
        }
    }
}

/// <summary>Another MC system.</summary>
/// <param name="Domain">Its domain.</param>
/// <param name="SipDomain">Domain of its SIP core, its Diameter realm.</param>
public sealed record PeerSystem(string Domain, string SipDomain)
{
    /// <summary>Public key (PEM) of its identity management server.</summary>
    public string? TokenKey { get; init; }

    /// <summary>Where its nodes listen; where other MC systems start later, that is handed over then (operator port, join).</summary>
    public List<EndpointSettings> Endpoints { get; init; } = [];
}

/// <summary>Where a node listens.</summary>
/// <param name="Node">Host name it calls itself by.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Protocol">What is spoken.</param>
/// <param name="Transport">Over what.</param>
/// <param name="Address">IP address.</param>
/// <param name="Port">1 to 65535.</param>
public sealed record EndpointSettings(string Node, EntityKind Kind, WireProtocol Protocol, Carrier Transport, IPAddress Address, int Port)
{
    /// <summary>Of an HTTP proxy alone: <c>userEquipment</c>, <c>otherSystems</c>, or <c>inner</c>.</summary>
    public string? Side { get; init; }

    /// <summary>From what a system tells of itself.</summary>
    public static EndpointSettings Of(NodeEndpoint e) => new(e.Node, e.Kind, e.Protocol, e.Carrier, e.At.Address, e.At.Port) { Side = e.Side };

    /// <summary>As the network has it.</summary>
    public NodeEndpoint ToNode() => new(Node, Kind, Protocol, Transport, new IPEndPoint(Address, Port), Side);
}

/// <summary>An S-CSCF that somebody else runs; it is called <c>scscf</c> in the domain of the SIP core.</summary>
/// <param name="Address">IP address.</param>
/// <param name="SipPort">Where it takes SIP over UDP; 1 to 65535.</param>
/// <param name="DiameterPort">Where it takes the connection of the migration management server; 1 to 65535.</param>
public sealed record ServingCscfSettings(IPAddress Address, int SipPort, int DiameterPort)
{
    internal ForeignServingCscf ToForeign() =>
        new(new IPEndPoint(Address, SipPort), new IPEndPoint(Address, DiameterPort), Task.CompletedTask);
}

/// <summary>A node that a migration management server has a connection with.</summary>
/// <param name="Host">Its Diameter identity.</param>
/// <param name="Realms">Diameter realms that are reached through it.</param>
public sealed record Csc18Neighbour(string Host, List<string> Realms)
{
    /// <summary>Where it listens; left out where it connects by itself.</summary>
    public string? Address { get; init; }

    /// <summary>Its port.</summary>
    public int Port { get; init; }
}

/// <summary>Where the nodes listen.</summary>
public sealed record ListenSettings
{
    /// <summary>IP address of all of them.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Ports by the first label of the node's name (pcscf, icscf, scscf, mms, sdb, idms, cms, gms, gw,
    /// mcptt, http-proxy), of further sockets cms-sip, gms-sip,
    /// mms-tls, gw-tls, http-proxy-systems, http-proxy-inner; the system chooses others.</summary>
    public Dictionary<string, int> Ports { get; init; } = [];
}

/// <summary>What is protected by TLS.</summary>
public sealed record ProtectionSettings
{
    /// <summary>CSC-18.</summary>
    public bool Csc18 { get; init; }

    /// <summary>HTTP, and SIP between MC systems.</summary>
    public bool ApplicationPlane { get; init; }

    /// <summary>The way to the other MC systems is inside one trust domain, so that CSC-18 may be plain (TS 23.280 5.2.x.2 NOTE 2).</summary>
    public bool InsideTrustDomain { get; init; } = true;

    /// <summary>Certificate (PEM) of the authority that everybody trusts; one is made for this process where it is left out.</summary>
    public string? AuthorityCertificate { get; init; }

    /// <summary>Private key (PEM) of that authority, by which the nodes get their certificates. For tests only.</summary>
    public string? AuthorityKey { get; init; }

    /// <summary>Certificates (PEM) of further authorities: peers whose chains end there are accepted too.</summary>
    public List<string> TrustAnchors { get; init; } = [];
}

/// <summary>Timers; hours:minutes:seconds.</summary>
public sealed record TimerSettings
{
    private static readonly NetworkOptions Defaults = new();

    /// <summary>T1 of RFC 3261 17.1.1.1.</summary>
    public TimeSpan SipT1 { get; init; } = Defaults.SipTimers.T1;

    /// <summary>T2.</summary>
    public TimeSpan SipT2 { get; init; } = Defaults.SipTimers.T2;

    /// <summary>T4.</summary>
    public TimeSpan SipT4 { get; init; } = Defaults.SipTimers.T4;

    /// <summary>Tw of RFC 3539 3.4.1.</summary>
    public TimeSpan DiameterWatchdog { get; init; } = Defaults.Watchdog;

    /// <summary>Tc of RFC 6733 2.1.</summary>
    public TimeSpan DiameterReconnect { get; init; } = Defaults.Reconnect;

    /// <summary>How long a Diameter answer is awaited.</summary>
    public TimeSpan DiameterAnswer { get; init; } = Defaults.AnswerTime;

    /// <summary>How long an HTTP answer is awaited.</summary>
    public TimeSpan HttpAnswer { get; init; } = Defaults.HttpAnswerTime;

    /// <summary>How long a server waits for one that asks another meanwhile.</summary>
    public TimeSpan UserAnswer { get; init; } = Defaults.UserAnswerTime;

    /// <summary>A SIP connection over which nothing comes for so long is closed.</summary>
    public TimeSpan StreamIdle { get; init; } = Defaults.StreamIdle;

    /// <summary>Those of SIP.</summary>
    internal SipTimers ToSip() => new() { T1 = SipT1, T2 = SipT2, T4 = SipT4 };

    internal static TimerSettings Of(NetworkOptions network) => new()
    {
        SipT1 = network.SipTimers.T1,
        SipT2 = network.SipTimers.T2,
        SipT4 = network.SipTimers.T4,
        DiameterWatchdog = network.Watchdog,
        DiameterReconnect = network.Reconnect,
        DiameterAnswer = network.AnswerTime,
        HttpAnswer = network.HttpAnswerTime,
        UserAnswer = network.UserAnswerTime,
        StreamIdle = network.StreamIdle,
    };
}
