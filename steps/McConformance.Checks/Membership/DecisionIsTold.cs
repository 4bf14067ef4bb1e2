using McConformance.Checks.Flow;
using McConformance.Wire;
using McConformance.Wire.Documents;

namespace McConformance.Checks.Membership;

/// <summary>The group's home MC system tells the partner what was decided on its list, and the partner takes it (OWN
/// MEM-DECIDED).</summary>
public static class DecisionIsTold
{
    /// <summary>Judges the newest decision.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="home">Domain of the group's MC system.</param>
    /// <param name="partner">Domain of the partner.</param>
    /// <param name="expected">accepted, or rejected.</param>
    public static Judgement Judge(Observation seen, string home, string partner, string expected)
    {
        var claim = new Claim("KI-1.12-e", "the partner is told what was decided on its list");
        var told = seen.All.LastOrDefault(m => m.LeavesGroupManagementOf(home) && m.Http is { Method: "PUT" }
            && m.Recorded.WasDelivered && m.Carried<MembershipDecision>() is not null);
        if (told is null) return claim.Missing("a decision on its way to the partner");
        var receipt = seen.All.FirstOrDefault(m => m.LeavesGroupManagementOf(partner)
            && m.MayFollow(told) && m.Http is { IsRequest: false } h && h["ETag"] is null);
        if (receipt is null) return claim.Missing("the partner's receipt");
        return Claim.All(
            claim.Compare(told, expected, MembershipMessages.Word(told.Carried<MembershipDecision>()!.State)),
            claim.Compare(receipt, "200", $"{receipt.Http!.StatusCode}"));
    }

    /// <summary>Judges that no decision was sent.</summary>
    public static Judgement Not(Observation seen, string home) =>
        new Claim("KI-1.12-e", "nothing is told before it is decided").None(seen.All.FirstOrDefault(m =>
            m.LeavesGroupManagementOf(home) && m.Http is { Method: "PUT" }
                && m.Carried<Wire.Documents.Membership>() is not null));
}
