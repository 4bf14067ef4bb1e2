namespace McConformance.RunTests;

/// <summary>
/// Makes the filter that runs exactly the chosen scenarios, in NUnit's own test selection language: VSTest's language
/// cannot name a method with arguments safely (the adapter's parser stumbles over an escaped bracket).
/// </summary>
internal static class TestFilter
{
    /// <summary>The filter; it names every class even where all is chosen, for the suite's assembly holds tests that
    /// are no scenarios.</summary>
    /// <param name="all">Every scenario there is.</param>
    /// <param name="chosen">Some of them, by reference.</param>
    /// <param name="nameOf">Class and method of a scenario.</param>
    public static string Of(
        IReadOnlyCollection<Scenario> all, IReadOnlyCollection<Scenario> chosen,
        Func<Scenario, (string Class, string Method)> nameOf)
    {
        var wanted = chosen.ToHashSet<Scenario>(ReferenceEqualityComparer.Instance);
        var terms = new List<string>();
        foreach (var feature in all.GroupBy(s => s.Feature).Where(f => f.Any(wanted.Contains)))
        {
            var own = $"class=='{nameOf(feature.First()).Class}'";
            if (feature.All(wanted.Contains)) terms.Add(own);
            else
            {
                var outlines = feature.GroupBy(s => s.Outline).Where(o => o.Any(wanted.Contains));
                terms.AddRange(outlines.SelectMany(
                    o => OfOutline([.. o], wanted, $"{own} && method=='{nameOf(o.First()).Method}'")));
            }
        }

        return string.Join(" || ", terms.Select(t => $"({t})"));
    }

    private static IEnumerable<string> OfOutline(Scenario[] outline, HashSet<Scenario> wanted, string term)
    {
        if (outline.All(wanted.Contains)) return [term];
        // rows differ in the tags of their examples alone, and rows with the same tags are chosen together
        var tags = outline.SelectMany(s => s.RowTags).Distinct().Order()
            .Where(t => !outline.All(s => s.RowTags.Contains(t))).ToArray();
        return outline.Where(wanted.Contains)
            .Select(s => term + string.Concat(tags.Select(t => OfTag(t, s.RowTags.Contains(t))))).Distinct();
    }

    private static string OfTag(string tag, bool has) =>
        $" && cat{(has ? "==" : "!=")}'{tag[1..].Replace("'", @"\'")}'";
}
