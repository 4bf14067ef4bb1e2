using System.Diagnostics;
using System.Globalization;
using McConformance.Checks;
using McConformance.Fakes.Variants;
using McConformance.Steps.Deviations;
using McConformance.Steps.ExternalRuns;
using McConformance.Wire;

namespace McConformance.Steps;

/// <summary>Every scenario with each lawful system that writes otherwise: nothing may fail. The environment variable
/// MC_WHOLE names the variants (<c>*</c> for all, else the beginning of their names); <c>reports/detect.sh --whole</c>
/// sets it.</summary>
[TestFixture, Category("variants"), NonParallelizable]
public sealed class WholeSuiteVariantTests
{
    /// <summary>What a scenario came to, and who sent something in it by which protocol.</summary>
    private sealed record Outcome(
        ScenarioText Scenario, Verdict Verdict, string Reason, HashSet<(string, WireProtocol)> Sent, int Happened);

    [Test]
    public async Task Nothing_fails_on_any_variant()
    {
        var wanted = Environment.GetEnvironmentVariable("MC_WHOLE") ?? "";
        if (wanted.Length == 0) Assert.Ignore("takes most of an hour: reports/detect.sh --whole");
        var variants = VariantTests.Rows
            .Where(v => wanted == "*" || v.Name.StartsWith(wanted, StringComparison.Ordinal)).ToArray();
        Assert.That(variants, Is.Not.Empty, $"no name in variants.tsv begins with {wanted}");
        // what fails here by itself says nothing about variants, nor does what a real peer cannot read
        var plain = (await RunAsync(null, ScenarioText.All.Where(s => !s.HasRealPeer)))
            .Where(o => o.Verdict == Verdict.Pass).ToArray();
        Assert.That(plain, Is.Not.Empty);
        var alarms = new List<string>();
        foreach (var variant in variants)
        {
            var begun = Stopwatch.GetTimestamp();
            var concerned = plain.Where(p => p.Sent.Any(s => variant.IsOn(s.Item1, s.Item2))).Select(p => p.Scenario);
            var outcomes = await RunAsync(variant, concerned);
            var wrong = outcomes.Where(o => o.Verdict != Verdict.Pass).ToArray();
            var varied = outcomes.Count(o => o.Happened > 0);
            var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds.ToString("F0", CultureInfo.InvariantCulture);
            Tell($"{variant.Name}\t{outcomes.Count}\t{varied}\t{wrong.Length}\t{seconds}");
            alarms.AddRange(wrong.Select(o => $"{variant.Name}: {o.Scenario.Title}: {o.Verdict}: {o.Reason}"));
            foreach (var alarm in alarms.TakeLast(wrong.Length)) Tell($"\t{alarm.ReplaceLineEndings(" ")}");
            if (varied == 0) alarms.Add($"{variant.Name} did not take place");
        }

        Assert.That(alarms, Is.Empty, string.Join('\n', alarms));
    }

    private static Task<IReadOnlyList<Outcome>> RunAsync(Variant? variant, IEnumerable<ScenarioText> scenarios) =>
        ExternalSuite.SideBySideAsync(scenarios, s => RunAsync(variant, s));

    private static async Task<Outcome> RunAsync(Variant? variant, ScenarioText scenario)
    {
        var varies = variant is null ? null : new Varies(variant);
        var run = new ExternalRun(new Dictionary<string, Uri>())
        {
            WhenMade = systems =>
            {
                if (varies is not null) systems.DisturbAll(variant!.IsOn, varies);
            },
        };
        await using (run)
        {
            var (verdict, reason) = await ExternalSuite.JudgeAsync(run, scenario);
            var sent = run.Messages.Select(m => (m.Link.From.Name, m.Link.Protocol)).ToHashSet();
            return new Outcome(scenario, verdict, reason, sent, varies?.Happened ?? 0);
        }
    }

    private static void Tell(string line)
    {
        if (Environment.GetEnvironmentVariable("MC_DETECT") is not { Length: > 0 } folder) return;
        Directory.CreateDirectory(folder);
        File.AppendAllText(Path.Combine(folder, "whole.tsv"), line + "\n");
    }
}
