using McConformance.Checks;
using McConformance.Checks.Diameter;
using McConformance.Checks.Flow;
using McConformance.Checks.Migration;
using McConformance.Fakes.Transport;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.Steps;

/// <summary>What passes with and after connection details: identities from step to step, and registration with them
/// (TR 23.781 6.2.1 steps 4 to
/// 25).</summary>
[Binding]
public sealed class Solution2Steps(ScenarioWorld world)
{
    private static readonly TimeSpan RegistrationTime = TimeSpan.FromSeconds(70);
    private string answerToCall = "";

    [Given(@"^the primary's SIP database does not know (\w+)'s UE$")]
    public void UnknownAtHome(string user) => world.Plan.RemoveSubscription("primary", world.Plan.Users[user].Defaults);

    [Given(@"^on the way from the primary's to the partner's migration management server the outbound identities are changed$")]
    public Task ChangesOutbound() => world.DisturbAsync(
        "mms.ims.primary.example", "mms.ims.partner.example", WireProtocol.Diameter,
        new Fakes.Disturbances.Alters("the identities", o =>
            Fakes.Disturbances.Alterations.Replace(o, "out-0001@"u8, "out-0009@"u8))
        {
            Selects = Messages.Selector("authentication information response").Selects,
        });

    [When(@"^(\w+)'s UE registers with the identities received$")]
    public Task RegistersWithReceived(string user) => RegisterAsync(user, Received().Inbound);

    [When(@"^(\w+)'s UE registers with (identities that nobody allocated|the outbound identities|its ISIM's identities)$")]
    public async Task RegistersWithOthers(string user, string which)
    {
        var domain = ScenarioPlan.SipDomainOf("partner");
        await RegisterAsync(user, which switch
        {
            "identities that nobody allocated" => Set("guest-0099", domain),
            "the outbound identities" => Set("out-0001", ScenarioPlan.SipDomainOf("primary")),
            _ => world.Plan.Users[user].Defaults,
        });
    }

    [When("^the primary withdraws the outbound identities$")]
    public async Task Withdraws()
    {
        var facts = await FactsAsync("alice");
        if (!await world.Running.SetOutboundAsync("primary", facts.Primary.Private, false))
            throw new InvalidOperationException($"the primary MC system has no set {facts.Primary}");
    }

    [When(@"^a call is asked for with the identities received in place of a registration$")]
    public async Task Calls()
    {
        var (systems, identity) = (await world.SystemsAsync(), Received().Inbound.Public);
        await using var peer = RawPeer.Datagrams(systems.EdgeOf("partner"));
        await peer.SendAsync(System.Text.Encoding.ASCII.GetBytes(string.Join("\r\n",
            $"INVITE sip:{ScenarioPlan.SipDomainOf("partner")} SIP/2.0",
                $"Via: SIP/2.0/UDP 127.0.0.1:9;rport;branch=z9hG4bK{Guid.NewGuid():N}",
            $"From: <{identity}>;tag=1", $"To: <{identity}>", "Call-ID: call-in-place-of-a-registration",
                "CSeq: 1 INVITE", "Max-Forwards: 70",
            "Contact: <sip:127.0.0.1:9>", "Content-Length: 0", "", "")));
        try
        {
            for (answerToCall = "SIP/2.0 100"; answerToCall.StartsWith("SIP/2.0 1", StringComparison.Ordinal);)
                answerToCall = await peer.ReceiveAsync(world.Patience);
        }
        catch (TimeoutException)
        {
            // no final response: the next step judges it
        }
    }

    [Then("^the call is refused, and nothing is asked of the primary$")]
    public async Task CallRefused()
    {
        var claim = new Claim("SOL2-T", "a request for a call is no registration");
        var status = answerToCall.Split(' ') is [_, var code, ..] ? code : "nothing";
        world.Judge(claim.Seen(status[0] is '4', "a refusal", status));
        await NothingOfPrimary("SOL2-T");
    }

