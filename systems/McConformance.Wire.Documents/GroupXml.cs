using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Documents.Writing;
using Names = McConformance.Wire.Documents.GroupNames;

namespace McConformance.Wire.Documents;

/// <summary>Makes the elements of a group document, in the order of its schema.</summary>
internal static class GroupXml
{
    public static XDocument Make(GroupDescription group, InterconnectionBinding binding) => new(new XElement(Names.Root,
        Prefix("rl", Names.Resource), Prefix("cp", Names.Policy), Prefix("oxe", Names.Extensions),
        Prefix("mcpttgi", Names.Group), group.Interconnection is null ? null : Prefix("icx", binding.Xml),
        new XElement(Names.ListService, new XAttribute("uri", group.Id.Value),
            XmlOctets.Text(Names.DisplayName, group.DisplayName),
            new XElement(Names.MemberList, group.Members.Select(Entry)),
            XmlOctets.Text(Names.Priority(McService.Mcptt), Number(group.GroupPriority)),
            XmlOctets.Text(Names.Priority(McService.McVideo), Number(group.McVideoGroupPriority)),
            XmlOctets.Text(Names.Priority(McService.McData), Number(group.McDataGroupPriority)),
            XmlOctets.Text(Names.InviteMembers, Simple.Text(group.InviteMembers)),
            XmlOctets.Text(Names.MaxParticipants, Number(group.MaxParticipantCount)),
            XmlOctets.Text(Names.ProtectMedia, Simple.Text(group.ProtectMedia)),
            XmlOctets.Text(Names.ProtectFloor, Simple.Text(group.ProtectFloorControlSignalling)),
            group.Interconnection is null ? null : Interconnection(group.Interconnection, binding),
            new XElement(Names.Ruleset, group.Rules.Select(Rule)),
            new XElement(Names.Services, group.Services.Select(Service)))));

    public static XElement Entry(GroupMember member) => new(Names.Entry, new XAttribute("uri", member.Id.Value),
        XmlOctets.Text(Names.EntryDisplayName, member.DisplayName),
        member.Required ? new XElement(Names.Required) : null,
        XmlOctets.Text(Names.ParticipantType, member.ParticipantType),
        XmlOctets.Text(Names.UserPriority, Number(member.UserPriority)));

    public static XElement Interconnection(GroupInterconnection block, InterconnectionBinding binding)
    {
        var ns = binding.Xml;
        return new XElement(ns + binding.Interconnection,
            new XAttribute(binding.HomeSystem, block.HomeSystem.Value),
            block.Partners.Select(p => Partner(p, binding)),
            block.PermittedLocations is null ? null : Areas(block.PermittedLocations, binding));
    }

    public static XElement Partner(GroupPartner partner, InterconnectionBinding binding) =>
        new(binding.Xml + binding.PartnerSystem, new XAttribute(binding.Id, partner.Id.Value), new XAttribute(
            binding.Membership, partner.Changes == MembershipChanges.Direct ? binding.Direct : binding.Approval));

    public static XElement Areas(IReadOnlyList<string> areas, InterconnectionBinding binding) =>
        new(binding.Xml + binding.PermittedLocations, areas.Select(area =>
            new XElement(binding.Xml + binding.Area, new XAttribute(binding.Id, area))));

    public static string? Number(int? value) => value is { } number ? Simple.Text(number) : null;

    private static XElement Rule(GroupRule rule) => new(Names.Policy + "rule", new XAttribute("id", rule.Id),
        new XElement(Names.Policy + "conditions",
            rule.IsListMember ? new XElement(Names.List + "is-list-member") : null),
        new XElement(Names.Policy + "actions", rule.Allowed.Order(StringComparer.Ordinal)
            .Select(action => new XElement(Names.Action(action), "true"))));

    private static XElement Service(GroupService service) => new(Names.Extensions + "service",
        new XAttribute("enabler", service.Enabler),
        service.Media.Count == 0 ? null
            : new XElement(Names.Extensions + "group-media", service.Media.Select(m => new XElement(Names.Group + m))));

    private static XAttribute Prefix(string prefix, XNamespace ns) => new(XNamespace.Xmlns + prefix, ns.NamespaceName);
}
