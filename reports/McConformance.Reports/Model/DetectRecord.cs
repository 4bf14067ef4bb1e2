using System.Globalization;

namespace McConformance.Reports.Model;

/// <summary>One wrong system and what the features made of it.</summary>
/// <param name="Deviant">Its name.</param>
/// <param name="Requirement">The id that it breaks.</param>
/// <param name="Result"><c>caught</c>, or in words what happened instead.</param>
/// <param name="Scenario">Title of the scenario that met it.</param>
/// <param name="Named">The id that the failing step named; <c>-</c> where none failed.</param>
/// <param name="After">Seconds until then, or <c>-</c>.</param>
/// <param name="Reason">The step's words, or <c>-</c>.</param>
public sealed record DetectedDeviant(
    string Deviant, string Requirement, string Result, string Scenario, string Named, string After, string Reason)
{
    /// <summary>True where the step failed that must, with the requirement that is broken.</summary>
    public bool IsCaught => Result == "caught";
}

/// <summary>One lawful system that writes otherwise.</summary>
/// <param name="Variant">Its name.</param>
/// <param name="Result"><c>passed</c>, or what was held against it.</param>
public sealed record JudgedVariant(string Variant, string Result)
{
    /// <summary>True where something lawful was held to be wrong.</summary>
    public bool IsFalseAlarm => Result != "passed";
}

/// <summary>Detecting power as <c>reports/detect.sh</c> measured it last: what is caught, and what wrongly.</summary>
/// <param name="MeasuredAt">When, wall clock.</param>
/// <param name="Deviants">All wrong systems.</param>
/// <param name="Variants">All lawful ones.</param>
public sealed record DetectRecord(
    DateTimeOffset MeasuredAt, IReadOnlyList<DetectedDeviant> Deviants, IReadOnlyList<JudgedVariant> Variants)
{
    private const int DeviantCells = 8;
    private const int VariantCells = 2;

    /// <summary>Reads what a measurement left.</summary>
    /// <param name="folder">For example <c>reports/out/detect</c>.</param>
    /// <returns>Null where nothing was measured, or the files are not whole.</returns>
    public static DetectRecord? ReadFolder(string folder)
    {
        var table = Path.Combine(folder, "detect.tsv");
        if (Rows(table, DeviantCells) is not { Length: > 0 } deviants ||
            Rows(Path.Combine(folder, "variants.tsv"), VariantCells) is not { } variants) return null;
        return new DetectRecord(File.GetLastWriteTimeUtc(table),
            [.. deviants.Select(r => new DetectedDeviant(r[0], r[1], r[2], r[3], r[5], r[6], r[7]))],
            [.. variants.Select(r => new JudgedVariant(r[0], r[1]))]);
    }

    /// <summary>Both figures, to stand beside those of a run.</summary>
    public IEnumerable<KeyFigure> Figures()
    {
        var when = MeasuredAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        yield return new KeyFigure($"deviants caught with the right requirement named (detect of {when})",
            Deviants.Count(d => d.IsCaught), $"of {Deviants.Count}", Deviants.Count, LimitKind.AtLeast);
        yield return new KeyFigure($"false alarms (detect of {when})",
            Variants.Count(v => v.IsFalseAlarm), $"on {Variants.Count} lawful variants", 0);
    }

    private static string[][]? Rows(string file, int cells)
    {
        if (!File.Exists(file)) return null;
        var rows = File.ReadLines(file).Skip(1).Select(l => l.Split('\t')).ToArray();
        return rows.All(r => r.Length == cells) ? rows : null;
    }
}
