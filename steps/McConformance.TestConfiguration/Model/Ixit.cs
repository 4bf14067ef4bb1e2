using System.Net;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.TestConfiguration;

/// <summary>
/// What a run is told about the systems under test: the extra information for testing of ISO/IEC 9646-5 (IXIT), with
/// the capabilities (ICS) in it. Made by <see cref="IxitFile"/> from a JSON file; immutable and consistent once it
/// exists.
/// </summary>
/// <param name="Name">For the report's head.</param>
/// <param name="Systems">The MC systems, two or more.</param>
/// <param name="UserEquipment">The UEs that scenarios speak of.</param>
/// <param name="Links">What stands between the MC systems.</param>
/// <param name="Timers">Of all bundled entities.</param>
/// <param name="Capabilities">What the systems declare to have.</param>
public sealed record Ixit(
    string Name, IReadOnlyList<McSystemEntry> Systems, IReadOnlyList<UserEquipmentEntry> UserEquipment,
    LinkSettings Links, TimerSettings Timers, Capabilities Capabilities)
{
    /// <summary>Names of own bindings: those of this project, or of the file that the configuration names.</summary>
    public BindingSet Binding { get; init; } = BindingSet.Own;

    /// <summary>By which the harness's own nodes get their certificates, because the systems under test trust it; null
    /// where one is made at start.</summary>
    public AuthorityEntry? Authority { get; init; }

    /// <summary>What stands against a run, although <c>-Check</c> can be made: trust anchors that cannot be
    /// read.</summary>
    public IReadOnlyList<ConfigurationError> Obstacles { get; init; } = [];

    /// <summary>Certificate files (PEM), full paths, of all authorities that MC systems and entities name.</summary>
    public IEnumerable<string> TrustAnchors => Systems.SelectMany(s =>
        s.Trust.TrustAnchors.Concat(s.Entities.SelectMany(e => e.Entity.TrustAnchors))).Distinct();

    /// <summary>The MC system with that role or domain; null where there is none.</summary>
    public McSystemEntry? System(string roleOrDomain) => Systems.FirstOrDefault(s =>
        string.Equals(s.Domain, roleOrDomain, StringComparison.OrdinalIgnoreCase) || s.Roles.Contains(roleOrDomain));
}

/// <summary>A certification authority.</summary>
/// <param name="Certificate">Its certificate file (PEM), full path.</param>
/// <param name="Key">Its private key file (PEM, no passphrase), full path.</param>
public sealed record AuthorityEntry(string Certificate, string Key);

/// <summary>One MC system.</summary>
/// <param name="Domain">Domain of the MC system: <c>partner.example</c>.</param>
/// <param name="SipRealm">Domain of its SIP core and its Diameter realm: <c>ims.partner.example</c>.</param>
/// <param name="Roles">What scenarios call it: <c>primary</c>, <c>partner</c>, <c>third</c>.</param>
/// <param name="Trust">How its links to other MC systems are protected.</param>
/// <param name="SipCore">P-, I- and S-CSCF.</param>
/// <param name="SipDatabase">SIP database with its subscriptions.</param>
/// <param name="MigrationManagementServer">Migration management server with its sets and bindings.</param>
/// <param name="DiameterProxy">The Diameter proxy of its signalling control plane.</param>
public sealed record McSystemEntry(
    string Domain, DiameterIdentity SipRealm, IReadOnlyList<string> Roles, TrustSettings Trust, EntityEntry SipCore,
    SipDatabaseEntry SipDatabase, MigrationManagementEntry MigrationManagementServer, EntityEntry DiameterProxy)
{
    /// <summary>The entities of the application plane, by the names of the schema; one that the file leaves out is
    /// bundled.</summary>
    public IReadOnlyDictionary<string, EntityEntry> ApplicationPlane { get; init; } = new Dictionary<string, EntityEntry>();

    /// <summary>All of its entities, by the names of the schema.</summary>
    public IEnumerable<(string Name, EntityEntry Entity)> Entities =>
    [
        ("sipCore", SipCore), ("sipDatabase", SipDatabase), ("migrationManagementServer", MigrationManagementServer),
        ("diameterProxy", DiameterProxy), .. ApplicationPlane.Select(e => (e.Key, e.Value)),
    ];

    /// <summary>Where another process is told what each scenario needs (features/operator-port.md): one that runs its
    /// external entities, or all of them where none is called external; null where nobody is told.</summary>
    public Uri? OperatorPort { get; init; }

    /// <summary>Names of its external entities, as the schema has them; empty where this process, or another one,
    /// runs all
    /// of them.</summary>
    public IReadOnlyList<string> ExternalEntities
    {
        get
        {
            // without a Diameter proxy of its own an MC system is whole all the same
            string[] named = [.. Entities.Where(e => e.Entity.Mode == EntityMode.External).Select(e => e.Name)];
            var isWhole = Entities.All(e => e.Entity.Mode == EntityMode.External || e.Name == "diameterProxy");
            return isWhole && OperatorPort is not null ? [] : named;
        }
    }

    /// <summary>True where somebody else runs one of its entities.</summary>
    public bool IsExternalInPart => Entities.Any(e => e.Entity.Mode == EntityMode.External);
}

