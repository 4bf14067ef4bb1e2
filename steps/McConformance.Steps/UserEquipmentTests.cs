using McConformance.Checks;
using McConformance.Steps.Deviations;
using McConformance.Steps.ExternalRuns;
using McConformance.Steps.TestConfiguration;
using static McConformance.Steps.ExternalRuns.MainScenarios;

namespace McConformance.Steps;

/// <summary>
/// Scenarios of the profile of a UE (features/profiles/ue.json), with alice's UE in a process of its own
/// (<c>mcsystem --only userEquipment</c>) and all MC systems bundled: its buttons are pressed over the operator port, all
/// that it sends is seen at the bundled ends.
/// </summary>
[TestFixture, Category("external")]
public sealed class UserEquipmentTests
{
    private McSystemProcess process = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        Repository.UseCatalogue();
        process = await McSystemProcess.StartAsync("--operator", "0", "--only", "userEquipment");
    }

    [OneTimeTearDown]
    public async Task End()
    {
        var code = await process.EndAsync();
        await process.DisposeAsync();
        Assert.That(code, Is.EqualTo(0), "it ends in good order when it is told to");
    }

    [TestCase(Registers)]
    [TestCase("A UE that is registered at home keeps the two sets of identities apart")]
    [TestCase("A UE without connectivity information sends nothing to the partner")]
    [TestCase("A UE whose sequence number is ahead is resynchronised")]
    [TestCase("The whole sequence")]
    [TestCase(Migrates)]
    public async Task Passes(string title)
    {
        await using var run = RunOf(process);
        await run.RunAsync(ScenarioText.Find(title));

        Assert.That(run.Judgements.Where(j => j.Verdict != Verdict.Pass).Select(j => j.Reason), Is.Empty);
        Assert.That(run.Judgements, Is.Not.Empty, "something was seen");
        Assert.That(run.Unseen, Is.Empty, "each link has an end in the harness");
    }

    private static ExternalRun RunOf(McSystemProcess process, params string[] others) => new(new Dictionary<string, Uri>())
    {
        Change = plan =>
        {
            foreach (var user in (string[])["alice", .. others]) plan.UseExternalUserEquipment(user, process.OperatorPort);
        },
    };
}
