using McConformance.Checks;
using McConformance.Steps.Deviations;
using McConformance.Steps.ExternalRuns;

namespace McConformance.Steps;

/// <summary>Time passes in MC systems that other processes run, when their operator ports are asked for it.</summary>
[TestFixture, Category("external")]
public sealed class ExternalTimeTests : SystemPairTests
{
    private const string Renews = "A UE that stays renews its binding by itself";
    private const string Void = "A challenge that is not answered in time is void";

    [TestCase(Renews, "partner.example")]
    [TestCase(Void, "primary.example partner.example")]
    public async Task What_needs_minutes_is_judged(string title, string domains)
    {
        await using var run = new ExternalRun(Ports(domains));
        await run.RunAsync(ScenarioText.Find(title));
        Assert.Multiple(() =>
        {
            Assert.That(run.Unseen, Is.Empty);
            Assert.That(run.Judgements.Select(j => j.Verdict), Is.Not.Empty.And.All.EqualTo(Verdict.Pass));
        });
    }

    [Test]
    public async Task A_system_in_which_no_time_passes_is_caught()
    {
        await using var port = new AlteringOperatorPort(
            Ports("partner.example")["partner.example"], "/clock", "\"forward\": *[0-9.]+", "\"forward\": 0");
        await using var run = new ExternalRun(new Dictionary<string, Uri> { ["partner.example"] = port.At });
        await run.RunAsync(ScenarioText.Find(Void));
        Assert.Multiple(() =>
        {
            Assert.That(port.Changed, Is.Positive);
            Assert.That(run.Judgements.Select(j => j.Verdict), Does.Contain(Verdict.Fail));
        });
    }

    [Test]
    public async Task A_clock_that_cannot_be_put_forward_is_told_with_the_action()
    {
        await using var port = new AlteringOperatorPort(Ports("partner.example")["partner.example"], "", "^$", "")
        {
            Lacks = "/clock"
        };
        await using var run = new ExternalRun(new Dictionary<string, Uri> { ["partner.example"] = port.At });
        var told = Assert.ThrowsAsync<InconclusiveException>(() => run.RunAsync(ScenarioText.Find(Void)));
        Assert.That(told!.Message, Does.Match(
            "^needs [0-9]+ (minutes|seconds) to pass in partner.example, where nobody offers the action clock for "
            + @"partner.example \(features/operator-port.md\); the harness waits 35 seconds at most "
            + @"\(links.waitsAtMost\)$"));
    }
}
