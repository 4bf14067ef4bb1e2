using System.Collections.Frozen;
using McConformance.Steps.Deviations;

namespace McConformance.Steps.Rejudged;

/// <summary>
/// Then steps that see the beginning of a recording only, one message more each time: what they say until all that they
/// ask has come. A step that says nothing then would pass where nothing was observed. Kept in <c>cut-short.tsv</c>;
/// MC_REASONS_ACCEPT=1 takes down what is said now, and strikes what is not said each time when that is done again.
/// </summary>
internal static class CutShort
{
    private const int ExamplesOfStep = 2;

    private static readonly Lazy<FrozenDictionary<string, string[]>> Rows = new(() =>
        (File.Exists(Name) ? File.ReadLines(Name) : []).Where(l => l.Length > 0 && l[0] != '#')
            .Select(l => l.Split('\t', 2)).GroupBy(c => c[0], c => c[1])
            .ToFrozenDictionary(g => g.Key, g => g.ToArray()));

    private static string Name =>
        Path.Combine(Repository.Root, "steps", "McConformance.Steps", "Rejudged", "cut-short.tsv");

    /// <summary>Scenarios that come by each step definition, one or two for each.</summary>
    public static IReadOnlyList<ScenarioText> Examples { get; } =
    [
        .. (from scenario in ScenarioText.All
            where !scenario.HasRealPeer
            from step in scenario.Steps
            where step.Kind == "Then"
            select (StepDefinition.Of(step).Pattern, scenario))
        .GroupBy(s => s.Pattern, s => s.scenario)
        .SelectMany(g => g.Distinct().OrderBy(s => s.Title, StringComparer.Ordinal).Take(ExamplesOfStep))
        .Distinct().OrderBy(s => s.Title, StringComparer.Ordinal),
    ];

    /// <summary>Whether a step is one of an example.</summary>
    public static bool Has(KeptStep step) => step.Looks.Count > 0 && step.Text != DeviantRun.FormOfMessages;

    /// <summary>What a step says of each beginning of what it saw: verdict and sentence.</summary>
    public static async Task<IReadOnlySet<string>> SaidAsync(KeptStep step)
    {
        var said = new HashSet<string>();
        for (var seen = 0; seen <= step.Looks.Max(l => l.Messages.Length); seen++)
        {
            var outcome = await step.Run.JudgeAgainAsync(step, seen);
            // a step that would act, or wait, says nothing here
            if (outcome.Verdict == $"threw {nameof(NotSupportedException)}") continue;
            if (outcome.Verdict != "pass") said.Add($"{outcome.Verdict}\t{Told.Line(outcome.Reason)}");
            else if (seen == 0) said.Add("pass\twhen nothing was recorded");
        }

        return said;
    }

    /// <summary>What is kept that nobody said.</summary>
    /// <param name="key">Of <see cref="KeyOf"/>.</param>
    /// <param name="said">What the step says.</param>
    public static IEnumerable<string> Unsaid(string key, IReadOnlySet<string> said) =>
        Rows.Value.GetValueOrDefault(key, []).Where(k => !said.Any(s => Told.Fits(k, s)));

    /// <summary>Where a step came to no verdict because messages are missing.</summary>
    public static IEnumerable<string> Threw(IReadOnlySet<string> said) =>
        said.Where(s => s.StartsWith("threw ", StringComparison.Ordinal));

    /// <summary>True where the step has a row.</summary>
    public static bool IsKept(string key) => Rows.Value.ContainsKey(key);

    /// <summary>Under what a step's rows are kept.</summary>
    public static string KeyOf(string scenario, KeptStep step) => $"{scenario}: {step.Text}";

    /// <summary>Writes the file.</summary>
    public static void Write(IReadOnlyDictionary<string, IReadOnlySet<string>> said) => File.WriteAllLines(
        Name,
        from step in said.OrderBy(s => s.Key, StringComparer.Ordinal)
        from row in Rows.Value.TryGetValue(step.Key, out var kept)
            ? kept.Select(k => MergedOrNull(k, step.Value)).OfType<string>().Distinct()
            : step.Value.Order(StringComparer.Ordinal)
        select $"{step.Key}\t{row}");

    private static string? MergedOrNull(string kept, IReadOnlySet<string> said) =>
        said.Any(s => Told.Fits(kept, s)) ? kept
        : said.Where(s => s.Split(' ').Length == kept.Split(' ').Length)
            .Select(s => Told.Merge(kept, s)).MinBy(m => m.Count(c => c == '*')) is { } merged
            && merged.Split(' ').Count(w => w == "*") <= 3 ? merged : null;
}
