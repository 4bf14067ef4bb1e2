using McConformance.Checks.Flow;
using McConformance.Checks.Migration;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.Steps;

/// <summary>MCPTT-1 and its sisters for MCVideo and MCData: what a user asks of an MC service server and is told.</summary>
[Binding]
public sealed class Mcptt1Steps(ScenarioWorld world)
{
    /// <summary>Longest that the user waits: Timer F of the request, and as much for what comes before it.</summary>
    private static readonly TimeSpan ServiceTime = TimeSpan.FromSeconds(70);

    [Given(@"^(\w+) has service in the partner MC system$")]
    public async Task HasService(string user)
    {
        await AskAsync(user, s => s.AuthorizeAsync(user, 1));
        if (world.Services[user].StatusCode != 200) throw new InvalidOperationException($"the precondition does not hold: {user} was told {world.Services[user]}");
    }

    [When(@"^(\w+) requests migration service authorization$")]
    public Task Requests(string user) => AskAsync(user, s => s.AuthorizeAsync(user, 1));

    [When(@"^(\w+) requests migration service authorization with profile (\d+)$")]
    public Task RequestsWithProfile(string user, byte profile) => AskAsync(user, s => s.AuthorizeAsync(user, profile));

    [When(@"^(\w+) requests migration service authorization with the (.+) (absent|empty|malformed|foreign)$")]
    public Task RequestsWithout(string user, string element, string how) => AskAsync(user, s =>
    {
        var (primary, partner) = s.IdentitiesOf(user);
        var good = new MigrationExtension { PartnerMcServiceId = new McServiceId(partner!), PrimaryMcServiceId = new McServiceId(primary), UserProfileIndex = new ProfileIndex(1) };
        var info = new McServiceInfo
        {
            Service = McService.Mcptt,
            AccessToken = s.TokensOf(user).Partner,
            ClientId = "urn:uuid:1d4f3a52-0000-4000-8000-000000000001",
            RequestType = BindingSet.InUse.Migration.AuthorizationRequest,
            Migration = good,
        };
        return s.AuthorizeAsync(user, IncompleteRequest.Write(info, element, how), 1);
    });

    [When(@"^(\w+) requests migration service authorization with (no token|the primary's token|an altered token|the token of bob)$")]
    public async Task RequestsWithToken(string user, string which)
    {
        var systems = await world.SystemsAsync();
        var (primary, partner) = systems.TokensOf(user);
        var (primaryId, partnerId) = systems.IdentitiesOf(user);
        var contents = new MigrationExtension { PartnerMcServiceId = new McServiceId(partnerId!), PrimaryMcServiceId = new McServiceId(primaryId), UserProfileIndex = new ProfileIndex(1) };
        var token = which switch
        {
            "no token" => "",
            "the primary's token" => primary,
            "an altered token" => partner[..^4] + (partner[^4..] == "AAAA" ? "BBBB" : "AAAA"),
            _ => systems.TokensOf("bob").Partner,
        };
        await AskAsync(user, s => s.AuthorizeAsync(user, contents, token));
    }

    [When(@"^(\w+) requests service authorization at home$")]
    public Task RequestsAtHome(string user) => AskAsync(user, s => s.AuthorizeAtHomeAsync(user));

    [When(@"^(\w+) ends service in the partner MC system$")]
    public Task Ends(string user) => AskAsync(user, s => s.EndServiceAsync(user));

    [Then(@"^(\w+)'s request names both MC service IDs and the selected profile$")]
    public async Task RequestNames(string user)
    {
        var seen = await world.ObserveAsync();
        world.Judge(RequestNamesUserAndProfile.Judge(seen.ClientRequests().Concat(seen.ServerRequests()), world.MigrationFactsOf(user)));
    }

    [Then(@"^(\w+)'s client presents the partner's access token, and nobody hands it on$")]
    public async Task PresentsToken(string user) =>
        world.Judge(TokenStaysAtPartner.Judge(await world.ObserveAsync(), world.Running.TokensOf(user).Partner));

    [Then(@"^(\w+) is told that migration and service authorization succeeded$")]
    public async Task Succeeded(string user)
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim("MSA-11", "the client is told that migration and service authorization succeeded");
        world.Judge(Told(user, claim, 200));
        var facts = world.MigrationFactsOf(user);
        // the primary answers clients too: for service at home
        var told = seen.ClientResponses().Where(m => m.From.System != facts.PrimarySystem).SeenElseUnseen();
        world.Judge(ResponseRepeatsRequest.Judge(
            told.Where(m => m.Info is not null).TakeLast(1), facts, success: true));
    }

    [Then(@"^(\w+) is refused with (\d+)(?: because of (.+))?$")]
    public async Task Refused(string user, int status, string cause)
    {
        await world.ObserveAsync();
        var claim = new Claim("MSA-IE-RSP-2", "the client is told that it failed, and why");
        world.Judge(Told(user, claim, status));
        if (cause.Length == 0) return;
        var told = world.Services[user];
        // features speak of causes by the own names, whatever the profile in use calls them
        var actual = told.Migration?.Cause is { } given ? BindingSet.Own.Migration.Text(given) : told.Warning;
        world.Judge(claim.Seen(actual.Contains(cause, StringComparison.OrdinalIgnoreCase), cause, actual));
    }

    [Then(@"^(\w+) has service at home$")]
    public async Task HasServiceAtHome(string user)
    {
        await world.ObserveAsync();
        world.Judge(Told(user, new Claim("AUZ-IC-1", "the serving MC system authorizes its own user"), 200));
    }

    [Then(@"^(\w+) has no service in the partner MC system any more$")]
    public async Task HasNoService(string user)
    {
        // the primary tells the partner behind the answer to the user
        if (world.IsStarted) await world.Pace.SpreadAsync();
        await AskAsync(user, s => s.EndServiceAsync(user));
        world.Judge(Told(user, new Claim("CFG-MIG-1", "the partner does not serve the user any more"), 404));
    }

    [Then(@"^(\w+) still has service in the partner MC system$")]
    public async Task StillHasService(string user)
    {
        await AskAsync(user, s => s.EndServiceAsync(user));
        world.Judge(Told(user, new Claim("CFG-MIG-1", "the partner serves the user"), 200));
    }

    private Checks.Judgement Told(string user, Claim claim, int status) => claim.Seen(
        world.Services[user].StatusCode == status, $"{status}", $"{world.Services[user].StatusCode} {world.Services[user].Warning}".TrimEnd());

    private async Task AskAsync(string user, Func<SystemsUnderTest, Task<ServiceSeen>> ask)
    {
        var systems = await world.SystemsAsync();
        var asking = ask(systems);
        await world.Pace.UntilAsync(asking, $"what {user} is told of service", ServiceTime);
        world.Services[user] = await asking;
    }
}
