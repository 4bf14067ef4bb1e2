using McConformance.Checks;
using McConformance.Fakes.Deviations;
using McConformance.Steps.Deviations;

namespace McConformance.Steps;

/// <summary>
/// The scenarios against systems that are wrong in one way each: the step that the deviation names must be the one that fails,
/// and its verdict must name the requirement. A check that cannot fail is found here.
/// </summary>
[TestFixture, Category("deviations"), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DeviationTests
{
    private static string Folder => Path.Combine(Repository.Root, "fakes", "McConformance.Fakes", "Deviations");

    private static IReadOnlyList<Deviation> Rows { get; } = Deviation.Read(Path.Combine(Folder, "deviations.tsv"));

    private static IEnumerable<TestCaseData> All() => Rows.Select(d => new TestCaseData(d).SetArgDisplayNames(d.Name));

    [TestCaseSource(nameof(All))]
    public async Task Is_caught_by_its_requirement(Deviation deviation)
    {
        Catalogue.UseOnce(Path.Combine(Repository.Root, "features", "catalogue", "requirements.tsv"));
        var scenario = ScenarioText.Find(deviation.Scenario);
        var step = StepOf(deviation, scenario);
        await using var run = new DeviantRun(deviation);
        await run.RunAsync(scenario);

        Assert.That(run.Happened, Is.True, "the deviation took place");
        var seen = string.Join("\n", run.Caught.Select(c => $"{c.Step} -> {c.Judgement.Reason}").DefaultIfEmpty("nothing failed"));
        Assert.That(run.Caught.Select(c => (c.Step, c.Requirement)), Does.Contain((step, deviation.Requirement)), seen);
        var first = run.Caught[0];
        if (deviation.FirstSeenAs.Length == 0) Assert.That(first.Step, Is.EqualTo(step), $"seen before:\n{seen}");
        else Assert.That(first.Requirement, Is.EqualTo(deviation.FirstSeenAs), $"seen first:\n{seen}");
    }

    private static string StepOf(Deviation deviation, ScenarioText scenario)
    {
        if (deviation.Step == DeviantRun.FormOfMessages) return deviation.Step;
        var found = scenario.Steps.Where(s => s.Kind == "Then" && s.Text.StartsWith(deviation.Step, StringComparison.Ordinal))
            .Select(s => s.Text).Distinct().ToArray();
        Assert.That(found, Has.Length.EqualTo(1), $"Then steps of \"{scenario.Title}\" that begin with \"{deviation.Step}\"");
        return found[0];
    }
}
