using System.Globalization;
using System.Text;
using McConformance.Reports.Files;
using McConformance.Reports.Model;
using McConformance.Wire;

namespace McConformance.Reports.Charts;

/// <summary>The arrows of a chart with what stands between them.</summary>
internal sealed class ChartBody(ScenarioRecord scenario, ChartColumns columns, string link)
{
    private const int ReasonLineMax = 150;

    public StringBuilder Svg { get; } = new(8 * 1024);

    /// <summary>Adds an arrow; returns where the next thing begins.</summary>
    public double AddRow(ChartRow row, double top, double height)
    {
        var message = row.Message;
        var arrow = top + 22;
        var (from, to) = (columns[message.Link.From], columns[message.Link.To]);
        Svg.Append(Invariant, $"<a href=\"{link}{message.Number}\"><g class=\"{Class(row)}\"><title>")
            .AppendEscaped(Tip(row)).Append("</title>");
        Text("mc-time", 8, arrow + 4, Seconds(message.At));
        if (from == to) Loop(from, arrow);
        else Arrow(row, from, to, arrow);
        var (start, end) = from == to ? (from, from + 90) : (Math.Min(from, to), Math.Max(from, to));
        // the number stands at the sender's side and takes a little of the room
        var middle = (start + end + (to >= from ? 16 : -16)) / 2;
        Text("mc-label", middle, arrow - 6, row.Label);
        Text("mc-small", middle, arrow + 12 + Slope(row), row.Small);
        Svg.Append("</g></a>");
        return row.IsFailing ? AddReason(top + height) : top + height;
    }

    /// <summary>Adds a mark for time in which nothing was sent.</summary>
    public double AddGap(double top, double height, TimeSpan gap)
    {
        var y = top + height / 2;
        Svg.Append("<g class=\"mc-gap\">");
        foreach (var party in columns.Parties)
            Svg.Append(Invariant, $"<rect x=\"{columns[party] - 3:0.#}\" y=\"{y - 8:0.#}\" width=\"6\" height=\"16\"/>");
        Svg.Append(Invariant, $"<line x1=\"56\" y1=\"{y:0.#}\" x2=\"{columns.Right:0.#}\" y2=\"{y:0.#}\"/>");
        Text("mc-gap-text", 8, y + 4, $"+{Seconds(gap)}");
        Svg.Append("</g>");
        return top + height;
    }

    /// <summary>Repeats the names of the life lines, for charts longer than a screen.</summary>
    public double AddNames(double top)
    {
        foreach (var party in columns.Parties)
        {
            var name = ChartRow.Shorten(party.Name, 24);
            var width = name.Length * 5.4 + 8;
            Svg.Append(Invariant, $"<rect class=\"mc-again\" x=\"{columns[party] - width / 2:0.#}\" y=\"{top:0.#}\" width=\"{width:0.#}\" height=\"14\"/>");
            Text("mc-name", columns[party], top + 11, name);
        }

        return top + 22;
    }

    private double AddReason(double top)
    {
        var max = Math.Max(40, Math.Min(ReasonLineMax, (int)((columns.Right - 80) / 6.4)));
        var lines = Wrap(scenario.Reason, max);
        var height = lines.Count * 16 + 12;
        Svg.Append(Invariant, $"<g class=\"mc-reason\"><rect x=\"64\" y=\"{top - 4:0.#}\" width=\"{columns.Right - 64:0.#}\" height=\"{height}\" rx=\"4\"/>");
        for (var i = 0; i < lines.Count; i++) Text("mc-reason-text", 76, top + 12 + i * 16, lines[i]);
        Svg.Append("</g>");
        return top + height + 8;
    }

    private void Arrow(ChartRow row, double from, double to, double y)
    {
        var sign = to > from ? 1 : -1;
        var end = row.IsLost ? from + (to - from) * 0.82 : to - sign * 2;
        var slope = Slope(row);
        Svg.Append(Invariant, $"<line x1=\"{from:0.#}\" y1=\"{y:0.#}\" x2=\"{end - (row.IsLost ? 0 : sign * 8):0.#}\" y2=\"{y + slope:0.#}\"/>");
        if (row.IsLost)
            Svg.Append(Invariant, $"<path class=\"mc-cross\" d=\"M{end - 6:0.#} {y - 6:0.#}l12 12M{end - 6:0.#} {y + 6:0.#}l12 -12\"/>");
        else
            Svg.Append(Invariant, $"<path class=\"mc-tip\" d=\"M{end:0.#} {y + slope:0.#}l{-sign * 10} -4.5v9z\"/>");
        Number(row, from + sign * 14, y);
    }

    // what arrives late arrives lower
    private static int Slope(ChartRow row) => row.Message.Fate == Fate.Delayed ? 8 : 0;

    private void Loop(double x, double y) =>
        Svg.Append(Invariant, $"<path class=\"mc-loop\" d=\"M{x:0.#} {y - 8:0.#}h30v14h-24\"/><path class=\"mc-tip\" d=\"M{x + 2:0.#} {y + 6:0.#}l10 -4.5v9z\"/>");

    private void Number(ChartRow row, double x, double y)
    {
        var number = row.Message.Number.ToString(Invariant);
        var width = 10 + number.Length * 6.5;
        Svg.Append(Invariant, $"<rect class=\"mc-pill\" x=\"{x - width / 2:0.#}\" y=\"{y - 8:0.#}\" width=\"{width:0.#}\" height=\"16\" rx=\"8\"/>");
        Text("mc-number", x, y + 3.8, number);
    }

    private void Text(string style, double x, double y, string text) =>
        Svg.Append(Invariant, $"<text class=\"{style}\" x=\"{x:0.#}\" y=\"{y:0.#}\">").AppendEscaped(text)
            .Append("</text>");

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    private static string Class(ChartRow row)
    {
        var name = row.Message.Link.Protocol switch
        {
            WireProtocol.Sip => "mc-row mc-sip",
            WireProtocol.Http => "mc-row mc-http",
            _ => "mc-row mc-diameter",
        };
        if (row.IsFailing) return name + " mc-failing";
        return row.Message.Fate switch
        {
            Fate.Delivered => name,
            Fate.Lost or Fate.Replaced => name + " mc-lost",
            _ => name + " mc-disturbed",
        };
    }

    private static string Tip(ChartRow row) =>
        $"{row.Message.Number}: {row.Line.Summary}\n{row.Message.Link.From} to {row.Message.Link.To}, {row.Small}";

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture) + " s";

    private static List<string> Wrap(string text, int max)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > max)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            if (line.Length > 0) line.Append(' ');
            line.Append(ChartRow.Shorten(word, max));
        }

        if (line.Length > 0) lines.Add(line.ToString());
        return lines.Count <= 8 ? lines : [.. lines.Take(7), "\u2026"];
    }
}
