using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Documents.Writing;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents;

/// <summary>A group of a user profile, and where its configuration is to be had (TS 24.484 8.3.2.3).</summary>
/// <param name="Id">The group.</param>
public sealed record ProfileGroup(McGroupId Id)
{
    /// <summary>Name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Group management server that has the configuration of this group for this user; null for that of the
    /// UE initial configuration. For an interconnection group, the one of the user's own MC system
    /// (TS 23.280 10.2.x.1).</summary>
    public string? GmsAddress { get; init; }

    /// <summary>Token endpoint that goes with it.</summary>
    public string? IdmsTokenEndpoint { get; init; }

    /// <summary>Key management server that goes with it.</summary>
    public string? KmsUri { get; init; }
}

/// <summary>A user profile of one MC service (TS 24.484 8.3, 9.3 and 10.3), with the list of partners to which the user
/// may migrate.</summary>
/// <remarks><code>
/// mcptt-user-profile @XUI-URI @user-profile-index       children in any order
///   Status? ProfileName? Pre-selected-indication?
///   Common      MCPTTUserID PrivateCall/PrivateCallList/PrivateCallURI* MCPTT-group-call/Priority
///   OnNetwork   MCPTTGroupInfo/entry* MaxAffiliationsN2 anyExt/mig:migration-allowed
///   cp:ruleset  cp:rule/cp:actions/allow-*
/// </code>MCVideo and MCData put their name where MCPTT stands.</remarks>
public sealed record UserProfile
{
    /// <summary>Which service's profile it is.</summary>
    public required McService Service { get; init; }

    /// <summary>Whose document it is in XCAP.</summary>
    public required string XuiUri { get; init; }

    /// <summary>Which of the user's profiles.</summary>
    public required ProfileIndex Index { get; init; }

    /// <summary>Name for people.</summary>
    public string? Name { get; init; }

    /// <summary>False where the profile is disabled.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The one to use where the user chooses none.</summary>
    public bool PreSelected { get; init; }

    /// <summary>The user.</summary>
    public required McServiceId UserId { get; init; }

    /// <summary>Name of the user for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Groups of the user.</summary>
    public IReadOnlyList<ProfileGroup> Groups { get; init; } = [];

    /// <summary>Whom the user may call, where not everybody.</summary>
    public IReadOnlyList<McServiceId> CallableUsers { get; init; } = [];

    /// <summary>Local names of what the user is allowed: allow-private-call and so on. What is absent is not.</summary>
    public IReadOnlySet<string> Allowed { get; init; } = new HashSet<string>();

    /// <summary>Groups at a time (N2); null for no limit.</summary>
    public int? MaxAffiliations { get; init; }

    /// <summary>Calls at a time (N6).</summary>
    public int? MaxSimultaneousCalls { get; init; }

    /// <summary>Priority of the user; more is higher.</summary>
    public ushort? Priority { get; init; }

    /// <summary>Partners to which the user may migrate; none for not at all.</summary>
    public IReadOnlyList<MigrationPartner> MigrationAllowed { get; init; } = [];

    /// <summary>Content type of these octets.</summary>
    public string ContentType => McServiceNames.Of(Service).UserProfileContentType;

    /// <summary>The user may make private calls at all.</summary>
    public bool MayMakePrivateCalls => Allowed.Contains("allow-private-call");

    /// <summary>The user may be called.</summary>
    public bool MayBeCalled => Allowed.Contains("allow-private-call-participation");

    /// <summary>The user may make group-broadcast groups.</summary>
    public bool MayCreateBroadcastGroups => Allowed.Contains("allow-create-group-broadcast-group");

    /// <summary>Whether the user may call this one.</summary>
    public bool MayCall(McServiceId callee) =>
        MayMakePrivateCalls && (Allowed.Contains("allow-private-call-to-any-user") || CallableUsers.Contains(callee));

    /// <summary>The entry of a partner; null where the user may not migrate to it by this profile.</summary>
    public MigrationPartner? MigrationTo(McSystemId partner) => MigrationAllowed.FirstOrDefault(p =>
        p.Id == partner && (p.ValidProfiles.Count == 0 || p.ValidProfiles.Contains(Index)));

    /// <summary>Reads a profile. False where it is no XML, another document, or does not say which profile of whom;
    /// what
    /// else is wrong is in the findings, and left out.</summary>
    /// <param name="octets">The document.</param>
    /// <param name="profile">What it says.</param>
    /// <param name="findings">Grows by what is wrong.</param>
    /// <param name="binding">Names of the migration list; null for the own ones.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> octets, [NotNullWhen(true)] out UserProfile? profile, List<DocumentFinding> findings,
        MigrationBinding? binding = null)
    {
        profile = null;
        return new ElementReader(findings, UserProfileXml.Clause(McService.Mcptt)).TryXml(octets, out var document)
            && TryRead(document, out profile, findings, binding);
    }

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, out UserProfile?, List{DocumentFinding}, MigrationBinding?)"/>
    public static bool TryRead(
        XDocument document, [NotNullWhen(true)] out UserProfile? profile, List<DocumentFinding> findings,
        MigrationBinding? binding = null)
    {
        profile = null;
        var names = document.Root is { } root ? McServiceNames.OfUserProfile(root.Name) : null;
        var reader = new ElementReader(findings, UserProfileXml.Clause(names?.Service ?? McService.Mcptt));
        if (names is null)
            reader.Report(DocumentFault.UnknownRoot, "mcptt-user-profile", document.Root?.Name.ToString() ?? "nothing");
        else profile = new UserProfileReader(
            document.Root!, reader, names, binding ?? BindingSet.InUse.Migration).Read();
        return profile is not null;
    }

    /// <summary>The profile, UTF-8.</summary>
    /// <param name="binding">Names of the migration list; null for the own ones.</param>
    public byte[] ToOctets(MigrationBinding? binding = null) => XmlOctets.Write(ToXml(binding), 8192);

    /// <summary>The profile as XML.</summary>
    public XDocument ToXml(MigrationBinding? binding = null) =>
        UserProfileXml.Make(this, binding ?? BindingSet.InUse.Migration);
}
