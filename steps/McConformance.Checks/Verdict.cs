namespace McConformance.Checks;

/// <summary>What a scenario or a requirement comes to (ISO/IEC 9646-1), with two of our own.</summary>
public enum Verdict
{
    /// <summary>Seen on the wire and as required.</summary>
    Pass,

    /// <summary>Could not be seen with this test configuration; says nothing either way.</summary>
    Inconclusive,

    /// <summary>Needs a capability that the system under test declares absent. Own.</summary>
    NotApplicable,

    /// <summary>Seen on the wire and not as required.</summary>
    Fail,

    /// <summary>The harness failed, not the system under test. Own.</summary>
    Error,
}

/// <summary>The rule by which verdicts join, and their printed names.</summary>
public static class Verdicts
{
    /// <summary>The worse of two: error, fail, inconclusive, pass. Not applicable gives way to any other.</summary>
    public static Verdict Worst(Verdict a, Verdict b) => Rank(a) >= Rank(b) ? a : b;

    /// <summary>The worst of many. Of none it is inconclusive: where nothing was judged nothing may pass.</summary>
    public static Verdict Worst(IEnumerable<Verdict> verdicts)
    {
        Verdict? worst = null;
        foreach (var verdict in verdicts) worst = worst is { } w ? Worst(w, verdict) : verdict;
        return worst ?? Verdict.Inconclusive;
    }

    /// <summary>The name in files: <c>pass</c>, <c>fail</c>, <c>inconclusive</c>, <c>notApplicable</c>,
    /// <c>error</c>.</summary>
    public static string Key(this Verdict verdict) => verdict switch
    {
        Verdict.Pass => "pass",
        Verdict.Inconclusive => "inconclusive",
        Verdict.NotApplicable => "notApplicable",
        Verdict.Fail => "fail",
        _ => "error",
    };

    /// <summary>The name for people: as <see cref="Key"/>, but <c>not applicable</c>.</summary>
    public static string Title(this Verdict verdict) =>
        verdict == Verdict.NotApplicable ? "not applicable" : verdict.Key();

    private static int Rank(Verdict verdict) => verdict switch
    {
        Verdict.NotApplicable => 0,
        Verdict.Pass => 1,
        Verdict.Inconclusive => 2,
        Verdict.Fail => 3,
        _ => 4,
    };
}
