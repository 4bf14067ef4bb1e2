using System.Xml.Linq;

namespace McConformance.Wire.Documents;

/// <summary>Names in a group document (TS 24.481 7.2).</summary>
internal static class GroupNames
{
    public static readonly XNamespace List = "urn:oma:xml:poc:list-service";
    public static readonly XNamespace Resource = "urn:ietf:params:xml:ns:resource-lists";
    public static readonly XNamespace Policy = "urn:ietf:params:xml:ns:common-policy";
    public static readonly XNamespace Extensions = "urn:oma:xml:xdm:extensions";
    public static readonly XNamespace Group = "urn:3gpp:ns:mcpttGroupInfo:1.0";

    public static readonly XName Root = List + "group";
    public static readonly XName ListService = List + "list-service";
    public static readonly XName DisplayName = List + "display-name";
    public static readonly XName MemberList = List + "list";
    public static readonly XName Entry = List + "entry";
    public static readonly XName EntryDisplayName = Resource + "display-name";
    public static readonly XName UserPriority = Group + "user-priority";
    public static readonly XName Required = Group + "on-network-required";
    public static readonly XName ParticipantType = Group + "participant-type";
    public static readonly XName InviteMembers = Group + "on-network-invite-members";
    public static readonly XName MaxParticipants = Group + "on-network-max-participant-count";
    public static readonly XName ProtectMedia = Group + "protect-media";
    public static readonly XName ProtectFloor = Group + "protect-floor-control-signalling";
    public static readonly XName Ruleset = Policy + "ruleset";
    public static readonly XName Services = Extensions + "supported-services";

    /// <summary>Elements of the first namespace come first, in this order.</summary>
    public static readonly XName[] Sequence =
        [DisplayName, MemberList, List + "invite-members", List + "max-participant-count"];

    // actions that stand in the namespace of the list; all others are 3GPP's
    private static readonly string[] ListActions = ["allow-initiate-conference", "join-handling"];

    public static XName Action(string local) => (ListActions.Contains(local) ? List : Group) + local;

    public static XName Priority(McService service) => Group + (service switch
    {
        McService.McVideo => "mcvideo-on-network-group-priority",
        McService.McData => "mcdata-on-network-group-priority",
        _ => "on-network-group-priority",
    });
}
