using System.Text.RegularExpressions;
using McConformance.Checks;
using McConformance.Steps.Deviations;
using McConformance.Steps.ExternalRuns;

namespace McConformance.Steps;

/// <summary>
/// The suite against MC systems that other processes run, on each side and on both: what is seen is judged as it is of bundled systems, what is
/// not seen is told with the link, and a system that is wrong where it can be seen fails.
/// </summary>
[TestFixture, Category("external")]
public sealed partial class ExternalTests : SystemPairTests
{
    private static readonly string[] Titles =
    [
        MainScenarios.Registers, MainScenarios.Migrates, MainScenarios.Provided,
        MainScenarios.Requested,
    ];

    private static IEnumerable<TestCaseData> Cases() =>
        from title in Titles
        from external in (string[])["primary.example", "partner.example", "primary.example partner.example"]
        select new TestCaseData(title, external);

    [TestCaseSource(nameof(Cases))]
    public async Task Passes_but_for_links_that_nobody_sees(string title, string external)
    {
        await using var run = new ExternalRun(Ports(external));
        await run.RunAsync(ScenarioText.Find(title));

        Assert.That(run.Judgements.Where(j => j.Verdict != Verdict.Pass).Select(j => j.Reason), Is.Empty);
        Assert.That(run.Judgements, Is.Not.Empty, "something was seen");
        var domains = external.Split(' ');
        Assert.Multiple(() =>
        {
            foreach (var reason in run.Unseen)
            {
                var link = Link().Match(reason);
                Assert.That(link.Success, Is.True, $"a link is named: {reason}");
                foreach (var end in (string[])[link.Groups[1].Value, link.Groups[2].Value])
                    Assert.That(domains.Any(d => end.EndsWith($".{d}", StringComparison.Ordinal)), Is.True, $"{end} is a node of {external}");
            }
        });
    }

    /// <summary>Its addresses are those that its operator port told.</summary>
    [TestCase("The <entity> bears every message of <document> #1")]
    [TestCase("The <entity> bears every message of <document> #6")]
    [TestCase("The <entity> bears every message of <document> #7")]
    [TestCase("The application plane's <entity> bears every message of <document> #1")]
    [TestCase("The group management server bears every document")]
    [TestCase("The <server> management server bears every access token #1")]
    public async Task Sends_hostile_input_to_an_external_partner(string title)
    {
        await using var run = new ExternalRun(Ports("partner.example"));
        await run.RunAsync(ScenarioText.Find(title));
        Assert.That(run.Judgements.Where(j => j.Verdict != Verdict.Pass).Select(j => j.Reason), Is.Empty);
        Assert.That(run.Judgements.Count(), Is.GreaterThan(10), "each message of the corpus is judged");
    }

    [Test]
    public async Task Finds_an_external_partner_that_refuses()
    {
        await using var run = new ExternalRun(Ports("partner.example"))
        {
            Change = plan => plan.Restrict("the partner MC system does not allow migration from the primary"),
        };
        await run.RunAsync(ScenarioText.Find(MainScenarios.Migrates));
        Assert.That(run.Judgements.Select(j => j.Verdict), Does.Contain(Verdict.Fail));
    }

    [GeneratedRegex(@"could not be observed: \S+ (\S+) -> (\S+) lies between")]
    private static partial Regex Link();
}