    [Then("^each message at the primary carries the identities of the one before$")]
    public async Task PassesOnAtPrimary() => world.Judge(PassesIdentitiesOn.AtPrimary(
        Details(await world.ObserveAsync()), $"sip:alice@{ScenarioPlan.DomainOf("primary")}", Plain("alice")));

    [Then("^each message from the partner on carries the identities of the one before$")]
    public async Task PassesOnAtPartner() =>
        world.Judge(PassesIdentitiesOn.AtPartner(Details(await world.ObserveAsync()), Plain("alice")));

    [Then("^the request for authentication information takes its way by the identities that were allocated$")]
    public async Task RequestGoes() =>
        world.Judge(RegistersAsAllocated.OfRequest(await world.ObserveAsync(), await FactsAsync("alice")));

    [Then("^authentication information comes back by the identities that were allocated$")]
    public async Task ResponseComes() =>
        world.Judge(RegistersAsAllocated.OfResponse(await world.ObserveAsync(), await FactsAsync("alice")));

    [Then("^the UE is challenged with it, answers and is told of success$")]
    public async Task IsChallenged() =>
        world.Judge(RegistersAsAllocated.OfChallenge(await world.ObserveAsync(), await FactsAsync("alice")));

    [Then("^the UE registers by a registration request, and asks for no call$")]
    public async Task ByRegister() =>
        world.Judge(RegistersAsAllocated.ByRegister(await world.ObserveAsync(), await FactsAsync("alice")));

    [Then(@"^the registration fails with (\d+) \((\S+)\)$")]
    public void RegistrationFails(int status, string requirement)
    {
        var told = world.Registrations[world.Latest];
        world.Judge(new Claim(requirement, "a registration that nothing stands behind is refused")
            .Seen(!told.IsRegistered && told.StatusCode == status, $"{status}", $"{told.StatusCode}"));
    }

    [Then(@"^nothing is asked of the primary's SIP database by the partner \((\S+)\)$")]
    public async Task NothingOfPrimary(string requirement) => world.Judge(NothingPasses.Judge(
        requirement, await world.ObserveAsync(),
        m => m.Diameter is { IsRequest: true, Command: >= Cx.UserAuthorization }
            && m.From.System == ScenarioPlan.DomainOf("partner") && m.To.System == ScenarioPlan.DomainOf("primary"),
        "CSC-18"));

    [Then(@"^the (primary|partner) gives no authentication information to (?:the partner|its SIP core) \((\S+)\)$")]
    public async Task GivesNothing(string role, string requirement)
    {
        var (seen, claim) = (await world.ObserveAsync(), new Claim(requirement, "no vector is given out"));
        var answers = seen.Answers(Cx.MultimediaAuth).Where(m => m.From.System == ScenarioPlan.DomainOf(role) &&
            (role == "primary" ? m.To.System == ScenarioPlan.DomainOf("partner") : m.To.IsSipCore)).ToArray();
        world.Judge(answers.Length == 0
            ? claim.Missing("an answer")
            : Claim.All(
                answers.Select(m => m.Diameter!.AuthDataItem().Length == 0 ? claim.Pass(m)
                : claim.Fail(m, "no vector", "one"))));
    }

