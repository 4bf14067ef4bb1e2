using McConformance.Checks;
using McConformance.Checks.Diameter;
using McConformance.Checks.Flow;
using McConformance.Fakes.Deviations;
using McConformance.Fakes.Disturbances;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;

namespace McConformance.Steps;

/// <summary>
/// The checks of the flow against systems that are wrong in one way each: the requirement that the deviation names must be the one that fails. A check that
/// cannot fail would be found here.
/// </summary>
[TestFixture, Category("deviations"), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DeviationTests
{
    private static string Folder => Path.Combine(Repository.Root, "fakes", "McConformance.Fakes", "Deviations", "deviations.tsv");

    private static IEnumerable<TestCaseData> All() => Deviation.Read(Folder).Select(d => new TestCaseData(d).SetArgDisplayNames(d.Name));

    [TestCaseSource(nameof(All))]
    public async Task Is_caught_by_its_requirement(Deviation deviation)
    {
        Catalogue.UseOnce(Path.Combine(Repository.Root, "features", "catalogue", "requirements.tsv"));
        await using var world = new ScenarioWorld();
        world.Plan.AddSystem("primary");
        world.Plan.AddSystem("partner");
        world.Plan.AllowMigration(world.Plan.AddUser("alice", "primary"), "partner");
        var (selects, _) = Messages.Selector(deviation.Message);
        var isSip = deviation.Message.Contains("registration", StringComparison.Ordinal) || deviation.Message.Contains("challenge", StringComparison.Ordinal);
        await world.DisturbAsync(
            deviation.From, deviation.To, isSip ? WireProtocol.Sip : WireProtocol.Diameter, new Alters(deviation.Name, deviation.Change) { Selects = selects });
        var systems = await world.SystemsAsync();
        var registration = systems.RegisterAsync("alice", "partner", TimeSpan.FromHours(1));
        await world.Pace.UntilAsync(registration, "the registration with a deviant system", TimeSpan.FromSeconds(70));
        var seen = await world.ObserveAsync();

        Assert.That(seen.All.Any(m => m.Recorded.Fate == Fate.Altered), Is.True, "the deviation took place");
        var failed = Judge(seen, systems.FactsOf("alice", "partner")).Where(j => j.Verdict == Verdict.Fail).Select(j => j.Requirement!.Id).ToArray();
        Assert.That(failed, Does.Contain(deviation.Requirement), $"caught by {string.Join(", ", failed)}");
    }

    private static IEnumerable<Judgement> Judge(Observation seen, MigrationFacts facts) =>
    [
        RegistersWithPartnerIdentities.Judge(seen, facts), AsksWithPartnerIdentities.Judge(seen, facts), AsksThePrimary.Judge(seen, facts),
        CarriesNoIdentity.Judge("SPR-4", seen, m => m.ReferencePoint == ReferencePoint.Csc18, "CSC-18", facts.Partner),
        AsksTheDatabase.Judge(seen, facts), AnswersWithVector.Judge(seen, facts), PassesVectorOn.Judge(seen, facts),
        AnswersWithPartnerIdentities.Judge(seen, facts), Authenticates.Judge(seen, facts), ConfirmsRegistration.Judge(seen, facts),
        AgentsKeepTheRules.JudgeIdentifiers(seen), AgentsKeepTheRules.JudgeRouteRecord(seen),
    ];
}
