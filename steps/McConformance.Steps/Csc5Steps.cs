using System.Text;
using McConformance.Checks.Flow;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Steps;

/// <summary>CSC-4 and CSC-5: service configuration, as administrators write it and MC service servers get it
/// (TR 23.781 6.1.1).</summary>
[Binding]
public sealed class Csc5Steps(ScenarioWorld world)
{
    private static readonly TimeSpan DocumentTime = TimeSpan.FromSeconds(60);

    [Given(@"^in the (\w+) MC system the switch (.+) for the (\w+) is off$")]
    public void IsOff(string role, string name, string other) =>
        Switches.Turn(world.Plan, role, other, name, isOn: false);

    [When("^the MC systems start$")]
    public Task Start() => world.SystemsAsync();

    [When(@"^(\w+) turns the switch (.+) for the (\w+) (on|off)$")]
    public Task Turns(string user, string name, string other, string how) => ChangeAsync(user, c => c with
    {
        Partners = [.. c.Partners.Select(p =>
            p.Id.Value == ScenarioPlan.DomainOf(other) ? Switches.Turn(p, name, how == "on") : p)],
    });

    [When(@"^(\w+) takes the configuration for the (\w+) away$")]
    public Task TakesAway(string user, string other) =>
        ChangeAsync(user, c => c with
        {
            Partners =
        [.. c.Partners.Where(p => p.Id.Value != ScenarioPlan.DomainOf(other))]
        });

    [When(@"^(\w+) writes service configuration without the (.+)$")]
    public Task WritesWithout(string user, string part) => WriteAsync(user, text => Without(text, part));

    [Then(@"^(\w+) is told that the service configuration is stored$")]
    public Task Stored(string user) =>
        world.JudgeStoredAsync(new Claim("SOL1-1", "an administrator changes service configuration"), user);

    [Then(@"^(\w+)'s service configuration is refused with (\d+)(?: because of (\S+))?$")]
    public Task Refused(string user, int status, string reason) => world.JudgeRefusedAsync(
        new Claim("SOL1-1",
            "service configuration that lacks what it has to hold, or is another's to write, is not stored"),
        user, status, reason);

    [Then(@"^the (\w+)'s MC service server gets all that service configuration holds of the (\w+)$")]
    public async Task GetsAll(string role, string other)
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim("SOL1-1", "service configuration holds identity, addresses and switches of the partner");
        var got = seen.All.LastOrDefault(m =>
            IsServerOf(m.To, role) && m.Http is { StatusCode: 200 } h
            && h.MediaType.EndsWith("service-config+xml", StringComparison.Ordinal));
        if (got is null) world.Judge(claim.Missing("service configuration for the MC service server"));
        var findings = new List<Wire.Documents.Reading.DocumentFinding>();
        var partner = ServiceConfiguration.TryRead(got!.Http!.Body, out var read, findings)
            ? read.Partner(new McSystemId(ScenarioPlan.DomainOf(other))) : null;
        if (partner is null) world.Judge(
            claim.Fail(got, $"all of {ScenarioPlan.DomainOf(other)}", findings.Count > 0 ? findings[0].ToString()
            : "nothing of it"));
        // without both servers, their PDNs and the signalling plane the document would not have been read
        var areItsOwn = partner!.Addresses.All(a => a.Uri.Contains(partner.Id.Value, StringComparison.Ordinal));
        world.Judge(areItsOwn ? claim.Pass(got)
            : claim.Fail(got, "servers of that MC system, each with its PDN",
            string.Join(" ", partner.Addresses.Select(a => $"{a.Entity} {a.Uri} {a.Pdn}"))));
    }

    [Then(@"^the (\w+)'s MC service server is told of the change and gets the new service configuration$")]
    public async Task IsTold(string role)
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim("CFG-MIG-11", "a change of configuration reaches those who work by it");
        var notice = seen.Requests(SipMethod.Notify).LastOrDefault(m =>
            IsServerOf(m.To, role) && m.Holds("service-config"u8));
        var fetched = seen.All.LastOrDefault(m =>
            IsServerOf(m.To, role) && m.Http is { StatusCode: 200 } h
            && h.MediaType.EndsWith("service-config+xml", StringComparison.Ordinal));
        if (notice is null) world.Judge(claim.Missing("a notice of the change"));
        world.Judge(fetched is not null && fetched.Number > notice!.Number ? claim.Pass(fetched)
            : claim.Fail(notice, "the document after the notice", "no such message"));
    }

    private static bool IsServerOf(Party party, string role) =>
        party.Kind == EntityKind.McServiceServer && party.System == ScenarioPlan.DomainOf(role);

    private static string Without(string text, string part)
    {
        var name = part switch
        {
            "application identity of the partner" => null,
            "addresses of the partner's servers" => "address",
            "signalling plane address of the partner" => "signalling-plane",
            "switches of interconnection" => "interconnection",
            "switches of migration" => "migration",
            "switch MCData out" => "mcdata-out",
            "PDN of the partner's servers" => "",
            _ => throw new ArgumentException($"no part is called \"{part}\""),
        };
        var document = System.Xml.Linq.XDocument.Parse(text);
        var partner = document.Descendants().First(e => e.Name.LocalName == "partner-system");
        if (name is null) partner.Attribute("id")!.Remove();
        else if (name.Length == 0) partner.Elements().ToList().ForEach(e => e.Attribute("pdn")?.Remove());
        else partner.Descendants().Where(e => e.Name.LocalName == name).ToList().ForEach(e => e.Remove());
        return document.ToString();
    }

    private Task ChangeAsync(string user, Func<ServiceConfiguration, ServiceConfiguration> change) =>
        WriteAsync(user, text =>
        ServiceConfiguration.TryRead(Encoding.UTF8.GetBytes(text), out var read, [])
            ? Encoding.UTF8.GetString(change(read).ToOctets())
            : throw new InvalidOperationException("the precondition does not hold: no service configuration"));

    private async Task WriteAsync(string user, Func<string, string> change)
    {
        var systems = await world.SystemsAsync();
        var names = McServiceNames.Of(systems.ServiceOf(user));
        var (selector, role) = ($"{names.ServiceConfigurationAuid}/global/service-config.xml", systems.HomeOf(user));
        var reading = systems.ReadDocumentAsync(user, role, selector, systems.TokensOf(user).Primary);
        await world.Pace.UntilAsync(reading, "the service configuration", DocumentTime);
        var now = await reading;
        var changed = Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(now.Octets.Span)));
        var writing = systems.WriteDocumentAsync(user, role, selector, names.ServiceConfigurationContentType, changed,
            now.ETag);
        await world.Pace.UntilAsync(writing, $"what {user} is told of the change", DocumentTime);
        world.Documents[user] = await writing;
        await world.Pace.SpreadAsync();
    }
}
