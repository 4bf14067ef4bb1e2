using System.Globalization;
using System.Text;
using McConformance.Reports.Files;
using McConformance.Reports.Model;
using McConformance.Wire;

namespace McConformance.Reports.Charts;

/// <summary>
/// Draws a recording as SVG in the manner of TS 23.280 figure 10.1.6.2-1: MC systems as boxes around their entities, a
/// numbered
/// arrow per message. Stands alone, needs no font file and no script, and looks the same on paper.
/// </summary>
public sealed class SequenceChart
{
    private const string Page = "index.html";
    private const double Left = 64;
    private const double HeadTop = 44;
    private const double HeadHeight = 42;
    private const double RowHeight = 46;
    private const double GapHeight = 30;
    private const int RowsBetweenNames = 20;
    private static readonly TimeSpan LongGap = TimeSpan.FromMilliseconds(500);
    private readonly StringBuilder svg = new(16 * 1024);
    private readonly ScenarioRecord scenario;
    private readonly ChartColumns columns;
    private readonly List<ChartRow> rows;
    private readonly int leftOut;
    private readonly string link;

    private SequenceChart(ScenarioRecord scenario, string primary, string partner, bool withHousekeeping)
    {
        this.scenario = scenario;
        link = $"{Page}#{scenario.Id}/message-";
        rows = [.. scenario.Messages.Select(m => new ChartRow(m, m.Number == scenario.FailingMessage))
            .Where(r => withHousekeeping || r.IsFailing || !r.Line.IsHousekeeping)];
        leftOut = scenario.Messages.Count - rows.Count;
        columns = new ChartColumns(rows, primary, partner, Left);
    }

    /// <summary>Draws a chart.</summary>
    /// <param name="scenario">Its recording, and which message failed.</param>
    /// <param name="primary">Domain of the MC system on the right.</param>
    /// <param name="partner">Domain of the MC system on the left.</param>
    /// <param name="withHousekeeping">True to show capabilities exchanges, watchdogs and keep-alives too.</param>
    /// <returns>SVG text; its arrows link to the messages in <c>index.html</c> beside it.</returns>
    public static string Draw(
        ScenarioRecord scenario, string primary = "primary.example", string partner = "partner.example",
        bool withHousekeeping = false) =>
        new SequenceChart(scenario, primary, partner, withHousekeeping).Draw();

    private string Draw()
    {
        var body = new ChartBody(scenario, columns, link);
        var y = HeadTop + HeadHeight + 16;
        var before = TimeSpan.Zero;
        for (var i = 0; i < rows.Count; i++)
        {
            if (i > 0 && rows[i].Message.At - before >= LongGap) y = body.AddGap(y, GapHeight, rows[i].Message.At - before);
            if (i > 0 && i % RowsBetweenNames == 0 && rows.Count - i > RowsBetweenNames / 2) y = body.AddNames(y);
            before = rows[i].Message.At;
            y = body.AddRow(rows[i], y, RowHeight);
        }

        var bottom = y + 6;
        var width = Math.Max(columns.Right + 16, 420);
        var height = bottom + (rows.Count > 6 ? HeadHeight + 8 : 8) + (leftOut > 0 || rows.Count == 0 ? 22 : 0);
        Open(width, height);
        Boxes(bottom + (rows.Count > 6 ? HeadHeight + 2 : 0));
        foreach (var party in columns.Parties)
            svg.Append(Invariant, $"<line class=\"mc-life\" x1=\"{columns[party]:0.#}\" y1=\"{HeadTop + HeadHeight:0.#}\" x2=\"{columns[party]:0.#}\" y2=\"{bottom:0.#}\"/>");
        svg.Append(body.Svg);
        Heads(HeadTop);
        if (rows.Count > 6) Heads(bottom - 4);
        Foot(height);
        return svg.Append("</svg>\n").ToString();
    }

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    private void Open(double width, double height)
    {
        svg.Append(Invariant, $"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"mc-chart\" role=\"img\" viewBox=\"0 0 {width:0} {height:0}\" width=\"{width:0}\" height=\"{height:0}\" aria-labelledby=\"t-{scenario.Id} d-{scenario.Id}\">");
        svg.Append("<title id=\"t-").Append(scenario.Id).Append("\">").AppendEscaped(scenario.FullTitle)
            .Append("</title>");
        svg.Append("<desc id=\"d-").Append(scenario.Id).Append("\">Sequence chart of ")
            .Append(Invariant, $"{rows.Count} messages between {columns.Parties.Count} entities. ");
        foreach (var row in rows)
        {
            svg.Append(Invariant, $"{row.Message.Number}: ").AppendEscaped(row.Message.Link.From.Name).Append(" to ")
                .AppendEscaped(row.Message.Link.To.Name).Append(", ").AppendEscaped(row.Label);
            if (row.IsLost) svg.Append(", ").Append(row.Message.Fate.ToString().ToLowerInvariant());
            svg.Append(". ");
        }

        svg.Append("</desc><style>").Append(ChartStyle.Css).Append("</style>");
        svg.Append(Invariant, $"<rect class=\"mc-paper\" width=\"{width:0}\" height=\"{height:0}\"/>");
    }

    private void Boxes(double bottom)
    {
        foreach (var (system, from, to) in columns.Systems)
        {
            var (x, width) = (from - ChartColumns.BoxWidth / 2 - 9, to - from + ChartColumns.BoxWidth + 18);
            svg.Append(Invariant, $"<rect class=\"mc-system\" x=\"{x:0.#}\" y=\"8\" width=\"{width:0.#}\" height=\"{bottom - 2:0.#}\" rx=\"8\"/>");
            svg.Append(Invariant, $"<text class=\"mc-system-name\" x=\"{x + width / 2:0.#}\" y=\"28\">")
                .AppendEscaped(system).Append("</text>");
        }
    }

    private void Heads(double top)
    {
        foreach (var party in columns.Parties)
        {
            var centre = columns[party];
            var name = party.Title == party.Name ? "not in the configuration" : party.Name;
            svg.Append(Invariant, $"<g><title>").AppendEscaped($"{party.Title} {party.Name}").Append("</title>");
            svg.Append(Invariant, $"<rect class=\"mc-head\" x=\"{centre - ChartColumns.BoxWidth / 2:0.#}\" y=\"{top:0.#}\" width=\"{ChartColumns.BoxWidth:0.#}\" height=\"{HeadHeight - 4:0.#}\" rx=\"3\"/>");
            svg.Append(Invariant, $"<text class=\"mc-kind\" x=\"{centre:0.#}\" y=\"{top + 16:0.#}\">")
                .AppendEscaped(Short(party)).Append("</text>");
            svg.Append(Invariant, $"<text class=\"mc-name\" x=\"{centre:0.#}\" y=\"{top + 30:0.#}\">")
                .AppendEscaped(ChartRow.Shorten(name, 24)).Append("</text></g>");
        }
    }

    // the box is narrower than the longest of 3GPP's names
    private static string Short(Party party) => party.Kind switch
    {
        EntityKind.MigrationManagementServer => "Migration mgmt. server",
        EntityKind.SignallingUserAgent => "MC service UE",
        _ => ChartRow.Shorten(party.Title, 22),
    };

    private void Foot(double height)
    {
        var text = rows.Count == 0 && leftOut == 0 ? "No message was recorded."
            : leftOut > 0 ? $"{leftOut} capabilities exchange, watchdog and keep-alive messages are not drawn." : "";
        if (text.Length > 0) svg
            .Append(Invariant, $"<text class=\"mc-foot\" x=\"12\" y=\"{height - 9:0.#}\">{text}</text>");
    }
}
