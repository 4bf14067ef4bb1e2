using System.Text;
using McConformance.Checks.Flow;
using McConformance.Checks.Membership;
using McConformance.Wire;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Checks.Groups;

/// <summary>What checks of group configuration look at (TS 23.280 10.2.x.2, 10.2.x.3).</summary>
internal static class GroupNotices
{
    /// <summary>Notifications of an MC system's service servers that name a group (RFC 5875 4).</summary>
    public static IEnumerable<ObservedMessage> Notices(this Observation seen, string system, McGroupId group)
    {
        var name = Encoding.ASCII.GetBytes(group.Name());
        return seen.Requests(SipMethod.Notify).Where(m =>
            m.From.IsGroupManagementOf(system) && m.To.Kind == EntityKind.McServiceServer && m.Holds(name));
    }

    /// <summary>The user part: it stands in targets as it is, however those are escaped.</summary>
    public static string Name(this McGroupId group) => group.Value.Split(':', '@')[1];
}
