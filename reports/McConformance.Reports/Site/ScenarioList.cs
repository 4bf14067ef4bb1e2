using System.Text;
using McConformance.Checks;
using McConformance.Reports.Files;
using McConformance.Reports.Model;

namespace McConformance.Reports.Site;

/// <summary>The scenarios by feature file, closed; with what the filters look at.</summary>
internal sealed class ScenarioList(StringBuilder html, RunRecord run)
{
    private readonly Dictionary<string, Requirement> known = run.Catalogue.ToDictionary(r => r.Id);

    public void Write()
    {
        WriteFilters();
        html.Append("<section id=\"scenarios\" tabindex=\"-1\">");
        foreach (var feature in run.Scenarios.GroupBy(s => s.FeatureFile).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            html.Append("<section class=\"feature\"><h2>").AppendEscaped(feature.First().FeatureTitle)
                .Append(" <span class=\"dim\">")
                .AppendEscaped(feature.Key).Append("</span></h2>");
            foreach (var scenario in feature) WriteScenario(scenario);
            html.Append("</section>\n");
        }

        html.Append("<p id=\"nothing\" hidden>No scenario matches the filter.</p></section>\n");
    }

    private void WriteFilters()
    {
        html.Append("<form class=\"filters\" role=\"search\" aria-label=\"Filter\"><input type=\"search\" id=\"text\" placeholder=\"Filter by text, requirement, clause, tag ( / )\" aria-label=\"Text\">");
        WriteSelect("requirement", "every requirement", run.Scenarios.SelectMany(s => s.Requirements).Distinct());
        WriteSelect("clause", "every clause", run.Scenarios.SelectMany(Clauses).Distinct());
        WriteSelect("verdict", "every verdict", HeadSection.Order.Select(v => v.Key()));
        html.Append("<button type=\"reset\">Clear</button> <output id=\"shown\"></output></form>\n");
    }

    private void WriteSelect(string name, string all, IEnumerable<string> values)
    {
        html.Append($"<select id=\"by-{name}\" aria-label=\"{name}\"><option value=\"\">{all}</option>");
        var options = name == "verdict" ? values : values.Order(StringComparer.Ordinal);
        foreach (var value in options) html.Append("<option>").AppendEscaped(value).Append("</option>");
        html.Append("</select>");
    }

    private void WriteScenario(ScenarioRecord scenario)
    {
        var clauses = Clauses(scenario).Distinct().ToArray();
        html.Append($"<details class=\"scenario v-{scenario.Verdict.Key()}\" id=\"{scenario.Id}\" data-v=\"{scenario.Verdict.Key()}\" data-r=\"|").AppendEscaped(string.Join('|', scenario.Requirements))
            .Append("|\" data-c=\"|").AppendEscaped(string.Join('|', clauses)).Append("|\" data-t=\"")
            .AppendEscaped(string.Join(' ', scenario.Tags))
            .Append($"\"><summary><span class=\"badge v-{scenario.Verdict.Key()}\">{scenario.Verdict.Title()}</span><span class=\"title\">").AppendEscaped(scenario.Title);
        foreach (var (name, value) in scenario.Arguments)
            html.Append(" <span class=\"arg\"><i>").AppendEscaped(name).Append("</i> ").AppendEscaped(value)
                .Append("</span>");
        html.Append("</span><span class=\"chips\">");
        foreach (var requirement in scenario.Requirements) html.Append("<span class=\"chip\">")
            .AppendEscaped(requirement).Append("</span>");
        html.Append(scenario.Polarity == Polarity.Positive ? "<span class=\"chip pol\" title=\"positive\">+</span>" : "<span class=\"chip pol\" title=\"negative\">\u2212</span>")
            .Append("</span><span class=\"count\">")
            .Append(System.Globalization.CultureInfo.InvariantCulture, $"{scenario.Messages.Count} msg</span><span class=\"count\">{HeadSection.Duration(scenario.Duration)}</span>");
        if (scenario.Verdict != Verdict.Pass && scenario.Reason.Length > 0)
            html.Append("<span class=\"why\">").AppendEscaped(scenario.Reason).Append("</span>");
        html.Append("</summary><div class=\"inside\"></div></details>\n");
    }

    private IEnumerable<string> Clauses(ScenarioRecord scenario)
    {
        foreach (var id in scenario.Requirements)
            if (known.TryGetValue(id, out var requirement)) yield return WithoutStep(requirement.Clause.ToString());
    }

    private static string WithoutStep(string clause) =>
        clause.IndexOf(" step", StringComparison.Ordinal) is var step and > 0 ? clause[..step] : clause;
}
