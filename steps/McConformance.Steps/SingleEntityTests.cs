using McConformance.Checks;
using McConformance.Fakes.Transport;
using McConformance.Steps.Deviations;
using McConformance.Steps.ExternalRuns;
using McConformance.Steps.TestConfiguration;
using static McConformance.Steps.ExternalRuns.MainScenarios;

namespace McConformance.Steps;

/// <summary>
/// Main scenarios of each profile of a single entity (features/profiles), with that entity in a process of its own
/// (<c>mcsystem --only</c>) and the rest of its MC system bundled: everything is seen at the bundled ends, and judged
/// as it is of bundled
/// systems.
/// </summary>
[TestFixture, Category("external")]
public sealed class SingleEntityTests : SingleProcessTests
{
    private const string CrossesProxies = "A group crosses through HTTP proxies at both edges";
    private const string RefusalCrosses = "A refusal too crosses through the HTTP proxies";

    private const string BearsDiameter = "The <entity> bears every Diameter attack";
    private const string BearsHttp = "The HTTP proxy bears every HTTP attack";
    private const string BearsSip = "The primary's <entity> bears every message of <document>";
    private const string BearsSipToo = "The <service> server bears every message of <document>";

    private const string BearsDocuments = "The <service> server bears every document #2";

    private static IEnumerable<TestCaseData> Cases() =>
    [
        Case("sip-database", "primary.example", "sipDatabase", Registers),
        Case("migration-management-server", "primary.example", "migrationManagementServer", Registers),
        Case("migration-management-server", "partner.example", "migrationManagementServer", Registers),
        Case("group-management-server-primary", "primary.example", "groupManagementServer", Provided),
        Case("group-management-server-primary", "primary.example", "groupManagementServer", Requested),
        Case("group-management-server-partner", "partner.example", "groupManagementServer", Provided),
        Case("group-management-server-partner", "partner.example", "groupManagementServer", Requested),
        Case("mc-service-server-primary", "primary.example", "mcServiceServer", Migrates),
        Case("mc-service-server-partner", "partner.example", "mcServiceServer", Migrates),
        Case("mc-service-server-partner", "partner.example", "mcServiceServer", Requested),
        Case("identity-management-server", "primary.example", "identityManagementServer", Migrates),
        Case("identity-management-server", "partner.example", "identityManagementServer", Migrates),
        Case("configuration-management-server", "primary.example", "configurationManagementServer", Migrates),
        Case("configuration-management-server", "partner.example", "configurationManagementServer", Migrates),
        Case("sip-core", "partner.example", "sipCore", Registers),
        Case("sip-core", "partner.example", "sipCore", Migrates),
        Case("gateway-server", "primary.example", "gatewayServer", Migrates),
        Case("gateway-server", "partner.example", "gatewayServer", Migrates),
        Case("http-proxy", "primary.example", "httpProxy", CrossesProxies),
        Case("http-proxy", "partner.example", "httpProxy", CrossesProxies),
        Case("http-proxy", "partner.example", "httpProxy", RefusalCrosses),
        Case("http-proxy", "partner.example", "httpProxy", BearsHttp),
        Case("sip-database", "primary.example", "sipDatabase", $"{BearsDiameter} #3"),
        Case("migration-management-server", "partner.example", "migrationManagementServer", $"{BearsDiameter} #2"),
        Case("mc-service-server-primary", "primary.example", "mcServiceServer", $"{BearsSip} #1"),
        Case("group-management-server-primary", "primary.example", "groupManagementServer", $"{BearsSip} #2"),
        Case("mc-service-server-partner", "partner.example", "mcServiceServer", $"{BearsSipToo} #1"),
        Case("mc-service-server-partner", "partner.example", "mcServiceServer", $"{BearsSipToo} #4"),
        Case("mc-service-server-partner", "partner.example", "mcServiceServer", BearsDocuments),
    ];

