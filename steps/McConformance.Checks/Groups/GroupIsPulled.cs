using McConformance.Checks.Flow;
using McConformance.Checks.Membership;
using McConformance.Checks.Migration;
using McConformance.Wire;
using McConformance.Wire.Identities;

namespace McConformance.Checks.Groups;

/// <summary>An MC service server of the partner gets a group of the primary by its own group management server
/// (TS 23.280 10.2.x.3).</summary>
public static class GroupIsPulled
{
    /// <summary>Steps 1 and 2: somebody asks for the group; an HTTP proxy may be on the way.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="requirement">Id in the catalogue.</param>
    /// <param name="kind">Who asks.</param>
    /// <param name="system">Domain of the MC system that asks.</param>
    /// <param name="of">Domain of the MC system whose group management server is asked.</param>
    /// <param name="group">The group.</param>
    public static Judgement Asked(
        Observation seen, string requirement, EntityKind kind, string system, string of, McGroupId group)
    {
        var claim = new Claim(requirement, "the group's configuration is requested");
        var asked = seen.All.FirstOrDefault(m => m.IsSentBy(kind, system)
            && (m.To.IsGroupManagementOf(of) || m.To.Kind == EntityKind.HttpProxy)
            && m.Http is { Method: "GET" } h && h.Path.Contains(group.Name(), StringComparison.Ordinal));
        return asked is null ? claim.Missing("a request for the group") : claim.Pass(asked);
    }

    /// <summary>A group that is stored is not requested again.</summary>
    public static Judgement NotAsked(Observation seen, string requirement, string partner, string home) =>
        new Claim(requirement, "a group that is stored is not requested again").None(seen.All.FirstOrDefault(m =>
            m.From.IsGroupManagementOf(partner) && m.To.IsGroupManagementOf(home) && m.Http is { Method: "GET" }));

    /// <summary>Step 3: the primary gives the group as its administrator has defined it.</summary>
    public static Judgement Given(Observation seen, string home, int priority)
    {
        var claim = new Claim("GCI-PULL-3", "the primary provides the configuration of the group");
        var sent = seen.All.FirstOrDefault(m => m.From.IsGroupManagementOf(home) && HasGroup(m));
        return sent is null
            ? claim.Missing("the group's configuration from the primary")
            : claim.Compare(sent, $"{priority}", $"{sent.Group()!.GroupPriority}");
    }

    /// <summary>Step 6: the MC service server gets the group as it holds in the partner, and is notified of it
    /// (finding SF-08).</summary>
    public static Judgement Got(Observation seen, string partner, int priority, McGroupId group)
    {
        var claim = new Claim("GCI-PULL-6", "the MC service server is told of the group as it holds in the partner");
        var got = seen.All.FirstOrDefault(m =>
            m.From.IsGroupManagementOf(partner) && m.To.Kind == EntityKind.McServiceServer && HasGroup(m));
        if (got is null) return claim.Missing("the group's configuration for the MC service server");
        var notice = seen.Notices(partner, group).LastOrDefault();
        return Claim.All(
            claim.Compare(got, $"{priority}", $"{got.Group()!.GroupPriority}"),
            notice is null ? claim.Missing("a notification that names the group") : claim.Pass(notice));
    }

    /// <summary>Where the primary gave nothing: the MC service server is told so, and nobody is notified.</summary>
    public static Judgement Refused(Observation seen, string requirement, string partner, int status, McGroupId group)
    {
        var claim = new Claim(requirement, "without the group's configuration nothing is stored");
        var told = seen.All.LastOrDefault(m => m.From.IsGroupManagementOf(partner)
            && m.To.Kind == EntityKind.McServiceServer && m.Http is { IsRequest: false });
        return told is null
            ? claim.Missing("an answer to the MC service server")
            : Claim.All(
                claim.Compare(told, $"{status}", $"{told.Http!.StatusCode}"),
                claim.None(seen.Notices(partner, group).FirstOrDefault()));
    }

    /// <summary>A member whom the partner serves gets the group there, and does not ask the primary.</summary>
    public static Judgement ByPartner(Observation seen, string requirement, string userEquipment, string partner,
        string home)
    {
        var claim = new Claim(requirement, "members served by the partner obtain the group there");
        var asked = seen.All.FirstOrDefault(m => m.From.Name == userEquipment && m.To.IsGroupManagementOf(partner));
        return Claim.All(
            claim.None(seen.All.FirstOrDefault(m => m.From.Name == userEquipment && m.To.IsGroupManagementOf(home))),
            asked is null
                ? claim.Missing("a request of the UE to the partner's group management server")
                : claim.Pass(asked));
    }

    private static bool HasGroup(ObservedMessage message) =>
        message.Http is { StatusCode: 200 } && message.Group() is not null;
}
