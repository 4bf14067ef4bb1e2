namespace McConformance.RunTests;

/// <summary>Makes the VSTest filter that runs exactly the chosen scenarios.</summary>
internal static class TestFilter
{
    /// <summary>The filter; empty where everything was chosen.</summary>
    /// <param name="all">Every scenario there is.</param>
    /// <param name="chosen">Some of them, by reference.</param>
    /// <param name="nameOf">Class and method of a scenario.</param>
    public static string Of(
        IReadOnlyCollection<Scenario> all, IReadOnlyCollection<Scenario> chosen, Func<Scenario, (string Class, string Method)> nameOf)
    {
        if (chosen.Count == all.Count) return "";
        var wanted = chosen.ToHashSet<Scenario>(ReferenceEqualityComparer.Instance);
        var terms = new List<string>();
        foreach (var feature in all.GroupBy(s => s.Feature))
        {
            if (feature.All(wanted.Contains)) terms.Add($"FullyQualifiedName~{Escape(nameOf(feature.First()).Class + ".")}");
            else terms.AddRange(feature.GroupBy(s => s.Outline).Where(o => o.Any(wanted.Contains)).SelectMany(o => OfOutline([.. o], wanted, nameOf)));
        }

        return string.Join('|', terms);
    }

    private static IEnumerable<string> OfOutline(
        Scenario[] outline, HashSet<Scenario> wanted, Func<Scenario, (string Class, string Method)> nameOf)
    {
        var (type, method) = nameOf(outline[0]);
        var name = $"{type}.{method}";
        if (outline[0].Row < 0) return [$"FullyQualifiedName={Escape(name)}"];
        var term = $"FullyQualifiedName~{Escape(name + "(")}";
        if (outline.All(wanted.Contains)) return [term];
        // rows differ in the tags of their examples alone, and rows with the same tags are chosen together
        var tags = outline.SelectMany(s => s.RowTags).Where(t => !outline.All(s => s.RowTags.Contains(t))).Distinct().Order().ToArray();
        return outline.Where(wanted.Contains)
            .Select(s => string.Join('&', tags.Select(t => $"TestCategory{(s.RowTags.Contains(t) ? "=" : "!=")}{Escape(t[1..])}")))
            .Distinct().Select(t => $"({term}&{t})");
    }

    // backslash before what means something in a filter
    private static string Escape(string text) =>
        string.Concat(text.Select(c => c is '\\' or '(' or ')' or '&' or '|' or '=' or '!' or '~' ? $"\\{c}" : c.ToString()));
}
