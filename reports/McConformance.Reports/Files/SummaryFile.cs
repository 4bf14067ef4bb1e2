using System.Text.Json;
using McConformance.Checks;
using McConformance.Reports.Model;

namespace McConformance.Reports.Files;

/// <summary><c>summary.json</c>: the totals, scenarios, requirements and figures of a run, for other
/// programs.</summary>
internal static class SummaryFile
{
    /// <summary>Verdict of a requirement that no scenario carries.</summary>
    public const string Uncovered = "uncovered";

    public static void Write(RunRecord run, IReadOnlyList<Coverage> coverage, Stream to)
    {
        using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        WriteRun(json, run);
        json.WriteStartObject("totals");
        foreach (var verdict in (Verdict[])[Verdict.Pass, Verdict.Fail, Verdict.Inconclusive, Verdict.NotApplicable, Verdict.Error])
            json.WriteNumber(verdict.Key(), run.Count(verdict));
        json.WriteEndObject();
        json.WriteStartArray("scenarios");
        foreach (var scenario in run.Scenarios) WriteScenario(json, scenario);
        json.WriteEndArray();
        json.WriteStartArray("requirements");
        foreach (var requirement in coverage) WriteRequirement(json, requirement);
        json.WriteEndArray();
        json.WriteStartArray("figures");
        foreach (var figure in run.Figures) WriteFigure(json, figure);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRun(Utf8JsonWriter json, RunRecord run)
    {
        json.WriteStartObject("run");
        json.WriteString("id", run.Id);
        json.WriteString("startedAt", run.StartedAt);
        json.WriteString("configuration", run.Configuration);
        json.WriteString("bindingProfile", run.BindingProfile);
        json.WriteString("gherkinRunner", run.GherkinRunner);
        json.WriteNumber("durationMs", Milliseconds(run.Duration));
        json.WriteEndObject();
    }

    private static void WriteScenario(Utf8JsonWriter json, ScenarioRecord scenario)
    {
        json.WriteStartObject();
        json.WriteString("id", scenario.Id);
        json.WriteString("feature", scenario.FeatureFile);
        json.WriteString("title", scenario.FullTitle);
        json.WriteStartArray("requirements");
        foreach (var requirement in scenario.Requirements) json.WriteStringValue(requirement);
        json.WriteEndArray();
        json.WriteString("polarity", scenario.Polarity == Polarity.Positive ? "positive" : "negative");
        json.WriteString("verdict", scenario.Verdict.Key());
        json.WriteNumber("durationMs", Milliseconds(scenario.Duration));
        json.WriteNumber("messages", scenario.Messages.Count);
        json.WriteString("reason", scenario.Reason);
        json.WriteEndObject();
    }

    private static void WriteRequirement(Utf8JsonWriter json, Coverage requirement)
    {
        json.WriteStartObject();
        json.WriteString("id", requirement.Id);
        json.WriteString("clause", requirement.Requirement?.Clause.ToString() ?? "");
        json.WriteString("verdict", requirement.Verdict?.Key() ?? Uncovered);
        json.WriteNumber("positive", requirement.Positive);
        json.WriteNumber("negative", requirement.Negative);
        json.WriteEndObject();
    }

    private static void WriteFigure(Utf8JsonWriter json, KeyFigure figure)
    {
        json.WriteStartObject();
        json.WriteString("name", figure.Name);
        // JSON has no word for infinity
        if (double.IsFinite(figure.Value)) json.WriteNumber("value", figure.Value);
        else json.WriteNull("value");
        json.WriteString("unit", figure.Unit);
        if (figure.Limit is { } limit && double.IsFinite(limit)) json.WriteNumber("limit", limit);
        else json.WriteNull("limit");
        json.WriteString("limitKind", figure.Kind == LimitKind.AtMost ? "atMost" : "atLeast");
        json.WriteBoolean("withinLimit", figure.IsWithinLimit);
        json.WriteEndObject();
    }

    private static double Milliseconds(TimeSpan span) => Math.Round(span.TotalMilliseconds, 3);
}