    [TestCaseSource(nameof(Cases))]
    public async Task Passes(string profile, string domain, string entity, string title)
    {
        await using var run = new ExternalRun(new Dictionary<string,
            Uri>
        { [domain] = Process.OperatorPort })
        { Entities = [entity] };
        await run.RunAsync(ScenarioText.Find(title));

        Assert.That(run.Judgements.Where(j => j.Verdict != Verdict.Pass).Select(j => j.Reason), Is.Empty);
        Assert.That(run.Judgements, Is.Not.Empty, "something was seen");
        Assert.That(run.Unseen, Is.Empty, "each link has an end in the harness");
        Assert.That(
            run.Messages.Any(m => ScenarioPlan.IsExternal(m.Link.From, entity) && m.Link.From.System == domain),
                Is.True,
            $"the {profile} was under test: something came from it");
    }

    [TestCase("primary.example", "sipDatabase", Registers, "another key")]
    [TestCase("partner.example", "mcServiceServer", Migrates, "no agreement")]
    [TestCase("primary.example", "migrationManagementServer", Registers, "no sets")]
    [TestCase("partner.example", "groupManagementServer", Provided, "no pushes")]
    public async Task Finds_one_that_was_provisioned_wrongly(string domain, string entity, string title, string what)
    {
        await using var run = new ExternalRun(new Dictionary<string,
            Uri>
        { [domain] = Process.OperatorPort })
        { Entities = [entity], Change = p => p.Spoil(what) };
        await run.RunAsync(ScenarioText.Find(title));
        var wrong = run.Judgements.FirstOrDefault(j => j.Verdict == Verdict.Fail);
        Assert.That(wrong, Is.Not.Null, "what it does wrong is seen at the bundled ends");
    }

    /// <summary>One that answers some messages of the corpus otherwise; of Diameter it is the result.</summary>
    [TestCase("primary.example", "sipDatabase", $"{BearsDiameter} #3", "5011", "2001", "DPX-1")]
    [TestCase("partner.example", "migrationManagementServer", $"{BearsDiameter} #2", "5011", "2001", "DPX-1")]
    [TestCase("partner.example", "httpProxy", BearsHttp, "HTTP/1.1 400", "HTTP/1.1 502", "CFG-MIG-7")]
    [TestCase("primary.example", "mcServiceServer", $"{BearsSip} #1", "SIP/2.0 400", "SIP/2.0 500", "MSA-11")]
    [TestCase("primary.example", "groupManagementServer", $"{BearsSip} #2", "SIP/2.0 400", "SIP/2.0 500", "GCI-PUSH-3")]
    public async Task Finds_one_that_does_not_bear_a_hostile_message(
        string domain, string entity, string title, string text, string other, string requirement)
    {
        await using var box = new WrongBox(OctetsOf(text), OctetsOf(other));
        var (first, verdict, reason) = await JudgeAsync(box, domain, entity, title);
        Assert.That(box.Changed, Is.Positive, "it was wrong");
        Assert.That((verdict, first?.Requirement?.Id), Is.EqualTo((Verdict.Fail, requirement)), reason);
    }

    /// <summary>One that hostile messages bring down, after some of them.</summary>
    [TestCase("primary.example", "sipDatabase", $"{BearsDiameter} #3", 10, "no connection taken")]
    [TestCase("partner.example", "migrationManagementServer", $"{BearsDiameter} #2", 10, "no connection taken")]
    [TestCase("partner.example", "httpProxy", BearsHttp, 30, "no connection taken")]
    public async Task Finds_one_that_dies_of_hostile_messages(
        string domain, string entity, string title, int takes, string seen)
    {
        await using var box = new WrongBox("", "") { Takes = takes };
        var (_, verdict, reason) = await JudgeAsync(box, domain, entity, title);
        Assert.That(box.HasEnded, Is.True, "it died");
        Assert.That(verdict, Is.EqualTo(Verdict.Fail), reason);
        Assert.That(reason, Does.Contain(seen));
    }

    /// <summary>A Result-Code as its octets; anything else as it stands.</summary>
    private static string OctetsOf(string text) => int.TryParse(text, out var result)
        ? $"\0\0{(char)(result >> 8)}{(char)(result & 0xff)}" : text;

