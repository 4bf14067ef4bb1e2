using System.Globalization;
using System.Text;
using McConformance.Checks;
using McConformance.Reports.Files;
using McConformance.Reports.Model;

namespace McConformance.Reports.Site;

/// <summary>The chapter of requirements: verdict and scenarios of each, what waits and why, and holes.</summary>
internal sealed class RequirementSection(StringBuilder html, RunRecord run, IReadOnlyList<Coverage> coverage)
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public void Write()
    {
        if (coverage.Count == 0) return;
        var (covered, holes) = (coverage.Count(c => c.Verdict is not null), coverage.Count(c => c.IsHole));
        html.Append(Invariant,
            $"<details class=\"panel\" id=\"requirements\"><summary><h2>Requirements</h2> <span class=\"dim\">{covered} of {coverage.Count} have a scenario, {holes} lack a positive or a negative one</span></summary>");
        WriteScope();
        html.Append(
            "<p class=\"tools\"><label><input type=\"checkbox\" id=\"covered-only\"> with scenarios only</label> <label><input type=\"checkbox\" id=\"holes-only\"> holes only</label></p>")
            .Append("<div class=\"wide\"><table class=\"grid reqs\"><thead><tr><th>Id</th><th>Clause</th><th>Verdict</th><th>Positive</th><th>Negative</th><th>Requirement</th></tr></thead><tbody>");
        foreach (var row in coverage) WriteRow(row);
        html.Append("</tbody></table></div></details>\n");
    }

    /// <summary>How much of the catalogue is in scope, whatever this run carried out.</summary>
    private void WriteScope()
    {
        var scope = run.Scope;
        if (scope.InScope.Count == 0 && scope.NotYet.Count == 0) return;
        html.Append(Invariant,
            $"<p class=\"scope\"><b>{scope.InScope.Count}</b> in scope: positive and negative scenarios, and a wrong system that breaks them. ")
            .Append(Invariant,
                $"<b>{scope.NotYet.Count}</b> not yet, with the reason. <b>{scope.Holes(run.Catalogue)}</b> holes.</p>");
    }

    private void WriteRow(Coverage row)
    {
        html.Append("<tr data-hole=\"").Append(row.IsHole ? 1 : 0).Append("\" data-covered=\"")
            .Append(row.Verdict is null ? 0 : 1)
            .Append("\"><td><button type=\"button\" class=\"chip\" data-requirement=\"").AppendEscaped(row.Id)
            .Append("\">").AppendEscaped(row.Id)
            .Append("</button></td><td class=\"clause\">")
            .AppendEscaped(row.Requirement?.Clause.ToString() ?? "not in the catalogue").Append("</td><td>");
        var reason = run.Scope.NotYet.GetValueOrDefault(row.Id);
        if (row.Verdict is { } verdict) html.Append(
            $"<span class=\"badge v-{verdict.Key()}\">{verdict.Title()}</span>");
        else html.Append("<span class=\"badge v-none\">").Append(reason is null ? "no scenario" : "not yet")
            .Append("</span>");
        Count(row.Positive);
        Count(row.Negative);
        html.Append("</td><td>").AppendEscaped(row.Requirement?.Text ?? "").Append(" <span class=\"dim\">")
            .AppendEscaped(row.Requirement?.Obligation ?? "").Append("</span>");
        if (reason is not null) html.Append("<p class=\"not-yet\">Not yet: ").AppendEscaped(reason).Append("</p>");
        html.Append("</td></tr>\n");
    }

    private void Count(int count) =>
        html.Append("</td><td class=\"num").Append(count == 0 ? " hole\">none" : "\">" + count.ToString(Invariant));
}
