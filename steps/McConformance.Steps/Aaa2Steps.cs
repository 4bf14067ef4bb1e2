using McConformance.Checks;
using McConformance.Checks.Diameter;
using McConformance.Checks.Flow;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;

namespace McConformance.Steps;

/// <summary>AAA-2: what is seen between SIP core, SIP database and migration management server of one MC system.</summary>
[Binding]
public sealed class Aaa2Steps(ScenarioWorld world)
{
    [Then("^the partner's SIP core asks its migration management server for authentication information of the partner identities$")]
    public async Task Asks() => world.Judge(AsksWithPartnerIdentities.Judge(await world.ObserveAsync(), await FactsAsync()));

    [Then("^the primary's migration management server asks the primary's SIP database for the primary identities$")]
    public async Task AsksDatabase() => world.Judge(AsksTheDatabase.Judge(await world.ObserveAsync(), await FactsAsync()));

    [Then("^the primary's SIP database answers with the primary identities and an authentication vector$")]
    public async Task Answers() => world.Judge(AnswersWithVector.Judge(await world.ObserveAsync(), await FactsAsync()));

    [Then("^the partner's migration management server answers the SIP core with the partner identities and the vector unchanged$")]
    public async Task AnswersCore() => world.Judge(AnswersWithPartnerIdentities.Judge(await world.ObserveAsync(), await FactsAsync()));

    [Then("^the resynchronisation reaches the primary's SIP database with the primary identities only$")]
    public async Task ReachesDatabase() => world.Judge(ChallengesAfterResynchronisation.JudgeRequest(await world.ObserveAsync(), await FactsAsync()));

    [Then("^the partner's SIP core is told that the (user is unknown|identities do not match|request cannot be delivered)$")]
    public async Task CoreIsTold(string refusal)
    {
        var (requirement, expected) = refusal switch
        {
            "user is unknown" => ("SPR-PRE-2", "experimental result 5001"),
            "identities do not match" => ("MMS-2", "experimental result 5002"),
            _ => ("DPX-1", "result 3002"),
        };
        var seen = await world.ObserveAsync();
        var claim = new Claim(requirement, $"the partner's SIP core is told that the {refusal}");
        var answer = seen.Answers(303).LastOrDefault(m => m.To.IsSipCore && m.To.System == (Facts.PartnerSystem));
        world.Judge(answer is null ? claim.Missing("an answer to the partner's SIP core") : claim.Compare(answer, expected, answer.Diameter!.ResultText()));
    }

    [Then("^the partner's SIP core gets no authentication information$")]
    public async Task CoreGetsNothing()
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim("SPR-8", "an answer about other identities is not passed on");
        var answers = seen.Answers(303).Where(m => m.To.IsSipCore && m.To.System == Facts.PartnerSystem).ToArray();
        world.Judge(answers.Length == 0
            ? claim.Missing("an answer to the partner's SIP core")
            : Claim.All(answers.Select(m => m.Diameter!.AuthDataItem().Length == 0 ? claim.Pass(m) : claim.Fail(m, "no SIP-Auth-Data-Item", "one"))));
    }

    [Then("^the partner's SIP database is told (of an authentication failure|that the registration timed out)$")]
    public async Task DatabaseIsTold(string what)
    {
        var seen = await world.ObserveAsync();
        var type = what == "of an authentication failure" ? 9u : 4u;
        var claim = new Claim("SPR-11", $"the SIP database is told {what}");
        var told = seen.Requests(301).LastOrDefault(m => m.To.Kind == EntityKind.SipDatabase && m.To.System == Facts.PartnerSystem);
        world.Judge(told is null
            ? claim.Missing("a server assignment request at the partner's SIP database")
            : claim.Compare(told, $"{type}", $"{told.Diameter!.AssignmentType()}"));
    }

    [Then("^the primary's SIP database was not asked$")]
    public async Task DatabaseNotAsked() => world.Judge(NothingPasses.Judge(
        "C18-1", await world.ObserveAsync(), m => m.To.Kind == EntityKind.SipDatabase && m.To.System == "primary.example", "AAA-2 to the primary's SIP database"));

    [Then("^the primary's SIP database made one vector$")]
    public async Task OneVector()
    {
        var seen = await world.ObserveAsync();
        var vectors = seen.Answers(303).Where(m => m.From.Kind == EntityKind.SipDatabase && m.From.System == "primary.example" && m.Diameter!.Authenticate().Length > 0)
            .Select(m => Convert.ToHexString(m.Diameter!.Authenticate())).Distinct().Count();
        world.Judge(new Claim("DPX-1", "a request that arrives twice is handled once").Seen(vectors == 1, "one vector", $"{vectors}"));
    }

    [Then(@"^no message passed between migration management server and SIP database of the (\w+) MC system$")]
    public async Task Collocated(string role)
    {
        var domain = ScenarioPlan.DomainOf(role);
        world.Judge(NothingPasses.Judge(
            "MMS-5", await world.ObserveAsync(),
            m => m.From.System == domain && m.To.System == domain &&
                (m.From.Kind, m.To.Kind) is (EntityKind.MigrationManagementServer, EntityKind.SipDatabase) or (EntityKind.SipDatabase, EntityKind.MigrationManagementServer),
            "AAA-2 between migration management server and SIP database"));
    }

    [Then("^the server assignment reached the partner's SIP database through the migration management server unchanged$")]
    public async Task AssignmentPasses() => world.Judge(PassesUnchanged.Judge("MMS-6", await world.ObserveAsync(), 301, Facts.PartnerSystem));

    [Then("^the proxy added its route record$")]
    public async Task RouteRecord() =>
        world.Judge(AgentsKeepTheRules.JudgeRouteRecord(await world.ObserveAsync(), "DPX-2"));

    private MigrationFacts Facts => world.Facts;

    private async Task<MigrationFacts> FactsAsync() => (await world.SystemsAsync()).FactsOf(world.Latest.User, world.Latest.Role);
}
