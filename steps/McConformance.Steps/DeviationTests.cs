using McConformance.Checks;
using McConformance.Fakes.Deviations;
using McConformance.Steps.Deviations;

namespace McConformance.Steps;

/// <summary>
/// The scenarios against systems that are wrong in one way each: the step that the deviation names must be the one that
/// fails, and its verdict must name the requirement. A check that cannot fail is found here.
/// </summary>
[TestFixture, Category("deviations"), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DeviationTests
{
    private static string Folder => Path.Combine(Repository.Root, "fakes", "McConformance.Fakes", "Deviations");

    internal static IReadOnlyList<Deviation> Rows { get; } = Deviation.Read(Path.Combine(Folder, "deviations.tsv"));

    private static IEnumerable<TestCaseData> All() => Rows.Select(d => new TestCaseData(d).SetArgDisplayNames(d.Name));

    [TestCaseSource(nameof(All))]
    public async Task Is_caught_by_its_requirement(Deviation deviation)
    {
        Repository.UseCatalogue();
        var scenario = ScenarioText.Find(deviation.Scenario);
        var step = StepOf(deviation, scenario);
        await using var run = new DeviantRun(deviation);
        try
        {
            await run.RunAsync(scenario);
        }
        finally
        {
            DetectTable.Add(deviation, step, run);
        }

        Assert.That(run.Happened, Is.True, "the deviation took place");
        var seen = string.Join(
            "\n", run.Caught.Select(c => $"{c.Step} -> {c.Judgement.Reason}").DefaultIfEmpty("nothing failed"));
        Assert.That(run.Caught.Select(c => (c.Step, c.Requirement)), Does.Contain((step, deviation.Requirement)), seen);
        var first = run.Caught[0];
        if (deviation.FirstSeenAs.Length == 0) Assert.That(first.Step, Is.EqualTo(step), $"seen before:\n{seen}");
        else Assert.That(first.Requirement, Is.EqualTo(deviation.FirstSeenAs), $"seen first:\n{seen}");
        var judged = run.Caught.First(c => (c.Step, c.Requirement) == (step, deviation.Requirement)).Judgement;
        Reasons.Take(deviation.Name, judged);
        Assert.That(
            Reasons.IsAccepting || Reasons.Are(deviation.Name, Told.By(judged)), Is.True,
            $"readers are told\n  {Told.By(judged)}\n" +
            $"and reasons.tsv has\n  {Reasons.Of(deviation.Name) ?? "nothing"}\n" +
            "If the new sentence is as good: MC_REASONS_ACCEPT=1 takes it down");
    }

    [Test]
    public void Reasons_are_kept_of_deviants_that_exist() => Assert.That(
        Reasons.Deviants.Except(Rows.Select(r => r.Name)), Is.Empty, "strike them from reasons.tsv");

    [Test]
    public void Every_check_that_a_feature_uses_has_a_system_that_fails_it()
    {
        var exempt = Exempt().Select(e => e.Pattern).ToHashSet();
        var failing = Rows.Where(r => r.Step != DeviantRun.FormOfMessages)
            .SelectMany(r => StepsOf(r, ScenarioText.Find(r.Scenario)).Take(1)).Select(PatternOf).ToHashSet();
        var used = ScenarioText.All.SelectMany(s => s.Steps).Where(s => s.Kind == "Then").Select(PatternOf).ToHashSet();

        Assert.Multiple(() =>
        {
            Assert.That(used.Except(failing).Except(exempt), Is.Empty, "nobody has seen these fail: add to deviations.tsv");
            Assert.That(exempt.Intersect(failing), Is.Empty, "a deviation makes these fail: strike them from exempt.tsv");
            Assert.That(exempt.Except(used), Is.Empty, "no feature uses these: strike them from exempt.tsv");
        });
    }

    [Test]
    public void Every_requirement_in_scope_has_a_system_that_breaks_it()
    {
        var inScope = File.ReadLines(Path.Combine(Repository.Root, "features", "catalogue", "in-scope.tsv")).Skip(1)
            .Select(l => l.Split('\t')[0].Trim()).Where(id => id.Length > 0);
        Assert.That(inScope.Except(Rows.Select(r => r.Requirement)), Is.Empty, "no verdict has named these: add to deviations.tsv");
    }

    [OneTimeTearDown]
    public static void WriteTable()
    {
        DetectTable.Write();
        Reasons.Write(Rows.Select(r => r.Name).ToHashSet());
    }

    private static string PatternOf(StepText step) => StepDefinition.Of(step).Pattern;

    private static IEnumerable<(string Pattern, string Reason)> Exempt()
    {
        foreach (var line in File.ReadLines(Path.Combine(Folder, "exempt.tsv")).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var cells = line.Split('\t');
            Assert.That(cells, Has.Length.EqualTo(2).And.None.Empty, "exempt.tsv: a step definition, a tab, and a reason");
            yield return (cells[0], cells[1]);
        }
    }

    internal static string StepOf(Deviation deviation, ScenarioText scenario)
    {
        if (deviation.Step == DeviantRun.FormOfMessages) return deviation.Step;
        var found = StepsOf(deviation, scenario).Select(s => s.Text).Distinct().ToArray();
        Assert.That(found, Has.Length.EqualTo(1), $"Then steps of \"{scenario.Title}\" that begin as \"{deviation.Step}\"");
        return found[0];
    }

    private static IEnumerable<StepText> StepsOf(Deviation deviation, ScenarioText scenario) =>
        scenario.Steps.Where(s => s.Kind == "Then" && s.Text.StartsWith(deviation.Step, StringComparison.Ordinal));
}
