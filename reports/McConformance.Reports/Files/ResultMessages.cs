using McConformance.Checks;
using McConformance.Reports.Gherkin;
using McConformance.Reports.Model;

namespace McConformance.Reports.Files;

/// <summary>The Cucumber messages of one scenario that ran.</summary>
internal sealed class ResultMessages(CucumberMessages messages, string runId)
{
    public void Write(ScenarioRecord scenario, Pickle pickle)
    {
        var json = messages.Json;
        var (testCase, attempt) = (messages.NewId(), messages.NewId());
        var steps = pickle.Steps.Select(s => (Step: s, Id: messages.NewId())).ToArray();
        messages.Line("testCase", () => WriteTestCase(testCase, pickle, steps));
        messages.Line("testCaseStarted", () =>
        {
            json.WriteNumber("attempt", 0);
            json.WriteString("id", attempt);
            json.WriteString("testCaseId", testCase);
            json.WriteString("workerId", scenario.Worker.ToString(System.Globalization.CultureInfo.InvariantCulture));
            messages.Timestamp(scenario.StartedAt);
        });
        var at = scenario.StartedAt;
        for (var i = 0; i < steps.Length; i++)
        {
            // hooks do not fire for steps that are not reached
            var seen = i < scenario.Steps.Count ? scenario.Steps[i] : new StepRecord("", "", StepStatus.Skipped, TimeSpan.Zero);
            WriteStep(attempt, steps[i].Id, seen, at);
            at += seen.Duration;
        }

        if (scenario.Reason.Length > 0) messages.Line("attachment", () => WriteReason(attempt, scenario));
        messages.Line("testCaseFinished", () =>
        {
            json.WriteString("testCaseStartedId", attempt);
            json.WriteBoolean("willBeRetried", false);
            messages.Timestamp(scenario.StartedAt + scenario.Duration);
        });
    }

    private void WriteTestCase(string testCase, Pickle pickle, (PickleStep Step, string Id)[] steps)
    {
        var json = messages.Json;
        json.WriteString("id", testCase);
        json.WriteString("pickleId", pickle.Id);
        json.WriteString("testRunStartedId", runId);
        json.WriteStartArray("testSteps");
        foreach (var (step, id) in steps)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("pickleStepId", step.Id);
            json.WriteStartArray("stepDefinitionIds");
            json.WriteEndArray();
            json.WriteStartArray("stepMatchArgumentsLists");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteStep(string attempt, string step, StepRecord seen, DateTimeOffset at)
    {
        var json = messages.Json;
        messages.Line("testStepStarted", () =>
        {
            json.WriteString("testCaseStartedId", attempt);
            json.WriteString("testStepId", step);
            messages.Timestamp(at);
        });
        messages.Line("testStepFinished", () =>
        {
            json.WriteString("testCaseStartedId", attempt);
            json.WriteString("testStepId", step);
            json.WriteStartObject("testStepResult");
            messages.Seconds("duration", seen.Duration.Ticks);
            if (seen.Message is { } message) json.WriteString("message", message);
            json.WriteString("status", seen.Status.ToString().ToUpperInvariant());
            json.WriteEndObject();
            messages.Timestamp(at + seen.Duration);
        });
    }

    private void WriteReason(string attempt, ScenarioRecord scenario)
    {
        var json = messages.Json;
        json.WriteString("testCaseStartedId", attempt);
        json.WriteString("body", $"{scenario.Verdict.Title()}: {scenario.Reason}");
        json.WriteString("mediaType", "text/plain");
        json.WriteString("contentEncoding", "IDENTITY");
    }
}
