using McConformance.Checks;
using McConformance.Fakes.Deviations;
using McConformance.Steps.Deviations;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;

namespace McConformance.Steps.ExternalRuns;

/// <summary>Tests with one <c>mcsystem</c> beside them, which ends in good order when they are over.</summary>
/// <param name="arguments">Of the command, besides the operator port.</param>
public abstract class SingleProcessTests(params string[] arguments)
{
    private protected McSystemProcess Process { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        Repository.UseCatalogue();
        Process = await McSystemProcess.StartAsync(["--operator", "0", .. arguments]);
    }

    [OneTimeTearDown]
    public async Task End()
    {
        var code = await Process.EndAsync();
        await Process.DisposeAsync();
        Assert.That(code, Is.EqualTo(0), "it ends in good order when it is told to");
    }
}

/// <summary>Tests with an <c>mcsystem</c> for each of two MC systems beside them.</summary>
public abstract class SystemPairTests
{
    private McSystemProcess primary = null!;
    private McSystemProcess partner = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        Repository.UseCatalogue();
        primary = await McSystemProcess.StartAsync("--operator", "0");
        partner = await McSystemProcess.StartAsync("--operator", "0");
    }

    [OneTimeTearDown]
    public async Task End()
    {
        var codes = (await primary.EndAsync(), await partner.EndAsync());
        await primary.DisposeAsync();
        await partner.DisposeAsync();
        Assert.That(codes, Is.EqualTo((0, 0)), "they end in good order when they are told to");
    }

    /// <summary>Operator ports of the domains that are external, with a space between them.</summary>
    private protected Dictionary<string, Uri> Ports(string external) => external.Split(' ')
        .ToDictionary(d => d, d => d == "primary.example" ? primary.OperatorPort : partner.OperatorPort);

    /// <summary>A system that is wrong where relays see it is caught, by the requirement that it breaks.</summary>
    /// <param name="name">Of the deviation.</param>
    /// <param name="start">Makes a run, given what is done to its systems when they are made.</param>
    private protected static async Task IsCaughtAsync(
        string name, Func<Action<SystemsUnderTest>, ExternalRun> start)
    {
        var deviation = DeviationTests.Rows.First(d => d.Name == name);
        await using var run = start(systems =>
        {
            var selects = Messages.Selector(deviation.Message).Selects;
            var deviates = new Deviates(deviation, systems.Links, selects) { IsArmed = true };
            systems.DisturbAll(l => deviation.IsOn(l.From.Name, l.To.Name), deviates);
        });
        await run.RunAsync(ScenarioText.Find(deviation.Scenario));
        var failed = run.Judgements.Where(j => j.Verdict == Verdict.Fail).Select(j => j.Requirement?.Id);
        Assert.That(failed, Does.Contain(deviation.Requirement));
    }
}
