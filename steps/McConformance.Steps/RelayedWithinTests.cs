using McConformance.Checks;
using McConformance.Steps.Deviations;
using McConformance.Steps.ExternalRuns;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;

namespace McConformance.Steps;

/// <summary>Relays of the harness between the nodes of MC systems that other processes run: inner links are seen, and a
/// system that is wrong there is caught there.</summary>
[TestFixture, Category("external")]
public sealed class RelayedWithinTests : SystemPairTests
{
    private const string Both = "primary.example partner.example";

    [TestCase(MainScenarios.Registers, "Mw")]
    [TestCase(MainScenarios.Registers, "AAA-2")]
    [TestCase(MainScenarios.Migrates, "SIP-2")]
    [TestCase(MainScenarios.Migrates, "CSC-5")]
    [TestCase(MainScenarios.Requested, "CSC-3")]
    public async Task Links_within_a_system_are_seen(string title, string referencePoint)
    {
        await using var run = Run(Ports(Both), static _ => { });
        await run.RunAsync(ScenarioText.Find(title));
        Assert.Multiple(() =>
        {
            Assert.That(run.Unseen, Is.Empty);
            Assert.That(run.Judgements.Select(j => j.Verdict), Is.Not.Empty.And.All.EqualTo(Verdict.Pass));
            Assert.That(
                run.Messages.Where(m => m.Link.ReferencePoint == referencePoint)
                    .Select(m => (m.Link.From.IsBundled, m.Link.To.IsBundled, m.Link.From.System == m.Link.To.System)),
                Is.Not.Empty.And.All.EqualTo((false, false, true)), referencePoint);
        });
    }

    [TestCase("AsksForAnotherPrivateIdentity")]
    [TestCase("AsksTheDatabaseForSomebodyElse")]
    [TestCase("DoesNotAskTheDatabase")]
    public Task A_deviation_within_a_system_is_caught(string name) =>
        IsCaughtAsync(name, whenMade => Run(Ports(Both), whenMade));

    [Test]
    public async Task Where_nodes_cannot_be_told_of_relays_their_links_are_named()
    {
        var ports = Ports(Both);
        await using var partner = new AlteringOperatorPort(
            ports["partner.example"], "/systems", "\"awaitsRelays\": *true", "\"awaitsRelays\": false");
        ports["partner.example"] = partner.At;
        await using var run = Run(ports, static _ => { });
        await run.RunAsync(ScenarioText.Find(MainScenarios.Registers));
        Assert.Multiple(() =>
        {
            Assert.That(partner.Changed, Is.EqualTo(1));
            Assert.That(run.Judgements.Select(j => j.Verdict), Is.Not.Empty.And.All.EqualTo(Verdict.Pass));
            Assert.That(run.Unseen, Is.Not.Empty.And.All.Match(
                @"^could not be observed: [\w-]+ \w+\.ims\.partner\.example -> \w+\.ims\.partner\.example lies between "
                + "two nodes that are not the harness's, and no relay stands there$"));
        });
    }

    private static ExternalRun Run(Dictionary<string, Uri> ports, Action<SystemsUnderTest> whenMade) => new(ports)
    {
        Change = plan =>
        {
            plan.PutRelaysBetween("primary.example", "partner.example");
            foreach (var domain in ports.Keys) plan.PutRelaysWithin(domain);
        },
        WhenMade = whenMade,
    };
}
