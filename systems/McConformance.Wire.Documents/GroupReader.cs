using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;
using Names = McConformance.Wire.Documents.GroupNames;

namespace McConformance.Wire.Documents;

/// <summary>Reads what a group document says.</summary>
internal readonly struct GroupReader(ElementReader reader, InterconnectionBinding binding)
{
    private static readonly Clause Own = new("OWN", "ICX-GROUP");

    public GroupDescription? Read(XDocument document)
    {
        if (reader.Root(document, Names.Root) is not { } root) return null;
        if (reader.Needed(root, Names.ListService) is not { } group) return null;
        if (reader.NeededAttributeValue<McGroupId>(group, "uri", McGroupId.TryRead) is not { } id) return null;
        return new GroupDescription
        {
            Id = id,
            DisplayName = reader.Text(group, Names.DisplayName),
            Members = Members(reader.Optional(group, Names.MemberList)),
            GroupPriority = reader.Value<byte>(group, Names.Priority(McService.Mcptt), Simple.Octet),
            McVideoGroupPriority = reader.Value<byte>(group, Names.Priority(McService.McVideo), Simple.Octet),
            McDataGroupPriority = reader.Value<byte>(group, Names.Priority(McService.McData), Simple.Octet),
            InviteMembers = reader.Value<bool>(group, Names.InviteMembers, Simple.Boolean) ?? false,
            MaxParticipantCount = reader.Value<int>(group, Names.MaxParticipants, Simple.Count),
            // absent means protected
            ProtectMedia = reader.Value<bool>(group, Names.ProtectMedia, Simple.Boolean) ?? true,
            ProtectFloorControlSignalling = reader.Value<bool>(group, Names.ProtectFloor, Simple.Boolean) ?? true,
            Services = Services(reader.Optional(group, Names.Services)),
            Rules = Rules(reader.Optional(group, Names.Ruleset)),
            Interconnection = Interconnection(group),
        };
    }

    /// <summary>One entry; null where it does not say who.</summary>
    public GroupMember? Member(XElement entry)
    {
        if (reader.NeededAttributeValue<McServiceId>(entry, "uri", McServiceId.TryRead) is not { } id) return null;
        return new GroupMember(id)
        {
            DisplayName = reader.Text(entry, Names.EntryDisplayName),
            UserPriority = reader.Value<byte>(entry, Names.UserPriority, Simple.Octet),
            Required = Flag(entry, Names.Required),
            ParticipantType = reader.Text(entry, Names.ParticipantType),
        };
    }

    private List<GroupMember> Members(XElement? list)
    {
        var members = new List<GroupMember>();
        if (list is null) return members;
        var seen = new HashSet<McServiceId>();
        foreach (var entry in list.Elements(Names.Entry))
        {
            if (Member(entry) is not { } member) continue;
            if (seen.Add(member.Id)) members.Add(member);
            else reader.Report(DocumentFault.Duplicated, "entry", member.Id.Value);
        }

        return members;
    }

    /// <summary>Present and empty, or true.</summary>
    private bool Flag(XElement parent, XName name)
    {
        if (reader.Optional(parent, name) is not { } flag) return false;
        return flag.IsEmpty || flag.Value.Trim().Length == 0
            || (reader.Parsed<bool>(reader.Content(flag), name.LocalName, Simple.Boolean) ?? false);
    }

    private List<GroupService> Services(XElement? supported)
    {
        var services = new List<GroupService>();
        foreach (var service in supported?.Elements(Names.Extensions + "service") ?? [])
        {
            if (reader.NeededAttribute(service, "enabler") is not { } enabler) continue;
            var media = reader.Optional(service, Names.Extensions + "group-media")?.Elements() ?? [];
            services.Add(new GroupService(enabler, [.. media.Select(m => m.Name.LocalName)]));
        }

        return services;
    }

    private List<GroupRule> Rules(XElement? ruleset)
    {
        var rules = new List<GroupRule>();
        foreach (var rule in ruleset?.Elements(Names.Policy + "rule") ?? [])
        {
            if (reader.NeededAttribute(rule, "id") is not { } id) continue;
            var conditions = reader.Optional(rule, Names.Policy + "conditions");
            var actions = reader.Optional(rule, Names.Policy + "actions")?.Elements() ?? [];
            var own = reader;
            rules.Add(new GroupRule(
                id, conditions?.Element(Names.List + "is-list-member") is not null,
                actions.Where(a => own.Parsed<bool>(own.Content(a), a.Name.LocalName, Action) == true)
                    .Select(a => a.Name.LocalName).ToHashSet()));
        }

        return rules;
    }

    // actions of vendors may have other types; only true counts
    private static bool Action(string text, out bool value)
    {
        Simple.Boolean(text, out value);
        return true;
    }

    private GroupInterconnection? Interconnection(XElement group)
    {
        var own = reader.At(Own);
        if (own.Optional(group, binding.Xml + binding.Interconnection) is not { } block) return null;
        if (own.NeededAttributeValue<McSystemId>(block, binding.HomeSystem, McSystemId.TryRead) is not { } home)
            return null;
        var partners = new List<GroupPartner>();
        foreach (var partner in block.Elements(binding.Xml + binding.PartnerSystem))
        {
            if (own.NeededAttributeValue<McSystemId>(partner, binding.Id, McSystemId.TryRead) is not { } id) continue;
            var changes = own.AttributeValue<MembershipChanges>(partner, binding.Membership, TryChanges);
            partners.Add(new GroupPartner(id, changes ?? MembershipChanges.AfterApproval));
        }

        return new GroupInterconnection(home, partners) { PermittedLocations = Areas(own, block) };
    }

    private List<string>? Areas(ElementReader own, XElement block)
    {
        if (own.Optional(block, binding.Xml + binding.PermittedLocations) is not { } locations) return null;
        var areas = new List<string>();
        foreach (var area in locations.Elements(binding.Xml + binding.Area))
            if (own.NeededAttribute(area, binding.Id) is { } id) areas.Add(id);
        return areas;
    }

    private bool TryChanges(string text, out MembershipChanges changes)
    {
        changes = text == binding.Direct ? MembershipChanges.Direct : MembershipChanges.AfterApproval;
        return text == binding.Direct || text == binding.Approval;
    }
}
