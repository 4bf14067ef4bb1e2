using McConformance.Checks;
using McConformance.McSystem;
using McConformance.Steps.Deviations;
using McConformance.Steps.ExternalRuns;

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
        Case("sip-core", "primary.example", SystemPart.SipCore, Registers),
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
    }

    private static TestCaseData Case(string profile, string domain, SystemPart part, string title) => new(profile, domain, part, title);
}
