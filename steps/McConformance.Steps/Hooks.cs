using System.Diagnostics;
using McConformance.Checks;
using McConformance.Checks.Flow;
using McConformance.Reports.Model;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace McConformance.Steps;

/// <summary>Begins and ends scenarios, and takes down what each came to.</summary>
[Binding]
public sealed class Hooks(ScenarioContext scenario, FeatureContext feature, ScenarioWorld world)
{
    private readonly List<StepRecord> steps = [];
    private DateTimeOffset started;
    private long begun;
    private long stepBegun;
    private UnseenException? unseen;

    [BeforeTestRun(Order = 1)]
    public static void BeforeRun() => RunCollector.Begin();

    [AfterTestRun]
    public static void AfterRun() => RunCollector.End();

    [BeforeScenario(Order = 0)]
    public void Begin()
    {
        started = TimeProvider.System.GetUtcNow();
        begun = Stopwatch.GetTimestamp();
    }

    /// <summary>A scenario that needs a capability which the test configuration declares absent is not applicable, nor is one
    /// for a requirement that the conformance statement declares unsupported.</summary>
    [BeforeScenario(Order = 1)]
    public void CheckCapabilities()
    {
        foreach (var tag in scenario.ScenarioInfo.CombinedTags)
            if (tag.StartsWith("needs:", StringComparison.Ordinal) && !Configured.Has(tag["needs:".Length..]))
                Assert.Ignore($"not applicable: the test configuration declares the capability {tag["needs:".Length..]} absent");
        if (DeclaredSupport.WhyNotApplicable(scenario.ScenarioInfo.CombinedTags) is { } reason) Assert.Ignore(reason);
    }

    [BeforeStep(Order = int.MaxValue)]
    public void BeginStep() => stepBegun = Stopwatch.GetTimestamp();

    [AfterStep(Order = 0)]
    public void EndStep()
    {
        var step = scenario.StepContext;
        var isOk = step.Status == ScenarioExecutionStatus.OK;
        steps.Add(new StepRecord(
            step.StepInfo.StepDefinitionType.ToString(), step.StepInfo.Text, isOk ? StepStatus.Passed : StatusOf(step.Status),
            Stopwatch.GetElapsedTime(stepBegun), isOk ? null : ReasonOf(scenario.TestError)));
    }

    [AfterScenario(Order = int.MaxValue)]
    public async Task End()
    {
        var silent = await SilentAsync() ?? NotUp();
        var (messages, recordingStarted) = (world.Messages, world.RecordingStartedAt);
        await world.DisposeAsync();
        var tags = scenario.ScenarioInfo.CombinedTags;
        var malformed = scenario.TestError is null ? world.JudgeForm(messages) : null;
        var error = silent ?? scenario.TestError ?? (malformed is null ? unseen : new VerdictException(malformed));
        var verdict = VerdictOf(error);
        RunCollector.Add(
            new ScenarioRecord
            {
                FeatureFile = RunCollector.FileOfFeature(feature.FeatureInfo.Title),
                FeatureTitle = feature.FeatureInfo.Title,
                Title = scenario.ScenarioInfo.Title,
                Arguments = [.. ArgumentsOf(scenario.ScenarioInfo)],
                Tags = tags,
                Requirements = [.. tags.Where(t => Catalogue.All.Any(r => r.Id == t))],
                Polarity = tags.Contains("negative") ? Polarity.Negative : Polarity.Positive,
                Verdict = verdict,
                Reason = error is null ? "" : ReasonOf(error),
                FailingMessage = (error as VerdictException)?.Judgement.MessageNumber,
                Judgements = world.Judgements,
                StartedAt = started,
                Duration = Stopwatch.GetElapsedTime(begun),
                Steps = steps,
                Messages = messages,
                RecordingStartedAt = recordingStarted,
                Disturbances = [.. world.Disturbances],
            },
            world.UpAfter);
        if (malformed is not null) throw new VerdictException(malformed);
        if (silent is not null && scenario.TestError is null) throw silent;
        // an exception of a hook is an error for the runner, whichever it is
        if (error is UnseenException) TestExecutionContext.CurrentContext.CurrentResult.SetResult(ResultState.Inconclusive, error.Message);
    }

    /// <summary>A scenario goes on after a step that nobody could judge, so that a system that is wrong where it can be seen fails all the same. What
    /// breaks later may lack what that step would have found: it is not counted then, unless it is a verdict.</summary>
    [AfterStep(Order = 1)]
    public void GoOn()
    {
        if (scenario.TestError is not { } error || error is VerdictException) return;
        if (error is UnseenException first && unseen is null) unseen = first;
        if (unseen is null || scenario.StepContext.StepInfo.StepDefinitionType.ToString() != "Then") return;
        if (error is UnseenException) world.Note(Judgement.Inconclusive(scenario.StepContext.StepInfo.Text, null, error.Message));
        // both runners keep the setters to themselves
        typeof(ScenarioContext).GetProperty(nameof(ScenarioContext.TestError))!.SetValue(scenario, null);
        typeof(ScenarioContext).GetProperty(nameof(ScenarioContext.ScenarioExecutionStatus))!.SetValue(scenario, ScenarioExecutionStatus.OK);
    }

    /// <summary>A scenario that went wrong because an external entity has gone says so, whatever came of
    /// that.</summary>
    private async Task<Exception?> SilentAsync()
    {
        if (scenario.TestError is null or ResultStateException || !world.IsStarted
            || !world.Running.HasExternal) return null;
        var gone = await world.Running.SilentAsync();
        return gone.Count == 0 ? null : new SilentEntityException(string.Join("\n", gone));
    }

    /// <summary>So does one in which an MC system that crashed could not be started again.</summary>
    private Exception? NotUp() =>
        world.IsStarted && scenario.TestError is not ResultStateException ? world.Running.NotUp : null;

    private static IEnumerable<(string, string)> ArgumentsOf(ScenarioInfo info)
    {
        foreach (System.Collections.DictionaryEntry entry in info.Arguments) yield return ((string)entry.Key, (string)entry.Value!);
    }

    private static Verdict VerdictOf(Exception? error) => error switch
    {
        null => Verdict.Pass,
        VerdictException v => v.Judgement.Verdict,
        IgnoreException => Verdict.NotApplicable,
        InconclusiveException => Verdict.Inconclusive,
        _ => Verdict.Error,
    };

    private static string ReasonOf(Exception? error) => error switch
    {
        null => "",
        VerdictException v => v.Judgement.Reason,
        ResultStateException r => r.Message,
        SilentEntityException => error.Message,
        _ => $"the harness failed: {error.Message}",
    };

    private static StepStatus StatusOf(ScenarioExecutionStatus status) => status switch
    {
        ScenarioExecutionStatus.UndefinedStep => StepStatus.Undefined,
        ScenarioExecutionStatus.StepDefinitionPending => StepStatus.Pending,
        ScenarioExecutionStatus.BindingError => StepStatus.Ambiguous,
        ScenarioExecutionStatus.Skipped => StepStatus.Skipped,
        _ => StepStatus.Failed,
    };
}
