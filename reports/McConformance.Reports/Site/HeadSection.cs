using System.Globalization;
using System.Text;
using McConformance.Checks;
using McConformance.Reports.Files;
using McConformance.Reports.Model;

namespace McConformance.Reports.Site;

/// <summary>The top of the page: totals, what is wrong, figures, the run, the requirements.</summary>
internal sealed class HeadSection(StringBuilder html, RunRecord run, IReadOnlyList<Coverage> coverage)
{
    /// <summary>As the totals list them.</summary>
    public static readonly Verdict[] Order = [Verdict.Pass, Verdict.Fail, Verdict.Error, Verdict.Inconclusive, Verdict.NotApplicable];

    public void Write()
    {
        html.Append("<header class=\"top\"><div><h1>").AppendEscaped(run.Product)
            .Append("</h1><p class=\"sub\">Run <b>").AppendEscaped(run.Id)
            .Append("</b> \u00B7 ").AppendEscaped(Date(run.StartedAt)).Append(" \u00B7 ").Append(Duration(run.Duration))
            .Append(" \u00B7 configuration <b>").AppendEscaped(run.Configuration)
            .Append("</b> \u00B7 binding profile <b>")
            .AppendEscaped(run.BindingProfile)
            .Append("</b></p></div><p class=\"files\"><a href=\"summary.json\">summary.json</a> <a href=\"junit.xml\">junit.xml</a> <a href=\"messages.ndjson\">messages.ndjson</a></p></header>\n<main>\n");
        WriteTotals();
        WriteWrong();
        WriteFigures();
        WriteRun();
        new RequirementSection(html, run, coverage).Write();
        new DetectSection(html, run).Write();
        WriteFindings();
    }

    private void WriteTotals()
    {
        html.Append("<section class=\"totals\" aria-label=\"Totals\"><div class=\"cards\">");
        foreach (var verdict in Order)
        {
            var count = run.Count(verdict);
            html.Append(Invariant, $"<button type=\"button\" class=\"card v-{verdict.Key()}{(count == 0 ? " none" : "")}\" data-verdict=\"{verdict.Key()}\" aria-pressed=\"false\"><b>{count}</b><span>{verdict.Title()}</span></button>");
        }

        html.Append("</div><div class=\"bar\" role=\"img\" aria-label=\"Share of each verdict\">");
        foreach (var verdict in Order)
        {
            if (run.Count(verdict) is var count and > 0)
                html.Append(Invariant, $"<i class=\"v-{verdict.Key()}\" style=\"flex-grow:{count}\" title=\"{count} {verdict.Title()}\"></i>");
        }

        html.Append("</div></section>\n");
    }

    private void WriteWrong()
    {
        var wrong = run.Scenarios.Where(s => s.Verdict is Verdict.Fail or Verdict.Error).ToArray();
        if (wrong.Length == 0) return;
        html.Append(Invariant, $"<details class=\"panel wrong\" open><summary><h2>What is wrong</h2> <span class=\"dim\">{wrong.Length} of {run.Scenarios.Count} scenarios</span></summary><ol>");
        foreach (var scenario in wrong.OrderBy(s => s.Verdict == Verdict.Error ? 0 : 1))
        {
            var target = scenario.FailingMessage is { } number ? $"{scenario.Id}/message-{number}" : scenario.Id;
            html.Append(Invariant, $"<li><span class=\"badge v-{scenario.Verdict.Key()}\">{scenario.Verdict.Title()}</span> <a href=\"#{target}\">").AppendEscaped(scenario.FullTitle)
                .Append("</a><p>").AppendEscaped(scenario.Reason).Append("</p></li>");
        }

        html.Append("</ol></details>\n");
    }

    private void WriteFigures()
    {
        if (run.Figures.Count == 0) return;
        var broken = run.Figures.Count(f => !f.IsWithinLimit);
        html.Append("<details class=\"panel\" open><summary><h2>Figures</h2> <span class=\"dim\">")
            .Append(broken == 0 ? "all within their limits" : $"{broken} out of limits")
            .Append("</span></summary><div class=\"figures\">");
        foreach (var figure in run.Figures)
        {
            html.Append($"<div class=\"figure{(figure.IsWithinLimit ? "" : " broken")}\"><span>")
                .AppendEscaped(figure.Name).Append("</span><b>")
                .Append(Markup.Number(figure.Value)).Append(" <small>").AppendEscaped(figure.Unit)
                .Append("</small></b>");
            if (figure.Limit is { } limit)
            {
                html.Append("<em>").Append(figure.IsWithinLimit ? "" : "out of limit: ")
                    .Append(figure.Kind == LimitKind.AtMost ? "at most " : "at least ")
                    .Append(Markup.Number(limit)).Append(' ').AppendEscaped(figure.Unit).Append("</em>");
            }

            html.Append("</div>");
        }

        html.Append("</div></details>\n");
    }

    private void WriteRun()
    {
        html.Append("<details class=\"panel\"><summary><h2>Run</h2> <span class=\"dim\">configuration, versions, machine</span></summary><dl class=\"facts\">");
        (string, string)[] facts =
        [
            ("Configuration", run.Configuration), ("Binding profile", run.BindingProfile), ("Primary MC system", run.PrimarySystem),
            ("Partner MC system", run.PartnerSystem), ("Gherkin runner", run.GherkinRunner),
        ];
        foreach (var (name, value) in facts.Concat(run.Host))
            html.Append("<dt>").AppendEscaped(name).Append("</dt><dd>").AppendEscaped(value).Append("</dd>");
        html.Append("</dl></details>\n");
    }

    private void WriteFindings()
    {
        if (run.Findings.Count == 0) return;
        html.Append(Invariant, $"<details class=\"panel\" id=\"findings\"><summary><h2>Findings on the source</h2> <span class=\"dim\">{run.Findings.Count} defects or gaps in the specification texts</span></summary>")
            .Append("<div class=\"wide\"><table class=\"grid findings\"><thead><tr><th>Id</th><th>Clause</th><th>What</th><th>Why it matters</th><th>Proposal</th><th>Shown by</th></tr></thead><tbody>");
        foreach (var finding in run.Findings)
        {
            html.Append("<tr><td>").AppendEscaped(finding.Id).Append("</td><td>").AppendEscaped(finding.Clause).Append("</td><td>").AppendEscaped(finding.What)
                .Append("</td><td>").AppendEscaped(finding.Why).Append("</td><td>").AppendEscaped(finding.Proposal).Append("</td><td>");
            var shown = run.Scenarios.FirstOrDefault(s => s.Title == finding.Scenario);
            if (shown is null) html.AppendEscaped(finding.Scenario);
            else html.Append("<a href=\"#").Append(shown.Id).Append("\">").AppendEscaped(shown.FullTitle).Append("</a>");
            html.Append("</td></tr>");
        }

        html.Append("</tbody></table></div></details>\n");
    }

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    /// <summary>A moment, in words that sort.</summary>
    public static string Date(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", Invariant);

    /// <summary>A duration with the unit that suits it.</summary>
    public static string Duration(TimeSpan span) => span.TotalSeconds switch
    {
        < 1 => span.TotalMilliseconds.ToString("0.#", Invariant) + " ms",
        < 120 => span.TotalSeconds.ToString("0.00", Invariant) + " s",
        _ => span.TotalMinutes.ToString("0.0", Invariant) + " min",
    };
}
