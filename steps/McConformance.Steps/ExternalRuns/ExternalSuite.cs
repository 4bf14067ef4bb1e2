using System.Collections.Concurrent;
using McConformance.Checks;
using McConformance.Steps.Deviations;
using McConformance.Steps.TestConfiguration;

namespace McConformance.Steps.ExternalRuns;

/// <summary>What a scenario came to where other processes run some of the MC systems.</summary>
/// <param name="Scenario">Title, <c>#2</c> behind it for the second of the examples.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">Why it is not pass; else empty.</param>
internal sealed record ExternalOutcome(string Scenario, Verdict Verdict, string Reason);

/// <summary>Carries out many scenarios side by side with MC systems of other processes, and judges as the runner's
/// hooks do.</summary>
internal static class ExternalSuite
{
    /// <summary>Carries them out.</summary>
    /// <param name="scenarios">Which.</param>
    /// <param name="operatorPorts">Operator ports by domain.</param>
    /// <param name="change">What is changed in each plan besides.</param>
    public static async Task<IReadOnlyList<ExternalOutcome>> RunAsync(
        IEnumerable<ScenarioText> scenarios, IReadOnlyDictionary<string, Uri> operatorPorts,
        Action<ScenarioPlan> change)
    {
        var outcomes = await SideBySideAsync(scenarios, async scenario =>
        {
            await using var run = new ExternalRun(operatorPorts) { Change = change };
            var (verdict, reason) = await JudgeAsync(run, scenario);
            return new ExternalOutcome(scenario.Title, verdict, reason);
        });
        return [.. outcomes.OrderBy(o => o.Scenario, StringComparer.Ordinal)];
    }

    /// <summary>Carries out as many scenarios at once as the runner does.</summary>
    /// <returns>What they came to, in the order in which they ended.</returns>
    public static async Task<IReadOnlyList<T>> SideBySideAsync<T>(
        IEnumerable<ScenarioText> scenarios, Func<ScenarioText, Task<T>> run)
    {
        var outcomes = new ConcurrentQueue<T>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism.SideBySide };
        await Parallel.ForEachAsync(scenarios, options, async (s, _) => outcomes.Enqueue(await run(s)));
        return [.. outcomes];
    }

    /// <summary>Carries one out; gives its verdict, and why it is not pass.</summary>
    public static async Task<(Verdict Verdict, string Reason)> JudgeAsync(ExternalRun run, ScenarioText scenario)
    {
        var error = await CatchAsync(run, scenario);
        if (error is IgnoreException) return (Verdict.NotApplicable, error.Message);
        if (run.Judgements.FirstOrDefault(j => j.Verdict == Verdict.Fail) is { } failed)
            return (Verdict.Fail, failed.Reason);
        return (error, run.Unseen) switch
        {
            (null or InconclusiveException, [var first, ..]) => (Verdict.Inconclusive, first),
            (InconclusiveException, _) => (Verdict.Inconclusive, error.Message),
            (null, _) => (Verdict.Pass, ""),
            _ => (Verdict.Error, error.Message),
        };
    }

    /// <summary>Whatever breaks one scenario is its outcome, and stops no other.</summary>
    private static async Task<Exception?> CatchAsync(ExternalRun run, ScenarioText scenario)
    {
        try
        {
            await run.RunAsync(scenario);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