/// <summary>How an MC system's links to others are protected (TS 23.280 5.2.x.2 NOTE 2).</summary>
/// <param name="InsideTrustDomain">True: CSC-18 may be plain text, because the way to the partners is inside a trust
/// domain.</param>
/// <param name="TrustAnchors">Certificate files (PEM), full paths (the file has them relative to itself); empty for
/// bundled systems, whose authority is made at start.</param>
public sealed record TrustSettings(bool InsideTrustDomain, IReadOnlyList<string> TrustAnchors);

/// <summary>Who runs an entity.</summary>
public enum EntityMode
{
    /// <summary>This process.</summary>
    Bundled,

    /// <summary>Somebody else: it is reached at its endpoints.</summary>
    External,
}

/// <summary>One functional entity.</summary>
/// <param name="Mode">Who runs it.</param>
/// <param name="Endpoints">Where an external one is reached; empty for a bundled one.</param>
public record EntityEntry(EntityMode Mode, IReadOnlyList<EndpointEntry> Endpoints)
{
    /// <summary>What the harness shows to an external one.</summary>
    public CredentialsEntry Credentials { get; init; } = new();

    /// <summary>Certificate files (PEM), full paths, of the authorities of this entity alone, besides its MC
    /// system's.</summary>
    public IReadOnlyList<string> TrustAnchors { get; init; } = [];
}

/// <summary>What the harness shows to an external entity. Each is null where the entity wants none.</summary>
public sealed record CredentialsEntry
{
    /// <summary>Certificate file (PEM) for mutual TLS, full path.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>File with its private key (PEM, without a passphrase), full path.</summary>
    public string? ClientKey { get; init; }

    /// <summary>Access token for HTTP requests (RFC 6750 2.1).</summary>
    public string? AccessToken { get; init; }

    /// <summary>Diameter identity by which the harness presents itself; null for that of the bundled peer.</summary>
    public string? DiameterIdentity { get; init; }
}

/// <summary>Where an external entity is reached.</summary>
/// <param name="Node">Host name it calls itself by; the Diameter identity, where it speaks Diameter.</param>
/// <param name="Protocol"><c>sip</c>, <c>diameter</c> or <c>http</c>.</param>
/// <param name="Transport"><c>udp</c>, <c>tcp</c> or <c>tls</c>.</param>
/// <param name="Address">IP address or host name to connect to.</param>
/// <param name="Port">1 to 65535.</param>
public sealed record EndpointEntry(DiameterIdentity Node, string Protocol, string Transport, string Address, int Port)
{
    /// <summary>HTTP alone: where its resources begin; of an identity management server the issuer's path, of a
    /// configuration or group management server the XCAP root. Begins with /.</summary>
    public string Path { get; init; } = "/";

    /// <summary>The name that its certificate must show; its node name where the file gives none.</summary>
    public string ServerName { get; init; } = Node.Value;
}