    [Then(@"^the UE is not challenged \((\S+)\)$")]
    public async Task NotChallenged(string requirement)
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim(requirement, "without authentication information nobody is challenged");
        if (!seen.Requests(Wire.Sip.Codec.SipMethod.Register)
            .Any()) world.Judge(claim.Missing("a registration request"));
        world.Judge(
            claim.None(seen.Responses(Wire.Sip.Codec.SipMethod.Register, 401)
            .FirstOrDefault(m => m.To.Kind == EntityKind.SignallingUserAgent)));
    }

    [Then(@"^the UE answers no challenge that is not genuine \((\S+)\)$")]
    public async Task AnswersNothing(string requirement) => world.Judge(
        AnswersNoFalseChallenge.Judge(await world.ObserveAsync(), SystemsUnderTest.PartyOf(world.Latest.User))
            .Under(requirement));

    [Then(@"^(\w+)'s client authenticates where the configuration received says \((\S+)\)$")]
    public async Task AuthenticatesThere(string user, string requirement)
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim(requirement, "the user authenticates at the server that the configuration names");
        var named = Csc17Steps.Host(Received().Configuration.OnNetwork.Servers.IdmsToken);
        var asked = seen.All.LastOrDefault(m => m.From.Name == SystemsUnderTest.PartyOf(user) &&
            m.To.Kind == EntityKind.IdentityManagementServer && m.To.System == ScenarioPlan.DomainOf("partner")
            && m.Http is { Method: "POST" });
        world.Judge(asked is null ? claim.Missing($"a request for tokens at {named}")
            : claim.Compare(asked, named, (asked.Http!["Host"] ?? "").Split(':')[0]));
    }

    [Then(@"^(\w+) (has|gets no) service in the partner MC system \((\S+)\)$")]
    public async Task Service(string user, string what, string requirement)
    {
        await world.ObserveAsync();
        var told = world.Services[user].StatusCode;
        world.Judge(new Claim(requirement, "who is registered with identities received gets service, and nobody else")
            .Seen(told == 200 == (what == "has"), what == "has" ? "200" : "no service", $"{told}"));
    }

    [Then(@"^the configuration of the primary was kept beside the partner's$")]
    public async Task Kept()
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim("SOL2-13N",
            "the partner's configuration takes nothing of the primary's away: it need not be fetched again");
        if (!Details(seen)
            .ClientResponses.Any()) world.Judge(claim.Missing("a response with connection details, or a refusal"));
        var fetched = seen.All.Where(m => m.From.Kind is EntityKind.SignallingUserAgent or EntityKind.HttpProxy
            && m.To.Kind == EntityKind.ConfigurationManagementServer && m.To.System == ScenarioPlan.DomainOf("primary")
            && m.Http is { Method: "GET" } h && h.Path.Contains("user-profile", StringComparison.Ordinal)).ToArray();
        world.Judge(fetched.Length == 1 ? claim.Pass(fetched[0])
            : claim.Fail(fetched.LastOrDefault(), "one request for the profile", $"{fetched.Length}"));
        var told = world.Services.GetValueOrDefault("alice")?.StatusCode;
        world.Judge(claim.Seen(told == 200, "service at home", $"{told}"));
    }

    private PartnerGrant Received() =>
        world.Connection.StatusCode == 200
            && PartnerAccess.TryRead(System.Text.Encoding.UTF8.GetBytes(world.Connection.Body), out var read, [])
            && read is PartnerConnectionResponse { Grant: { } grant }
            ? grant
            : throw new VerdictException(new Claim("SOL2-13", "the client gets connection details")
                .Fail(null, "connection details", $"{world.Connection.StatusCode}"));

    private static ConnectionDetails Details(Observation seen) =>
        new(seen, ScenarioPlan.DomainOf("primary"), ScenarioPlan.DomainOf("partner"));

    private MigrationFacts Plain(string user) => world.Running.FactsOf(user, "partner");

    /// <summary>What the test configuration says, with the identities that were allocated in this scenario.</summary>
    private async Task<MigrationFacts> FactsAsync(string user)
    {
        var details = Details(await world.ObserveAsync());
        var claim = new Claim("SOL2-6", "the SIP database returns the outbound identities");
        if (details.OutboundAnswer is not { } answer || ConnectionDetails.Given(answer) is not { } outbound)
            throw new VerdictException(claim.Missing("outbound identities"));
        return Plain(user) with { Primary = outbound, Partner = Received().Inbound };
    }

    private async Task RegisterAsync(string user, SipIdentitySet set)
    {
        world.Plan.Take(user, "partner", set);
        var registering = world.Running.RegisterAsync(user, "partner", TimeSpan.FromHours(1));
        await world.Pace.UntilAsync(registering, $"the registration of {user}'s UE", RegistrationTime);
        world.Registrations[(user, "partner")] = await registering;
        world.Latest = (user, "partner");
    }

    private static SipIdentitySet Set(string user, string domain) =>
        new(new PrivateUserIdentity($"{user}@{domain}"), new PublicUserIdentity($"sip:{user}@{domain}"));
}
