using System.Text.RegularExpressions;

namespace McConformance.Tidy.Tests.Rules;

/// <summary>
/// Citations have one form, <c>TS 23.280 10.6.3.3 step 6</c>, so that one search finds all; the document is in
/// references.tsv, and a step of a catalogued clause is a catalogued step.
/// </summary>
internal static partial class Citations
{
    /// <summary>What is wrong with the citations of a file.</summary>
    /// <param name="file">Any text file.</param>
    /// <param name="documents">Names in references.tsv.</param>
    /// <param name="places">Clauses of the catalogue by document: <c>TS 23.280 10.1.6.2 step 4</c>.</param>
    public static IEnumerable<string> Check(TextFile file, IReadOnlySet<string> documents, IReadOnlySet<string> places)
    {
        foreach (Match match in Glued().Matches(file.Text))
            yield return $"{file.Path} cites \"{match.Value}\": put a space before the number";
        foreach (Match match in Worded().Matches(file.Text))
            yield return $"{file.Path} cites \"{match.Value}\": the clause follows the document without a word between";
        foreach (var document in Document().Matches(file.Text).Select(m => m.Value).Distinct())
        {
            if (!documents.Contains(document))
                yield return $"{file.Path} cites {document}, which is not in features/catalogue/references.tsv";
        }

        var stepped = places.Select(p => p.Split(" step ")).Where(p => p.Length == 2).Select(p => p[0]).ToHashSet();
        foreach (Match match in Step().Matches(file.Text))
        {
            if (stepped.Contains(match.Groups[1].Value) && !places.Contains(match.Value))
                yield return $"{file.Path} cites {match.Value}, which the catalogue does not have";
        }
    }

    [GeneratedRegex(@"(?<![\w.""'/@])(RFC|TS|TR)\d[\d.]*\d\b")]
    private static partial Regex Glued();

    [GeneratedRegex(@"\b((RFC|TS|TR) \d[\d.]*\d),? (clause|section|subclause|chapter|§)s? ?[\dA-Z]", RegexOptions.IgnoreCase)]
    private static partial Regex Worded();

    [GeneratedRegex(@"\b(RFC \d+|(TS|TR) \d\d\.\d\d\d)\b")]
    private static partial Regex Document();

    [GeneratedRegex(@"\b((?:TS|TR) \d\d\.\d\d\d \d+(?:\.\w+)*) step \d+")]
    private static partial Regex Step();
}
