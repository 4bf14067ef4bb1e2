using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;
using Names = McConformance.Wire.Documents.GroupNames;

namespace McConformance.Wire.Documents;

/// <summary>Changes the elements of a group document that a change names, and leaves all others alone.</summary>
internal readonly struct GroupEdit(XElement group, InterconnectionBinding binding)
{
    public GroupDescription Apply(GroupDescription before, GroupChanges changes)
    {
        var after = before;
        if (changes.GroupPriority is { } priority) after = Priority(after, priority, changes.PriorityIn);
        if (changes.Members is not null || changes.UserPriorities is not null || changes.NewMembers is not null)
            after = after with { Members = Members(changes) };
        if (changes.Partners is not null) after = Partners(after, changes.Partners);
        if (changes.PermittedLocations is not null) after = Locations(after, changes.PermittedLocations);
        return after;
    }

    private GroupDescription Priority(GroupDescription before, byte priority, McService service)
    {
        SetFirst(group, Names.Priority(service), Simple.Text(priority));
        return service switch
        {
            McService.McVideo => before with { McVideoGroupPriority = priority },
            McService.McData => before with { McDataGroupPriority = priority },
            _ => before with { GroupPriority = priority },
        };
    }

    private List<GroupMember> Members(GroupChanges changes)
    {
        var members = new List<GroupMember>();
        var seen = new HashSet<McServiceId>();
        var list = group.Element(Names.MemberList);
        if (list is not null) Present(list, changes, members, seen);
        foreach (var member in changes.NewMembers ?? [])
        {
            if (!seen.Add(member.Id)) continue;
            list ??= NewList();
            list.Add(GroupXml.Entry(member));
            members.Add(member);
        }

        return members;
    }

    /// <summary>Entries that are there. All are taken out and those that stay put back: to take out one from the middle
    /// of a long list means to walk to it.</summary>
    private void Present(XElement list, GroupChanges changes, List<GroupMember> members, HashSet<McServiceId> seen)
    {
        var reader = new GroupReader(new ElementReader([], GroupDocument.Clause), binding);
        XNode[] nodes = [.. list.Nodes()];
        if (changes.Members is not null) list.RemoveNodes();
        XText? blank = null;
        foreach (var node in nodes)
        {
            var stays = node is not XElement entry || entry.Name != Names.Entry
                || Stays(entry, reader.Member(entry), changes, members, seen);
            if (changes.Members is null) continue;
            // the indentation before an entry goes with it, lest a thousand blank lines stay
            if (stays && blank is not null) list.Add(blank);
            blank = stays && node is XText text && string.IsNullOrWhiteSpace(text.Value) ? text : null;
            if (stays && blank is null) list.Add(node);
        }

        if (blank is not null) list.Add(blank);
    }

    private static bool Stays(
        XElement entry, GroupMember? member, GroupChanges changes, List<GroupMember> members, HashSet<McServiceId> seen)
    {
        if (changes.Members is { } filter && (member is null || !filter(member))) return false;
        if (member is null) return true;
        if (changes.UserPriorities?.Invoke(member) is { } priority)
        {
            entry.SetElementValue(Names.UserPriority, Simple.Text(priority));
            member = member with { UserPriority = priority };
        }

        if (seen.Add(member.Id)) members.Add(member);
        return true;
    }

    private GroupDescription Partners(GroupDescription before, IReadOnlyList<GroupPartner> partners)
    {
        var name = binding.Xml + binding.Interconnection;
        if (partners.Count == 0)
        {
            group.Elements(name).Remove();
            return before with { Interconnection = null };
        }

        var block = Block(before, out var known);
        block.Elements(binding.Xml + binding.PartnerSystem).Remove();
        var own = binding;
        block.AddFirst(partners.Select(p => GroupXml.Partner(p, own)));
        return before with { Interconnection = known with { Partners = partners } };
    }

    private GroupDescription Locations(GroupDescription before, IReadOnlyList<string> areas)
    {
        var block = Block(before, out var known);
        block.Elements(binding.Xml + binding.PermittedLocations).Remove();
        block.Add(GroupXml.Areas(areas, binding));
        return before with { Interconnection = known with { PermittedLocations = areas } };
    }

    /// <summary>The interconnection block; a new one says that the group is at home where its identity says.</summary>
    private XElement Block(GroupDescription before, out GroupInterconnection known)
    {
        var name = binding.Xml + binding.Interconnection;
        known = before.Interconnection ?? new GroupInterconnection(before.Id.System, []);
        if (before.Interconnection is not null) return group.Element(name)!;
        group.Elements(name).Remove();
        var block = GroupXml.Interconnection(known, binding);
        group.Add(block);
        return block;
    }

    private XElement NewList()
    {
        var list = new XElement(Names.MemberList);
        if (group.Element(Names.DisplayName) is { } before) before.AddAfterSelf(list);
        else group.AddFirst(list);
        return list;
    }

    /// <summary>Sets an element, or puts it behind those that the schema wants first.</summary>
    private static void SetFirst(XElement parent, XName name, string value)
    {
        if (parent.Element(name) is { } there)
        {
            there.Value = value;
            return;
        }

        var last = parent.Elements().LastOrDefault(e => Names.Sequence.Contains(e.Name));
        if (last is null) parent.AddFirst(new XElement(name, value));
        else last.AddAfterSelf(new XElement(name, value));
    }
}
