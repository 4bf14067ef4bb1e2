using System.Globalization;
using System.Text.Json;

namespace McConformance.Mutation;

/// <summary>One fault that was put into the checks.</summary>
/// <param name="Id">Its number.</param>
/// <param name="File">Where it is, below the project.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Kind">The tool's name for such faults.</param>
/// <param name="Original">What stands there.</param>
/// <param name="Replacement">What it stands for.</param>
/// <param name="Status">What the tool says of it.</param>
internal sealed record Mutant(
    int Id, string File, int Line, string Kind, string Original, string Replacement, string Status)
{
    /// <summary>What the scenarios have made of it; null before.</summary>
    public string? Result { get; set; }

    /// <summary>The scenario that has found it, or none.</summary>
    public string By { get; set; } = "";

    /// <summary>True where it is text only.</summary>
    public bool IsText => Kind.Contains("String", StringComparison.OrdinalIgnoreCase);

    /// <summary>Where, and what: a line for readers.</summary>
    public string Describe() => string.Create(
        CultureInfo.InvariantCulture, $"{File}:{Line}: {Kind}: {Short(Original)} -> {Short(Replacement)}");

    /// <summary>Reads the report of the tool (mutation testing report schema 2).</summary>
    /// <param name="path">The report.</param>
    /// <param name="sources">Text of each file.</param>
    public static IReadOnlyList<Mutant> Read(string path, out IReadOnlyDictionary<string, string> sources)
    {
        using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(path));
        var root = document.RootElement.GetProperty("projectRoot").GetString()!;
        var (read, texts) = (new List<Mutant>(), new Dictionary<string, string>());
        foreach (var file in document.RootElement.GetProperty("files").EnumerateObject())
        {
            var name = Path.IsPathRooted(file.Name) ? Path.GetRelativePath(root, file.Name) : file.Name;
            texts[name] = file.Value.GetProperty("source").GetString()!;
            var lines = texts[name].Split('\n');
            read.AddRange(file.Value.GetProperty("mutants").EnumerateArray().Select(m => Read(m, name, lines)));
        }

        sources = texts;
        return read;
    }

    private static Mutant Read(JsonElement mutant, string file, string[] lines)
    {
        var location = mutant.GetProperty("location");
        var (start, end) = (location.GetProperty("start"), location.GetProperty("end"));
        var line = start.GetProperty("line").GetInt32();
        var from = start.GetProperty("column").GetInt32() - 1;
        var text = lines[line - 1][from..];
        if (end.GetProperty("line").GetInt32() == line)
            text = text[..Math.Min(text.Length, end.GetProperty("column").GetInt32() - 1 - from)];
        return new Mutant(
            int.Parse(mutant.GetProperty("id").GetString()!, CultureInfo.InvariantCulture), file, line,
            mutant.GetProperty("mutatorName").GetString()!, text,
            mutant.TryGetProperty("replacement", out var replacement) ? replacement.GetString() ?? "" : "",
            mutant.GetProperty("status").GetString()!);
    }

    private static string Short(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length > 90 ? line[..90] + "..." : line;
    }
}
