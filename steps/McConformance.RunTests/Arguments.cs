using McConformance.TestConfiguration.Reading;

namespace McConformance.RunTests;

/// <summary>What the command was called with.</summary>
internal sealed record Arguments
{
    /// <summary>What -Help prints.</summary>
    public const string Usage = """
        Runs the conformance scenarios of features/ and ends with one line: N passed, N failed, N skipped.

          -Features <what>       a feature file, its name, a folder, or a clause (10.1.6.2); several with commas
          -Tags <expression>     a tag expression: "@SPR-1 and not (@faults or @peer)"; quote it
          -Configuration <file>  the test configuration; default features/bundled-pair.json
          -Report <folder>       where reports go; default reports/out
          -Strict                an inconclusive scenario counts as failed
          -List                  prints the scenarios that would run, and runs nothing
          -Help                  prints this

        Exit code: 0 all passed; 1 a scenario failed or could not be run; 2 the call or the test configuration is wrong.
        """;

    private static readonly string[] Names = ["Features", "Tags", "Configuration", "Report", "Strict", "List", "Help"];

    /// <summary>Files, folders or clauses; empty for all.</summary>
    public List<string> Features { get; private init; } = [];

    /// <summary>Tag expression, or empty.</summary>
    public string Tags { get; private set; } = "";

    /// <summary>Test configuration as given, or null.</summary>
    public string? Configuration { get; private set; }

    /// <summary>Report folder as given, or null.</summary>
    public string? Report { get; private set; }

    /// <summary>Inconclusive counts as failed.</summary>
    public bool Strict { get; private set; }

    /// <summary>List only.</summary>
    public bool List { get; private set; }

    /// <summary>Print the usage only.</summary>
    public bool Help { get; private set; }

    /// <summary>Reads a call. Names may be written -Name, --name or -Name:value, whatever the case.</summary>
    /// <exception cref="BadCallException">Says which argument is wrong, and what there is.</exception>
    public static Arguments Read(IReadOnlyList<string> arguments)
    {
        var read = new Arguments();
        var seen = new HashSet<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = Split(arguments[i]);
            if (!seen.Add(name)) throw new BadCallException($"-{name} is given twice");
            if (name is "Strict" or "List" or "Help")
            {
                if (value is not null) throw new BadCallException($"-{name} takes no value, but was given \"{value}\"");
                read.Set(name, "");
                continue;
            }

            if (value is null && i + 1 < arguments.Count && !IsName(arguments[i + 1])) value = arguments[++i];
            if (string.IsNullOrWhiteSpace(value)) throw new BadCallException($"-{name} needs a value; see -Help");
            read.Set(name, value);
        }

        return read;
    }

    private static (string Name, string? Value) Split(string argument)
    {
        if (!argument.StartsWith('-'))
            throw new BadCallException($"\"{argument}\" stands alone: say what it is with one of {All}");
        var text = argument.TrimStart('-');
        var end = text.IndexOfAny([':', '=']);
        var typed = end < 0 ? text : text[..end];
        var value = end < 0 || end == text.Length - 1 ? null : text[(end + 1)..];
        var name = Array.Find(Names, n => n.Equals(typed, StringComparison.OrdinalIgnoreCase));
        if (name is not null) return (name, value);
        if (typed is "h" or "?") return ("Help", value);
        var nearest = NearestName.Of(typed, Names) is { } near ? $"did you mean -{near}? " : "";
        throw new BadCallException($"there is no parameter \"{argument}\"; {nearest}There are {All}");
    }

    private static string All => string.Join(", ", Names.Select(n => "-" + n));

    private static bool IsName(string argument) =>
        argument.StartsWith('-')
        && Array.Exists(Names, n => argument.TrimStart('-').StartsWith(n, StringComparison.OrdinalIgnoreCase));

    private void Set(string name, string value)
    {
        switch (name)
        {
            case "Features":
                const StringSplitOptions Apart = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
                Features.AddRange(value.Split(',', Apart));
                break;
            case "Tags":
                Tags = value;
                break;
            case "Configuration":
                Configuration = value;
                break;
            case "Report":
                Report = value;
                break;
            case "Strict":
                Strict = true;
                break;
            case "List":
                List = true;
                break;
            default:
                Help = true;
                break;
        }
    }
}

/// <summary>The call itself is wrong: exit code 2, the message, no stack trace.</summary>
internal sealed class BadCallException(string message) : Exception(message);
