using System.Diagnostics;
using McConformance.Checks;
using McConformance.Checks.Flow;
using McConformance.Reports.Model;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;

namespace McConformance.Steps;

/// <summary>Begins and ends scenarios, and takes down what each came to.</summary>
[Binding]
public sealed class Hooks(ScenarioContext scenario, FeatureContext feature, ScenarioWorld world)
{
    private readonly List<StepRecord> steps = [];
    private DateTimeOffset started;
    private long begun;
    private long stepBegun;

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
        var (messages, recordingStarted) = (world.Messages, world.RecordingStartedAt);
        await world.DisposeAsync();
        var tags = scenario.ScenarioInfo.CombinedTags;
        var malformed = scenario.TestError is null ? world.JudgeForm(messages) : null;
        var error = scenario.TestError ?? (malformed is null ? null : new VerdictException(malformed));
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
    }

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
