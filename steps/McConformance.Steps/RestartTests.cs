using System.Globalization;
using McConformance.Checks;
using McConformance.Checks.Migration;
using McConformance.Fakes.Transport;
using McConformance.Steps.Deviations;
using McConformance.Steps.ExternalRuns;
using McConformance.Wire;

namespace McConformance.Steps;

/// <summary>
/// An MC system in a process of its own is killed and started again with the same state (<c>mcsystem --state</c>):
/// nothing that it has
/// acknowledged is lost, and it is found where it was. In real time.
/// </summary>
[TestFixture, Category("external"), Parallelizable(ParallelScope.All), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RestartTests : IAsyncDisposable
{
    private static readonly string[] Migrated =
    [
        "Given the primary and the partner MC system with their application planes",
        "Given alice, who may migrate to the partner MC system",
        "Given alice has done all that comes before service authorization",
        "When alice requests migration service authorization",
        "Then alice is told that migration and service authorization succeeded",
    ];

    private static readonly string[] Provided =
    [
        "Given the primary and the partner MC system with their application planes",
        "Given alice, who may migrate to the partner MC system",
        "Given the group joint-ops of the primary MC system with members of both",
        "Given the partner's profile of alice lists the group joint-ops",
        "Given the partner's policy for groups of the primary: group priority 60, user priority at most 100, service in north only",
        "Given alice has done all that comes before service authorization",
        "When the primary's administrator provides the group to the partner",
        "When alice obtains the groups of the partner's profile",
        "Then alice succeeds (GCI-PUSH-3)",
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mc-state-");
    private McSystemProcess? process;
    private ExternalRun? run;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (run is not null) await run.DisposeAsync();
        if (process is not null) await process.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Test]
    public async Task A_migrated_user_is_still_served_when_the_partner_is_killed_and_started_again()
    {
        await BeginAsync("partner.example", Migrated);
        await KillAndStartAsync();
        await run!.GoOnAsync(Steps(
            "When alice registers at the partner's SIP core",
            "Then alice still has service in the partner MC system"));
        // a busy machine takes its time to tell
        for (var looks = 0; looks < 20 && !IsEndTold(); looks++)
            await run.World.Pace.PassAsync(TimeSpan.FromSeconds(1));
        await run.GoOnAsync(Steps("Then the partner tells the primary that the migration has ended"));
        await EndAsync();
    }

    [Test]
    public async Task The_register_knows_where_a_user_is_when_the_primary_is_killed_and_started_again()
    {
        await BeginAsync("primary.example", Migrated);
        await KillAndStartAsync();
        await run!.GoOnAsync(Steps(
            "When alice requests service authorization at home",
            "Then alice has service at home",
            "Then the primary tells the partner that the migration has ended",
            "Then alice has no service in the partner MC system any more"));
        await EndAsync();
    }

    [Test]
    public async Task Sequence_numbers_go_on_when_the_primary_is_killed_and_started_again()
    {
        await BeginAsync("primary.example", Migrated);
        await KillAndStartAsync();
        await run!.GoOnAsync(Steps("When alice registers at the partner's SIP core", "Then alice succeeds (SPR-11)"));
        // an ISIM that has seen the number answers with AUTS (TS 33.102 6.3.3)
        Assert.That(run.World.Messages.Where(m => m.Link.Protocol == WireProtocol.Sip && m.Octets.Span.IndexOf("auts="u8) >= 0), Is.Empty);
        await EndAsync();
    }

    [TestCase("partner.example")]
    [TestCase("primary.example")]
    public async Task A_group_has_the_same_tag_when_its_server_is_killed_and_started_again(string domain)
    {
        await BeginAsync(domain, Provided);
        var before = await GroupAsync(domain);
        await KillAndStartAsync();
        var after = await GroupAsync(domain);

        Assert.That(before.ETag, Is.Not.Null.And.Not.Empty);
        Assert.That(after.ETag, Is.EqualTo(before.ETag));
        Assert.That(after.Octets.ToArray(), Is.EqualTo(before.Octets.ToArray()));
        await EndAsync();
    }

    [Test]
    public async Task An_MC_system_that_is_taken_away_leaves_nothing_behind()
    {
        await BeginAsync("partner.example", Migrated);
        Assert.That(Directory.EnumerateFiles(folder.FullName, "mcptt.partner.example.journal", SearchOption.AllDirectories), Is.Not.Empty);
        await EndAsync();
        Assert.That(Directory.EnumerateFiles(folder.FullName, "*", SearchOption.AllDirectories), Is.Empty);
    }

    private async Task BeginAsync(string domain, string[] steps)
    {
        process = await StartAsync(FreePort.Tcp().Port);
        run = new ExternalRun(new Dictionary<string, Uri> { [domain] = process.OperatorPort })
        {
            Change = plan => plan.ReconnectAfter(TimeSpan.FromSeconds(1)),
        };
        run.Prepare();
        await run.GoOnAsync(Steps(steps));
        Assert.That(run.Judgements.Where(j => j.Verdict != Verdict.Pass).Select(j => j.Reason), Is.Empty);
    }

    private async Task KillAndStartAsync()
    {
        await process!.KillAsync();
        var port = process.OperatorPort.Port;
        await process.DisposeAsync();
        process = await StartAsync(port);
        // whoever initiates connects again after Tc
        await run!.World.Pace.PassAsync(TimeSpan.FromSeconds(3));
    }

    private bool IsEndTold() => new Checks.Flow.Observation(run!.World.Messages).Endings().Any();

    private async Task EndAsync()
    {
        await run!.EndAsync();
        Assert.That(run.Judgements.Where(j => j.Verdict != Verdict.Pass).Select(j => j.Reason), Is.Empty);
        Assert.That(run.Judgements, Is.Not.Empty, "something was seen");
        Assert.That(await process!.EndAsync(), Is.Zero);
    }

    private async Task<TestConfiguration.DocumentSeen> GroupAsync(string domain)
    {
        var systems = await run!.World.SystemsAsync();
        return await systems.ReadGroupAsync("alice", domain);
    }

    private Task<McSystemProcess> StartAsync(int port) => McSystemProcess.StartAsync(
        "--operator", port.ToString(CultureInfo.InvariantCulture), "--state", folder.FullName);

    private static IEnumerable<StepText> Steps(params IEnumerable<string> lines) =>
        from line in lines
        let space = line.IndexOf(' ')
        select new StepText(line[..space], line[(space + 1)..]);
}
