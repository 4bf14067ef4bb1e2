using McConformance.Checks;
using McConformance.Steps.Deviations;

namespace McConformance.Steps.ExternalRuns;

/// <summary>The scenarios that cannot be judged with external MC systems, and why: features/catalogue/external.tsv.
/// Whoever changes that writes it anew, and sees in the difference what was won and what was lost.</summary>
internal static class ExternalTable
{
    /// <summary>Set to 1: the table is written anew instead of compared.</summary>
    private const string Accept = "MC_EXTERNAL_ACCEPT";

    private const string Header = "external\tscenario\treason";

    private static readonly Lock Gate = new();

    private static string File => Path.Combine(Repository.Root, "features", "catalogue", "external.tsv");

    /// <summary>Compares what scenarios came to with the table.</summary>
    /// <param name="external">What was external, as the table names it.</param>
    /// <param name="outcomes">What they came to.</param>
    /// <returns>A sentence for each difference.</returns>
    public static IReadOnlyList<string> Compare(string external, IReadOnlyList<ExternalOutcome> outcomes)
    {
        lock (Gate)
        {
            var rows = System.IO.File.Exists(File)
                ? System.IO.File.ReadLines(File).Skip(1).Select(l => l.Split('\t')).ToList() : [];
            if (Environment.GetEnvironmentVariable(Accept) == "1") Write(external, outcomes, rows);
            var known = rows.Where(r => r[0] == external).ToDictionary(r => r[1], r => r[2]);
            return [.. outcomes.Select(o => Differs(o, known.GetValueOrDefault(o.Scenario))).OfType<string>()];
        }
    }

    private static string? Differs(ExternalOutcome outcome, string? known) => outcome.Verdict switch
    {
        Verdict.Fail or Verdict.Error =>
            $"{outcome.Verdict} where bundled systems pass: {outcome.Scenario}: {outcome.Reason}",
        Verdict.Inconclusive when known is null => $"cannot be judged any more: {outcome.Scenario}: {outcome.Reason}",
        Verdict.Inconclusive when known != Told.Line(outcome.Reason) =>
            $"cannot be judged for another reason: {outcome.Scenario}: {outcome.Reason}; before: {known}",
        Verdict.Pass when known is not null => $"can be judged now, take its row out: {outcome.Scenario}",
        _ => null,
    };

    private static void Write(string external, IReadOnlyList<ExternalOutcome> outcomes, List<string[]> rows)
    {
        rows.RemoveAll(r => r[0] == external);
        rows.AddRange(outcomes.Where(o => o.Verdict == Verdict.Inconclusive)
            .Select(o => (string[])[external, o.Scenario, Told.Line(o.Reason)]));
        var sorted = rows.Select(r => string.Join('\t', r)).Order(StringComparer.Ordinal);
        System.IO.File.WriteAllText(File, string.Join('\n', [Header, .. sorted]) + "\n");
    }
}
