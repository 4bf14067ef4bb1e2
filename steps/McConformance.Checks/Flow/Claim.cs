namespace McConformance.Checks.Flow;

/// <summary>What a check states, and under which requirement it is judged: makes the judgements of one check.</summary>
/// <param name="Requirement">Id in the catalogue.</param>
/// <param name="Statement">The claim, as a sentence.</param>
public readonly record struct Claim(string Requirement, string Statement)
{
    /// <summary>Seen as it should be.</summary>
    public Judgement Pass(ObservedMessage? seen = null) => Judgement.Pass(Statement, Catalogue.Find(Requirement), seen?.Recorded);

    /// <summary>Seen otherwise.</summary>
    public Judgement Fail(ObservedMessage? seen, string expected, string actual) =>
        Judgement.Fail(Statement, Catalogue.Find(Requirement), expected, actual, seen?.Recorded);

    /// <summary>Pass where something told to a user, or counted, is as it should be.</summary>
    public Judgement Seen(bool isAsClaimed, string expected, string actual) => isAsClaimed ? Pass() : Fail(null, expected, actual);

    /// <summary>Not seen at all where it had to be.</summary>
    public Judgement Missing(string expected) => Fail(null, expected, "no such message");

    /// <summary>Pass where no message was sent.</summary>
    public Judgement None(ObservedMessage? sent) => sent is null ? Pass() : Fail(sent, "nothing", Describe.Message(sent));

    /// <summary>Pass where a value is the expected one.</summary>
    public Judgement Compare(ObservedMessage seen, string? expected, string? actual) =>
        string.Equals(expected, actual, StringComparison.Ordinal) ? Pass(seen) : Fail(seen, expected ?? "nothing", actual ?? "nothing");

    /// <summary>The worst of several: the first failure, else the last.</summary>
    public static Judgement All(params IEnumerable<Judgement> judgements)
    {
        Judgement? last = null;
        foreach (var judgement in judgements)
        {
            if (judgement.Verdict != Verdict.Pass) return judgement;
            last = judgement;
        }

        return last ?? throw new InvalidOperationException("a check judged nothing");
    }
}
