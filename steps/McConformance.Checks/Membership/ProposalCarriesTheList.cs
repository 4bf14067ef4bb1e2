using McConformance.Checks.Flow;
using McConformance.Wire.Documents;

namespace McConformance.Checks.Membership;

/// <summary>The list of the partner's administrator is what reaches the group's home MC system (TR 23.781
/// 5.1.12).</summary>
public static class ProposalCarriesTheList
{
    /// <summary>Judges the newest proposal of a partner.</summary>
    public static Judgement Judge(Observation seen, string partner, string expected)
    {
        var claim = new Claim("KI-1.12-d", "the proposal carries the list that the partner's administrator defined");
        var sent = seen.All.LastOrDefault(m => m.LeavesGroupManagementOf(partner) && m.Http is { Method: "PUT" }
            && m.Carried<MembershipProposal>() is not null);
        return sent is null
            ? claim.Missing("a proposal")
            : claim.Compare(sent, expected, MembershipMessages.Names(
                sent.Carried<MembershipProposal>()!.Members.Select(m => m.Id)));
    }
}
