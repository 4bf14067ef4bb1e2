using McConformance.Checks.Flow;
using McConformance.Checks.Migration;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.Steps;

/// <summary>CSC-4, CSC-17 and AAA-1: connection details for migration (TR 23.781 6.2.1 steps 1 to 13).</summary>
[Binding]
public sealed class Csc17Steps(ScenarioWorld world)
{
    private static readonly TimeSpan AskTime = TimeSpan.FromSeconds(60);
    private static string Namespace => BindingSet.InUse.PartnerAccess.Namespace;
    private static string Primary => ScenarioPlan.DomainOf("primary");
    private static string Partner => ScenarioPlan.DomainOf("partner");
    private static string Root => BindingSet.InUse.PartnerAccess.ConnectionRequest;

    [When(@"^(\w+) asks for connection details of the (\w+) MC system$")]
    public Task AsksFor(string user, string role) => AskAsync(user, "nowhere", role);

    [When(@"^(\w+) asks for connection details in the area of the (\w+) MC system$")]
    public Task AsksInArea(string user, string role) => AskAsync(user, AreaOf(role), null);

    [When(@"^(\w+) asks for connection details of the (\w+) MC system in the area of the (\w+) MC system$")]
    public Task AsksForInArea(string user, string role, string area) => AskAsync(user, AreaOf(area), role);

    [When(@"^(\w+) asks for connection details in an area that no partner serves$")]
    public Task AsksNowhere(string user) => AskAsync(user, "nowhere", null);

    [When(@"^(\w+) asks for connection details of another user$")]
    public Task AsksForAnother(string user) => SendAsync(user, Request("bob", AreaOf("partner"), "partner"));

    [When(@"^(\w+) asks for connection details of the partner MC system with (no token|an altered token)$")]
    public async Task AsksWithToken(string user, string which)
    {
        var token = (await world.SystemsAsync()).TokensOf(user).Primary;
        var altered = token[..^4] + (token[^4..] == "AAAA" ? "BBBB" : "AAAA");
        await SendAsync(user, Request(user, "nowhere", "partner"), which == "no token" ? "" : altered);
    }

    [When(@"^(\w+) asks for connection details with a body that is (no XML|of another kind|without a user|without a location|with a document type)$")]
    public Task AsksMalformed(string user, string how) => SendAsync(user, how switch
    {
        "no XML" => "this is no XML",
        "of another kind" => $"<other xmlns=\"{Namespace}\"/>",
        "without a user" => $"<{Root} xmlns=\"{Namespace}\"><location area=\"nowhere\"/></{Root}>",
        "without a location" =>
            $"<{Root} xmlns=\"{Namespace}\"><mc-service-id>sip:{user}@{ScenarioPlan.DomainOf("primary")}</mc-service-id></{Root}>",
        _ => $"<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]><{Root} xmlns=\"{Namespace}\"><mc-service-id>&y;</mc-service-id><location area=\"x\"/></{Root}>",
    });

    [Then(@"^(\w+) gets inbound identities and initial configuration of the (\w+) MC system$")]
    public async Task Gets(string user, string role)
    {
        await world.ObserveAsync();
        var claim = new Claim("SOL2-13", $"{user} gets inbound identities and initial configuration");
        var grant = Received();
        if (grant is null) world.Judge(
            claim.Fail(null, "200", $"{world.Connection.StatusCode} {world.Connection.Body}"));
        var domain = ScenarioPlan.SipDomainOf(role);
        world.Judge(
            claim.Seen(grant!.Inbound.Private.Value.EndsWith($"@{domain}", StringComparison.Ordinal),
            $"an identity of {domain}", $"{grant.Inbound}"));
        var configuration = grant.Configuration.Domain;
        world.Judge(
            claim.Seen(configuration == ScenarioPlan.DomainOf(role), $"configuration of {ScenarioPlan.DomainOf(role)}",
            configuration));
    }

