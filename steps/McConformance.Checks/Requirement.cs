using McConformance.Wire;

namespace McConformance.Checks;

/// <summary>One row of <c>features/catalogue/requirements.tsv</c>.</summary>
/// <param name="Id">For example <c>SPR-4</c>; the scenario tag without its @.</param>
/// <param name="Source">Number of the source text, <c>000</c> to <c>004</c>.</param>
/// <param name="Clause">Where it stands, with the document.</param>
/// <param name="Obligation">As catalogued: shall, should, may, M, precondition, scenario, finding.</param>
/// <param name="Entities">Who is bound by it, abbreviated as in the catalogue.</param>
/// <param name="ObservedAt">Reference points on which it can be seen.</param>
/// <param name="Text">What is asked, in the catalogue's own words.</param>
public sealed record Requirement(
    string Id, string Source, Clause Clause, string Obligation, IReadOnlyList<string> Entities,
    IReadOnlyList<string> ObservedAt, string Text)
{
    private static readonly string[] Columns =
        ["id", "source", "clause", "obligation", "entities", "observed_at", "requirement"];

    /// <summary>True where a miss is a fail; false where it is worth a note only (should, may, findings on the
    /// source).</summary>
    public bool IsBinding => Obligation is not ("should" or "may" or "finding");

    /// <inheritdoc/>
    public override string ToString() => $"{Id} ({Clause})";

    /// <summary>Reads the catalogue from a file.</summary>
    /// <exception cref="FormatException">A line is wrong; the message names file and line, and says what is
    /// expected.</exception>
    public static IReadOnlyList<Requirement> ReadFile(string path) => Read(File.ReadAllText(path), path);

    /// <summary>Reads the catalogue from text.</summary>
    /// <param name="text">Tab-separated, a header line first; empty lines and lines that begin with # are
    /// skipped.</param>
    /// <param name="name">How errors name the text.</param>
    /// <exception cref="FormatException">A line is wrong; the message names file and line, and says what is
    /// expected.</exception>
    public static IReadOnlyList<Requirement> Read(string text, string name = "requirements.tsv")
    {
        var lines = text.Split('\n');
        var header = lines[0].TrimStart('\uFEFF').TrimEnd('\r').Split('\t');
        if (!header.SequenceEqual(Columns))
            throw Wrong(name, 1,
                $"expected the columns {string.Join(", ", Columns)}, read {string.Join(", ", header)}");
        var requirements = new List<Requirement>(lines.Length);
        var seen = new Dictionary<string, int>();
        for (var i = 1; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r');
            if (line.Length == 0 || line[0] == '#') continue;
            var requirement = ReadLine(line, name, i + 1);
            if (!seen.TryAdd(requirement.Id, i + 1))
                throw Wrong(name, i + 1,
                    $"{requirement.Id} stands in line {seen[requirement.Id]} already; ids are unique");
            requirements.Add(requirement);
        }

        return requirements;
    }

    private static Requirement ReadLine(string line, string name, int number)
    {
        var cells = line.Split('\t');
        if (cells.Length != Columns.Length)
            throw Wrong(name, number, $"expected {Columns.Length} columns separated by tabs, read {cells.Length}");
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = cells[i].Trim();
            if (cells[i].Length == 0) throw Wrong(name, number, $"column {Columns[i]} is empty");
        }

        if (cells[0].AsSpan().ContainsAny(' ', '@')) throw Wrong(name, number, $"id \"{cells[0]}\" cannot be a tag");
        return new Requirement(
            cells[0], cells[1], new Clause(Document(cells[1]), cells[2]), cells[3],
            List(cells[4]), List(cells[5]), cells[6]);
    }

    // the sources are change requests to one specification, but for the study that came before it
    private static string Document(string source) => source switch
    {
        "000" or "002" or "003" or "004" => "TS 23.280",
        "001" => "TR 23.781",
        _ => source,
    };

    private static string[] List(string cell) =>
        cell.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static FormatException Wrong(string name, int line, string what) => new($"{name} line {line}: {what}");
}
