using McConformance.Checks.Flow;
using McConformance.Checks.Membership;
using McConformance.Checks.Migration;
using McConformance.Wire.Identities;

namespace McConformance.Checks.Groups;

/// <summary>The primary provides a group to the partner, whose group management server stores it, notifies and answers
/// (TS 23.280 10.2.x.2).</summary>
public static class GroupIsPushed
{
    // what an external server sends over two connections is recorded where it arrives, and may overtake on the way
    private static readonly TimeSpan Overtaking = TimeSpan.FromSeconds(1);

    /// <summary>Step 1: the group is on its way, and is the one that was meant.</summary>
    public static Judgement Provided(Observation seen, string home, McGroupId group)
    {
        var claim = new Claim("GCI-PUSH-1", "the primary provides the configuration of the group");
        var sent = seen.All.FirstOrDefault(m =>
            m.From.IsGroupManagementOf(home) && m.Http is { Method: "PUT" } && m.Recorded.WasDelivered);
        return sent is null
            ? claim.Missing("the group's configuration on its way to the partner")
            : claim.Compare(sent, group.Value, sent.Group()?.Id.Value);
    }

    /// <summary>Nothing is provided.</summary>
    public static Judgement Nothing(Observation seen, string requirement, string partner) =>
        new Claim(requirement, "nothing is provided").None(
            seen.All.FirstOrDefault(m => m.To.IsGroupManagementOf(partner) && m.Http is { Method: "PUT" }));

    /// <summary>Step 4: MC service servers are told before the answer.</summary>
    public static Judgement Notified(Observation seen, string partner, McGroupId group)
    {
        var claim = new Claim("GCI-PUSH-4", "the MC service server is notified of the group");
        var notice = seen.Notices(partner, group).LastOrDefault();
        if (notice is null) return claim.Missing("a notification that names the group");
        return Answer(seen, partner) is { } answer && IsAfter(notice, answer)
            ? claim.Fail(notice, "before the answer", "after it")
            : claim.Pass(notice);
    }

    /// <summary>Step 4 left out, as the policy has it.</summary>
    public static Judgement NotNotified(Observation seen, string partner, McGroupId group) =>
        new Claim("GCI-PUSH-4", "notification after a push is left out").None(
            seen.NoticesOfChange(partner, group).FirstOrDefault());

    /// <summary>Step 5: the partner answers that it has stored the group (RFC 4825 8.2.5: with an entity
    /// tag).</summary>
    public static Judgement Stored(Observation seen, string partner)
    {
        var claim = new Claim("GCI-PUSH-5", "the partner answers that the group is received and stored");
        if (Answer(seen,
            partner) is not { } answer) return claim.Missing("an answer of the partner's group management server");
        return answer.Http!.StatusCode is 200 or 201 && answer.Http["ETag"] is not null
            ? claim.Pass(answer)
            : claim.Fail(
                answer, "201 with an entity tag",
                $"{answer.Http.StatusCode} {(answer.Http["ETag"] is null ? "without one" : "with one")}");
    }

    private static ObservedMessage? Answer(Observation seen, string partner) => seen.All.LastOrDefault(m =>
        m.From.IsGroupManagementOf(partner) && m.To.System != partner && m.Http is { IsRequest: false });

    private static bool IsAfter(ObservedMessage later, ObservedMessage earlier) => later.Number > earlier.Number
        && (later.From.IsBundled || later.Recorded.At - earlier.Recorded.At > Overtaking);
}
