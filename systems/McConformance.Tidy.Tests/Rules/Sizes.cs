namespace McConformance.Tidy.Tests.Rules;

/// <summary>A file has 300 lines at most, a line 120 characters; tables and dictionaries may say in the baseline that
/// they are longer.</summary>
internal static class Sizes
{
    private const int LinesMax = 300, CharactersMax = 120;

    /// <summary>"path lines: 412" and "path long lines: 3".</summary>
    public static IEnumerable<string> Check(TextFile file)
    {
        var lines = file.Lines.Count - (file.Lines[^1].Length == 0 ? 1 : 0);
        if (lines > LinesMax) yield return $"{file.Path} lines: {lines}";
        var wide = file.Lines.Count(l => l.TrimEnd('\r').Length > CharactersMax);
        if (wide > 0) yield return $"{file.Path} lines over {CharactersMax} characters: {wide}";
    }
}