    [Then(@"^(\w+)'s UE is configured without manual work: bearers, servers and service addresses of the partner$")]
    public async Task IsConfigured(string user)
    {
        await world.ObserveAsync();
        var claim = new Claim("KI-2.4-a",
            $"{user}'s UE gets bearers, application servers and service addresses of the partner");
        var domain = ScenarioPlan.DomainOf("partner");
        if (Received()?.Configuration.OnNetwork is not { } access) world.Judge(
            claim.Fail(null, "a configuration", world.Connection.Body));
        else
        {
            // without its three access points the configuration would not have been read
            string[] places =
            [
                Host(access.Servers.IdmsToken), access.Servers.Cms, access.Servers.Gms,
                .. access.Services.Select(s => s.Uri),
            ];
            world.Judge(claim.Seen(
                access.Services.Count > 0 && places.All(h => h.EndsWith(domain, StringComparison.OrdinalIgnoreCase)),
                $"servers and services of {domain}", string.Join(", ", places)));
        }
    }

    [Then(@"^(\w+) is told (\d+) because of (\S+) \((\S+)\)$")]
    public async Task IsTold(string user, int status, string cause, string requirement)
    {
        await world.ObserveAsync();
        // features name causes as the own profile does
        var (actual, body) = world.Connection;
        var told = (Read() as PartnerConnectionResponse)?.Cause is { } given ? BindingSet.Own.PartnerAccess.Text(given) : body;
        world.Judge(new Claim(requirement, $"{user} is refused, and told why")
            .Seen(actual == status && told == cause, $"{status} {cause}", $"{actual} {told}"));
    }

    [Then(@"^(\w+) is told (\d+) \((\S+)\)$")]
    public async Task IsToldStatus(string user, int status, string requirement)
    {
        await world.ObserveAsync();
        var actual = world.Connection.StatusCode;
        world.Judge(new Claim(requirement, $"{user} is refused").Seen(actual == status, $"{status}", $"{actual}"));
    }

    [Then("^the messages of steps 1 to 13 pass in order$")]
    public async Task InOrder() =>
        world.Judge(AllocatesIdentities.InOrder(await world.ObserveAsync(), Primary, Partner));

    [Then(@"^no outbound identities are asked for, and the request carries the user's own$")]
    public async Task OwnIdentities() =>
        world.Judge(AllocatesIdentities.OwnOnly(await world.ObserveAsync(), Primary, Partner, "alice-ue"));

    [Then(@"^nothing is asked of the partner \((\S+)\)$")]
    public async Task NothingAsked(string requirement) =>
        world.Judge(AllocatesIdentities.NothingAsked(await world.ObserveAsync(), requirement, Partner));

    [Then(@"^the (primary|partner)(?:'s SIP database)? allocates nothing \((\S+)\)$")]
    public async Task NothingAllocated(string role, string requirement) =>
        world.Judge(AllocatesIdentities.Nothing(
            await world.ObserveAsync(), requirement, ScenarioPlan.DomainOf(role)));

    [Then(@"^the same identities were given both times$")]
    public async Task SameIdentities() =>
        world.Judge(AllocatesIdentities.SameAgain(await world.ObserveAsync()));

    [Then(@"^each user was given other identities \((\S+)\)$")]
    public async Task OtherIdentities(string requirement) =>
        world.Judge(AllocatesIdentities.OneEach(await world.ObserveAsync(), requirement));

    /// <summary>The host of an address; what is no address stands for itself, and is then found to be wrong.</summary>
    internal static string Host(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Host : address;

    private PartnerGrant? Received() =>
        world.Connection.StatusCode == 200 ? (Read() as PartnerConnectionResponse)?.Grant : null;

    private PartnerAccess? Read() =>
        PartnerAccess.TryRead(System.Text.Encoding.UTF8.GetBytes(world.Connection.Body), out var read, []) ? read : null;

    private static string AreaOf(string role) => $"area of {ScenarioPlan.DomainOf(role)}";

    private static string Request(string user, string area, string? wanted) => new PartnerConnectionRequest(
        new McServiceId($"sip:{user}@{ScenarioPlan.DomainOf("primary")}"), new UeLocation(null, area),
        wanted is null ? null : new McSystemId(ScenarioPlan.DomainOf(wanted))).ToXml().ToString();

    private Task AskAsync(string user, string area, string? wanted) => SendAsync(user, Request(user, area, wanted));

    private async Task SendAsync(string user, string body, string? token = null)
    {
        var systems = await world.SystemsAsync();
        var asking = systems.AskConnectionDetailsAsync(user, body, token);
        await world.Pace.UntilAsync(asking, "connection details", AskTime);
        world.Connection = await asking;
    }
}