    private async Task<(Judgement? First, Verdict Verdict, string Reason)> JudgeAsync(
        WrongBox box, string domain, string entity, string title)
    {
        await using var port = new AlteringOperatorPort(Process.OperatorPort, "/nowhere", "", "")
        {
            Answers = told => box.Replace(told, entity),
        };
        await using var run = new ExternalRun(new Dictionary<string, Uri> { [domain] = port.At })
        {
            Entities = [entity],
        };
        var (verdict, reason) = await ExternalSuite.JudgeAsync(run, ScenarioText.Find(title));
        return (run.Judgements.FirstOrDefault(j => j.Verdict == Verdict.Fail), verdict, reason);
    }

    /// <summary>To an HTTP proxy that knows no partner the other MC system is a stranger.</summary>
    [Test]
    public async Task Finds_an_HTTP_proxy_that_knows_no_partner()
    {
        await using var port = new AlteringOperatorPort(
            Process.OperatorPort, "/systems", "\"partner\": *\"partner.example\"", "\"partner\": \"nobody.example\"");
        await using var run = new ExternalRun(new Dictionary<string, Uri> { ["primary.example"] = port.At })
        {
            Entities = ["httpProxy"]
        };
        await run.RunAsync(ScenarioText.Find(RefusalCrosses));
        Assert.That(port.Changed, Is.EqualTo(1));
        Assert.That(run.Judgements.Select(j => j.Verdict), Does.Contain(Verdict.Fail));
    }

    [Test]
    public async Task Passes_with_one_that_was_provisioned_by_hand()
    {
        var told = new ScenarioPlan();
        told.AddSystem("primary");
        told.AddSystem("partner");
        told.AllowMigration(told.AddUser("alice", "primary"), "partner");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, told.FileOf("primary"));
            await using var own = await McSystemProcess.StartAsync("--configuration", file, "--only", "sipDatabase");
            for (var i = 0; i < 2; i++)
            {
                await using var run = new ExternalRun(new Dictionary<string, Uri>())
                {
                    Change = p => p.UseFixedDatabase("primary", own.At("sipDatabase")),
                };
                await run.RunAsync(ScenarioText.Find(Registers));
                Assert.That(run.Judgements.Where(j => j.Verdict != Verdict.Pass).Select(j => j.Reason), Is.Empty);
                Assert.That(run.Messages.Any(m => ScenarioPlan.IsExternal(m.Link.From, "sipDatabase")), Is.True);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public async Task Tells_of_one_that_ends_in_the_middle()
    {
        await using var own = await McSystemProcess.StartAsync("--operator", "0", "--only", "sipDatabase");
        var ports = new Dictionary<string, Uri> { ["primary.example"] = own.OperatorPort };
        await using var run = new ExternalRun(ports)
        {
            Entities = ["sipDatabase"],
            WhenStarted = own.KillAsync,
        };
        await run.RunAsync(ScenarioText.Find(Registers));

        Assert.That(run.Judgements.Select(j => j.Verdict), Does.Contain(Verdict.Fail));
        Assert.That(run.Silent, Has.Count.EqualTo(1), "a sentence for its one endpoint");
        Assert.That(run.Silent[0],
            Does.StartWith("sdb.ims.primary.example (SIP database) at 127.0.0.1:").And.Contain(
            "takes no connections any more"));
        // the next scenario is told that nobody can be asked for another one
        await using var next = new ExternalRun(new Dictionary<string,
            Uri>
        { ["primary.example"] = own.OperatorPort })
        { Entities = ["sipDatabase"] };
        var refused = Assert.ThrowsAsync<SilentEntityException>(() => next.RunAsync(ScenarioText.Find(Registers)));
        Assert.That(refused!.Message, Does.StartWith($"the operator port {own.OperatorPort}"));
    }

    private static TestCaseData Case(string profile, string domain, string entity, string title) =>
        new(profile, domain, entity, title);
}
