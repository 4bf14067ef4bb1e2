using McConformance.TestConfiguration.Reading;

namespace McConformance.RunTests;

/// <summary>What -Features means: a file, a file's name, a folder, or a clause that file names begin with.</summary>
internal static class FeatureChoice
{
    /// <summary>The scenarios that are meant.</summary>
    /// <param name="all">Those there are.</param>
    /// <param name="wanted">As typed; none means all.</param>
    /// <param name="root">Of the project.</param>
    /// <param name="current">Folder that a path may start from.</param>
    /// <exception cref="BadCallException">One of <paramref name="wanted"/> fits nothing.</exception>
    public static List<Scenario> Of(
        IReadOnlyList<Scenario> all, IReadOnlyList<string> wanted, string root, string current)
    {
        if (wanted.Count == 0) return [.. all];
        var files = all.Select(s => s.File).Distinct().ToArray();
        var chosen = new HashSet<string>();
        foreach (var want in wanted)
        {
            var found = files.Where(f => Fits(f, want, root, current)).ToArray();
            if (found.Length == 0) throw new BadCallException(NothingFits(want, files));
            chosen.UnionWith(found);
        }

        return [.. all.Where(s => chosen.Contains(s.File))];
    }

    private static bool Fits(string file, string want, string root, string current)
    {
        var full = Path.GetFullPath(Path.Combine(root, file));
        foreach (var from in (string[])[current, root, Path.Combine(root, "features")])
        {
            var meant = Path.GetFullPath(Path.Combine(from, want.TrimEnd('/', '\\')));
            var folder = meant + Path.DirectorySeparatorChar;
            if (full == meant || full.StartsWith(folder, StringComparison.Ordinal)) return true;
        }

        var name = Path.GetFileName(file);
        return name == want || Path.GetFileNameWithoutExtension(file) == want || BeginsWithClause(name, want);
    }

    // 10.1.6 means 10.1.6_... and 10.1.6.2_..., and not 10.1.60_...
    private static bool BeginsWithClause(string name, string clause) =>
        char.IsAsciiDigit(clause[0]) && name.StartsWith(clause, StringComparison.OrdinalIgnoreCase)
        && name.Length > clause.Length && name[clause.Length] is '_' or '.';

    private static string NothingFits(string want, string[] files)
    {
        var names = files.Select(f => Path.GetFileName(f)!).ToArray();
        var near = NearestName.Of(want, [.. names, .. names.Select(n => n.Split('_')[0])]);
        var clauses = string.Join(", ", names.Select(n => n.Split('_')[0]).Distinct());
        var meant = near is null ? "" : $"; did you mean \"{near}\"?";
        return $"-Features \"{want}\" fits no feature file{meant}; there are clauses {clauses}";
    }
}
