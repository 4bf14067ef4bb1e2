using McConformance.Checks;
using McConformance.Fakes.Transport;
using McConformance.Steps.Deviations;
using McConformance.Steps.ExternalRuns;
using McConformance.Steps.TestConfiguration;
using static McConformance.Steps.ExternalRuns.MainScenarios;

namespace McConformance.Steps;

/// <summary>
/// Scenarios of the profile of a UE (features/profiles/ue.json), with alice's UE in a process of its own
/// (<c>mcsystem --only userEquipment</c>) and all MC systems bundled: its buttons are pressed over the operator port,
/// all that it sends is seen at the bundled ends.
/// </summary>
[TestFixture, Category("external")]
public sealed class UserEquipmentTests() : SingleProcessTests("--only", "userEquipment")
{
    private const string Bears = "A UE bears every message of <document>";

    [TestCase(Registers)]
    [TestCase("A UE that is registered at home keeps the two sets of identities apart")]
    [TestCase("A UE without connectivity information sends nothing to the partner")]
    [TestCase("A UE whose sequence number is ahead is resynchronised")]
    [TestCase("The whole sequence")]
    [TestCase(Migrates)]
    [TestCase($"{Bears} #1")]
    [TestCase($"{Bears} #2")]
    [TestCase($"{Bears} #3")]
    public async Task Passes(string title)
    {
        await using var run = RunOf(Process.OperatorPort, "alice");
        await run.RunAsync(ScenarioText.Find(title));

        Assert.That(run.Judgements.Where(j => j.Verdict != Verdict.Pass).Select(j => j.Reason), Is.Empty);
        Assert.That(run.Judgements, Is.Not.Empty, "something was seen");
        Assert.That(run.Unseen, Is.Empty, "each link has an end in the harness");
    }

    /// <summary>Each comes from an address of its own, so that it is known whose a connection is.</summary>
    [Test]
    public async Task Two_of_them_are_told_apart()
    {
        await using var run = RunOf(Process.OperatorPort, "alice", "bob");
        await run.RunAsync(ScenarioText.Find("Two UEs of different primary MC systems are asked for at their own"));
        Assert.That(run.Judgements.Where(j => j.Verdict != Verdict.Pass).Select(j => j.Reason), Is.Empty);
    }

    [TestCase(Registers, "user-equipment", "\"key\": \"..", "\"key\": \"00", "SPR-10")]
    [TestCase(Registers, "user-equipment", "in-0001@ims.partner.example", "alice-ue@ims.primary.example", "SPR-1")]
    [TestCase("The whole sequence", "choose-partner", "partner.example", "nobody.example", "CFG-MIG-4")]
    [TestCase(Migrates, "request-service", "\"profile\": 1", "\"profile\": 2", "MSA-IE-REQ-3")]
    public async Task Finds_one_that_is_wrong(string title, string path, string text, string other, string requirement)
    {
        await using var wrong = new AlteringOperatorPort(Process.OperatorPort, path, text, other);
        await using var run = RunOf(wrong.At, "alice");
        await run.RunAsync(ScenarioText.Find(title));
        Assert.That(wrong.Changed, Is.EqualTo(1), "it is wrong in one thing");
        var first = run.Judgements.FirstOrDefault(j => j.Verdict == Verdict.Fail);
        Assert.That(first?.Requirement?.Id, Is.EqualTo(requirement), first?.Reason);
    }

    /// <summary>One that answers hostile messages otherwise, or dies of them.</summary>
    [TestCase("SIP/2.0 400", "SIP/2.0 500", int.MaxValue)]
    [TestCase("", "", 5)]
    public async Task Finds_one_that_does_not_bear_hostile_messages(string text, string other, int takes)
    {
        await using var box = new WrongBox(text, other) { Takes = takes };
        await using var port = new AlteringOperatorPort(Process.OperatorPort, "/nowhere", "", "")
        {
            Answers = told => box.Replace(told, "signallingUserAgent"),
        };
        await using var run = RunOf(port.At, "alice");
        var (verdict, _) = await ExternalSuite.JudgeAsync(run, ScenarioText.Find($"{Bears} #1"));
        Assert.That(box.Changed > 0 || box.HasEnded, Is.True, "it was wrong");
        var first = run.Judgements.FirstOrDefault(j => j.Verdict == Verdict.Fail);
        Assert.That((verdict, first?.Requirement?.Id), Is.EqualTo((Verdict.Fail, "SPR-1")), first?.Reason);
    }

    [Test]
    public async Task What_no_user_can_ask_for_is_inconclusive_with_the_reason()
    {
        await using var run = RunOf(Process.OperatorPort, "alice");
        var told = Assert.ThrowsAsync<InconclusiveException>(
            () => run.RunAsync(ScenarioText.Find("A request with <token> is refused by the partner")));
        Assert.That(told!.Message, Does.StartWith(
            "alice-ue is external, and no button of a UE lets its user request service"));
    }

    [Test]
    public async Task Tells_of_one_that_ends_in_the_middle()
    {
        await using var own = await McSystemProcess.StartAsync("--operator", "0", "--only", "userEquipment");
        await using var run = RunOf(own.OperatorPort, "alice");
        await using var next = RunOf(own.OperatorPort, "alice");
        var killed = Assert.ThrowsAsync<SilentEntityException>(() => KilledAsync(run, own));
        Assert.That(killed!.Message, Does.StartWith($"the operator port {own.OperatorPort}"));
        Assert.That(await run.World.Running.SilentAsync(), Is.EqualTo([
            $"alice-ue (UE): its operator port {own.OperatorPort} takes no connections any more: Connection refused; "
            + "see why it ended, and start it again"]));
        // the next scenario is told that nobody can be asked for another one
        var refused = Assert.ThrowsAsync<SilentEntityException>(() => next.RunAsync(ScenarioText.Find(Registers)));
        Assert.That(refused!.Message, Does.StartWith($"the operator port {own.OperatorPort}"));
    }

    private static async Task KilledAsync(ExternalRun run, McSystemProcess process)
    {
        run.Prepare();
        await run.World.WhenStartedAsync(_ => process.KillAsync());
        await run.GoOnAsync(ScenarioText.Find(Registers).Steps);
    }

    private static ExternalRun RunOf(Uri operatorPort, params IReadOnlyList<string> users) =>
        new(new Dictionary<string, Uri>())
        {
            Change = plan =>
            {
                foreach (var user in users) plan.UseExternalUserEquipment(user, operatorPort);
            },
        };
}
