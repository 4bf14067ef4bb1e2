using McConformance.Checks;
using McConformance.Fakes.Disturbances;
using McConformance.Steps.Deviations;
using McConformance.Steps.ExternalRuns;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;

namespace McConformance.Steps;

/// <summary>Primary and partner both in other processes, with relays of the harness between them: what was
/// inconclusive because nobody saw the
/// links between the systems is judged, and a system that is wrong there is caught there.</summary>
[TestFixture, Category("external")]
public sealed class RelayedTests : SystemPairTests
{
    [TestCase(MainScenarios.Migrates, "MCPTT-3'")]
    [TestCase(MainScenarios.Registers, "CSC-18")]
    [TestCase(MainScenarios.Provided, "CSC-16")]
    [TestCase("A group crosses under TLS", "CSC-16")]
    [TestCase("CSC-18 is protected by TLS with certificates of both ends", "CSC-18")]
    public async Task Links_between_the_systems_are_seen(string title, string referencePoint)
    {
        await using var run = Run(static _ => { });
        await run.RunAsync(ScenarioText.Find(title));

        Assert.Multiple(() =>
        {
            Assert.That(run.Judgements.Where(j => j.Verdict != Verdict.Pass).Select(j => j.Reason), Is.Empty);
            Assert.That(run.Judgements, Is.Not.Empty);
            Assert.That(run.Unseen.Where(u => u.Contains(referencePoint, StringComparison.Ordinal)), Is.Empty);
            Assert.That(
                run.Messages.Any(m => m.Link.ReferencePoint == referencePoint && m.Link is
                {
                    From.IsBundled: false,
                    To.IsBundled: false
                }),
                Is.True, $"something was seen on {referencePoint}");
        });
    }

    [TestCase("AsksForAnotherPrimaryIdentity")]
    [TestCase("LeaksThePartnerIdentity")]
    [TestCase("AsksTheWrongRealm")]
    public Task A_deviation_between_the_systems_is_caught(string name) => IsCaughtAsync(name, Run);

    [Test]
    public async Task A_link_between_the_systems_can_be_disturbed()
    {
        Drops? drops = null;
        await using var run = Run(systems => systems.Links.Linked += link =>
        {
            if (link is { From.Name: "mms.ims.partner.example", To.Name: "mms.ims.primary.example" })
                link.Disturb(drops = new Drops
                {
                    Selects = Messages.Selector("authentication information request")
                    .Selects,
                    Times = 1
                });
        });
        await run.RunAsync(ScenarioText.Find(MainScenarios.Registers));
        Assert.That(drops?.Count, Is.EqualTo(1), "the request was lost");
    }

    private ExternalRun Run(Action<SystemsUnderTest> whenMade) =>
        new(Ports("primary.example partner.example"))
        {
            Change = plan => plan.PutRelaysBetween("primary.example", "partner.example"),
            WhenMade = whenMade,
        };
}
