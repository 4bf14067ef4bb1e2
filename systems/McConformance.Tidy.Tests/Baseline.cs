namespace McConformance.Tidy.Tests;

/// <summary>
/// Known exceptions to a rule, one a line, in <c>baselines/</c>. The list may only shrink: a violation that is not on
/// it fails, and so does a line that no longer applies. With MC_TIDY_ACCEPT=1 the list is written anew; that is for a
/// merge, and its diff is reviewed.
/// </summary>
internal static class Baseline
{
    /// <summary>Compares what a rule found with the list of that name.</summary>
    public static void Compare(string name, IEnumerable<string> violations)
    {
        var found = violations.Distinct().Order(StringComparer.Ordinal).ToArray();
        var path = Path.Combine(Repository.Root, "systems", "McConformance.Tidy.Tests", "baselines", name + ".txt");
        if (Environment.GetEnvironmentVariable("MC_TIDY_ACCEPT") == "1")
        {
            if (found.Length > 0) File.WriteAllLines(path, found);
            else File.Delete(path);
        }

        var known = File.Exists(path) ? File.ReadAllLines(path).Where(l => l.Length > 0).ToArray() : [];
        var problems = Problems(found, known).ToArray();
        if (problems.Length > 0) Assert.Fail($"{name}:\n{string.Join('\n', problems)}");
    }

    /// <summary>What is wrong: new violations, grown ones, and lines of the list that no longer apply.</summary>
    public static IEnumerable<string> Problems(IReadOnlyCollection<string> found, IReadOnlyCollection<string> known)
    {
        var (now, before) = (found.Select(Split).ToArray(), known.Select(Split).ToDictionary(k => k.What, k => k.Count));
        foreach (var (what, count) in now)
        {
            if (!before.TryGetValue(what, out var allowed)) yield return count < 0 ? what : $"{what}: {count}";
            else if (count > allowed) yield return $"{what}: {count}, and no more than {allowed} are known";
        }

        foreach (var what in before.Keys.Except(now.Select(n => n.What)))
            yield return $"mended, so take the line out of the baseline: {what}";
    }

    // "path: 17" is a counted violation, anything else a plain one
    private static (string What, int Count) Split(string line)
    {
        var at = line.LastIndexOf(": ", StringComparison.Ordinal);
        return at > 0 && int.TryParse(line[(at + 2)..], out var count) ? (line[..at], count) : (line, -1);
    }
}
