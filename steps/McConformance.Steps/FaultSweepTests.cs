using McConformance.Checks;
using McConformance.Steps.Sweeps;
using McConformance.Wire;

namespace McConformance.Steps;

/// <summary>
/// Every message of every procedure's flow is lost, doubled, late, or its receiver crashes before or after it has handled it. In the end the
/// invariants hold. Flows are in features/catalogue/flows.tsv; a test compares them with what is recorded, so that no message is forgotten.
/// </summary>
[TestFixture, Category("sweep"), Parallelizable(ParallelScope.All)]
public sealed class FaultSweepTests
{
    private static readonly Flows Known = Flows.Read();

    private static IEnumerable<TestCaseData> Cases() =>
        from procedure in Procedure.All
        from message in Known.Of(procedure.Name)
            // a pull comes with a migration: what is common to both is swept there
        where procedure.Name != "GCI pull" || !Known.Of("MSA").Contains(message)
        from fault in Enum.GetValues<Fault>()
        where fault is not (Fault.CrashBefore or Fault.CrashAfter) || Flows.IsInMcSystem(message.To)
        select new TestCaseData(procedure.Name, message.ToString(), fault);

    [OneTimeSetUp]
    public void ReadCatalogue() => Repository.UseCatalogue();

    [TestCaseSource(nameof(Cases))]
    public async Task Invariants_hold(string procedure, string message, object fault)
    {
        await using var run = new SweepRun(Procedure.All.Single(p => p.Name == procedure));
        var broken = await run.RunAsync(Known.Of(procedure).Single(m => m.ToString() == message), (Fault)fault);
        if (broken.Count == 0) return;
        await TestContext.Out.WriteLineAsync(Flows.Chart(run.Messages));
        Assert.Fail(string.Join("; ", broken));
    }

    /// <summary>The invariants have teeth: a system that forgets one thing over a restart breaks one of them.</summary>
    [TestCase("MSA", "200 PUBLISH scscf.ims.partner.example to pcscf.ims.partner.example", "served")]
    [TestCase("MSA", "200 MESSAGE gw.primary.example to mcptt.primary.example", "migrated")]
    [TestCase("MSA", "MESSAGE gw.primary.example to mcptt.primary.example", "sequence-numbers")]
    [TestCase("GCI push", "200 NOTIFY mcptt.partner.example to gms.partner.example", "groups")]
    public async Task A_system_that_forgets_is_caught(string procedure, string message, string forgets)
    {
        await using var run = new SweepRun(Procedure.All.Single(p => p.Name == procedure), forgets);
        var broken = await run.RunAsync(Known.Of(procedure).Single(m => m.ToString() == message), Fault.CrashAfter);
        Assert.That(broken, Is.Not.Empty, "an invariant does not hold");
        Assert.That(broken, Has.None.StartsWith("the fault did not happen"));
    }

    /// <summary><c>MC_FLOWS_ACCEPT=1</c> writes the table anew.</summary>
    [Test]
    public async Task Flows_are_those_that_are_recorded()
    {
        List<(string Procedure, FlowMessage Message)> recorded = [];
        foreach (var procedure in Procedure.All)
        {
            await using var run = new SweepRun(procedure);
            foreach (var message in await run.RecordAsync()) recorded.Add((procedure.Name, message));
        }

        if (Environment.GetEnvironmentVariable("MC_FLOWS_ACCEPT") == "1") Flows.Write(recorded);
        else
        {
            Assert.That(
                recorded.Select(r => $"{r.Procedure}: {r.Message}"),
                Is.EquivalentTo(Procedure.All.SelectMany(p => Known.Of(p.Name).Select(m => $"{p.Name}: {m}"))));
        }
    }
}
