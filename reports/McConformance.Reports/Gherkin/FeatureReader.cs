using System.Text;

namespace McConformance.Reports.Gherkin;

/// <summary>
/// Reads a feature file, English keywords only, which is what this project's files use. The runners have parsers of
/// their own, but
/// of two versions whose trees differ; with this one the reports depend on neither. What a runner refuses never gets
/// here.
/// </summary>
internal sealed class FeatureReader
{
    private static readonly string[] StepKeywords = ["Given ", "When ", "Then ", "And ", "But ", "* "];
    private readonly string[] lines;
    private readonly List<(Place, string)> comments = [];
    private int at;

    private FeatureReader(string text) => lines = text.Replace("\r\n", "\n").TrimStart('\uFEFF').Split('\n');

    /// <summary>The feature of a file.</summary>
    /// <exception cref="FormatException">The text is none; the message names the line.</exception>
    public static FeatureNode Read(string text) => new FeatureReader(text).ReadFeature();

    private FeatureNode ReadFeature()
    {
        var heading = Peek("Feature") ? ReadHeading("Feature") : throw Unexpected("Feature:");
        var children = new List<FeatureChild>();
        while (HasMore()) children.Add(Peek("Rule") ? ReadRule() : ReadChild());
        return new FeatureNode(heading, children, comments);
    }

    private RuleNode ReadRule()
    {
        var heading = ReadHeading("Rule");
        var children = new List<FeatureChild>();
        while (HasMore() && !Peek("Rule")) children.Add(ReadChild());
        return new RuleNode(heading, children);
    }

    private FeatureChild ReadChild()
    {
        if (Peek("Background")) return new BackgroundNode(ReadHeading("Background"), ReadSteps());
        if (!Peek("Scenario", "Scenario Outline", "Scenario Template", "Example")) throw Unexpected("Scenario:");
        var heading = ReadHeading("Scenario Outline", "Scenario Template", "Scenario", "Example");
        var steps = ReadSteps();
        var examples = new List<ExamplesNode>();
        while (HasMore() && Peek("Examples", "Scenarios"))
            examples.Add(new ExamplesNode(ReadHeading("Examples", "Scenarios"), ReadTable()));
        return new ScenarioNode(heading, steps, examples);
    }

    private List<StepNode> ReadSteps()
    {
        var steps = new List<StepNode>();
        while (HasMore() && KeywordOfStep(lines[at]) is { } keyword)
        {
            var place = PlaceOf(lines[at], at);
            var text = lines[at++].TrimStart()[keyword.Length..].Trim();
            steps.Add(new StepNode(place, keyword, text, ReadDocString(), ReadTable()));
        }

        return steps;
    }

    private DocStringNode? ReadDocString()
    {
        if (!HasMore()) return null;
        var opening = lines[at].TrimStart();
        var delimiter = opening.StartsWith("\"\"\"") ? "\"\"\"" : opening.StartsWith("```") ? "```" : null;
        if (delimiter is null) return null;
        var place = PlaceOf(lines[at++], at - 1);
        var content = new List<string>();
        while (at < lines.Length && !lines[at].TrimStart().StartsWith(delimiter))
        {
            var line = lines[at++];
            var indent = Math.Min(place.Column - 1, line.Length - line.TrimStart().Length);
            content.Add(line[indent..].Replace("\\\"\\\"\\\"", "\"\"\""));
        }

        if (at == lines.Length) throw Unexpected(delimiter);
        at++;
        return new DocStringNode(place, opening[3..].Trim(), string.Join('\n', content), delimiter);
    }

    private List<RowNode> ReadTable()
    {
        var rows = new List<RowNode>();
        while (HasMore() && lines[at].TrimStart().StartsWith('|')) rows.Add(ReadRow(lines[at], at++));
        return rows;
    }

