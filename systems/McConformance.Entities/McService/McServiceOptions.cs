using System.Security.Cryptography.X509Certificates;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Entities.McService;

/// <summary>What a verified access token says (TS 33.180 B.2.2); made by whoever verified it.</summary>
/// <param name="McServiceId">The user's identity in this service; null where the token was refused.</param>
/// <param name="ClientId">To whom it was issued.</param>
/// <param name="Reason">Why it was refused; empty where it was not.</param>
public sealed record McServiceToken(McServiceId? McServiceId, string ClientId, string Reason)
{
    /// <summary>Identifier of the credential for offline migration that it was granted for; null where it was
    /// another (TR 23.781 5.2.10).</summary>
    public string? OfflineCredential { get; init; }
}

/// <summary>Another MC system, as service configuration has it (TR 23.781 6.1.1): its identity, its addresses, and what is permitted.</summary>
/// <param name="System">Application identity: domain of its MC service IDs.</param>
public sealed record McPartner(McSystemId System)
{
    /// <summary>Users of that MC system may migrate to here (first migration switch).</summary>
    public bool AllowsMigrationIn { get; init; }

    /// <summary>Services that its migrated users may have here (the other migration switches).</summary>
    public IReadOnlySet<Wire.Documents.McService> MigratedServices { get; init; } = new HashSet<Wire.Documents.McService>();

    /// <summary>How long its users may have service here while it cannot be asked about them; null where they may
    /// not (TR 23.781 5.2.10).</summary>
    public TimeSpan? OfflineServiceMax { get; init; }

    /// <summary>Users expected from there; null for all (TR 23.781 5.2.1: per user, or per system).</summary>
    public IReadOnlySet<McServiceId>? ExpectedUsers { get; init; }

    /// <summary>What interconnection with it permits: ten switches.</summary>
    public InterconnectionPermissions Interconnection { get; init; }

    /// <summary>What its users may do here: five switches.</summary>
    public MigrationPermissions Migration { get; init; }

    /// <summary>A partner as service configuration has it. A service is open to its users where any part of it
    /// is.</summary>
    public static McPartner Of(PartnerConfiguration configured)
    {
        var services = new HashSet<Wire.Documents.McService>();
        var may = configured.Migration;
        if ((may & (MigrationPermissions.McpttPrivateCalls | MigrationPermissions.McpttGroups)) != 0) services.Add(
            Wire.Documents.McService.Mcptt);
        if (may.HasFlag(MigrationPermissions.McVideo)) services.Add(Wire.Documents.McService.McVideo);
        if (may.HasFlag(MigrationPermissions.McData)) services.Add(Wire.Documents.McService.McData);
        return new McPartner(configured.Id)
        {
            AllowsMigrationIn = may.HasFlag(MigrationPermissions.MigrationIn),
            MigratedServices = services,
            Interconnection = configured.Interconnection,
            Migration = may,
        };
    }
}

/// <summary>To which partner an own user may migrate, by which profiles (TR 23.781 5.2.1).</summary>
/// <param name="Partner">Domain of the partner.</param>
/// <param name="Profiles">Indices of the own profiles that are valid there.</param>
/// <param name="Services">Services that the user may have there.</param>
public sealed record MigrationPermission(McSystemId Partner, IReadOnlySet<ProfileIndex> Profiles, IReadOnlySet<Wire.Documents.McService> Services);

/// <summary>An own user of the service.</summary>
/// <param name="McServiceId">Identity in this service.</param>
/// <param name="Profiles">Indices of the profiles.</param>
/// <param name="Migration">Permissions to migrate; empty where the user may not.</param>
public sealed record McServiceUser(McServiceId McServiceId, IReadOnlySet<ProfileIndex> Profiles, IReadOnlyList<MigrationPermission> Migration)
{
    /// <summary>Groups that the profiles list.</summary>
    public IReadOnlyList<McGroupId> Groups { get; init; } = [];

    /// <summary>Groups of the restricted profile, for as long as the primary has not verified the user (TR 23.781
    /// 5.2.10).</summary>
    public IReadOnlyList<McGroupId> GroupsUnverified { get; init; } = [];
}

/// <summary>What an MC service server is made from.</summary>
public sealed record McServiceOptions
{
    /// <summary>Its SIP endpoint.</summary>
    public required SipEndpointOptions Endpoint { get; init; }

    /// <summary>Which service.</summary>
    public required Wire.Documents.McService Service { get; init; }

    /// <summary>Domain of the MC system.</summary>
    public required McSystemId System { get; init; }

    /// <summary>Judges access tokens for this service.</summary>
    public required Func<string, McServiceToken> VerifyToken { get; init; }

    /// <summary>Own users.</summary>
    public IReadOnlyList<McServiceUser> Users { get; init; } = [];

    /// <summary>Users of other MC systems who are given identities here, with the profiles this MC system provides for them.</summary>
    public IReadOnlyList<McServiceUser> Guests { get; init; } = [];

    /// <summary>Other MC systems.</summary>
    public IReadOnlyList<McPartner> Partners { get; init; } = [];

    /// <summary>The own SIP core, through which clients and the configuration management server are reached (SIP-2);
    /// null where there is none.</summary>
    public Func<SipDestination?> SipCore { get; init; } = () => null;

    /// <summary>Asks the own group and configuration management servers; null where there are none.</summary>
    public Wire.Http.Transport.HttpRequester? Requester { get; init; }

    /// <summary>Where the register of migrated users and who has service are kept; null where they live in memory
    /// alone.</summary>
    public Wire.State.IStateStore? Store { get; init; }

    /// <summary>Names of the migration block.</summary>
    public MigrationBinding Binding { get; init; } = BindingSet.InUse.Migration;

    /// <summary>How long the user waits for the primary (OWN MIG-TIMER): below Timer F of the PUBLISH.</summary>
    public TimeSpan MigrationTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two attempts to tell another server that a migration has ended.</summary>
    public TimeSpan RepairInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often that is attempted.</summary>
    public int RepairAttemptsMax { get; init; } = 20;

    /// <summary>Between two attempts to verify a user who migrated offline (TR 23.781 5.2.10).</summary>
    public TimeSpan VerificationInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a peer may speak for an MC system, from its certificate; always true inside one trust domain.</summary>
    public Func<X509Certificate2?, McSystemId, bool> MaySpeakFor { get; init; } = (_, _) => true;

    /// <summary>Public service identity.</summary>
    public string Psi => PsiOf(System);

    /// <summary>Next hop towards another MC system: the own gateway server, or where topology is not hidden that MC system's server
    /// (TS 23.280 10.6.3.3 NOTE 3). Null where nothing is configured.</summary>
    public required Func<McSystemId, SipDestination?> NextHop { get; init; }

    /// <summary>Public service identity of the same service's server in an MC system.</summary>
    public string PsiOf(McSystemId system) => $"sip:{McServiceNames.Of(Service).PsiPrefix}@{system.Value}";
}
