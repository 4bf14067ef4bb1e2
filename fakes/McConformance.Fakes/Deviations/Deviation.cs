namespace McConformance.Fakes.Deviations;

/// <summary>
/// A wrong system: what it does wrong, on which link, the scenario that must find it out, and how. A row of
/// <c>deviations.tsv</c> beside this file; <c>#</c> begins a comment. README.md there says what each cell may hold.
/// </summary>
/// <param name="Name">The fault: <c>OmitsTheVector</c>. Unique.</param>
/// <param name="Requirement">Id in the catalogue, or the clause of a finding, that the verdict must name.</param>
/// <param name="Scenario">Its title; <c>#2</c> behind it for the second of the examples.</param>
/// <param name="Step">The Then step that must fail, or as much of its beginning as tells it from others.</param>
/// <param name="FirstSeenAs">Requirement that the scenario's verdict names, where an earlier step fails as well; else empty.</param>
/// <param name="From">Party that deviates; <c>*</c> at the end stands for any rest.</param>
/// <param name="To">Party that gets the wrong message, likewise.</param>
/// <param name="Message">Which message, in the words of the features.</param>
/// <param name="How">What is done: a word that <see cref="Change"/> or <see cref="Deviates"/> knows, or <c>policy</c>.</param>
/// <param name="What">Header, AVP code, or name of the policy.</param>
/// <param name="With">What is put in its place.</param>
public sealed record Deviation(
    string Name, string Requirement, string Scenario, string Step, string FirstSeenAs, string From, string To, string Message,
    string How, string What, string With)
{
    private const int Cells = 11;

    /// <summary>True where another configuration makes the system wrong, and no link is touched.</summary>
    public bool IsPolicy => How == "policy";

    /// <summary>Whether it lies on the link between two parties.</summary>
    public bool IsOn(string from, string to) => !IsPolicy && Fits(From, from) && Fits(To, to);

    /// <summary>Reads the table.</summary>
    /// <exception cref="FormatException">A line is wrong; says which and what is expected.</exception>
    public static IReadOnlyList<Deviation> Read(string path)
    {
        var rows = new Dictionary<string, Deviation>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            var row = ReadLine(line, $"{path}({number})");
            if (!rows.TryAdd(row.Name, row)) throw new FormatException($"{path}({number}): {row.Name} stands there already");
        }

        return [.. rows.Values];
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static Deviation ReadLine(string line, string where)
    {
        var cells = line.Split('\t');
        if (cells.Length != Cells) throw new FormatException($"{where}: expected {Cells} cells parted by tabs, found {cells.Length}");
        var row = new Deviation(
            cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7], cells[8], cells[9], cells[10]);
        if (row.IsPolicy) return row;
        try
        {
            Deviates.Check(row);
        }
        catch (FormatException e)
        {
            throw new FormatException($"{where}: {e.Message}");
        }

        return row;
    }

    private static bool Fits(string pattern, string name) =>
        pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern;
}