    private static RowNode ReadRow(string line, int index)
    {
        var cells = new List<(Place, string)>();
        var cell = new StringBuilder();
        var start = line.IndexOf('|') + 1;
        for (var i = start; i < line.Length; i++)
        {
            if (line[i] == '|')
            {
                var spaces = line.AsSpan(start, i - start);
                var column = start + 1 + spaces.Length - spaces.TrimStart().Length;
                cells.Add((new Place(index + 1, column), cell.ToString().Trim(' ', '\t')));
                cell.Clear();
                start = i + 1;
            }
            else if (line[i] == '\\' && i + 1 < line.Length && line[i + 1] is 'n' or '|' or '\\')
            {
                i++;
                cell.Append(line[i] == 'n' ? '\n' : line[i]);
            }
            else
            {
                cell.Append(line[i]);
            }
        }

        return new RowNode(PlaceOf(line, index), cells);
    }

    private Heading ReadHeading(params ReadOnlySpan<string> keywords)
    {
        var tags = ReadTags();
        var line = lines[at].Trim();
        var place = PlaceOf(lines[at], at);
        var keyword = "";
        foreach (var candidate in keywords)
            if (keyword.Length == 0 && line.StartsWith(candidate + ":", StringComparison.Ordinal)) keyword = candidate;
        at++;
        return new Heading(place, keyword, line[(keyword.Length + 1)..].Trim(), ReadDescription(), tags);
    }

    private string ReadDescription()
    {
        var description = new List<string>();
        for (; at < lines.Length; at++)
        {
            var line = lines[at].TrimStart();
            if (line.StartsWith('@') || line.StartsWith('|') || KeywordOfStep(line) is not null || KeywordOfBlock(line) is not null) break;
            if (line.StartsWith('#')) comments.Add((new Place(at + 1, 1), lines[at]));
            else description.Add(lines[at].TrimEnd());
        }

        while (description.Count > 0 && description[^1].Length == 0) description.RemoveAt(description.Count - 1);
        return string.Join('\n', description.SkipWhile(l => l.Length == 0));
    }

    private List<TagNode> ReadTags()
    {
        var tags = new List<TagNode>();
        for (; HasMore() && lines[at].TrimStart().StartsWith('@'); at++)
        {
            var line = lines[at];
            for (var i = line.IndexOf('@'); i >= 0; i = line.IndexOf('@', i + 1))
            {
                var end = line.AsSpan(i + 1).IndexOfAny(' ', '\t', '@');
                var name = (end < 0 ? line[i..] : line.Substring(i, end + 1)).TrimEnd();
                tags.Add(new TagNode(new Place(at + 1, i + 1), name));
                if (line.IndexOf(" #", i, StringComparison.Ordinal) is var comment && comment >= 0 && comment < line.IndexOf('@', i + 1)) break;
            }
        }

        return tags;
    }

    // the keyword that comes next, tags in front of it left aside
    private bool Peek(params ReadOnlySpan<string> keywords)
    {
        if (!HasMore()) return false;
        for (var i = at; i < lines.Length; i++)
        {
            var line = lines[i].TrimStart();
            if (line.Length == 0 || line[0] is '@' or '#') continue;
            foreach (var keyword in keywords)
                if (KeywordOfBlock(line) == keyword) return true;
            return false;
        }

        return false;
    }

    private bool HasMore()
    {
        for (; at < lines.Length; at++)
        {
            var line = lines[at].TrimStart();
            if (line.StartsWith('#')) comments.Add((new Place(at + 1, 1), lines[at]));
            else if (line.Length > 0) return true;
        }

        return false;
    }

    private static string? KeywordOfStep(string line)
    {
        var text = line.TrimStart();
        foreach (var keyword in StepKeywords)
            if (text.StartsWith(keyword, StringComparison.Ordinal)) return keyword;
        return null;
    }

    private static string? KeywordOfBlock(string line)
    {
        var colon = line.IndexOf(':');
        if (colon < 0) return null;
        var word = line.AsSpan(0, colon).Trim();
        return word is "Feature" or "Rule" or "Background" or "Scenario" or "Scenario Outline" or "Scenario Template"
            or "Example" or "Examples" or "Scenarios" ? word.ToString() : null;
    }

    private static Place PlaceOf(string line, int index) => new(index + 1, line.Length - line.TrimStart().Length + 1);

    private FormatException Unexpected(string expected) =>
        new($"line {Math.Min(at, lines.Length - 1) + 1}: expected {expected}");
}
