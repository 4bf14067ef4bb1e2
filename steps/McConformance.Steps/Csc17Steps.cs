using System.Xml.Linq;
using McConformance.Checks.Flow;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;
using McConformance.Wire.Identities;

namespace McConformance.Steps;

/// <summary>CSC-4, CSC-17 and AAA-1: connection details for migration (TR 23.781 6.2.1 steps 1 to 13).</summary>
[Binding]
public sealed class Csc17Steps(ScenarioWorld world)
{
    private static readonly XNamespace Ns = "urn:mcconformance:ns:migration:1.0";
    private static readonly TimeSpan AskTime = TimeSpan.FromSeconds(60);

    [When(@"^(\w+) asks for connection details of the (\w+) MC system$")]
    public Task AsksFor(string user, string role) => AskAsync(user, new XElement(Ns + "partner-system", ScenarioPlan.DomainOf(role)));

    [When(@"^(\w+) asks for connection details in the area of the (\w+) MC system$")]
    public Task AsksInArea(string user, string role) => AskAsync(user, new XElement(Ns + "location", $"area of {ScenarioPlan.DomainOf(role)}"));

    [When(@"^(\w+) asks for connection details of the (\w+) MC system in the area of the (\w+) MC system$")]
    public Task AsksForInArea(string user, string role, string area) => AskAsync(
        user, new XElement(Ns + "location", $"area of {ScenarioPlan.DomainOf(area)}"), new XElement(Ns + "partner-system", ScenarioPlan.DomainOf(role)));

    [When(@"^(\w+) asks for connection details without saying where$")]
    public Task AsksForNothing(string user) => AskAsync(user);

    [When(@"^(\w+) asks for connection details of another user$")]
    public async Task AsksForAnother(string user)
    {
        var body = new XElement(Ns + "partner-connection-request", new XElement(Ns + "mc-service-id", $"sip:bob@{ScenarioPlan.DomainOf("primary")}"));
        await SendAsync(user, body.ToString());
    }

    [When(@"^(\w+) asks for connection details with a body that is (no XML|of another kind|without a user|with a document type)$")]
    public Task AsksMalformed(string user, string how) => SendAsync(user, how switch
    {
        "no XML" => "this is no XML",
        "of another kind" => "<other xmlns=\"urn:mcconformance:ns:migration:1.0\"/>",
        "without a user" => "<partner-connection-request xmlns=\"urn:mcconformance:ns:migration:1.0\"/>",
        _ => "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]><partner-connection-request xmlns=\"urn:mcconformance:ns:migration:1.0\"><mc-service-id>&y;</mc-service-id></partner-connection-request>",
    });

    [Then(@"^(\w+) gets inbound identities and initial configuration of the (\w+) MC system$")]
    public async Task Gets(string user, string role)
    {
        await world.ObserveAsync();
        var claim = new Claim("SOL2-13", $"{user} gets inbound identities and initial configuration");
        var (status, body) = world.Connection;
        if (status != 200) world.Judge(claim.Fail(null, "200", $"{status} {body}"));
        var root = XDocument.Parse(body).Root!;
        var set = root.Element(Ns + "sip-identities");
        var domain = ScenarioPlan.SipDomainOf(role);
        var impi = (string?)set?.Attribute("impi") ?? "none";
        world.Judge(claim.Seen(impi.EndsWith($"@{domain}", StringComparison.Ordinal), $"an identity of {domain}", impi));
        var text = root.Element(Ns + "initial-configuration")?.ToString() ?? "none";
        world.Judge(claim.Seen(text.Contains($"cms.{ScenarioPlan.DomainOf(role)}", StringComparison.Ordinal), "the partner's servers", text[..Math.Min(text.Length, 100)]));
    }

    [Then(@"^(\w+) is told (\d+) because of (\S+) \((\S+)\)$")]
    public async Task IsTold(string user, int status, string cause, string requirement)
    {
        await world.ObserveAsync();
        var (actual, body) = world.Connection;
        world.Judge(new Claim(requirement, $"{user} is refused, and told why").Seen(actual == status && body.Contains($">{cause}<", StringComparison.Ordinal), $"{status} {cause}", $"{actual} {body}"));
    }

    [Then("^the messages of steps 1 to 13 pass in order$")]
    public async Task InOrder()
    {
        var seen = await world.ObserveAsync();
        (string Requirement, string What, Func<ObservedMessage, bool> Is)[] steps =
        [
            ("SOL2-1", "the client's request", m => Is(m, EntityKind.SignallingUserAgent, EntityKind.ConfigurationManagementServer, "primary") && m.Http is { Method: "POST" }),
            ("SOL2-4", "the request for outbound identities", m => Is(m, EntityKind.ConfigurationManagementServer, EntityKind.SipDatabase, "primary") && m.Diameter is { IsRequest: true, Command: 306 }),
            ("SOL2-6", "outbound identities", m => Is(m, EntityKind.SipDatabase, EntityKind.ConfigurationManagementServer, "primary") && m.Diameter is { IsRequest: false, Command: 306 }),
            ("SOL2-7", "the partner access request", m => Is(m, EntityKind.ConfigurationManagementServer, EntityKind.ConfigurationManagementServer, "partner") && m.Http is { Method: "POST" }),
            ("SOL2-9", "the request for inbound identities", m => Is(m, EntityKind.ConfigurationManagementServer, EntityKind.SipDatabase, "partner") && m.Diameter is { IsRequest: true, Command: 306 }),
            ("SOL2-11", "inbound identities", m => Is(m, EntityKind.SipDatabase, EntityKind.ConfigurationManagementServer, "partner") && m.Diameter is { IsRequest: false, Command: 306 }),
            ("SOL2-12", "the partner access response", m => Is(m, EntityKind.ConfigurationManagementServer, EntityKind.ConfigurationManagementServer, "primary") && m.Http is { StatusCode: 200 }),
            ("SOL2-13", "the client's response", m => m.To.Kind == EntityKind.SignallingUserAgent && m.From.Kind == EntityKind.ConfigurationManagementServer && m.Http is { StatusCode: 200 }),
        ];
        var before = 0;
        foreach (var (requirement, what, isIt) in steps)
        {
            var claim = new Claim(requirement, $"{what} comes in its place");
            // the token and profile requests come before the first step
            var found = seen.All.FirstOrDefault(m => m.Number > before && isIt(m));
            if (found is null) world.Judge(claim.Missing(what));
            else world.Judge(claim.Pass(found));
            before = found!.Number;
        }
    }

