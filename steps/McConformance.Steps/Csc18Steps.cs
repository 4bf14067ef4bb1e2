using System.Text;
using McConformance.Checks.Diameter;
using McConformance.Checks.Flow;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;

namespace McConformance.Steps;

/// <summary>CSC-18: what is seen between migration management servers of different MC systems, and on the way between them.</summary>
[Binding]
public sealed class Csc18Steps(ScenarioWorld world)
{
    [Then("^the partner's migration management server asks the primary's over CSC-18 for the primary identities$")]
    public async Task Asks() => world.Judge(AsksThePrimary.Judge(await world.ObserveAsync(), world.Facts));

    [Then("^the request on CSC-18 carries no partner identity$")]
    public async Task NoPartnerIdentity() => world.Judge(CarriesNoIdentity.Judge(
        "SPR-4", await world.ObserveAsync(), m => m.ReferencePoint == ReferencePoint.Csc18, "CSC-18", world.Facts.Partner));

    [Then("^the primary's migration management server passes identities and vector to the partner's over CSC-18$")]
    public async Task Passes() => world.Judge(PassesVectorOn.Judge(await world.ObserveAsync(), world.Facts));

    [Then("^the primary's migration management server passes the refusal \"(user unknown|scheme not supported)\" over CSC-18 and no vector$")]
    public async Task PassesRefusal(string refusal)
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim("SPR-7", $"the refusal \"{refusal}\" is passed on over CSC-18");
        var answer = seen.Answers(303).LastOrDefault(m => m.ReferencePoint == ReferencePoint.Csc18 && m.From.System == "primary.example");
        world.Judge(answer is null
            ? claim.Missing("an answer on CSC-18")
            : claim.Compare(answer, refusal == "user unknown" ? "experimental result 5001" : "experimental result 5006", answer.Diameter!.ResultText()));
        world.Judge(GivesNoVector.Judge("SPR-7", seen));
    }

    [Then("^nothing crosses CSC-18$")]
    public async Task NothingCrosses() => world.Judge(NothingPasses.Judge(
        "SPR-PRE-2", await world.ObserveAsync(), m => m.ReferencePoint == ReferencePoint.Csc18, "CSC-18"));

    [Then("^no authentication information crossed CSC-18$")]
    public async Task NoVectorCrossed() => world.Judge(GivesNoVector.Judge("C18-1", await world.ObserveAsync()));

    [Then("^only authentication information requests crossed CSC-18$")]
    public async Task OnlyAuthentication() => world.Judge(CrossesOnlyAuthentication.Judge(await world.ObserveAsync()));

    [Then("^nothing reaches the primary MC system$")]
    public async Task NothingReaches() => world.Judge(NothingPasses.Judge(
        "IC-CONN-2", await world.ObserveAsync(), m => m.To.System == "primary.example" && m.From.System != "primary.example", "any link to the primary MC system"));

    [Then("^no partner identity was sent to the primary(?: MC system|'s SIP core)$")]
    public async Task NoLeakToPrimary() => world.Judge(CarriesNoIdentity.Judge(
        "SPR-4", await world.ObserveAsync(), m => m.From.System == "primary.example" || m.To.System == "primary.example",
        "links of the primary MC system", world.Facts.Partner));

    [Then("^no primary identity was sent to the partner's SIP core or to the UE$")]
    public async Task NoLeakToPartner()
    {
        var seen = await world.ObserveAsync();
        foreach (var set in new[] { world.Facts.Primary, world.Facts.IsimDefaults })
            world.Judge(CarriesNoIdentity.Judge(
                "SPR-9", seen, m => m.To.IsSipCore && m.To.System == "partner.example" || m.To.Kind == EntityKind.SignallingUserAgent,
                "links to the partner's SIP core and the UE", set));
    }

    [Then(@"^the identities of (\w+)'s UE were sent to the (\w+) MC system only$")]
    public async Task SentOnlyTo(string user, string role)
    {
        var facts = (await world.SystemsAsync()).FactsOf(user, "partner");
        world.Judge(SentToOneSystemOnly.Judge("SPR-3", await world.ObserveAsync(), facts.Primary, ScenarioPlan.DomainOf(role)));
    }

    [Then(@"^the (\w+) MC system asked for the (first|second) set only$")]
    public async Task AskedFor(string role, string which)
    {
        var systems = await world.SystemsAsync();
        var set = systems.FactsOf("alice", which == "first" ? "partner" : "third").Primary;
        world.Judge(AsksForOneSetOnly.Judge(await world.ObserveAsync(), ScenarioPlan.DomainOf(role), set));
    }

    [Then(@"^the partner MC system is told that migration is not allowed$")]
    public async Task ToldNotAllowed()
    {
        var claim = new Claim("MMS-3", "a withdrawn set is refused");
        var answer = (await world.ObserveAsync()).Answers(303).LastOrDefault(m => m.ReferencePoint == ReferencePoint.Csc18);
        world.Judge(answer is null ? claim.Missing("an answer on CSC-18") : claim.Compare(answer, "experimental result 5004", answer.Diameter!.ResultText()));
    }

    [Then("^each UE was challenged with the vector made for it$")]
    public async Task OwnVectors()
    {
        var systems = await world.SystemsAsync();
        var seen = await world.ObserveAsync();
        if (world.Registrations.Count == 0)
            world.Judge(new Claim("SPR-10", "each UE is challenged").Missing("a registration"));
        foreach (var user in world.Registrations.Keys)
        {
            var facts = systems.FactsOf(user.User, user.Role);
            world.Judge(PassesVectorOn.Judge(seen, facts));
            world.Judge(AnswersWithPartnerIdentities.Judge(seen, facts));
            world.Judge(Authenticates.Judge(seen, facts));
        }
    }

    [Then("^every message between the two MC systems was sent between their migration management servers$")]
    public async Task OnlyCsc18() => world.Judge(NothingPasses.Judge(
        "IC-CONN-2", await world.ObserveAsync(),
        m => m.From.System.Length > 0 && m.To.System.Length > 0 && m.From.System != m.To.System &&
            !(m.From.Kind == EntityKind.MigrationManagementServer && m.To.Kind == m.From.Kind),
        "a link between the MC systems whose ends are not both migration management servers"));

    [Then("^every message on CSC-18 was protected$")]
    public async Task Protected()
    {
        var claim = new Claim("IC-CONN-4", "every message on CSC-18 is protected");
        var crossing = (await world.ObserveAsync()).All.Where(m => m.ReferencePoint == ReferencePoint.Csc18).ToArray();
        var plain = crossing.FirstOrDefault(m => m.Recorded.Carrier != Carrier.Tls);
        world.Judge(crossing.Length == 0 ? claim.Missing("a message on CSC-18") : plain is null ? claim.Pass(crossing[0]) : claim.Fail(plain, "TLS", $"{plain.Recorded.Carrier}"));
    }

    [Then("^the server name on CSC-18 is that of the partner's migration management server$")]
    public async Task ServerName()
    {
        var claim = new Claim("IC-TH-1", "the primary is not given the S-CSCF as server name");
        var sent = (await world.ObserveAsync()).Requests(303).FirstOrDefault(m => m.ReferencePoint == ReferencePoint.Csc18);
        world.Judge(sent is null ? claim.Missing("a request on CSC-18") : claim.Compare(sent, "sip:mms.ims.partner.example", sent.Diameter!.ServerName()));
    }

    [Then("^a loop is reported to the partner's migration management server$")]
    public async Task Loop()
    {
        var claim = new Claim("DPX-1", "a request that comes back is refused as a loop");
        var answer = (await world.ObserveAsync()).Answers(303).LastOrDefault(m => m.To.Kind == EntityKind.MigrationManagementServer && m.ReferencePoint == ReferencePoint.Csc18);
        world.Judge(answer is null ? claim.Missing("an answer to the partner's migration management server") : claim.Compare(answer, "result 3005", answer.Diameter!.ResultText()));
    }

    [Then("^the migration management servers exchanged watchdog messages$")]
    public async Task Watchdog()
    {
        var claim = new Claim("DPX-1", "an idle connection is watched");
        var answer = (await world.ObserveAsync()).Answers(280).FirstOrDefault(m => m.ReferencePoint == ReferencePoint.Csc18);
        world.Judge(answer is null ? claim.Missing("DWR and DWA on CSC-18") : claim.Compare(answer, "result 2001", answer.Diameter!.ResultText()));
    }

    [Then("^every Diameter agent exchanged capabilities before it sent a request$")]
    public async Task Capabilities() => world.Judge(AgentsKeepTheRules.JudgeCapabilities(await world.ObserveAsync()));

    [Then("^every Diameter agent gave the request a hop-by-hop identifier of its own and kept the end-to-end identifier$")]
    public async Task Identifiers() => world.Judge(AgentsKeepTheRules.JudgeIdentifiers(await world.ObserveAsync()));

    [Then("^every Diameter agent added the peer the request came from to the route record$")]
    public async Task RouteRecord() => world.Judge(AgentsKeepTheRules.JudgeRouteRecord(await world.ObserveAsync()));

    [Then(@"^the request passed (\d+) further (?:proxy|proxies)$")]
    public async Task PassedProxies(int count) =>
        world.Judge(PassesFurtherProxies.Judge(await world.ObserveAsync(), count));

    [Then("^the answers carry no route record$")]
    public async Task Answers() => world.Judge(AgentsKeepTheRules.JudgeAnswers(await world.ObserveAsync()));

    [Then("^the request went the other way with the retransmission mark and the same end-to-end identifier$")]
    public async Task FailedOver() => world.Judge(FailsOver.Judge(await world.ObserveAsync()));
}
