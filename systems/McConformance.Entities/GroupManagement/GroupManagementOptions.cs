using McConformance.Wire.Documents;
using McConformance.Wire.Http.Transport;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Transactions;

namespace McConformance.Entities.GroupManagement;

/// <summary>Who asks, as an access token says it; made by whoever verified the token.</summary>
/// <param name="McServiceIds">MC service IDs that the token names.</param>
/// <param name="IsAdministrator">May define groups.</param>
public sealed record GroupUser(IReadOnlyList<string> McServiceIds, bool IsAdministrator = false);

/// <summary>How a token was judged.</summary>
/// <param name="User">Null where it was refused.</param>
/// <param name="Error">Error code of RFC 6750 3.1.</param>
public readonly record struct GroupAccess(GroupUser? User, string Error);

/// <summary>What this MC system makes of a group of another one (TS 23.280 10.2.x.1, TR 23.781 5.1.5); null leaves a part as it is.</summary>
public sealed record GroupPolicy
{
    /// <summary>Priority of the group here.</summary>
    public byte? GroupPriority { get; init; }

    /// <summary>Highest priority of a member here.</summary>
    public byte? UserPriorityMax { get; init; }

    /// <summary>Areas in which the group has service here.</summary>
    public IReadOnlyList<string>? PermittedLocations { get; init; }

    /// <summary>Only members who are at home here stay in the list.</summary>
    public bool KeepsOwnMembersOnly { get; init; }

    /// <summary>As changes of a group document.</summary>
    public GroupChanges ToChanges(McSystemId own) => new()
    {
        GroupPriority = GroupPriority,
        UserPriorities = UserPriorityMax is { } max ? m => m.UserPriority > max ? max : null : null,
        PermittedLocations = PermittedLocations,
        Members = KeepsOwnMembersOnly ? m => m.Id.System == own : null,
    };
}

/// <summary>Another MC system, as a group management server knows it.</summary>
/// <param name="System">Its domain.</param>
/// <param name="Host">Host of its group management server, or of a proxy in front of it (TS 23.280 10.2.x.2 NOTE 1).</param>
public sealed record GroupPartnerSystem(McSystemId System, string Host)
{
    /// <summary>It may provide group configuration.</summary>
    public bool MayPush { get; init; }

    /// <summary>It may request group configuration.</summary>
    public bool MayPull { get; init; }

    /// <summary>It may propose members for groups that name it (TR 23.781 5.1.12).</summary>
    public bool MayPropose { get; init; }

    /// <summary>What is made of its groups.</summary>
    public GroupPolicy Policy { get; init; } = new();
}

/// <summary>What a group management server is made from.</summary>
public sealed record GroupManagementOptions
{
    /// <summary>Domain of the MC system.</summary>
    public required McSystemId System { get; init; }

    /// <summary>Judges bearer tokens.</summary>
    public required Func<string, GroupAccess> VerifyToken { get; init; }

    /// <summary>Sends to other MC systems.</summary>
    public required HttpRequester Requester { get; init; }

    /// <summary>Other MC systems.</summary>
    public IReadOnlyList<GroupPartnerSystem> Partners { get; init; } = [];

    /// <summary>Public service identities of the own MC service servers: may read every group (CSC-3).</summary>
    public IReadOnlyList<string> McServiceServers { get; init; } = [];

    /// <summary>MC service servers that subscribe are notified after a push (TS 23.280 10.2.x.2 step 4: may).</summary>
    public bool NotifiesAfterPush { get; init; } = true;

    /// <summary>How long after a partner could not be told of a change it is told again; doubled each time, up to 30
    /// minutes.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>SIP endpoint for subscriptions (CSC-3, CSC-7).</summary>
    public required SipEndpointOptions Endpoint { get; init; }

    /// <summary>Whether a peer may speak for an MC system, from its connection; always true inside one trust domain.</summary>
    public Func<Microsoft.AspNetCore.Http.HttpContext, McSystemId, bool> MaySpeakFor { get; init; } = (_, _) => true;

    /// <summary>Where groups, entity tags and lists of members are kept; null where they live in memory
    /// alone.</summary>
    public Wire.State.IStateStore? Store { get; init; }

    /// <summary>Names on the wire of membership between administrators (OWN MEM).</summary>
    public MembershipBinding Membership { get; init; } = BindingSet.InUse.Membership;

    /// <summary>Own public service identity.</summary>
    public string Identity => IdentityOf(System);

    /// <summary>Public service identity of the group management server of an MC system.</summary>
    public static string IdentityOf(McSystemId system) => $"sip:gms@{system.Value}";
}
