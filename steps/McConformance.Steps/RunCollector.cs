using System.Collections.Concurrent;
using System.Diagnostics;
using McConformance.Checks;
using McConformance.Reports;
using McConformance.Reports.Model;
using McConformance.Steps.TestConfiguration;
using McConformance.Wire.Documents;

namespace McConformance.Steps;

/// <summary>Gathers the scenarios of a run, and writes the report at its end.</summary>
internal static class RunCollector
{
    private static readonly ConcurrentQueue<ScenarioRecord> Scenarios = new();
    private static readonly ConcurrentQueue<double> UpTimes = new();
    private static readonly Dictionary<string, (string Path, string Text)> Features = new(StringComparer.Ordinal);
    private static DateTimeOffset started;
    private static long begun;

    public static void Begin()
    {
        started = TimeProvider.System.GetUtcNow();
        begun = Stopwatch.GetTimestamp();
        var root = Repository.Root;
        BindingSet.Use(Configured.Ixit.Binding);
        Catalogue.Use(Requirement.ReadFile(Path.Combine(root, "features", "catalogue", "requirements.tsv")));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(root, "features"), "*.feature", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            var title = text.Split('\n').First(l => l.TrimStart().StartsWith("Feature:", StringComparison.Ordinal)).Split(':', 2)[1].Trim();
            Features[title] = (Path.GetRelativePath(root, file).Replace('\\', '/'), text);
        }
    }

    public static string FileOfFeature(string title) => Features.TryGetValue(title, out var found) ? found.Path : title;

    public static void Add(ScenarioRecord scenario, TimeSpan upAfter)
    {
        Scenarios.Enqueue(scenario);
        if (upAfter > TimeSpan.Zero) UpTimes.Enqueue(upAfter.TotalMilliseconds);
    }

    public static void End()
    {
        // tests that are no scenarios leave the newest report as it is
        if (Scenarios.IsEmpty) return;
        var duration = Stopwatch.GetElapsedTime(begun);
        var ups = UpTimes.Order().ToArray();
        var catalogue = Path.Combine(Repository.Root, "features", "catalogue");
        var scope = CatalogueScope.ReadFolder(catalogue);
        var holes = scope.Holes(Catalogue.All);
        var detect = DetectRecord.ReadFolder(Path.Combine(Repository.Root, "reports", "out", "detect"));
        var run = new RunRecord
        {
            Id = started.ToString("yyyyMMdd-HHmmss-fff", System.Globalization.CultureInfo.InvariantCulture),
            StartedAt = started,
            Configuration = Configured.Ixit.Name,
            BindingProfile = BindingSet.InUse.Name,
            GherkinRunner = RunnerCompat.RunnerName,
            Duration = duration,
            Host = [("cores", $"{Environment.ProcessorCount}"), ("runtime", $".NET {Environment.Version}"), ("system", Environment.OSVersion.ToString())],
            Scenarios = [.. Scenarios.OrderBy(s => s.FeatureFile, StringComparer.Ordinal).ThenBy(s => s.Title, StringComparer.Ordinal).ThenBy(s => s.Id, StringComparer.Ordinal)],
            Catalogue = [.. Catalogue.All],
            Scope = scope,
            Findings = SourceFinding.ReadFile(Path.Combine(catalogue, "findings.tsv")),
            Figures =
            [
                new KeyFigure("suite", Math.Round(duration.TotalMilliseconds), "ms", 15_000),
                new KeyFigure("MC systems of a scenario up, median", ups.Length == 0 ? 0 : Math.Round(ups[ups.Length / 2], 1), "ms", 40),
                new KeyFigure(
                    $"requirements in scope ({scope.NotYet.Count} not yet, {holes} holes)", scope.InScope.Count,
                        $"of {Catalogue.All.Count}"),
                .. detect?.Figures() ?? [],
            ],
            Detect = detect,
            FeatureTexts = Features.Values.ToDictionary(f => f.Path, f => f.Text),
        };
        var directory = Environment.GetEnvironmentVariable("MC_REPORT") is { Length: > 0 } given ? given : Path.Combine(Repository.Root, "reports", "out");
        RunWriter.Write(run, directory);
    }
}
