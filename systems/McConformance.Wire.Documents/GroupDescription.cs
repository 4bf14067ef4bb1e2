using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents;

/// <summary>What a group document says (TS 24.481 7.2).</summary>
public sealed record GroupDescription
{
    /// <summary>The group. Never rewritten by a partner.</summary>
    public required McGroupId Id { get; init; }

    /// <summary>Name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>In the order of the document.</summary>
    public IReadOnlyList<GroupMember> Members { get; init; } = [];

    /// <summary>0 to 255, more is higher; null is lowest.</summary>
    public byte? GroupPriority { get; init; }

    /// <summary>The same for MCVideo.</summary>
    public byte? McVideoGroupPriority { get; init; }

    /// <summary>The same for MCData.</summary>
    public byte? McDataGroupPriority { get; init; }

    /// <summary>True for a prearranged group, false for a chat group.</summary>
    public bool InviteMembers { get; init; }

    /// <summary>Participants of one call at most; null for no limit.</summary>
    public int? MaxParticipantCount { get; init; }

    /// <summary>Media is encrypted. A document that does not say so means true, so it is always written.</summary>
    public bool ProtectMedia { get; init; }

    /// <summary>Floor control is encrypted. Absent means true, as above.</summary>
    public bool ProtectFloorControlSignalling { get; init; }

    /// <summary>Services that the group has.</summary>
    public IReadOnlyList<GroupService> Services { get; init; } = [GroupService.Mcptt];

    /// <summary>Who may do what.</summary>
    public IReadOnlyList<GroupRule> Rules { get; init; } = [GroupRule.Members];

    /// <summary>Null for a group of one MC system.</summary>
    public GroupInterconnection? Interconnection { get; init; }

    /// <summary>Priority in a service.</summary>
    public byte? PriorityIn(McService service) => service switch
    {
        McService.McVideo => McVideoGroupPriority,
        McService.McData => McDataGroupPriority,
        _ => GroupPriority,
    };

    /// <summary>True where the group has this service; an MCPTT group is one with speech.</summary>
    public bool Has(McService service) => Services.Any(s => s.Enabler == McServiceNames.Of(service).Icsi
        && (service != McService.Mcptt || s.Media.Contains("mcptt-speech")));
}

/// <summary>A member.</summary>
/// <param name="Id">Who; a user of any MC system.</param>
public sealed record GroupMember(McServiceId Id)
{
    /// <summary>Name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>0 to 255, more is higher.</summary>
    public byte? UserPriority { get; init; }

    /// <summary>The call waits for this member.</summary>
    public bool Required { get; init; }

    /// <summary>Role in the group, a text of the organization.</summary>
    public string? ParticipantType { get; init; }
}

/// <summary>A service of a group.</summary>
/// <param name="Enabler">Its identifier, an ICSI.</param>
/// <param name="Media">Local names of the media, for example mcptt-speech.</param>
public sealed record GroupService(string Enabler, IReadOnlyList<string> Media)
{
    /// <summary>MCPTT with speech; a document without this is no MCPTT group.</summary>
    public static GroupService Mcptt { get; } = new("urn:urn-7:3gpp-service.ims.icsi.mcptt", ["mcptt-speech"]);
}

/// <summary>A rule of the group (RFC 4745 7).</summary>
/// <param name="Id">Name of the rule.</param>
/// <param name="IsListMember">Holds for members only.</param>
/// <param name="Allowed">Local names of the actions that are true; one that is absent is not allowed.</param>
public sealed record GroupRule(string Id, bool IsListMember, IReadOnlySet<string> Allowed)
{
    /// <summary>Members start and join calls, and see who is in the group and in the call.</summary>
    public static GroupRule Members { get; } = new("members", true, new HashSet<string>
    {
        "allow-initiate-conference", "join-handling", "on-network-allow-getting-member-list",
        "on-network-allow-conference-state",
    });
}

/// <summary>How a partner's changes of membership take effect (TR 23.781 5.1.12).</summary>
public enum MembershipChanges
{
    /// <summary>After the administrator of the group has approved. Holds where the document says nothing.</summary>
    AfterApproval,

    /// <summary>At once.</summary>
    Direct,
}

/// <summary>A partner in whose MC system members of the group may be.</summary>
/// <param name="Id">Domain of the partner.</param>
/// <param name="Changes">How its changes of membership take effect.</param>
public sealed record GroupPartner(McSystemId Id, MembershipChanges Changes = MembershipChanges.AfterApproval);

/// <summary>What makes a group an interconnection group (OWN ICX-GROUP).</summary>
/// <param name="HomeSystem">The MC system that defines the group.</param>
/// <param name="Partners">Its partners for this group.</param>
public sealed record GroupInterconnection(McSystemId HomeSystem, IReadOnlyList<GroupPartner> Partners)
{
    /// <summary>Areas in which the group has service; null for everywhere, empty for nowhere.</summary>
    public IReadOnlyList<string>? PermittedLocations { get; init; }
}
