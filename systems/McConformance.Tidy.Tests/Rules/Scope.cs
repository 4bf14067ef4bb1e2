namespace McConformance.Tidy.Tests.Rules;

/// <summary>Every requirement of the catalogue is in scope, or waits with a reason, and waits no longer than it
/// must.</summary>
internal static class Scope
{
    /// <summary>Begins the reason of one of which a part is decided, and says what is missing: it may have scenarios.</summary>
    private const string InPart = "In part. ";

    /// <summary>What is wrong with the list of those that wait.</summary>
    /// <param name="catalogue">All ids.</param>
    /// <param name="inScope">Ids that are covered.</param>
    /// <param name="notYet">Rows of id and reason.</param>
    /// <param name="features">Feature files.</param>
    /// <param name="broken">Ids that a deviant breaks.</param>
    public static IEnumerable<string> CheckWaiting(
        IReadOnlySet<string> catalogue, IReadOnlySet<string> inScope, IReadOnlyList<string[]> notYet,
        IReadOnlyCollection<TextFile> features, IReadOnlySet<string> broken)
    {
        foreach (var row in notYet)
        {
            var id = row[0];
            if (!catalogue.Contains(id)) yield return $"not-yet.tsv: {id} is not in the catalogue";
            if (row.Length != 2 || row[1].Trim().Length == 0) yield return $"not-yet.tsv: {id} has no reason";
            if (inScope.Contains(id)) yield return $"{id} stands in in-scope.tsv and in not-yet.tsv";
            if (notYet.Count(r => r[0] == id) > 1) yield return $"not-yet.tsv: {id} stands there more than once";
            if (row.Length == 2 && row[1].StartsWith(InPart, StringComparison.Ordinal)) continue;
            if (broken.Contains(id) && !Coverage.Check([id], features).Any())
                yield return $"{id} has gained positive and negative scenarios and a deviant: move it from not-yet.tsv to in-scope.tsv";
        }
    }

    /// <summary>Ids that are in neither list.</summary>
    public static IEnumerable<string> Holes(IEnumerable<string> catalogue, IReadOnlySet<string> inScope,
        IEnumerable<string[]> notYet)
    {
        var waiting = notYet.Select(r => r[0]).ToHashSet();
        return catalogue.Where(id => !inScope.Contains(id) && !waiting.Contains(id))
            .Select(id => $"{id} is neither in in-scope.tsv nor in not-yet.tsv");
    }
}