    [Then("^the partner access request names the user, the SIP database and the outbound identities$")]
    public async Task AccessRequest()
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim("SOL2-7", "the request names the user, the SIP database and the identities");
        var request = AccessRequests(seen).FirstOrDefault();
        if (request is null) world.Judge(claim.Missing("a partner access request"));
        var root = XDocument.Parse(System.Text.Encoding.UTF8.GetString(request!.Http!.Body.Span)).Root!;
        var actual = $"{(string?)root.Element(Ns + "mc-service-id")} {(string?)root.Element(Ns + "sip-database")} {(string?)root.Element(Ns + "sip-identities")?.Attribute("impi")}";
        var domain = ScenarioPlan.SipDomainOf("primary");
        var user = $"sip:alice@{ScenarioPlan.DomainOf("primary")}";
        world.Judge(claim.Seen(
            actual.StartsWith($"{user} sdb.{domain} ", StringComparison.Ordinal) && actual.EndsWith($"@{domain}", StringComparison.Ordinal) && !actual.Contains("alice-ue", StringComparison.Ordinal),
            $"{user} sdb.{domain} and an allocated identity", actual));
    }

    [Then(@"^no outbound identities are asked for, and the request carries the user's own$")]
    public async Task OwnIdentities()
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim("SOL2-4", "without allocation by policy the user's own identities are sent");
        world.Judge(claim.None(seen.Requests(306).FirstOrDefault(m => m.From.System == ScenarioPlan.DomainOf("primary"))));
        var request = AccessRequests(seen).FirstOrDefault();
        world.Judge(request is null ? claim.Missing("a partner access request") : claim.Seen(request.Holds("alice-ue@"u8), "alice-ue", "another"));
    }

    [Then(@"^nothing is asked of the partner \((\S+)\)$")]
    public async Task NothingAsked(string requirement) =>
        world.Judge(new Claim(requirement, "nothing is asked of the partner").None(AccessRequests(await world.ObserveAsync()).FirstOrDefault()));

    [Then(@"^the partner allocates nothing \((\S+)\)$")]
    public async Task NothingAllocated(string requirement)
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim(requirement, "no inbound identities are allocated");
        world.Judge(claim.None(seen.Requests(306).FirstOrDefault(m => m.From.System == ScenarioPlan.DomainOf("partner") && m.Recorded.WasDelivered)));
    }

    [Then(@"^the same identities were given both times$")]
    public async Task SameIdentities()
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim("SOL2-10", "the binding of a UE is made once");
        var given = seen.All.Where(m => m.To.Kind == EntityKind.SignallingUserAgent && m.From.Kind == EntityKind.ConfigurationManagementServer && m.Http is { StatusCode: 200 } h && h.Body.Span.IndexOf("partner-connection-response"u8) >= 0)
            .Select(m => (string?)XDocument.Parse(System.Text.Encoding.UTF8.GetString(m.Http!.Body.Span)).Root!.Element(Ns + "sip-identities")!.Attribute("impi")).ToArray();
        world.Judge(claim.Seen(given.Length == 2 && given[0] == given[1], "two equal answers", string.Join(" ", given)));
    }

    [When(@"^(\w+)'s UE registers with the identities received$")]
    public async Task RegistersWithReceived(string user)
    {
        var set = XDocument.Parse(world.Connection.Body).Root!.Element(Ns + "sip-identities")!;
        world.Plan.Take(user, "partner", new SipIdentitySet(new PrivateUserIdentity((string)set.Attribute("impi")!), new PublicUserIdentity((string)set.Attribute("impu")!)));
        var registering = world.Running.RegisterAsync(user, "partner", TimeSpan.FromHours(1));
        await world.Pace.UntilAsync(registering, $"the registration of {user}'s UE", TimeSpan.FromSeconds(70));
        world.Registrations[(user, "partner")] = await registering;
        world.Latest = (user, "partner");
    }

    private Task AskAsync(string user, params object[] wanted) => SendAsync(user, new XElement(
        Ns + "partner-connection-request", new XElement(Ns + "mc-service-id", $"sip:{user}@{ScenarioPlan.DomainOf("primary")}"), wanted).ToString());

    private async Task SendAsync(string user, string body)
    {
        var systems = await world.SystemsAsync();
        var asking = systems.AskConnectionDetailsAsync(user, body);
        await world.Pace.UntilAsync(asking, "connection details", AskTime);
        world.Connection = await asking;
    }

    private static IEnumerable<ObservedMessage> AccessRequests(Observation seen) => seen.All.Where(m =>
        Is(m, EntityKind.ConfigurationManagementServer, EntityKind.ConfigurationManagementServer, "partner") && m.Http is { Method: "POST" });

    private static bool Is(ObservedMessage message, EntityKind from, EntityKind to, string toRole) =>
        message.From.Kind == from && message.To.Kind == to && message.To.System == ScenarioPlan.DomainOf(toRole);
}
