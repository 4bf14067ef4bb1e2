using System.Text;
using McConformance.Reports.Charts;
using McConformance.Reports.Files;
using McConformance.Reports.Model;
using McConformance.Reports.Site;
using McConformance.Wire;

namespace McConformance.Reports;

/// <summary>Writes everything that a person or another program sees of a run. Called once, when the run has
/// ended.</summary>
public static class RunWriter
{
    /// <summary>Name of the link to the newest run; where links are not permitted, of a text file that holds its
    /// name.</summary>
    public const string Latest = "latest";

    /// <summary>Writes <c>summary.json</c>, <c>junit.xml</c>, <c>messages.ndjson</c>, <c>index.html</c>, and a capture
    /// file and a chart
    /// per scenario, and points <c>latest</c> at the run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="directory">Folder of all runs, for example <c>reports/out</c>; made where it is absent.</param>
    /// <returns>The run's own folder.</returns>
    /// <exception cref="ArgumentException">The run's id is no file name.</exception>
    /// <exception cref="IOException">A file cannot be written; those that can are.</exception>
    public static string Write(RunRecord run, string directory)
    {
        if (!IsFileName(run.Id))
            throw new ArgumentException($"run id \"{run.Id}\" is no file name: letters, digits, - _ . only", nameof(run));
        run = run with { Scenarios = WithUniqueIds(run.Scenarios) };
        var folder = Path.Combine(directory, run.Id);
        Directory.CreateDirectory(folder);
        var coverage = Coverage.Of(run);
        var insides = new string[run.Scenarios.Count];
        var failures = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        Parallel.For(0, insides.Length, i => Attempt(
            () =>
            {
                var chart = SequenceChart.Draw(run.Scenarios[i], run.PrimarySystem, run.PartnerSystem);
                insides[i] = ScenarioData.Pack(run.Scenarios[i], chart);
                WriteScenario(run, run.Scenarios[i], chart, folder);
            }, failures));
        Parallel.ForEach<Action>(
        [
            () => WriteFile(folder, "index.html", file => IndexPage.Write(run, coverage, insides, file)),
            () => WriteFile(folder, "messages.ndjson", file => file.Write(CucumberMessages.Write(run).Span)),
            () => WriteFile(folder, "summary.json", file => SummaryFile.Write(run, coverage, file)),
            () => WriteFile(folder, "junit.xml", file => JUnitFile.Write(run, file)),
        ], part => Attempt(part, failures));
        PointAt(directory, run.Id);
        return failures.IsEmpty ? folder
            : throw new IOException($"{failures.Count} files of {folder} could not be written",
                new AggregateException(failures));
    }

    private static bool IsFileName(string id) =>
        id.Length > 0 && id[0] != '.' && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static void Attempt(Action part, System.Collections.Concurrent.ConcurrentQueue<Exception> failures)
    {
        try
        {
            part();
        }
        catch (Exception e) // one file that fails must not cost the others
        {
            failures.Enqueue(e);
        }
    }

    private static void WriteScenario(RunRecord run, ScenarioRecord scenario, string chart, string folder)
    {
        var path = Path.Combine(folder, scenario.Id);
        Pcapng.WriteFile(path + ".pcapng", scenario.Messages, scenario.RecordingStartedAt ?? scenario.StartedAt,
            run.Product, run.PrimarySystem, run.PartnerSystem);
        File.WriteAllText(path + ".svg", chart, new UTF8Encoding(false));
    }

    // two rows of examples may be alike; retries too
    private static ScenarioRecord[] WithUniqueIds(IReadOnlyList<ScenarioRecord> scenarios)
    {
        var seen = new Dictionary<string, int>();
        return [.. scenarios.Select(s =>
        {
            var count = seen[s.Id] = seen.GetValueOrDefault(s.Id) + 1;
            return count == 1 ? s : s.Repeated(count);
        })];
    }

    private static void WriteFile(string folder, string name, Action<Stream> write)
    {
        using var file = new FileStream(
            Path.Combine(folder, name), FileMode.Create, FileAccess.Write, FileShare.Read, 64 * 1024);
        write(file);
    }

    private static void PointAt(string directory, string id)
    {
        var path = Path.Combine(directory, Latest);
        try
        {
            if (new DirectoryInfo(path) is { Exists: true, LinkTarget: null }) return; // a folder of somebody's own
            if (OperatingSystem.IsWindows() && Directory.Exists(path)) Directory.Delete(path);
            else File.Delete(path);
            Directory.CreateSymbolicLink(path, id);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            if (!Directory.Exists(path)) File.WriteAllText(path, id + "\n");
        }
    }
}
