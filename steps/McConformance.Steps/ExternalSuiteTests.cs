using McConformance.Steps.Deviations;
using McConformance.Steps.ExternalRuns;
using McConformance.Steps.TestConfiguration;

namespace McConformance.Steps;

/// <summary>The suite with MC systems that other processes run: each verdict is that of bundled systems, but for what
/// features/catalogue/external.tsv names. With both external every scenario; with relays between them, and with one
/// side external, the first of each outline.</summary>
[TestFixture, Category("external"), NonParallelizable]
public sealed class ExternalSuiteTests : SystemPairTests
{
    [TestCase("both", "primary.example partner.example")]
    [TestCase("both, with relays", "primary.example partner.example")]
    [TestCase("both, with relays everywhere", "primary.example partner.example")]
    [TestCase("primary", "primary.example")]
    [TestCase("partner", "partner.example")]
    public async Task Verdicts_are_those_of_bundled_systems(string external, string domains)
    {
        var scenarios = ScenarioText.All.Where(s => external == "both" || IsFirst(s.Title));
        Action<ScenarioPlan> change = plan =>
        {
            if (external.Contains("relays", StringComparison.Ordinal))
                plan.PutRelaysBetween("primary.example", "partner.example");
            if (!external.EndsWith("everywhere", StringComparison.Ordinal)) return;
            foreach (var domain in domains.Split(' ')) plan.PutRelaysWithin(domain);
        };
        var outcomes = await ExternalSuite.RunAsync(scenarios, Ports(domains), change);
        var counts = outcomes.CountBy(o => o.Verdict).Select(c => $"{c.Value} {c.Key}");
        TestContext.Out.WriteLine(string.Join(", ", counts));
        var differences = ExternalTable.Compare(external, outcomes);
        Assert.That(differences, Is.Empty, string.Join('\n', differences));
    }

    private static bool IsFirst(string title) => title.LastIndexOf(" #", StringComparison.Ordinal) is var at
        && (at < 0 || title[at..] == " #1" || !int.TryParse(title[(at + 2)..], out _));
}
