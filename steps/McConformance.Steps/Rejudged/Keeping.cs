using System.Collections.Concurrent;
using McConformance.Fakes.Deviations;
using McConformance.Steps.Deviations;

namespace McConformance.Steps.Rejudged;

/// <summary>Carries out every scenario once, with the systems as they should be, with each deviation and with each
/// lawful variant, and keeps what was seen.</summary>
internal sealed class Keeping
{
    private readonly ConcurrentBag<KeptScenario> kept = [];
    private readonly ConcurrentBag<string> left = [];

    /// <summary>What can be judged again.</summary>
    public IReadOnlyList<KeptScenario> Kept => [.. kept.OrderBy(k => k.Name, StringComparer.Ordinal)];

    /// <summary>Scenarios that did not come to what their test asks here: they need tools, or a machine with less to
    /// do.</summary>
    public IReadOnlyCollection<string> Left => left;

    /// <summary>Carries all of them out.</summary>
    public Task KeepAsync()
    {
        var plain = ScenarioText.All.Select(s => (Func<Task>)(() => KeepAsync(s)));
        var deviant = DeviationTests.Rows.Select(d => (Func<Task>)(() => KeepAsync(d)));
        var varied = VariantTests.Rows.SelectMany(v =>
            VariantTests.Scenarios[v.Protocol].Select(s => (Func<Task>)(() => KeepAsync(ScenarioText.Find(s), v))));
        return SideBySideAsync(plain.Concat(deviant).Concat(varied));
    }

    /// <summary>Carries some out, with the systems as they should be.</summary>
    public Task KeepAsync(IEnumerable<ScenarioText> scenarios) =>
        SideBySideAsync(scenarios.Select(s => (Func<Task>)(() => KeepAsync(s))));

    private static Task SideBySideAsync(IEnumerable<Func<Task>> work) => Parallel.ForEachAsync(
        work,
        new ParallelOptions { MaxDegreeOfParallelism = Parallelism.SideBySide },
        async (one, _) => await one());

    private async Task KeepAsync(ScenarioText scenario, Fakes.Variants.Variant? variant = null)
    {
        var name = variant is null ? scenario.Title : $"{scenario.Title}, {variant.Name}";
        await using var run = new VariantRun(variant);
        var keeper = run.World.Kept = new KeptRun(run.World);
        try
        {
            if (await run.RunAsync(scenario) is { } wrong) left.Add($"{name}: {wrong}");
            else Add(Plain(), static _ => KeptOutcome.Passed);
        }
        catch (Exception e)
        {
            left.Add($"{name}: {e.Message}");
        }

        KeptScenario Plain() => new(name, keeper.Steps)
        {
            Text = variant is null ? scenario : null,
            Live = () => IsNoticedAsync(scenario, variant),
        };
    }

    private async Task KeepAsync(Deviation deviation)
    {
        var scenario = ScenarioText.Find(deviation.Scenario);
        await using var run = new DeviantRun(deviation);
        var keeper = run.World.Kept = new KeptRun(run.World);
        try
        {
            await run.RunAsync(scenario);
        }
        catch (Exception e)
        {
            left.Add($"{deviation.Name}: {e.Message}");
            return;
        }

        KeptScenario done = null!;
        done = new KeptScenario(deviation.Name, keeper.Steps, deviation, DeviationTests.StepOf(deviation, scenario))
        {
            Text = scenario,
            Live = () => IsNoticedAsync(deviation, scenario, done),
        };
        Add(done, s => OutcomeOf(run, s));
    }

    /// <summary>Whether the test of a scenario that must pass would fail now, with systems.</summary>
    private static async Task<bool> IsNoticedAsync(ScenarioText scenario, Fakes.Variants.Variant? variant)
    {
        await using var run = new VariantRun(variant);
        try
        {
            return await run.RunAsync(scenario) is not null;
        }
        catch (Exception)
        {
            return true;
        }
    }

    /// <summary>Whether the test of a deviation would fail now, with systems.</summary>
    private static async Task<bool> IsNoticedAsync(Deviation deviation, ScenarioText scenario, KeptScenario done)
    {
        await using var run = new DeviantRun(deviation);
        try
        {
            await run.RunAsync(scenario);
            return !run.Happened || done.Notices([.. done.Steps.Select(s => OutcomeOf(run, s))]);
        }
        catch (Exception)
        {
            return true;
        }
    }

    private static KeptOutcome OutcomeOf(DeviantRun run, KeptStep step) =>
        run.Caught.FirstOrDefault(c => c.Step == step.Text) is { } caught
            ? new KeptOutcome($"Fail {caught.Requirement}", Told.By(caught.Judgement), "") : KeptOutcome.Passed;

    private void Add(KeptScenario done, Func<KeptStep, KeptOutcome> live)
    {
        foreach (var step in done.Steps) step.Live = live(step);
        if (done.Notices([.. done.Steps.Select(s => s.Live)])) left.Add($"{done.Name}: its test fails");
        else kept.Add(done);
    }
}
