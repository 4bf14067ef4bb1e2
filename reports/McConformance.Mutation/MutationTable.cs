using System.Globalization;

namespace McConformance.Mutation;

/// <summary>What became of the faults, as a table, a list of those that nobody found, and figures.</summary>
internal static class MutationTable
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>False for what the tool did not put in: it does not compile, or is the same fault once more.</summary>
    public static bool IsToBeFound(Mutant mutant) => mutant.Status is not ("CompileError" or "Ignored");

    /// <summary>Which faults a table says were found; none where there is no table.</summary>
    public static IReadOnlySet<int> ReadKilled(string path) => !File.Exists(path) ? new HashSet<int>()
        : File.ReadLines(path).Skip(1).Select(l => l.Split('\t')).Where(c => c[1] == "killed")
            .Select(c => int.Parse(c[0], Culture)).ToHashSet();

    /// <summary>Writes <c>mutants.tsv</c>, <c>survivors.txt</c> and <c>summary.txt</c>.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="mutants">All of them.</param>
    /// <param name="note">How it was done.</param>
    public static async Task WriteAsync(string folder, IReadOnlyList<Mutant> mutants, string note)
    {
        var put = mutants.Where(IsToBeFound).OrderBy(m => m.File, StringComparer.Ordinal).ThenBy(m => m.Line).ToArray();
        await File.WriteAllLinesAsync(
            Path.Combine(folder, "mutants.tsv"),
            put.Select(m => string.Create(Culture, $"{m.Id}\t{m.Result}\t{m.By}\t{m.Describe().Replace('\t', ' ')}"))
                .Prepend("mutant\tresult\tby\twhat"));
        await File.WriteAllLinesAsync(
            Path.Combine(folder, "survivors.txt"),
            put.Where(m => m.Result != "killed").Select(m => $"{m.Result}\t{m.Describe()}"));
        var notPut = mutants.Count(m => m.Status == "CompileError");
        await File.WriteAllLinesAsync(
            Path.Combine(folder, "summary.txt"),
            put.GroupBy(m => m.File).Select(f => Line(f.Key, [.. f]))
                .Prepend("killed survived uncovered words score  file").Append(Line("(all)", put))
                .Append(string.Create(Culture, $"{notPut} faults more did not compile; {note}")));
    }

    private static string Line(string name, IReadOnlyCollection<Mutant> mutants)
    {
        int Of(string result) => mutants.Count(m => m.Result == result);
        // words that only readers see count: the reason is half of what a verdict is worth
        var (killed, survived, uncovered) = (Of("killed"), Of("survived"), Of("uncovered"));
        var score = mutants.Count == 0 ? "    -" : string.Create(Culture, $"{100.0 * killed / mutants.Count,5:F1}");
        return string.Create(Culture, $"{killed,6} {survived,8} {uncovered,9} {Of("words"),5} {score}  {name}");
    }
}
