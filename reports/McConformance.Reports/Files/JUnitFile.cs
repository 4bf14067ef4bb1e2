using System.Globalization;
using System.Text;
using System.Xml;
using McConformance.Checks;
using McConformance.Reports.Model;

namespace McConformance.Reports.Files;

/// <summary><c>junit.xml</c>: one suite per feature, one case per scenario, in the dialect that Jenkins and GitLab
/// read.</summary>
internal static class JUnitFile
{
    public static void Write(RunRecord run, Stream to)
    {
        var settings = new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), CloseOutput = false };
        using var xml = XmlWriter.Create(to, settings);
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", run.Product);
        WriteCounts(xml, run.Scenarios);
        xml.WriteAttributeString("time", Seconds(run.Duration));
        foreach (var suite in run.Scenarios.GroupBy(s => s.FeatureFile)) WriteSuite(xml, run, [.. suite]);
        xml.WriteEndElement();
    }

    private static void WriteSuite(XmlWriter xml, RunRecord run, ScenarioRecord[] scenarios)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Markup.Clean(scenarios[0].FeatureTitle));
        WriteCounts(xml, scenarios);
        xml.WriteAttributeString("time", Seconds(scenarios.Aggregate(TimeSpan.Zero, (sum, s) => sum + s.Duration)));
        xml.WriteAttributeString("timestamp",
            scenarios.Min(s => s.StartedAt).UtcDateTime.ToString("s", CultureInfo.InvariantCulture));
        xml.WriteAttributeString("file", Markup.Clean(scenarios[0].FeatureFile));
        WriteProperties(xml, [("configuration", run.Configuration), ("bindingProfile", run.BindingProfile)]);
        foreach (var scenario in scenarios) WriteCase(xml, scenario);
        xml.WriteEndElement();
    }

    private static void WriteCase(XmlWriter xml, ScenarioRecord scenario)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", Markup.Clean(scenario.FullTitle));
        // dots would make packages of the clause's number
        xml.WriteAttributeString("classname", Markup.Clean(scenario.FeatureTitle.Replace('.', '_')));
        xml.WriteAttributeString("file", Markup.Clean(scenario.FeatureFile));
        xml.WriteAttributeString("time", Seconds(scenario.Duration));
        WriteProperties(xml, [
            .. scenario.Requirements.Select(r => ("requirement", r)),
            ("polarity", scenario.Polarity == Polarity.Positive ? "positive" : "negative"),
            ("verdict", scenario.Verdict.Key()),
            ("scenario", scenario.Id)]);
        WriteOutcome(xml, scenario);
        xml.WriteEndElement();
    }

    private static void WriteOutcome(XmlWriter xml, ScenarioRecord scenario)
    {
        var element = scenario.Verdict switch
        {
            Verdict.Pass => null,
            Verdict.Fail => "failure",
            Verdict.Error => "error",
            _ => "skipped",
        };
        if (element is null) return;
        var reason = Markup.Clean(scenario.Reason);
        xml.WriteStartElement(element);
        xml.WriteAttributeString("message", element == "skipped" ? $"{scenario.Verdict.Title()}: {reason}" : reason);
        if (element != "skipped")
        {
            xml.WriteAttributeString("type", scenario.Verdict.Key());
            xml.WriteString(Markup.Clean(Steps(scenario)));
        }

        xml.WriteEndElement();
    }

    private static string Steps(ScenarioRecord scenario)
    {
        var text = new StringBuilder(scenario.Reason).Append('\n');
        foreach (var step in scenario.Steps)
        {
            text.Append('\n').Append(step.Status).Append(": ").Append(step.Keyword.Trim()).Append(' ')
                .Append(step.Text);
            if (step.Message is { } message) text.Append("\n    ").Append(message);
        }

        return text.Append("\n\nmessages and chart: index.html#").Append(scenario.Id).ToString();
    }

    private static void WriteCounts(XmlWriter xml, IReadOnlyList<ScenarioRecord> scenarios)
    {
        var (failures, errors) = (scenarios.Count(s => s.Verdict == Verdict.Fail), scenarios.Count(s => s.Verdict == Verdict.Error));
        var skipped = scenarios.Count(s => s.Verdict is Verdict.Inconclusive or Verdict.NotApplicable);
        xml.WriteAttributeString("tests", Number(scenarios.Count));
        xml.WriteAttributeString("failures", Number(failures));
        xml.WriteAttributeString("errors", Number(errors));
        xml.WriteAttributeString("skipped", Number(skipped));
    }

    private static void WriteProperties(XmlWriter xml, IEnumerable<(string Name, string Value)> properties)
    {
        xml.WriteStartElement("properties");
        foreach (var (name, value) in properties)
        {
            xml.WriteStartElement("property");
            xml.WriteAttributeString("name", name);
            xml.WriteAttributeString("value", Markup.Clean(value));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
