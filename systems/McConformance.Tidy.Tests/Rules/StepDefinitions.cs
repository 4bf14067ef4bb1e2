using System.Text.RegularExpressions;
using McConformance.Reports.Gherkin;

namespace McConformance.Tidy.Tests.Rules;

/// <summary>Every step has exactly one definition, and every definition a step that uses it.</summary>
internal static partial class StepDefinitions
{
    /// <summary>What does not fit.</summary>
    public static IEnumerable<string> Check(IEnumerable<TextFile> sources, IEnumerable<TextFile> features)
    {
        var steps = features.SelectMany(f => new Pickles(() => "").Of(FeatureReader.Read(f.Text)))
            .SelectMany(p => p.Steps).Select(s => (s.Type, s.Text)).Distinct().ToArray();
        var definitions = sources
            .SelectMany(f => Attribute().Matches(f.Text).Select(m => (File: f.Path, Keyword: m.Groups[1].Value, Pattern: PatternOf(m))))
            .Select(d => (d.File, Type: TypeOf(d.Keyword), d.Pattern, Regex: new Regex(d.Pattern))).ToArray();
        var used = new HashSet<string>();
        foreach (var (type, text) in steps)
        {
            var fitting = definitions.Where(d => d.Type == type && d.Regex.IsMatch(text)).ToArray();
            used.UnionWith(fitting.Select(d => d.File + d.Pattern));
            if (fitting.Length == 0) yield return $"no definition fits the {type.ToLowerInvariant()} step \"{text}\"";
            var patterns = string.Join("  ", fitting.Select(d => d.Pattern));
            if (fitting.Length > 1) yield return $"{fitting.Length} definitions fit the step \"{text}\": {patterns}";
        }

        foreach (var definition in definitions.Where(d => !used.Contains(d.File + d.Pattern)))
            yield return $"{definition.File} defines a step that no scenario has: {definition.Pattern}";
        foreach (var definition in definitions.Where(d => !d.Pattern.StartsWith('^') || !d.Pattern.EndsWith('$')))
            yield return $"{definition.File}: a pattern is written ^...$, else the two runners read it differently: {definition.Pattern}";
    }

    private static string TypeOf(string keyword) => keyword switch { "Given" => "Context", "When" => "Action", _ => "Outcome" };

    private static string PatternOf(Match match) => match.Groups[2].Value.Length > 0
        ? match.Groups[3].Value.Replace("\"\"", "\"")
        : match.Groups[3].Value.Replace("\\\"", "\"").Replace("\\\\", "\\");

    [GeneratedRegex(@"\[(Given|When|Then)\((@?)""((?:[^""\\]|\\.|"""")*)""\)\]")]
    private static partial Regex Attribute();
}
