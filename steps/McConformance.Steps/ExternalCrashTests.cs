using McConformance.Checks;
using McConformance.Steps.Deviations;
using McConformance.Steps.ExternalRuns;
using McConformance.Steps.TestConfiguration;

namespace McConformance.Steps;

/// <summary>MC systems that other processes run crash in the middle of a procedure and start again, when their operator
/// ports are asked for it; relays of the harness stand everywhere, so that the moment is seen.</summary>
[TestFixture, Category("external")]
public sealed class ExternalCrashTests : SystemPairTests
{
    private const string Both = "primary.example partner.example";
    private const string Recorded = "The primary crashes when it has recorded the user and has told nobody";
    private const string Closed =
        "A partner that could not be reached loses the group even where the primary crashes meanwhile";

    private const string Registration = "A SIP core that has lost a registration in a crash lets the UE register anew";

    [TestCase("The primary crashes before it handles the migration request from <sender>, and has recorded nothing #2")]
    [TestCase("The primary crashes before it learns that the partner serves the user, and takes the migration back")]
    [TestCase(Recorded)]
    [TestCase(Closed)]
    [TestCase(Registration)]
    public async Task What_needs_a_crash_is_judged(string title)
    {
        await using var run = Run(Ports(Both));
        await run.RunAsync(ScenarioText.Find(title));
        Assert.Multiple(() =>
        {
            Assert.That(run.Unseen, Is.Empty);
            Assert.That(run.Judgements.Select(j => j.Verdict), Is.Not.Empty.And.All.EqualTo(Verdict.Pass));
        });
    }

    private static ExternalRun Run(Dictionary<string, Uri> ports) => new(ports)
    {
        Change = plan =>
        {
            plan.PutRelaysBetween("primary.example", "partner.example");
            foreach (var domain in ports.Keys) plan.PutRelaysWithin(domain);
        },
    };
}
