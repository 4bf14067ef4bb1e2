using McConformance.Mutation;
using McConformance.Steps.Deviations;

namespace McConformance.Steps.Rejudged;

/// <summary>Then steps that cannot judge again without systems: their scenarios are carried out anew, with one fault at
/// a time, a few side by side.</summary>
/// <param name="scenarios">What was kept.</param>
/// <param name="rejudging">Knows which steps judge again.</param>
/// <param name="mutants">The switch.</param>
internal sealed class LiveRuns(IReadOnlyList<KeptScenario> scenarios, Rejudging rejudging, MutantSwitch mutants)
{
    /// <summary>More would tell the same again: deviants of the step first, then scenarios that must pass.</summary>
    private const int ScenariosOfFault = 12;

    private const int ScenariosOfAct = 8;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(25);

    private readonly ILookup<(string Class, string Method), KeptScenario> byStep = (
        from scenario in scenarios
        from step in scenario.Steps
        where step.Text != DeviantRun.FormOfMessages && !rejudging.IsAgain(step)
        let method = StepDefinition.Of(new StepText("Then", step.Text)).Method
        select (Key: (method.DeclaringType!.Name, method.Name), scenario)).Distinct()
        .ToLookup(s => s.Key, s => s.scenario);

    /// <summary>What When steps find while they act, Then steps only pass on.</summary>
    private readonly ILookup<string, KeptScenario> byClass = (
        from scenario in scenarios
        where scenario.Text is not null
        from step in scenario.Text!.Steps
        where step.Kind == "When"
        select (Class: StepDefinition.Of(step).Method.DeclaringType!.Name, scenario)).Distinct()
        .ToLookup(s => s.Class, s => s.scenario);

    /// <summary>How many scenarios were carried out.</summary>
    public int Count { get; private set; }

    /// <summary>Judges by one fault that was not found by judging again.</summary>
    /// <param name="mutant">The fault.</param>
    /// <param name="method">The Then step that it is in; empty where several may come by.</param>
    /// <param name="types">Types whose constants it is in.</param>
    public async Task JudgeAsync(Mutant mutant, string method, IReadOnlyList<Type> types)
    {
        var type = Path.GetFileNameWithoutExtension(mutant.File);
        var chosen = byStep.Where(s => s.Key.Class == type && (method.Length == 0 || s.Key.Method == method))
            .SelectMany(s => s.OrderBy(k => k.Deviation is null).Take(ScenariosOfFault))
            .Distinct().OrderBy(k => k.Deviation is null).Take(2 * ScenariosOfFault).ToArray();
        if (chosen.Length == 0 && method.Length == 0)
            chosen =
            [
                .. byClass[type].Where(k => k.Deviation is null).Take(ScenariosOfAct),
                .. byClass[type].Where(k => k.Deviation is not null).Take(ScenariosOfFault),
            ];
        if (chosen.Length == 0) return;
        mutant.Result = "survived";
        foreach (var few in chosen.Chunk(Parallelism.SideBySide))
        {
            var noticed = Array.Empty<bool>();
            var isMade = await mutants.WithAsync(
                mutant.Id, types, async () => noticed = await Task.WhenAll(few.Select(CarryOutAsync)));
            if (!isMade) (mutant.Result, mutant.By) = ("killed", "(a constant cannot be made)");
            // a machine with much to do fails scenarios too: what fails without the fault says nothing
            foreach (var (scenario, _) in few.Zip(noticed).Where(n => n.Second))
            {
                if (await CarryOutAsync(scenario)) continue;
                (mutant.Result, mutant.By) = ("killed", $"{scenario.Name} (carried out)");
                break;
            }

            if (mutant.Result == "killed") return;
        }
    }

    private async Task<bool> CarryOutAsync(KeptScenario scenario)
    {
        Count++;
        try
        {
            return await Task.Run(scenario.Live).WaitAsync(Longest);
        }
        catch (TimeoutException)
        {
            return true;
        }
    }
}
