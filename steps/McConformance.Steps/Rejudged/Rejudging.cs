using System.Diagnostics;
using McConformance.Mutation;

namespace McConformance.Steps.Rejudged;

/// <summary>Judges what was kept again with each fault, and tells which a test would have noticed.</summary>
/// <param name="scenarios">What was kept.</param>
/// <param name="mutants">The switch.</param>
internal sealed class Rejudging(IReadOnlyList<KeptScenario> scenarios, MutantSwitch mutants)
{
    private const int FormExamples = 24;
    private const int CutShortAtMost = 80;

    private readonly Dictionary<KeptStep, Known> known = [];
    private readonly Dictionary<int, HashSet<KeptStep>> onTheWay = [];
    private readonly Dictionary<int, List<(string Key, KeptStep Step)>> onTheWayCutShort = [];
    private readonly Dictionary<KeptScenario, double> costs = [];

    /// <summary>Then steps that came to the same again, so that faults can be judged by them.</summary>
    public int Again => known.Values.Count(k => k.IsSame);

    /// <summary>Whether a step came to the same again: where it did not, only systems can tell.</summary>
    public bool IsAgain(KeptStep step) => known[step].IsSame;

    /// <summary>Whether any step that judges again comes by a fault.</summary>
    public bool Covers(Mutant mutant) => onTheWay.ContainsKey(mutant.Id) || onTheWayCutShort.ContainsKey(mutant.Id);

    /// <summary>Patterns of those that did not: they act, or look at what is gone.</summary>
    public IReadOnlyCollection<string> Gone =>
    [
        .. known.Where(k => !k.Value.IsSame)
            .Select(k => $"{k.Key.Text}: {k.Key.Live.Verdict}; {k.Value.Outcome.Verdict}").Distinct().Order(),
    ];

    /// <summary>Judges all without faults, twice, and learns on the way of which faults each step comes.</summary>
    public async Task LearnAsync()
    {
        var examples = CutShort.Examples.Select(e => e.Title).ToHashSet();
        foreach (var scenario in scenarios)
        {
            var begun = Stopwatch.GetTimestamp();
            foreach (var step in scenario.Steps)
            {
                var outcome = await step.Run.JudgeAgainAsync(step);
                var covered = await mutants.CoveredAsync(() => step.Run.JudgeAgainAsync(step));
                var isSame = outcome.Verdict == step.Live.Verdict;
                known[step] = new Known(outcome, isSame);
                if (!isSame) continue;
                foreach (var id in covered)
                    (onTheWay.TryGetValue(id, out var steps) ? steps : onTheWay[id] = []).Add(step);
                if (scenario.Deviation is null && examples.Contains(scenario.Name) && CutShort.Has(step))
                    await LearnCutShortAsync(CutShort.KeyOf(scenario.Name, step), step);
            }

            costs[scenario] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        }
    }

    /// <summary>Judges by one fault.</summary>
    /// <param name="mutant">The fault.</param>
    /// <param name="types">Types whose constants it is in; none where it is elsewhere.</param>
    /// <param name="sameFile">Other faults of its file: where it is in a constant, their steps use it.</param>
    public async Task JudgeAsync(Mutant mutant, IReadOnlyList<Type> types, IEnumerable<int> sameFile)
    {
        int[] ids = types.Count > 0 ? [.. sameFile, mutant.Id] : [mutant.Id];
        var steps = ids.SelectMany(i => onTheWay.GetValueOrDefault(i, [])).ToHashSet();
        var cutShort = ids.SelectMany(i => onTheWayCutShort.GetValueOrDefault(i, [])).Distinct()
            .Take(CutShortAtMost).ToArray();
        mutant.Result = steps.Count + cutShort.Length == 0 ? "uncovered" : "survived";
        if (mutant.Result == "uncovered") return;
        var isMade = await mutants.WithAsync(mutant.Id, types, async () =>
        {
            await JudgeAsync(mutant, steps);
            if (mutant.Result != "killed") await JudgeCutShortAsync(mutant, cutShort);
        });
        if (!isMade) (mutant.Result, mutant.By) = ("killed", "(a constant cannot be made)");
    }

    private async Task JudgeAsync(Mutant mutant, HashSet<KeptStep> steps)
    {
        var isToldOtherwise = false;
        foreach (var scenario in Chosen(steps))
        {
            var outcomes = new List<KeptOutcome>();
            foreach (var step in scenario.Steps)
            {
                var before = known[step];
                var now = steps.Contains(step) ? await step.Run.JudgeAgainAsync(step) : before.Outcome;
                isToldOtherwise |= now.Words != before.Outcome.Words;
                outcomes.Add(before.IsSame ? now : step.Live);
            }

            if (!scenario.Notices(outcomes)) continue;
            (mutant.Result, mutant.By) = ("killed", scenario.Name);
            return;
        }

        if (isToldOtherwise && mutant.IsText) mutant.Result = "words";
    }

    private async Task LearnCutShortAsync(string key, KeptStep step)
    {
        foreach (var id in await mutants.CoveredAsync(() => CutShort.SaidAsync(step)))
            (onTheWayCutShort.TryGetValue(id, out var steps) ? steps : onTheWayCutShort[id] = []).Add((key, step));
    }

    /// <summary>The very assertions of <see cref="CutShortTests"/>.</summary>
    private static async Task JudgeCutShortAsync(Mutant mutant, IEnumerable<(string Key, KeptStep Step)> steps)
    {
        foreach (var (key, step) in steps)
        {
            var said = await CutShort.SaidAsync(step);
            if (!CutShort.Unsaid(key, said).Any() && !CutShort.Threw(said).Any()) continue;
            (mutant.Result, mutant.By) = ("killed", $"{key} (cut short)");
            return;
        }
    }

    /// <summary>Scenarios that come by the fault, the quick ones first. The form of messages is judged in all of
    /// them, which would take hours: where nothing else of a sound system comes by, some are enough to be an example of
    /// each kind.</summary>
    private IEnumerable<KeptScenario> Chosen(HashSet<KeptStep> steps)
    {
        var passing = scenarios.Where(s => s.Steps.Any(steps.Contains)).OrderBy(s => costs[s]).ToLookup(IsOfFormAlone);
        var ofForm = passing[true].ToArray();
        var every = Math.Max(1, ofForm.Length / FormExamples);
        return passing[false].Concat(ofForm.Where((_, i) => i % every == 0));

        bool IsOfFormAlone(KeptScenario scenario) => scenario.Deviation is null
            && scenario.Steps.Where(steps.Contains).All(s => s.Text == Deviations.DeviantRun.FormOfMessages);
    }

    private sealed record Known(KeptOutcome Outcome, bool IsSame);
}
