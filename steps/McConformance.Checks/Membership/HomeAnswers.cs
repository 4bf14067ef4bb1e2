using McConformance.Checks.Flow;
using McConformance.Wire;
using McConformance.Wire.Documents;

namespace McConformance.Checks.Membership;

/// <summary>What the group's home MC system answers on CSC-16 (OWN MEM-PROPOSE, MEM-REFUSED).</summary>
public static class HomeAnswers
{
    /// <summary>Judges the status of its newest answer to another group management server.</summary>
    public static Judgement Status(Observation seen, string requirement, string home, int expected)
    {
        var claim = new Claim(requirement, "the group's home MC system answers as it must");
        var answer = Answers(seen, home).LastOrDefault();
        return answer is null
            ? claim.Missing("an answer of the group's home MC system")
            : claim.Compare(answer, $"{expected}", $"{answer.Http!.StatusCode}");
    }

    /// <summary>Judges what its newest answer says of a proposal.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="requirement">Under which requirement.</param>
    /// <param name="home">Domain of the group's MC system.</param>
    /// <param name="expected">pending, accepted or rejected.</param>
    public static Judgement State(Observation seen, string requirement, string home, string expected)
    {
        var claim = new Claim(requirement, "the answer says what became of the proposal");
        var answer = Answers(seen, home).LastOrDefault(m => m.Carried<MembershipDecision>() is not null);
        return answer is null
            ? claim.Missing("an answer that says what became of the proposal")
            : claim.Compare(answer, expected, MembershipMessages.Word(answer.Carried<MembershipDecision>()!.State));
    }

    private static IEnumerable<ObservedMessage> Answers(Observation seen, string home) => seen.All.Where(m =>
        m.From.IsGroupManagementOf(home) && m.To.Kind == EntityKind.GroupManagementServer
        && m.Http is { IsRequest: false } && m.Recorded.WasDelivered);
}