/// <summary>The SIP database.</summary>
public sealed record SipDatabaseEntry(
    EntityMode Mode, IReadOnlyList<EndpointEntry> Endpoints, IReadOnlyList<SubscriptionEntry> Subscriptions)
    : EntityEntry(Mode, Endpoints);

/// <summary>A subscription. One without key belongs to an inbound migrated UE, whose primary holds the key.</summary>
/// <param name="Private">Private user identity in the realm of this SIP core.</param>
/// <param name="Public">Public user identities, one or more.</param>
/// <param name="Key">Null for an inbound set.</param>
public sealed record SubscriptionEntry(
    PrivateUserIdentity Private, IReadOnlyList<PublicUserIdentity> Public, KeyMaterial? Key);

/// <summary>Long-term key and what belongs to it (TS 35.206).</summary>
/// <param name="K">16 octets.</param>
/// <param name="Op">16 octets, or null where <paramref name="Opc"/> is given.</param>
/// <param name="Opc">16 octets, or null where <paramref name="Op"/> is given.</param>
/// <param name="Amf">2 octets.</param>
/// <param name="Sqn">Last sequence number used, 48 bits.</param>
public sealed record KeyMaterial(
    ReadOnlyMemory<byte> K, ReadOnlyMemory<byte>? Op, ReadOnlyMemory<byte>? Opc, ReadOnlyMemory<byte> Amf, ulong Sqn);

/// <summary>The migration management server (TS 23.280 7.4.2.2.11).</summary>
/// <param name="Mode">Who runs it.</param>
/// <param name="Endpoints">Where an external one is reached.</param>
/// <param name="OutboundSets">Sets that own UEs migrate with.</param>
/// <param name="InboundBindings">Sets for UEs that migrate to here, each bound to its primary's set.</param>
/// <param name="PermittedPartners">Domains of the MC systems with which migration is permitted.</param>
public sealed record MigrationManagementEntry(
    EntityMode Mode, IReadOnlyList<EndpointEntry> Endpoints, IReadOnlyList<OutboundSetEntry> OutboundSets,
    IReadOnlyList<InboundBindingEntry> InboundBindings, IReadOnlyList<string> PermittedPartners)
    : EntityEntry(Mode, Endpoints);

/// <summary>A set to migrate with, at its primary.</summary>
/// <param name="Identities">The set, in the realm of this SIP core.</param>
/// <param name="Partners">Domains of the MC systems it may be used towards.</param>
/// <param name="Enabled">False: withdrawn.</param>
public sealed record OutboundSetEntry(SipIdentitySet Identities, IReadOnlyList<string> Partners, bool Enabled);

/// <summary>What binds an inbound set to its primary.</summary>
/// <param name="Identities">The set, in the realm of this SIP core.</param>
/// <param name="PrimaryRealm">Diameter realm of the primary's SIP core.</param>
/// <param name="PrimaryServer">Diameter identity of the primary's migration management server.</param>
/// <param name="Primary">The primary's set.</param>
public sealed record InboundBindingEntry(
    SipIdentitySet Identities, DiameterIdentity PrimaryRealm, DiameterIdentity PrimaryServer, SipIdentitySet Primary);

/// <summary>A UE.</summary>
/// <param name="Name">Of its user: <c>alice</c>.</param>
/// <param name="Isim">The identities its ISIM has by default.</param>
/// <param name="Key">What the ISIM and the SIP database share.</param>
/// <param name="Migration">Migration connectivity information (TS 23.280 10.1.6.1): identities to register with, by
/// partner.</param>
public sealed record UserEquipmentEntry(
    string Name, SipIdentitySet Isim, KeyMaterial Key, IReadOnlyList<MigrationEntry> Migration)
{
    /// <summary>Who runs it. An external UE has no endpoint: it comes to the SIP cores by itself.</summary>
    public EntityMode Mode { get; init; }

    /// <summary>Where the buttons of an external one are pressed; null where nobody has told.</summary>
    public Uri? OperatorPort { get; init; }
}

