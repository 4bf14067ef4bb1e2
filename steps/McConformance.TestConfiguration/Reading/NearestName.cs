namespace McConformance.TestConfiguration.Reading;

/// <summary>Finds what somebody probably meant to type.</summary>
public static class NearestName
{
    /// <summary>The known name with the fewest changed letters, case aside; null where none is near.</summary>
    public static string? Of(string typed, IEnumerable<string> known)
    {
        var (best, least) = ((string?)null, Math.Max(3, (typed.Length / 2) + 1));
        foreach (var name in known)
        {
            var distance = Distance(typed.ToLowerInvariant(), name.ToLowerInvariant());
            if (distance < least) (best, least) = (name, distance);
        }

        return best;
    }

    // edit distance of Levenshtein, one row at a time
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (corner, left) = (row[0], i);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                left = Math.Min(Math.Min(row[j] + 1, left + 1), corner + (a[i - 1] == b[j - 1] ? 0 : 1));
                (corner, row[j]) = (row[j], left);
            }
        }

        return row[b.Length];
    }
}
