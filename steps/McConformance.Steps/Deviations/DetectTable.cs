using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using McConformance.Fakes.Deviations;
using McConformance.Fakes.Variants;

namespace McConformance.Steps.Deviations;

/// <summary>
/// What deviations and variants came to, as a table and a summary, where the environment variable MC_DETECT names a
/// folder: detecting power
/// as figures. <c>reports/detect.sh</c> sets it.
/// </summary>
internal static class DetectTable
{
    private static readonly ConcurrentDictionary<string, string[]> Rows = new();
    private static readonly ConcurrentDictionary<string, IReadOnlyList<string>> Alarms = new();
    private static readonly long Begun = Stopwatch.GetTimestamp();
    private static readonly Lock Gate = new();

    /// <summary>Takes a deviant down.</summary>
    /// <param name="deviation">The row.</param>
    /// <param name="step">The step that must fail, in full.</param>
    /// <param name="run">What happened.</param>
    public static void Add(Deviation deviation, string step, DeviantRun run)
    {
        var catcher = run.Caught.FirstOrDefault(c => c.Step == step && c.Requirement == deviation.Requirement);
        var seen = catcher ?? run.Caught.FirstOrDefault();
        var result = !run.Happened ? "did not take place" : catcher is not null ? "caught" : seen is null
            ? "not caught" : "caught with another requirement";
        Rows[deviation.Name] =
        [
            deviation.Name, deviation.Requirement, result, deviation.Scenario, seen?.Step ?? "-",
                seen?.Requirement ?? "-",
            seen is null ? "-"
                : seen.After.TotalSeconds.ToString("F2", CultureInfo.InvariantCulture),
                Told.Line(seen?.Judgement.Reason ?? "-"),
        ];
    }

    /// <summary>Takes a variant down.</summary>
    public static void Add(Variant variant, int happened, IReadOnlyList<string> wrong) =>
        Alarms[variant.Name] = happened == 0 && wrong.Count == 0 ? ["the variation did not take place"] : wrong;

    /// <summary>Writes table and summary; called at the end of each kind of test, the last call has all.</summary>
    public static void Write()
    {
        if (Environment.GetEnvironmentVariable("MC_DETECT") is not { Length: > 0 } folder) return;
        lock (Gate)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllLines(
                Path.Combine(folder, "detect.tsv"),
                Rows.Values.OrderBy(r => r[0], StringComparer.Ordinal).Select(r => string.Join('\t', r))
                    .Prepend("deviant\trequirement\tresult\tscenario\tstep\tnamed\tafter s\treason"));
            File.WriteAllLines(
                Path.Combine(folder, "variants.tsv"),
                Alarms.OrderBy(a => a.Key, StringComparer.Ordinal)
                    .Select(a => $"{a.Key}\t{(a.Value.Count == 0 ? "passed" : Told.Line(string.Join("; ", a.Value)))}")
                    .Prepend("variant\tresult"));
            File.WriteAllLines(Path.Combine(folder, "summary.txt"), Summary());
        }
    }

    private static IEnumerable<string> Summary()
    {
        var missed = Rows.Values.Where(r => r[2] != "caught").OrderBy(r => r[0], StringComparer.Ordinal).ToArray();
        var alarms = Alarms.Where(a => a.Value.Count > 0).OrderBy(a => a.Key, StringComparer.Ordinal).ToArray();
        var times = Rows.Values.Where(r => r[2] == "caught")
            .Select(r => double.Parse(r[6], CultureInfo.InvariantCulture)).Order().ToArray();
        foreach (var row in missed) yield return $"{row[2]}: {row[0]} ({row[1]}) in \"{row[3]}\"; {row[7]}";
        foreach (var (name, wrong) in alarms)
            yield return $"false alarm: {name}: {Told.Line(string.Join("; ", wrong))}";
        if (times.Length > 0)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                    $"caught after {times[times.Length / 2]:F2} s in the median, {times[^1]:F2} s at most");
        yield return string.Create(CultureInfo.InvariantCulture,
            $"the whole took {Stopwatch.GetElapsedTime(Begun).TotalSeconds:F0} s");
        yield return $"{Rows.Count - missed.Length} of {Rows.Count} deviants caught with the right requirement named; " +
            $"{alarms.Length} false alarms on {Alarms.Count} lawful variants";
    }
}
