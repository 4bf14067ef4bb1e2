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

    /// <summary>Those that tell of a change. The first in answer to a subscription, or to its prolongation, tells how
    /// things are (RFC 6665 4.2.1.2), whether anything has changed or not.</summary>
    public static IEnumerable<ObservedMessage> NoticesOfChange(
        this Observation seen, string system, McGroupId group)
    {
        // the ends come first: what passes elsewhere, and is perhaps not seen, has no bearing on this
        var subscribed = seen.Requests(SipMethod.Subscribe).Where(s => s.To.IsGroupManagementOf(system)).ToArray();
        var told = seen.Requests(SipMethod.Notify).Where(n =>
            n.From.IsGroupManagementOf(system) && n.To.Kind == EntityKind.McServiceServer).ToArray();
        var first = subscribed.Select(s => told.FirstOrDefault(n => n.Number > s.Number && IsOneDialog(n, s)))
            .ToHashSet();
        return seen.Notices(system, group).Where(n => !first.Contains(n));
    }

    private static bool IsOneDialog(ObservedMessage one, ObservedMessage other) =>
        one.Sip!.TryGet(SipHeader.CallId, out var id) && other.Sip!.TryGet(SipHeader.CallId, out var same)
        && id.SequenceEqual(same);

    /// <summary>The user part: it stands in targets as it is, however those are escaped.</summary>
    public static string Name(this McGroupId group) => group.Value.Split(':', '@')[1];
}
