using McConformance.Checks;
using McConformance.McSystem;
using McConformance.Steps.Deviations;
using McConformance.Steps.ExternalRuns;
using McConformance.Steps.TestConfiguration;

namespace McConformance.Steps;

/// <summary>
/// Main scenarios of each profile of a single entity (features/profiles), with that entity in a process of its own
/// (<c>mcsystem --only</c>) and the rest of its MC system bundled: everything is seen at the bundled ends, and judged as it is of bundled
/// systems.
/// </summary>
[TestFixture, Category("external")]
public sealed class SingleEntityTests
{
    private const string Registers = "A UE registers in the partner MC system";
    private const string Migrates = "A user migrates";
    private const string Provided = "A group is provided, changed by policy, stored and served";
    private const string Requested = "A group is requested when a member becomes service authorized";
    private McSystemProcess process = null!;

    private static IEnumerable<TestCaseData> Cases() =>
    [
        Case("sip-database", "primary.example", SystemPart.SipDatabase, Registers),
        Case("migration-management-server", "primary.example", SystemPart.MigrationManagementServer, Registers),
        Case("migration-management-server", "partner.example", SystemPart.MigrationManagementServer, Registers),
        Case("group-management-server-primary", "primary.example", SystemPart.GroupManagementServer, Provided),
        Case("group-management-server-primary", "primary.example", SystemPart.GroupManagementServer, Requested),
        Case("group-management-server-partner", "partner.example", SystemPart.GroupManagementServer, Provided),
        Case("group-management-server-partner", "partner.example", SystemPart.GroupManagementServer, Requested),
        Case("mc-service-server-primary", "primary.example", SystemPart.McServiceServer, Migrates),
        Case("mc-service-server-partner", "partner.example", SystemPart.McServiceServer, Migrates),
        Case("mc-service-server-partner", "partner.example", SystemPart.McServiceServer, Requested),
        Case("identity-management-server", "primary.example", SystemPart.IdentityManagementServer, Migrates),
        Case("identity-management-server", "partner.example", SystemPart.IdentityManagementServer, Migrates),
        Case("configuration-management-server", "primary.example", SystemPart.ConfigurationManagementServer, Migrates),
        Case("configuration-management-server", "partner.example", SystemPart.ConfigurationManagementServer, Migrates),
        Case("sip-core", "partner.example", SystemPart.SipCore, Registers),
        Case("sip-core", "partner.example", SystemPart.SipCore, Migrates),
        Case("gateway-server", "primary.example", SystemPart.GatewayServer, Migrates),
        Case("gateway-server", "partner.example", SystemPart.GatewayServer, Migrates),
    ];

    [OneTimeSetUp]
    public async Task Start()
    {
        Catalogue.UseOnce(Path.Combine(Repository.Root, "features", "catalogue", "requirements.tsv"));
        process = await McSystemProcess.StartAsync("--operator", "0");
    }

    [OneTimeTearDown]
    public async Task End()
    {
        var code = await process.EndAsync();
        await process.DisposeAsync();
        Assert.That(code, Is.EqualTo(0), "it ends in good order when it is told to");
    }

    [TestCaseSource(nameof(Cases))]
    public async Task Passes(string profile, string domain, SystemPart part, string title)
    {
        await using var run = new ExternalRun(new Dictionary<string, Uri> { [domain] = process.OperatorPort }) { Parts = [part] };
        await run.RunAsync(ScenarioText.Find(title));

        Assert.That(run.Judgements.Where(j => j.Verdict != Verdict.Pass).Select(j => j.Reason), Is.Empty);
        Assert.That(run.Judgements, Is.Not.Empty, "something was seen");
        Assert.That(run.Unseen, Is.Empty, "each link has an end in the harness");
        Assert.That(
            run.Messages.Any(m => SystemParts.Of(m.Link.From.Kind) == part && m.Link.From is { IsBundled: false } from && from.System == domain), Is.True,
            $"the {profile} was under test: something came from it");
    }

    [TestCase("primary.example", SystemPart.SipDatabase, Registers, "another key")]
    [TestCase("partner.example", SystemPart.McServiceServer, Migrates, "no agreement")]
    [TestCase("primary.example", SystemPart.MigrationManagementServer, Registers, "no sets")]
    [TestCase("partner.example", SystemPart.GroupManagementServer, Provided, "no pushes")]
    public async Task Finds_one_that_was_provisioned_wrongly(string domain, SystemPart part, string title, string what)
    {
        await using var run = new ExternalRun(new Dictionary<string, Uri> { [domain] = process.OperatorPort }) { Parts = [part], Change = p => Spoil(p, what) };
        await run.RunAsync(ScenarioText.Find(title));
        var wrong = run.Judgements.FirstOrDefault(j => j.Verdict == Verdict.Fail);
        Assert.That(wrong, Is.Not.Null, "what it does wrong is seen at the bundled ends");
    }

    [Test]
    public async Task Tells_of_one_that_ends_in_the_middle()
    {
        await using var own = await McSystemProcess.StartAsync("--operator", "0", "--only", "sipDatabase");
        await using var run = new ExternalRun(new Dictionary<string, Uri> { ["primary.example"] = own.OperatorPort })
        {
            Parts = [SystemPart.SipDatabase],
            WhenStarted = own.KillAsync,
        };
        await run.RunAsync(ScenarioText.Find(Registers));

        Assert.That(run.Judgements.Select(j => j.Verdict), Does.Contain(Verdict.Fail));
        Assert.That(run.Silent, Has.Count.EqualTo(1), "a sentence for its one endpoint");
        Assert.That(run.Silent[0], Does.StartWith("sdb.ims.primary.example (SIP database) at 127.0.0.1:").And.Contain("takes no connections any more"));
        // the next scenario is told that nobody can be asked for another one
        await using var next = new ExternalRun(new Dictionary<string, Uri> { ["primary.example"] = own.OperatorPort }) { Parts = [SystemPart.SipDatabase] };
        var refused = Assert.ThrowsAsync<SilentEntityException>(() => next.RunAsync(ScenarioText.Find(Registers)));
        Assert.That(refused!.Message, Does.StartWith($"the operator port {own.OperatorPort}"));
    }

    private static void Spoil(ScenarioPlan plan, string what)
    {
        var (primary, partner) = (plan.System("primary"), plan.System("partner"));
        switch (what)
        {
            case "another key":
                for (var i = 0; i < primary.Subscriptions.Count; i++) primary.Subscriptions[i] = primary.Subscriptions[i] with { Key = new byte[16] };
                break;
            case "no agreement":
                plan.Restrict("the partner MC system does not allow migration from the primary");
                break;
            case "no sets":
                primary.OutboundSets.Clear();
                break;
            default:
                foreach (var agreement in partner.Application!.Agreements) agreement.MayPushGroups = false;
                break;
        }
    }

    private static TestCaseData Case(string profile, string domain, SystemPart part, string title) => new(profile, domain, part, title);
}
