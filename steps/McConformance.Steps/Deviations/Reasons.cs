using System.Collections.Concurrent;
using McConformance.Checks;

namespace McConformance.Steps.Deviations;

/// <summary>
/// What a vendor is told about each deviant, kept in <c>reasons.tsv</c>: the sentence is half of what a verdict is
/// worth, and nobody sees that it has become wrong as long as the verdict stays. MC_REASONS_ACCEPT=1 takes down what is
/// told now; words that differ from run to run become <c>*</c> when that is done again.
/// </summary>
internal static class Reasons
{
    private static readonly ConcurrentDictionary<string, string> Now = new();

    private static readonly Lazy<Dictionary<string, string>> Rows = new(() => !File.Exists(Name) ? []
        : File.ReadLines(Name).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t'))
            .ToDictionary(c => c[0], c => c[1]));

    /// <summary>True while sentences are taken down instead of judged.</summary>
    public static bool IsAccepting => Environment.GetEnvironmentVariable("MC_REASONS_ACCEPT") == "1";

    private static string Name =>
        Path.Combine(Repository.Root, "fakes", "McConformance.Fakes", "Deviations", "reasons.tsv");

    /// <summary>Deviants that have a row.</summary>
    public static IEnumerable<string> Deviants => Rows.Value.Keys;

    /// <summary>What is kept of a deviant; null where nothing is.</summary>
    public static string? Of(string deviant) => Rows.Value.GetValueOrDefault(deviant);

    /// <summary>Whether the sentence is the one that is kept.</summary>
    public static bool Are(string deviant, string told) => Of(deviant) is { } kept && Told.Fits(kept, told);

    /// <summary>Takes a sentence down, for <see cref="Write"/>.</summary>
    public static void Take(string deviant, Judgement judgement) => Now[deviant] = Told.By(judgement);

    /// <summary>Writes the file where sentences are to be accepted; rows of deviants that did not run stay.</summary>
    /// <param name="deviants">Those that there are.</param>
    public static void Write(IReadOnlySet<string> deviants)
    {
        if (!IsAccepting || Now.IsEmpty) return;
        var rows = new SortedDictionary<string, string>(Rows.Value, StringComparer.Ordinal);
        foreach (var (deviant, told) in Now)
            rows[deviant] = rows.TryGetValue(deviant, out var kept) ? Told.Merge(kept, told) : told;
        File.WriteAllLines(
            Name,
            rows.Where(r => deviants.Contains(r.Key)).Select(r => $"{r.Key}\t{r.Value}")
                .Prepend("# name\twhat the verdict says: claim | expected | received (* any word, ... any rest)"));
    }
}
