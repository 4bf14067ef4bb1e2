using McConformance.Checks;

namespace McConformance.Reports.Model;

/// <summary>What a run says of one requirement.</summary>
/// <param name="Id">The requirement's id.</param>
/// <param name="Requirement">Its row in the catalogue; null where a tag names none.</param>
/// <param name="Verdict">Worst of its scenarios; null where it has none.</param>
/// <param name="Positive">How many scenarios show that it is kept.</param>
/// <param name="Negative">How many scenarios show that its opposite is refused.</param>
public sealed record Coverage(string Id, Requirement? Requirement, Verdict? Verdict, int Positive, int Negative)
{
    /// <summary>True where a positive or a negative scenario is missing.</summary>
    public bool IsHole => Positive == 0 || Negative == 0;

    /// <summary>One per requirement, in the catalogue's order; ids that only tags name come last.</summary>
    public static IReadOnlyList<Coverage> Of(RunRecord run)
    {
        var scenarios = new Dictionary<string, List<ScenarioRecord>>();
        foreach (var scenario in run.Scenarios)
        {
            foreach (var id in scenario.Requirements.Distinct())
            {
                if (!scenarios.TryGetValue(id, out var list)) scenarios.Add(id, list = []);
                list.Add(scenario);
            }
        }

        var known = run.Catalogue.ToDictionary(r => r.Id);
        var unknown = scenarios.Keys.Where(id => !known.ContainsKey(id)).Order(StringComparer.Ordinal);
        return [.. run.Catalogue.Select(r => r.Id).Concat(unknown).Select(id =>
            Of(id, known.GetValueOrDefault(id), scenarios.GetValueOrDefault(id) ?? []))];
    }

    private static Coverage Of(string id, Requirement? requirement, List<ScenarioRecord> scenarios)
    {
        Verdict? verdict = scenarios.Count == 0 ? null : Verdicts.Worst(scenarios.Select(s => s.Verdict));
        var positive = scenarios.Count(s => s.Polarity == Polarity.Positive);
        return new Coverage(id, requirement, verdict, positive, scenarios.Count - positive);
    }
}
