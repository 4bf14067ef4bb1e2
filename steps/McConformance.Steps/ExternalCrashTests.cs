using McConformance.Checks;
using McConformance.Fakes.Disturbances;
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

    /// <summary>What comes again over a slow CSC-18 is there before the next step asks for it: a UE sends its request
    /// again after 0.5 s (RFC 3261 17.1.2.2), and is refused, before the connection is open.</summary>
    [Test]
    public async Task A_connection_that_takes_long_to_come_again_fails_nobody()
    {
        await using var run = new ExternalRun(Ports(Both))
        {
            Change = Relayed(Both.Split(' ')),
            WhenMade = systems => systems.DisturbAll(
                l => l.ReferencePoint == "CSC-18",
                new BadNetwork(systems.Links, new BadNetworkOptions(TimeSpan.FromSeconds(0.4), 0, 0), 1)),
        };
        await run.RunAsync(ScenarioText.Find(Registration));
        Assert.That(run.Judgements.Select(j => j.Verdict), Is.Not.Empty.And.All.EqualTo(Verdict.Pass));
    }

    /// <summary>Its journals are taken away while it is down: a product that keeps in memory alone.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public async Task A_system_that_has_lost_what_it_should_have_kept_is_caught(bool loses)
    {
        var folder = Directory.CreateTempSubdirectory("mc-state-");
        await using var process = await McSystemProcess.StartAsync("--operator", "0", "--state", folder.FullName);
        await using var port = new AlteringOperatorPort(process.OperatorPort, "", "^$", "")
        {
            WhenDone = path =>
            {
                if (!loses || !path.EndsWith("/crash", StringComparison.Ordinal)) return;
                foreach (var journal in folder.EnumerateFiles("*.journal", SearchOption.AllDirectories))
                    journal.Delete();
            },
        };
        await using var run = new ExternalRun(new Dictionary<string, Uri> { ["primary.example"] = port.At });
        await run.RunAsync(ScenarioText.Find(Closed));
        Assert.That(Failed(run), loses ? Does.Contain("KI-1.12-a") : Is.Empty);
        folder.Delete(recursive: true);
    }

    [Test]
    public async Task A_system_that_cannot_be_told_to_crash_is_told_with_the_actions()
    {
        var ports = Ports(Both);
        await using var lacking = new AlteringOperatorPort(ports["primary.example"], "", "^$", "")
        {
            Lacks = "/start",
        };
        ports["primary.example"] = lacking.At;
        await using var run = Run(ports);
        var told = Assert.ThrowsAsync<InconclusiveException>(() => run.RunAsync(ScenarioText.Find(Recorded)));
        Assert.That(told!.Message, Is.EqualTo("nobody offers the actions crash and start for primary.example "
            + "(features/operator-port.md): it cannot crash here"));
    }

    private static IEnumerable<string?> Failed(ExternalRun run) =>
        run.Judgements.Where(j => j.Verdict == Verdict.Fail).Select(j => j.Requirement?.Id);

    private static ExternalRun Run(Dictionary<string, Uri> ports) => new(ports) { Change = Relayed(ports.Keys) };

    private static Action<ScenarioPlan> Relayed(IEnumerable<string> domains) => plan =>
    {
        plan.PutRelaysBetween("primary.example", "partner.example");
        foreach (var domain in domains) plan.PutRelaysWithin(domain);
    };
}
