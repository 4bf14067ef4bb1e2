using System.Text;
using System.Text.RegularExpressions;
using McConformance.Reports.Gherkin;

namespace McConformance.Tidy.Tests.Rules;

/// <summary>Feature files: name, title, tags, and no wire details in the words of a scenario.</summary>
internal static partial class FeatureRules
{
    // tags that are no requirement ids; what they mean is in the README
    private static readonly string[] Known =
        ["@positive", "@negative", "@faults", "@peer", "@robustness", "@walk-through"];

    private static readonly string[] KnownPrefixes = ["@attacked:", "@clause:", "@needs:"];

    /// <summary>What is wrong with a feature file.</summary>
    public static IEnumerable<string> Check(TextFile file, IReadOnlySet<string> requirements)
    {
        var feature = FeatureReader.Read(file.Text);
        foreach (var problem in CheckName(file, feature.Heading.Name)) yield return problem;
        foreach (var line in file.Lines.Where(l => WireDetail().IsMatch(l)))
            yield return $"{file.Path} speaks of the wire: {line.Trim()}";
        foreach (var group in new Pickles(() => "").Of(feature).GroupBy(p => p.Scenario, ReferenceEqualityComparer.Instance))
        {
            var pickle = group.First();
            var where = $"{file.Path} \"{pickle.Scenario.Heading.Name}\"";
            foreach (var problem in group.SelectMany(p => CheckTags([.. p.Tags.Select(t => t.Name)], requirements)).Distinct())
                yield return $"{where} {problem}";
            if (pickle.Steps.Count > 12 && !pickle.Tags.Any(t => t.Name == "@positive"))
                yield return $"{where} has {pickle.Steps.Count} steps; 12 are enough unless it walks through a whole flow";
        }
    }

    private static IEnumerable<string> CheckName(TextFile file, string title)
    {
        var stem = Path.GetFileNameWithoutExtension(file.Path);
        var clause = title.Split(' ')[0];
        var (least, most) = (Slug(title.Split(':')[0]), Slug(title));
        if (!stem.StartsWith(clause + "_", StringComparison.Ordinal))
            yield return $"{file.Path} does not begin with the clause of its title, {clause}";
        else if (!most.StartsWith(stem, StringComparison.Ordinal) || !stem.StartsWith(least, StringComparison.Ordinal))
            yield return $"{file.Path} is not named as its title says: {most}";
    }

    private static IEnumerable<string> CheckTags(string[] tags, IReadOnlySet<string> requirements)
    {
        var ids = tags.Where(t => char.IsAsciiLetterUpper(t[1])).ToArray();
        foreach (var id in ids.Where(t => !requirements.Contains(t[1..])))
            yield return $"has {id}, which the catalogue does not";
        foreach (var tag in tags.Where(t => !ids.Contains(t) && !Known.Contains(t) && !KnownPrefixes.Any(t.StartsWith)))
            yield return $"has the tag {tag}, which means nothing";
        if (tags.Contains("@walk-through")) yield break;
        if (tags.Count(t => t is "@positive" or "@negative") != 1)
            yield return "is neither @positive nor @negative, or both";
        if (ids.Length == 0) yield return "names no requirement";
    }

    private static string Slug(string title)
    {
        var slug = new StringBuilder();
        var clause = title.Split(' ')[0];
        foreach (var c in title[clause.Length..].ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '_') slug.Append('_');
        }

        return $"{clause}_{slug.ToString().TrimEnd('_')}";
    }

    [GeneratedRegex(@"SIP/2\.0|\$\.[a-zA-Z]|(?<![:\w])//\w|\.\*|\\[dws]|\[\^|^\s*(Given|When|Then|And|But) .*(<\?xml|AVP code)", RegexOptions.None)]
    private static partial Regex WireDetail();
}
