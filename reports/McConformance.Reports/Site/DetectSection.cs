using System.Globalization;
using System.Text;
using McConformance.Reports.Files;
using McConformance.Reports.Model;

namespace McConformance.Reports.Site;

/// <summary>The chapter on detecting power: which wrong systems are caught, by which scenario.</summary>
internal sealed class DetectSection(StringBuilder html, RunRecord run)
{
    public void Write()
    {
        if (run.Detect is not { } detect) return;
        var missed = detect.Deviants.Where(d => !d.IsCaught).ToArray();
        var alarms = detect.Variants.Where(v => v.IsFalseAlarm).ToArray();
        var invariant = CultureInfo.InvariantCulture;
        html.Append("<details class=\"panel\" id=\"detect\"><summary><h2>Detecting power</h2> <span class=\"dim\">")
            .Append(invariant, $"{detect.Deviants.Count - missed.Length} of {detect.Deviants.Count} deviants caught ")
            .Append(invariant, $"with the right requirement named, {alarms.Length} false alarms on ")
            .Append(invariant, $"{detect.Variants.Count} lawful variants; measured by reports/detect.sh on ")
            .AppendEscaped(HeadSection.Date(detect.MeasuredAt)).Append("</span></summary>")
            .Append("<div class=\"wide\"><table class=\"grid findings\"><thead><tr><th>Deviant</th><th>Breaks</th>")
            .Append("<th>Result</th><th>After s</th><th>Caught by</th><th>Reason</th></tr></thead><tbody>");
        foreach (var row in missed.Concat(detect.Deviants.Where(d => d.IsCaught)))
        {
            html.Append("<tr><td>").AppendEscaped(row.Deviant).Append("</td><td>").AppendEscaped(row.Requirement)
                .Append("</td><td>").AppendEscaped(row.Result).Append("</td><td>").AppendEscaped(row.After)
                .Append("</td><td>").AppendEscaped(row.Scenario).Append("</td><td>").AppendEscaped(row.Reason)
                .Append("</td></tr>");
        }

        foreach (var alarm in alarms)
        {
            html.Append("<tr><td>").AppendEscaped(alarm.Variant)
                .Append("</td><td>nothing</td><td>false alarm</td><td></td><td></td><td>")
                .AppendEscaped(alarm.Result).Append("</td></tr>");
        }

        html.Append("</tbody></table></div></details>\n");
    }
}
