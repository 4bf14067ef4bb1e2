namespace McConformance.Checks;

/// <summary>A defect or gap in the specification text itself: one row of <c>features/catalogue/findings.tsv</c>.</summary>
/// <param name="Id">For example <c>SF-06</c>.</param>
/// <param name="Clause">Where it stands.</param>
/// <param name="What">What the text says, or does not say.</param>
/// <param name="Why">What goes wrong by it.</param>
/// <param name="Proposal">How it could be mended.</param>
/// <param name="Scenario">Title of the scenario that shows it; empty where no message can show it yet.</param>
public sealed record SourceFinding(string Id, string Clause, string What, string Why, string Proposal, string Scenario)
{
    private static readonly string[] Columns = ["id", "clause", "what", "why", "proposal", "scenario"];

    /// <summary>Reads the findings from a file.</summary>
    /// <exception cref="FormatException">A line is wrong; the message names file and line, and says what is expected.</exception>
    public static IReadOnlyList<SourceFinding> ReadFile(string path) => Read(File.ReadAllText(path), path);

    /// <summary>Reads the findings from text: tab-separated, a header line first; a scenario of <c>-</c> is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">How errors name it.</param>
    /// <exception cref="FormatException">A line is wrong; the message names file and line, and says what is expected.</exception>
    public static IReadOnlyList<SourceFinding> Read(string text, string name = "findings.tsv")
    {
        var lines = text.Split('\n').Select(l => l.TrimEnd('\r')).ToArray();
        if (!lines[0].TrimStart('\uFEFF').Split('\t').SequenceEqual(Columns))
            throw new FormatException($"{name}, line 1: expected the columns {string.Join(", ", Columns)}");
        var findings = new List<SourceFinding>();
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length == 0 || lines[i][0] == '#') continue;
            var cells = lines[i].Split('\t');
            if (cells.Length != Columns.Length || cells.Any(c => c.Trim().Length == 0))
                throw new FormatException($"{name}, line {i + 1}: expected {Columns.Length} cells, none of them empty, read {cells.Length}; write - where there is no scenario");
            if (findings.Any(f => f.Id == cells[0])) throw new FormatException($"{name}, line {i + 1}: {cells[0]} stands there already; ids are unique");
            findings.Add(new SourceFinding(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5] == "-" ? "" : cells[5]));
        }

        return findings;
    }
}
