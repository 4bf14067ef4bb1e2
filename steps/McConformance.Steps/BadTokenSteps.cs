using McConformance.Checks.Flow;
using McConformance.Fakes.Hostile;
using McConformance.Fakes.IdentityManagement;
using McConformance.Fakes.Transport;
using McConformance.Fakes.UserEquipment;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;

namespace McConformance.Steps;

/// <summary>CSC-1 and CSC-4: codes, security tokens and access tokens that are not what they seem.</summary>
[Binding]
public sealed class BadTokenSteps(ScenarioWorld world)
{
    private const string Visitor = "visitor.example";
    private const string VisitorUser = "sip:vera@visitor.example";
    private static readonly TimeSpan CodeLifeAndMore = TimeSpan.FromMinutes(11);
    private static readonly TimeSpan TokenLifeAndMore = TimeSpan.FromHours(2);
    private FakeIdentityManagementServer? visitor;

    private static string Issuer => $"https://idms.{ScenarioPlan.DomainOf("partner")}";

    [Given("^vera of the visitor MC system, whose identity management server the partner trusts$")]
    public void Trusts()
    {
        visitor = world.Keep(new FakeIdentityManagementServer($"https://idms.{Visitor}", world.Clock));
        world.Plan.AddVisitor(Visitor, "vera", visitor.PublicKey);
    }

    [When("^vera's client presents a security token (.+) to the partner$")]
    public async Task Presents(string how)
    {
        var client = await ClientAsync("partner");
        if (how != "that was presented before")
        {
            world.Answered = await world.WaitForAsync(client.PresentAsync(Token(how)));
            return;
        }

        var token = Token("that is sound");
        await world.WaitForAsync(client.PresentAsync(token));
        world.Answered = await world.WaitForAsync(client.PresentAsync(token));
    }

    [Then("^a sound security token is taken by the partner$")]
    public async Task TakesSound()
    {
        var client = await ClientAsync("partner");
        world.JudgeAnswer(
            new Claim("CFG-MIG-5", "a sound security token is taken after a bad one"),
            await world.WaitForAsync(client.PresentAsync(Token("that is sound"))), "200");
    }

    [When("^a client of alice asks the primary for tokens (with|for) (.+)$")]
    public async Task Asks(string _, string what)
    {
        var client = await ClientAsync("primary");
        await client.SignInAsync("alice", "secret of alice");
        world.Answered = await world.WaitForAsync(AskAsync(client, what));
    }

    [When("^a client of alice asks the primary for a code with (.+)$")]
    public async Task AsksForCode(string what)
    {
        var client = await ClientAsync("primary");
        (string, string)[] changes = what switch
        {
            "its proof in plain" => [("code_challenge_method", "plain")],
            "a proof by no method" => [("code_challenge_method", "")],
            "no proof" => [("code_challenge", ""), ("code_challenge_method", "")],
            "another redirection" => [("redirect_uri", "https://harm.example/callback")],
            "another kind of response" => [("response_type", "token")],
            "a scope that nobody knows" => [("scope", "openid harm")],
            "its state twice" => [("state2", "s2")],
            "a line break in its state" => [("state", "s1\r\nSet-Cookie: harm=1")],
            _ => throw new ArgumentException($"nothing is called \"{what}\""),
        };
        world.Answered = await world.WaitForAsync(client.AuthorizeAsync("alice", "secret of alice", changes));
    }

    [Then("^no header was slipped into the answer, and the client is sent nowhere else$")]
    public void NothingSlippedIn()
    {
        var claim = new Claim("CFG-MIG-5", "what a client sends becomes no header, and leads it to its own place only");
        var place = world.Answered?["Location"] ?? "nowhere";
        var isOwn = place == "nowhere" ||
            place.StartsWith("https://client.example/callback?", StringComparison.Ordinal);
        world.Judge(claim.Seen(isOwn && world.Answered?["Set-Cookie"] is null, "the client's own place", place));
    }

    [Then("^alice can still sign in at the primary$")]
    public async Task StillSignsIn()
    {
        var client = await ClientAsync("primary");
        var claim = new Claim("CFG-MIG-5", "a proper client gets its tokens after an improper one");
        await client.SignInAsync("alice", "secret of alice");
        world.JudgeAnswer(claim, await world.WaitForAsync(client.ExchangeAsync()), "200");
    }

    [When("^alice's profile is asked for at the (partner|primary) with an access token (.+)$")]
    public async Task Fetches(string role, string how)
    {
        var systems = await world.SystemsAsync();
        var (primary, partner) = systems.TokensOf("alice");
        var token = role == "partner" ? partner : primary;
        if (how == "of the other MC system") token = role == "partner" ? primary : partner;
        else if (how == "that has expired") await world.Pace.PassAsync(TokenLifeAndMore);
        else token = AccessTokens.Change(token, how, await (await ClientAsync(role)).KeySetAsync());
        world.Answered = await world.FetchProfileAsync(role, token);
    }

    [Then("^alice's profile is still given to her by the (partner|primary)$")]
    public async Task StillGiven(string role)
    {
        var (primary, partner) = world.Running.TokensOf("alice");
        var claim = new Claim("CFG-MIG-7", "a user's profile is given to the user");
        var given = await world.FetchProfileAsync(role, role == "partner" ? partner : primary);
        world.JudgeAnswer(claim, given, "200");
        var octets = System.Text.Encoding.Latin1.GetBytes(given.Body);
        var isHis = Wire.Documents.UserProfile.TryRead(octets, out _, [])
            && !given.Body.Contains("harm", StringComparison.Ordinal);
        world.Judge(claim.Seen(isHis, "the profile as it was", "another document"));
    }

    private async Task<RawHttpAnswer> AskAsync(FakeIdentityClient client, string what)
    {
        switch (what)
        {
            case "a code that was used before":
                await client.ExchangeAsync();
                return await client.ExchangeAsync();
            case "a refresh token of a code that was used twice":
                await client.ExchangeAsync();
                await client.ExchangeAsync();
                return await client.RefreshAsync(client.RefreshToken);
            case "a refresh token that was used before":
                await client.ExchangeAsync();
                await client.RefreshAsync(client.RefreshToken);
                return await client.RefreshAsync(client.RefreshToken);
            case "a code that ran out":
                await world.Pace.PassAsync(CodeLifeAndMore);
                return await client.ExchangeAsync();
            default:
                return await client.ExchangeAsync(Change(what));
        }
    }

    private static (string, string) Change(string what) => what switch
    {
        "a code that nobody gave" => ("code", new string('x', 43)),
        "another proof" => ("code_verifier", new string('x', 43)),
        "no proof" => ("code_verifier", ""),
        "another redirection" => ("redirect_uri", "https://harm.example/callback"),
        "another client's name" => ("client_id", "another-client"),
        "a grant that nobody knows" => ("grant_type", "password"),
        "its code twice" => ("code2", "x"),
        _ => throw new ArgumentException($"nothing is called \"{what}\""),
    };

    private string Token(string how) => visitor!.Token(how, VisitorUser, Issuer, FakeIdentityClient.ClientId);

    private async Task<FakeIdentityClient> ClientAsync(string role)
    {
        var systems = await world.SystemsAsync();
        return new FakeIdentityClient(
            systems.ServerOf(role, "idms"), $"idms.{ScenarioPlan.DomainOf(role)}", world.Patience);
    }
}
