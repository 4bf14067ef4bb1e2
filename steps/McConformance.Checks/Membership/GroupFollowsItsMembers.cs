using McConformance.Checks.Flow;
using McConformance.Checks.Migration;
using McConformance.Wire;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Checks.Membership;

/// <summary>When members have changed the partner gets the group anew, MC service servers are notified, and members
/// get the group as it is (TR 23.781 5.1.12, TS 23.280 10.2.x.2).</summary>
public static class GroupFollowsItsMembers
{
    /// <summary>Judges the group as the home MC system provided it last.</summary>
    public static Judgement Provided(Observation seen, string requirement, string home, string partner, string members)
    {
        var claim = new Claim(requirement, "the partner is provided with the changed group");
        var sent = Pushes(seen, home).LastOrDefault(m => m.To.IsGroupManagementOf(partner) && m.Recorded.WasDelivered);
        return sent is null
            ? claim.Missing("the group's configuration on its way to the partner")
            : claim.Compare(sent, members, MembershipMessages.Names(sent.Group()!));
    }

    /// <summary>Judges that the group was not provided with a member.</summary>
    public static Judgement NotProvidedWith(Observation seen, string requirement, string home, string member) =>
        new Claim(requirement, "nothing changes before it is decided").None(Pushes(seen, home).FirstOrDefault(m =>
            $" {MembershipMessages.Names(m.Group()!)} ".Contains($" {member} ", StringComparison.Ordinal)));

    /// <summary>Judges that the group was taken away from a partner.</summary>
    public static Judgement Taken(Observation seen, string requirement, string home, string partner)
    {
        var claim = new Claim(requirement, "the group is taken away from the MC system that is its partner no more");
        var sent = seen.All.LastOrDefault(m => m.From.IsGroupManagementOf(home)
            && m.To.IsGroupManagementOf(partner) && m.Http is { Method: "DELETE" } && m.Recorded.WasDelivered);
        return sent is null ? claim.Missing("the deletion of the group at the partner") : claim.Pass(sent);
    }

    /// <summary>Judges the group as a UE got it last from one MC system.</summary>
    public static Judgement Served(Observation seen, string requirement, string system, string ue, string members)
    {
        var claim = new Claim(requirement, $"members get the group of {system} as it is");
        // an HTTP proxy may stand between them
        var got = seen.All.LastOrDefault(m => m.From.System == system
            && m.To.Name == ue && (m.From.Kind is EntityKind.GroupManagementServer or EntityKind.HttpProxy)
            && m.Http is { IsRequest: false });
        if (got is null) return claim.Missing($"an answer of the group management server of {system} to {ue}");
        return claim.Compare(
            got, members, got is { Http.StatusCode: 200 } && got.Group() is { } group
                ? MembershipMessages.Names(group) : $"{got.Http!.StatusCode}");
    }

    /// <summary>Judges that the MC service server of an MC system is notified of the change: where the group was
    /// there before, the notice gives the entity tag of before (RFC 5874 3).</summary>
    public static Judgement Notified(Observation seen, string system, string group)
    {
        var claim = new Claim("GCI-PUSH-4", "the MC service server is notified of the changed group");
        var notice = seen.Requests(SipMethod.Notify).LastOrDefault(m => m.From.IsGroupManagementOf(system)
            && m.To.Kind == EntityKind.McServiceServer && m.Holds("previous-etag"u8)
            && m.Holds(System.Text.Encoding.ASCII.GetBytes(Uri.EscapeDataString(group))));
        return notice is null
            ? claim.Missing($"a notification of {system} that names the change of the group") : claim.Pass(notice);
    }

    private static IEnumerable<ObservedMessage> Pushes(Observation seen, string home) => seen.All.Where(m =>
        m.LeavesGroupManagementOf(home) && m.Http is { Method: "PUT" } && m.Group() is not null);
}
