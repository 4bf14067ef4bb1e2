namespace McConformance.Checks;

/// <summary>Which requirements of the catalogue are covered, and which wait and why:
/// <c>features/catalogue/in-scope.tsv</c>, <c>not-yet.tsv</c>.</summary>
/// <param name="InScope">Ids that have positive and negative scenarios and a deviant that breaks them; kept by
/// tests.</param>
/// <param name="NotYet">Reasons by id.</param>
public sealed record CatalogueScope(IReadOnlySet<string> InScope, IReadOnlyDictionary<string, string> NotYet)
{
    /// <summary>Nothing is said of any requirement.</summary>
    public static CatalogueScope None { get; } = new(new HashSet<string>(), new Dictionary<string, string>());

    /// <summary>How many of a catalogue are neither in scope nor waiting with a reason.</summary>
    public int Holes(IEnumerable<Requirement> catalogue) =>
        catalogue.Count(r => !InScope.Contains(r.Id) && !NotYet.ContainsKey(r.Id));

    /// <summary>Reads both tables of a folder; a table that is not there is empty.</summary>
    /// <exception cref="FormatException">A line is wrong; the message names file and line, and says what is
    /// expected.</exception>
    public static CatalogueScope ReadFolder(string folder)
    {
        var inScope = Rows(Path.Combine(folder, "in-scope.tsv"), ["id"]).Select(r => r[0]).ToHashSet();
        var notYet = new Dictionary<string, string>();
        foreach (var row in Rows(Path.Combine(folder, "not-yet.tsv"), ["id", "reason"]))
            if (!notYet.TryAdd(row[0], row[1])) throw new FormatException(
                $"not-yet.tsv: {row[0]} stands there twice; ids are unique");
        return new CatalogueScope(inScope, notYet);
    }

    private static IEnumerable<string[]> Rows(string path, string[] columns)
    {
        if (!File.Exists(path)) yield break;
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            var cells = line.TrimEnd('\r').Split('\t');
            if (number == 1 ? !cells.SequenceEqual(columns) : line.Length > 0
                && (cells.Length != columns.Length || cells.Any(c => c.Trim().Length == 0)))
                throw new FormatException(
                    $"{path}({number}): expected {string.Join(", ", columns)}, parted by tabs, none of them empty");
            if (number > 1 && line.Length > 0) yield return cells;
        }
    }
}
