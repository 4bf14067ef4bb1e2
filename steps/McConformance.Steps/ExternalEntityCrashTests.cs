using McConformance.Checks;
using McConformance.Steps.Deviations;
using McConformance.Steps.ExternalRuns;

namespace McConformance.Steps;

/// <summary>A single entity that another process runs crashes in the middle of a procedure and starts again, when its
/// operator port is asked for it. The rest of its MC system is the harness's and goes on; no relay is needed, because
/// each link of the entity has an end in the harness.</summary>
[TestFixture, Category("external")]
public sealed class ExternalEntityCrashTests : SingleProcessTests
{
    private const string Primary = "primary.example";

    private const string Before =
        "The primary crashes before it handles the migration request from <sender>, and has recorded nothing";

    private const string Recorded = "The primary crashes when it has recorded the user and has told nobody";

    private const string TakesBack =
        "The primary crashes before it learns that the partner serves the user, and takes the migration back";

    private const string Closed =
        "A partner that could not be reached loses the group even where the primary crashes meanwhile";

    private const string Registration = "A SIP core that has lost a registration in a crash lets the UE register anew";

    [TestCase("gatewayServer", $"{Before} #1")]
    [TestCase("mcServiceServer", $"{Before} #2")]
    [TestCase("mcServiceServer", Recorded)]
    [TestCase("mcServiceServer", TakesBack)]
    [TestCase("groupManagementServer", Closed)]
    public async Task What_needs_a_crash_is_judged(string entity, string title)
    {
        var crashes = 0;
        await using var port = new AlteringOperatorPort(Process.OperatorPort, "", "^$", "")
        {
            WhenDone = path => crashes += path.EndsWith("/crash", StringComparison.Ordinal) ? 1 : 0,
        };
        await using var run = Run(Primary, entity, port.At);
        await run.RunAsync(ScenarioText.Find(title));
        Assert.Multiple(() =>
        {
            Assert.That(crashes, Is.EqualTo(1), "it was the external entity that crashed");
            Assert.That(run.Unseen, Is.Empty);
            Assert.That(run.Judgements.Select(j => j.Verdict), Is.Not.Empty.And.All.EqualTo(Verdict.Pass),
                string.Join('\n', run.Judgements.Select(j => j.Reason)));
        });
    }

    /// <summary>Their journals are taken away while they are down: a product that keeps in memory alone.</summary>
    [TestCase("groupManagementServer", Closed, "KI-1.12-a")]
    [TestCase("mcServiceServer", TakesBack, "MSA-7")]
    public async Task One_that_has_lost_what_it_should_have_kept_is_caught(
        string entity, string title, string requirement)
    {
        var folder = Directory.CreateTempSubdirectory("mc-state-");
        await using var process = await McSystemProcess.StartAsync("--operator", "0", "--state", folder.FullName);
        await using var port = new AlteringOperatorPort(process.OperatorPort, "", "^$", "")
        {
            WhenDone = path =>
            {
                if (!path.EndsWith("/crash", StringComparison.Ordinal)) return;
                foreach (var journal in folder.EnumerateFiles("*.journal", SearchOption.AllDirectories))
                    journal.Delete();
            },
        };
        await using var run = Run(Primary, entity, port.At);
        await run.RunAsync(ScenarioText.Find(title));
        Assert.That(run.Judgements.Where(j => j.Verdict == Verdict.Fail).Select(j => j.Requirement?.Id),
            Does.Contain(requirement));
        folder.Delete(recursive: true);
    }

    /// <summary>Nobody offers the actions; the receiver is the harness's; or nobody sees the moment.</summary>
    [TestCase(Primary, "mcServiceServer", Recorded, "/start", "nobody offers the actions crash and start for "
        + "primary.example (features/operator-port.md): it cannot crash here")]
    [TestCase(Primary, "sipDatabase", Recorded, null, "mcptt.primary.example is the harness's, beside an external "
        + "entity of primary.example: only what is external crashes there")]
    [TestCase("partner.example", "sipCore", Registration, null, "scscf.ims.partner.example -> "
        + "icscf.ims.partner.example (Mw) cannot be disturbed: what is sent there is not the harness's, and no relay "
        + "stands there")]
    public async Task What_cannot_crash_is_told(string domain, string entity, string title, string? lacks, string why)
    {
        await using var port = new AlteringOperatorPort(Process.OperatorPort, "", "^$", "") { Lacks = lacks };
        await using var run = Run(domain, entity, port.At);
        var told = Assert.ThrowsAsync<InconclusiveException>(() => run.RunAsync(ScenarioText.Find(title)));
        Assert.That(told!.Message, Is.EqualTo(why));
    }

    private static ExternalRun Run(string domain, string entity, Uri operatorPort) =>
        new(new Dictionary<string, Uri> { [domain] = operatorPort }) { Entities = [entity] };
}
