using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.McSystem.Application;

/// <summary>A user of an MC system, with name and password to sign in.</summary>
/// <param name="Name">MC ID.</param>
/// <param name="Password">Password.</param>
/// <param name="McServiceId">Identity in all services of the MC system.</param>
public sealed record ApplicationUserOptions(string Name, string Password, McServiceId McServiceId)
{
    /// <summary>Profiles at home.</summary>
    public List<ProfileOptions> Profiles { get; init; } = [new(new ProfileIndex(1))];

    /// <summary>May write configuration documents of the MC system (CSC-4, CSC-14).</summary>
    public bool IsAdministrator { get; set; }

    /// <summary>Where the user may migrate to.</summary>
    public List<MigrationPermissionOptions> Migration { get; init; } = [];
}

/// <summary>A user profile.</summary>
/// <param name="Index">Its index.</param>
public sealed record ProfileOptions(ProfileIndex Index)
{
    /// <summary>Groups listed in it.</summary>
    public List<McGroupId> Groups { get; init; } = [];

    /// <summary>Actions that are allowed (TS 24.484 8.3).</summary>
    public HashSet<string> Allowed { get; init; } = ["allow-private-call"];

    /// <summary>The user may send data; in profiles of MCData (TS 24.484 10.3).</summary>
    public bool AllowsTransmission { get; set; } = true;
}

/// <summary>A permission to migrate.</summary>
/// <param name="Partner">Domain of the partner.</param>
/// <param name="PartnerId">The identity that the partner assigns.</param>
public sealed record MigrationPermissionOptions(string Partner, McServiceId PartnerId)
{
    /// <summary>Own profiles that are valid there.</summary>
    public HashSet<ProfileIndex> Profiles { get; init; } = [new ProfileIndex(1)];

    /// <summary>Services there.</summary>
    public HashSet<McService> Services { get; init; } = [McService.Mcptt, McService.McVideo, McService.McData];

    /// <summary>The identity server may give security tokens for it.</summary>
    public bool HasSecurityToken { get; init; } = true;

    /// <summary>The identity server may give credentials to migrate there while it cannot be reached (TR 23.781
    /// 5.2.10).</summary>
    public bool AllowsOffline { get; init; }

    /// <summary>The profiles list it, with access information.</summary>
    public bool IsListed { get; init; } = true;
}

/// <summary>A user of another MC system who has an identity here.</summary>
/// <param name="PrimarySystem">Domain of the primary.</param>
/// <param name="PrimaryId">Identity there.</param>
/// <param name="McServiceId">Identity here.</param>
public sealed record GuestOptions(string PrimarySystem, McServiceId PrimaryId, McServiceId McServiceId)
{
    /// <summary>Profiles that this MC system provides.</summary>
    public List<ProfileOptions> Profiles { get; init; } = [new(new ProfileIndex(1)) { Allowed = [] }];

    /// <summary>What takes the place of each of them until the primary has verified a user who migrated
    /// offline.</summary>
    public ProfileOptions Restricted { get; set; } = new(new ProfileIndex(1)) { Allowed = [] };

    /// <summary>The identity server takes security tokens for it.</summary>
    public bool IsMapped { get; set; } = true;
}

/// <summary>What holds towards another MC system (TR 23.781 6.1.1).</summary>
/// <param name="Partner">Its domain.</param>
public sealed record AgreementOptions(string Partner)
{
    /// <summary>Users of it may migrate to here.</summary>
    public bool AllowsMigrationIn { get; set; } = true;

    /// <summary>Longest life of credentials for offline migration that are taken; null where none are (TR 23.781
    /// 5.2.10).</summary>
    public TimeSpan? OfflineCredentialMax { get; set; }

    /// <summary>How long its users may have service without verification; null where they may not.</summary>
    public TimeSpan? OfflineServiceMax { get; set; }

    /// <summary>Services that they may have here.</summary>
    public HashSet<McService> MigratedServices { get; init; } = [McService.Mcptt, McService.McVideo, McService.McData];

    /// <summary>Switches of migration that are off although the service is offered.</summary>
    public MigrationPermissions WithheldFromMigrated { get; set; }

    /// <summary>Switches of interconnection.</summary>
    public InterconnectionPermissions Interconnection { get; set; } = InterconnectionPermissions.All;

    /// <summary>Users expected from there; null for all.</summary>
    public HashSet<McServiceId>? ExpectedUsers { get; set; }

    /// <summary>The gateway servers pass requests of these services.</summary>
    public HashSet<McService> InterconnectedServices { get; init; } = [McService.Mcptt, McService.McVideo, McService.McData];

    /// <summary>It may provide groups.</summary>
    public bool MayPushGroups { get; set; } = true;

    /// <summary>It may request groups.</summary>
    public bool MayPullGroups { get; set; } = true;

    /// <summary>It may propose own users for groups that name it (TR 23.781 5.1.12).</summary>
    public bool MayProposeMembers { get; set; } = true;

    /// <summary>What is made of its groups; null leaves a part as it is.</summary>
    public byte? GroupPriority { get; set; }

    /// <summary>Highest priority of a member of its groups.</summary>
    public byte? UserPriorityMax { get; set; }

    /// <summary>Areas in which its groups have service.</summary>
    public List<string>? PermittedLocations { get; set; }

    /// <summary>Only own users stay in its groups.</summary>
    public bool KeepsOwnMembersOnly { get; set; }

    /// <summary>Public key of its identity management server, handed over out of band (RFC 7517); null for that of the
    /// bundled one.</summary>
    public string? IdentityKey { get; init; }

    /// <summary>Areas that it serves.</summary>
    public List<string> Areas { get; init; } = [];
}

/// <summary>The application plane of an MC system.</summary>
public sealed record ApplicationPlaneOptions
{
    /// <summary>Services.</summary>
    public HashSet<McService> Services { get; init; } = [McService.Mcptt];

    /// <summary>Own users.</summary>
    public List<ApplicationUserOptions> Users { get; init; } = [];

    /// <summary>Users of other MC systems.</summary>
    public List<GuestOptions> Guests { get; init; } = [];

    /// <summary>Other MC systems for which there is configuration; without it everything is refused (TR 23.781 6.1.1 NOTE 1).</summary>
    public List<AgreementOptions> Agreements { get; init; } = [];

    /// <summary>Functional aliases of this MC system.</summary>
    public List<FunctionalAlias> FunctionalAliases { get; init; } = [];

    /// <summary>Groups that are at home here.</summary>
    public List<GroupDocument> Groups { get; init; } = [];

    /// <summary>MC service servers of other MC systems are reached through gateway servers.</summary>
    public bool HasGateway { get; set; } = true;

    /// <summary>HTTP crosses the edge through an HTTP proxy.</summary>
    public bool HasHttpProxy { get; set; }

    /// <summary>Life of credentials for offline migration that are given (TR 23.781 5.2.10).</summary>
    public TimeSpan OfflineCredentialLife { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Between two requests for the keys of primaries whose users may migrate offline.</summary>
    public TimeSpan KeyRefresh { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Subscribed MC service servers are notified after a push (TS 23.280 10.2.x.2 step 4).</summary>
    public bool NotifiesAfterPush { get; set; } = true;

    /// <summary>Outbound SIP identities are allocated (TR 23.781 6.2.1 step 4).</summary>
    public bool AllocatesOutboundIdentities { get; set; } = true;
}
