using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents;

/// <summary>Reads the bodies about members from a partner.</summary>
internal readonly struct MembershipReader(List<DocumentFinding> findings, MembershipBinding names)
{
    public static readonly Clause Clause = new("TR 23.781", "5.1.12");

    private readonly XNamespace ns = names.Xml;
    private readonly ElementReader reader = new(findings, Clause);

    public Membership? Read(XDocument document)
    {
        var root = document.Root!;
        var name = root.Name.Namespace == ns ? root.Name.LocalName : "";
        if (name == names.Overview) return Overview(root);
        if (name == names.Proposal) return Proposal(root);
        if (name == names.Decision) return Decision(root);
        reader.Report(DocumentFault.UnknownRoot, names.Proposal, root.Name.ToString());
        return null;
    }

    private InterconnectionGroups? Overview(XElement root)
    {
        var home = reader.NeededAttributeValue<McSystemId>(root, "home-system", McSystemId.TryRead);
        var partner = reader.NeededAttributeValue<McSystemId>(root, "partner-system", McSystemId.TryRead);
        var groups = new List<ProposableGroup>();
        var complete = true;
        foreach (var group in root.Elements(ns + names.Group))
        {
            var id = reader.NeededAttributeValue<McGroupId>(group, "uri", McGroupId.TryRead);
            var changes = reader.NeededAttributeValue<MembershipChanges>(group, "membership", names.TryChanges);
            if (id is null || changes is null) complete = false;
            else groups.Add(new ProposableGroup(id.Value, reader.Attribute(group, "display-name"), changes.Value));
        }

        return complete && home is { } at && partner is { } by ? new InterconnectionGroups(at, by, groups) : null;
    }

    private MembershipProposal? Proposal(XElement root)
    {
        var id = reader.NeededAttribute(root, "id");
        var group = reader.NeededAttributeValue<McGroupId>(root, "group", McGroupId.TryRead);
        var partner = reader.NeededAttributeValue<McSystemId>(root, "partner-system", McSystemId.TryRead);
        var members = Members(root);
        return id is not null && group is { } target && partner is { } by && members is not null
            ? new MembershipProposal(id, target, by, members) : null;
    }

    private List<GroupMember>? Members(XElement root)
    {
        var members = new List<GroupMember>();
        var seen = new HashSet<McServiceId>();
        var complete = true;
        foreach (var member in root.Elements(ns + names.Member))
        {
            var user = reader.NeededAttributeValue<McServiceId>(member, "uri", McServiceId.TryRead);
            if (user is not { } known) complete = false;
            else if (!seen.Add(known)) reader.Report(DocumentFault.Duplicated, names.Member, known.Value);
            else members.Add(new GroupMember(known) { DisplayName = reader.Attribute(member, "display-name") });
        }

        return complete ? members : null;
    }

    private MembershipDecision? Decision(XElement root)
    {
        var id = reader.NeededAttribute(root, "id");
        var group = reader.NeededAttributeValue<McGroupId>(root, "group", McGroupId.TryRead);
        var state = reader.NeededAttributeValue<ApprovalState>(root, "state", names.TryState);
        if (id is null || group is null || state is null) return null;
        return new MembershipDecision(id, group.Value, state.Value, reader.Text(root, ns + names.Reason));
    }
}