/// <summary>Identities for one partner.</summary>
/// <param name="Partner">Domain of the partner MC system.</param>
/// <param name="Identities">The inbound set, in the realm of the partner's SIP core.</param>
public sealed record MigrationEntry(string Partner, SipIdentitySet Identities);

/// <summary>What stands between the MC systems.</summary>
/// <param name="DiameterProxiesOnCsc18">Further Diameter proxies on the way, 0 to 8 (TS 23.280 7.4.3.1.4).</param>
public sealed record LinkSettings(int DiameterProxiesOnCsc18)
{
    /// <summary>Links between MC systems of others on which the harness stands.</summary>
    public IReadOnlyList<RelayEntry> Relays { get; init; } = [];

    /// <summary>Domains of MC systems of others between whose own nodes the harness stands, as far as they can be
    /// told.</summary>
    public IReadOnlyList<string> RelaysWithin { get; init; } = [];

    /// <summary>Address of this machine at which UEs and relays listen when others run MC systems.</summary>
    public IPAddress HarnessAddress { get; init; } = IPAddress.Loopback;

    /// <summary>The longest time that a scenario really waits where somebody keeps his own time and his operator port
    /// cannot put the clock forward. 1 s to 10 min.</summary>
    public TimeSpan WaitsAtMost { get; init; } = TimeSpan.FromSeconds(35);
}

/// <summary>The harness stands on the links between two MC systems that others run: each is told the relays'
/// addresses in place of the other's.
/// So these links are seen, and can be disturbed.</summary>
/// <param name="One">Domain of one.</param>
/// <param name="Other">Domain of the other.</param>
/// <param name="Listen">Address that the relays listen at, which both must reach.</param>
public sealed record RelayEntry(string One, string Other, IPAddress Listen)
{
    /// <summary>How late everything comes, one way. 0 or more.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Packets that get lost, 0 to 50.</summary>
    public int LossPercent { get; init; }

    /// <summary>Packets that others overtake, 0 to 50.</summary>
    public int ReorderPercent { get; init; }

    /// <summary>True where it is more than a wire.</summary>
    public bool IsBad => Delay > TimeSpan.Zero || LossPercent > 0 || ReorderPercent > 0;
}

/// <summary>Timers of all bundled entities.</summary>
/// <param name="SipT1">Round trip estimate (RFC 3261 17.1.1.1), 10 ms to 10 s.</param>
/// <param name="SipT2">Longest interval between retransmissions, 10 ms to 60 s.</param>
/// <param name="SipT4">Longest life of a message in the network, 10 ms to 60 s.</param>
/// <param name="DiameterAnswer">How long an entity waits for a Diameter answer, 10 ms to 60 s.</param>
/// <param name="DiameterWatchdog">Interval of Device-Watchdog-Request (RFC 3539 3.4.1), 6 s to 5 min.</param>
public sealed record TimerSettings(
    TimeSpan SipT1, TimeSpan SipT2, TimeSpan SipT4, TimeSpan DiameterAnswer, TimeSpan DiameterWatchdog);

/// <summary>What the systems declare to have. A scenario that needs what is absent is not applicable, and shown
/// so.</summary>
/// <param name="TopologyHiding">Inner nodes are hidden (TS 23.280 5.2.x.7).</param>
/// <param name="MutualTls">CSC-18 can be protected with certificates of both ends (TS 23.280 5.2.x.2 NOTE 2).</param>
/// <param name="CollocatedMigrationManagement">The migration management server can be part of the SIP database
/// (7.4.2.2.11 NOTE 2).</param>
/// <param name="SeveralSets">A UE can have a set for each of several partners (TS 23.280 7.4.2.2.11).</param>
/// <param name="Withdrawal">An outbound set can be withdrawn while the system runs (TS 23.280 7.4.2.2.11 NOTE
/// 1).</param>
/// <param name="OfflineMigration">A user can obtain service in a partner while the primary cannot be reached (TR 23.781
/// 5.2.10).</param>
public sealed record Capabilities(
    bool TopologyHiding, bool MutualTls, bool CollocatedMigrationManagement, bool SeveralSets, bool Withdrawal,
    bool OfflineMigration);
