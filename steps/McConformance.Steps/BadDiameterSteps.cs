using McConformance.Checks.Diameter;
using McConformance.Fakes.Hostile;
using McConformance.Fakes.Transport;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;

namespace McConformance.Steps;

/// <summary>Requests of a peer that the entity knows and lets in, each with one fault (RFC 6733 7.1).</summary>
[Binding]
public sealed class BadDiameterSteps(ScenarioWorld world)
{
    private const string Visitor = "mms.ims.visitor.example";
    private const string VisitorRealm = "ims.visitor.example";
    private const string FurtherIcscf = "icscf2.ims.partner.example";
    private const string ServerOfPrimary = "primary's migration management server";
    private RawDiameterPeer? peer;
    private FaultyDiameterRequest.Ends? ends;
    private byte[] request = [];
    private byte[] answer = [];
    private string soundRequest = "";
    private uint number = 100;

    [Given(@"^(\w+)'s UE may migrate to the visitor MC system, and the partner MC system has a further I-CSCF$")]
    public void KnownPeers(string user)
    {
        world.Plan.LetPeerAskFor(user, Visitor, VisitorRealm);
        world.Plan.AddDatabaseClient("partner", FurtherIcscf);
    }

    [When(@"^an? (.+) request ((?:that is|with|without|for) .+) comes to the (\w+'s [\w ]+) from a known peer$")]
    public async Task Asks(string name, string fault, string to)
    {
        var systems = await world.SystemsAsync();
        var isCsc18 = to == ServerOfPrimary;
        var (host, realm) = isCsc18 ? (Visitor, VisitorRealm) : (FurtherIcscf, ScenarioPlan.SipDomainOf("partner"));
        var (at, role) = isCsc18 ? (systems.Csc18Of("primary"), "primary") : (systems.DatabaseOf("partner"), "partner");
        var about = isCsc18 ? world.Plan.SetTowards("alice", VisitorRealm) : world.Plan.InboundOf("alice", "partner");
        soundRequest = isCsc18 ? "authentication information" : "location information";
        ends = new FaultyDiameterRequest.Ends(host, realm, ScenarioPlan.SipDomainOf(role), about);
        peer = world.Keep(await RawDiameterPeer.ConnectAsync(at, host, realm, world.Patience));
        await AskAsync(name, fault);
    }

    [Then("^the faulty request is answered with (.+)$")]
    public void AnsweredWith(string expected) =>
        world.Judge(AnswersFaultyRequest.JudgeResult(request, answer, expected));

    [Then("^the answer names (.+) as what failed$")]
    public void Names(string expected) => world.Judge(AnswersFaultyRequest.JudgeFailed(answer, expected));

    [Then("^a sound request of the same peer is served$")]
    public async Task ServesOn()
    {
        await AskAsync(soundRequest, "that is sound");
        world.Judge(AnswersFaultyRequest.JudgeResult(request, answer, "2001"));
    }

    private async Task AskAsync(string name, string fault)
    {
        request = FaultyDiameterRequest.Write(name, fault, ends!, ++number);
        answer = [];
        try
        {
            answer = await peer!.AskAsync(request, world.Patience);
        }
        catch (TimeoutException)
        {
            // an entity that does not answer: the next step judges it
        }
    }
}
