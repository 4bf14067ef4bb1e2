using System.Text.Json;

namespace McConformance.RunTests;

/// <summary>What the suite wrote down of a run: <c>summary.json</c> (README, "Run it").</summary>
/// <param name="Folder">Where the reports of this run are.</param>
/// <param name="Totals">Scenarios by verdict: pass, fail, inconclusive, notApplicable, error.</param>
/// <param name="Failures">Of the verdicts fail and error: feature, title, verdict, reason.</param>
/// <param name="Figures">Measured, ready to print.</param>
internal sealed record Summary(
    string Folder, IReadOnlyDictionary<string, int> Totals,
    IReadOnlyList<(string Feature, string Title, string Verdict, string Reason)> Failures,
    IReadOnlyList<string> Figures)
{
    /// <summary>Scenarios with that verdict.</summary>
    public int Count(string verdict) => Totals.GetValueOrDefault(verdict);

    /// <summary>The newest summary below a report folder that was written after the run began; null where there is
    /// none.</summary>
    public static Summary? Find(string reports, DateTimeOffset begun)
    {
        if (!Directory.Exists(reports)) return null;
        var newest = Directory.EnumerateDirectories(reports).Append(reports)
            .Select(d => Path.Combine(d, "summary.json"))
            .Where(f => File.Exists(f) && File.GetLastWriteTimeUtc(f) >= begun.UtcDateTime && !IsLatest(f))
            .OrderByDescending(File.GetLastWriteTimeUtc).FirstOrDefault();
        return newest is null ? null : Read(Path.GetDirectoryName(newest)!, File.ReadAllBytes(newest));
    }

    /// <summary>Reads a summary; what is not in it counts as nothing.</summary>
    public static Summary Read(string folder, byte[] octets)
    {
        using var document = JsonDocument.Parse(octets);
        var root = document.RootElement;
        var totals = root.TryGetProperty("totals", out var counts)
            ? counts.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt32()) : [];
        var failures = Items(root, "scenarios").Where(s => Text(s, "verdict") is "fail" or "error")
            .Select(s => (Text(s, "feature"), Text(s, "title"), Text(s, "verdict"), Text(s, "reason"))).ToArray();
        var figures = Items(root, "figures")
            .Select(f => $"{Text(f, "name")}: {Text(f, "value")} {Text(f, "unit")}".TrimEnd()).ToArray();
        return new Summary(folder, totals, failures, figures);
    }

    private static bool IsLatest(string file) => Path.GetFileName(Path.GetDirectoryName(file)) == "latest";

    private static IEnumerable<JsonElement> Items(JsonElement root, string name) =>
        root.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray() : [];

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            ? value.ValueKind == JsonValueKind.Null ? "" : value.ToString() : "";
}
