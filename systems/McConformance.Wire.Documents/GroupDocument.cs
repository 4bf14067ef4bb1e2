using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Documents.Writing;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents;

/// <summary>What a partner changes in a group document before it stores it (TS 23.280 10.2.x.1); null leaves a part as
/// it is. The group's identity cannot be changed.</summary>
public sealed record GroupChanges
{
    /// <summary>Priority of the group among the groups of this MC system.</summary>
    public byte? GroupPriority { get; init; }

    /// <summary>Service whose priority that is.</summary>
    public McService PriorityIn { get; init; }

    /// <summary>Priority of a member; null leaves that of this member.</summary>
    public Func<GroupMember, byte?>? UserPriorities { get; init; }

    /// <summary>Members that stay.</summary>
    public Func<GroupMember, bool>? Members { get; init; }

    /// <summary>Members that come; one that is there already is not added.</summary>
    public IReadOnlyList<GroupMember>? NewMembers { get; init; }

    /// <summary>Areas in which the group has service.</summary>
    public IReadOnlyList<string>? PermittedLocations { get; init; }

    /// <summary>Partners of the group; its home system stays.</summary>
    public IReadOnlyList<GroupPartner>? Partners { get; init; }
}

/// <summary>A group document (TS 24.481 7.2): the XML as it was received, and what it says. Never changes; a change
/// makes another document, in which all elements stand that this class does not know.</summary>
public sealed class GroupDocument
{
    /// <summary>Content type of these octets.</summary>
    public const string ContentType = "application/vnd.oma.poc.groups+xml";

    /// <summary>Application of group documents in XCAP.</summary>
    public const string Auid = "org.openmobilealliance.groups";

    /// <summary>Node selector of what is unique in a list (RFC 4826 3.4.5), within the document.</summary>
    public const string MemberField = "group/list-service/list/entry/@uri";

    internal static readonly Clause Clause = new("TS 24.481", "7.2");

    /// <summary>Namespaces of its elements.</summary>
    public static IEnumerable<string> Namespaces =>
        new[] { GroupNames.List, GroupNames.Resource, GroupNames.Policy, GroupNames.Extensions, GroupNames.Group }
            .Select(n => n.NamespaceName);

    private readonly XDocument document;
    private readonly InterconnectionBinding binding;
    private readonly int octets;

    private GroupDocument(XDocument document, GroupDescription description, InterconnectionBinding binding, int octets)
    {
        this.document = document;
        this.binding = binding;
        this.octets = octets;
        Description = description;
    }

    /// <summary>What the document says.</summary>
    public GroupDescription Description { get; }

    /// <summary>The group.</summary>
    public McGroupId Id => Description.Id;

    /// <summary>Makes a document.</summary>
    /// <param name="description">What it is to say.</param>
    /// <param name="binding">Names of the interconnection block; null for the own ones.</param>
    public static GroupDocument Create(GroupDescription description, InterconnectionBinding? binding = null)
    {
        binding ??= BindingSet.InUse.Interconnection;
        return new GroupDocument(GroupXml.Make(description, binding), description, binding, 1024);
    }

    /// <summary>Reads a document. False where it is no XML, another document, or does not say which group; what else is
    /// wrong is in the findings, and left out of the description.</summary>
    /// <param name="octets">The document.</param>
    /// <param name="group">What it says.</param>
    /// <param name="findings">Grows by what is wrong.</param>
    /// <param name="binding">Names of the interconnection block; null for the own ones.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> octets, [NotNullWhen(true)] out GroupDocument? group, List<DocumentFinding> findings,
        InterconnectionBinding? binding = null)
    {
        group = null;
        return new ElementReader(findings, Clause).TryXml(octets, out var document)
            && TryTake(document, octets.Length, out group, findings, binding);
    }

    /// <summary>The same of XML, of which a copy is taken.</summary>
    public static bool TryRead(
        XDocument document, [NotNullWhen(true)] out GroupDocument? group, List<DocumentFinding> findings,
        InterconnectionBinding? binding = null) =>
        TryTake(new XDocument(document), 1024, out group, findings, binding);

    /// <summary>The document, UTF-8; white space and unknown elements as they were received.</summary>
    public byte[] ToOctets() => XmlOctets.Write(document, octets);

    /// <summary>What the shipped schema says against the document; empty where it says nothing.</summary>
    public IReadOnlyList<SchemaFinding> Validate() => SchemaSet.Validate(document);

    /// <summary>A copy of the document as XML.</summary>
    public XDocument ToXml() => new(document);

    /// <summary>The same document with changes: one copy for all of them.</summary>
    public GroupDocument With(GroupChanges changes)
    {
        var copy = new XDocument(document);
        var edit = new GroupEdit(copy.Root!.Element(GroupNames.ListService)!, binding);
        var description = edit.Apply(Description, changes);
        return new GroupDocument(copy, description, binding, octets);
    }

    /// <summary>With another priority of the group.</summary>
    public GroupDocument WithGroupPriority(byte priority, McService service = McService.Mcptt) =>
        With(new GroupChanges { GroupPriority = priority, PriorityIn = service });

    /// <summary>With other priorities of members.</summary>
    /// <param name="priorities">Priority of a member; null leaves that of this member.</param>
    public GroupDocument WithUserPriorities(Func<GroupMember, byte?> priorities) =>
        With(new GroupChanges { UserPriorities = priorities });

    /// <summary>With those members only that the filter lets stay. Entries without an identity go too.</summary>
    public GroupDocument WithMembers(Func<GroupMember, bool> filter) => With(new GroupChanges { Members = filter });

    /// <summary>With more members.</summary>
    public GroupDocument WithNewMembers(IReadOnlyList<GroupMember> members) =>
        With(new GroupChanges { NewMembers = members });

    /// <summary>With service in these areas only.</summary>
    public GroupDocument WithPermittedLocations(IReadOnlyList<string> areas) =>
        With(new GroupChanges { PermittedLocations = areas });

    /// <summary>With these partners: none makes it a group of one MC system.</summary>
    public GroupDocument WithPartners(IReadOnlyList<GroupPartner> partners) =>
        With(new GroupChanges { Partners = partners });

    private static bool TryTake(
        XDocument document, int octets, [NotNullWhen(true)] out GroupDocument? group, List<DocumentFinding> findings,
        InterconnectionBinding? binding)
    {
        binding ??= BindingSet.InUse.Interconnection;
        var description = new GroupReader(new ElementReader(findings, Clause), binding).Read(document);
        group = description is null ? null : new GroupDocument(document, description, binding, octets);
        return group is not null;
    }
}
