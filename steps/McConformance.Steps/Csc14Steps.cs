using System.Text;
using System.Xml.Linq;
using McConformance.Checks.Flow;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.Steps;

/// <summary>CSC-14: functional aliases, which the configuration management server manages (TS 23.280 7.3.1).</summary>
[Binding]
public sealed class Csc14Steps(ScenarioWorld world)
{
    private const string All = $"{FunctionalAliases.Auid}/global/{FunctionalAliases.DocumentName}";
    private static readonly TimeSpan DocumentTime = TimeSpan.FromSeconds(60);

    [Given(@"^(\w+), who administers the (\w+) MC system$")]
    public void Administers(string user, string role) => world.Plan.AddAdministrator(user, role);

    [Given(@"^(\w+), a user of the (\w+) MC system$")]
    public void IsUser(string user, string role) => world.Plan.AddLocalUser(user, role);

    [Given(@"^(\w+), a user of the (\w+) MC system who may activate the functional alias (\S+)$")]
    public void IsUserWithAlias(string user, string role, string alias)
    {
        world.Plan.AddLocalUser(user, role);
        world.Plan.DefineAlias(alias, role, user);
    }

    [Given(@"^the functional alias (\S+) of the (\w+) MC system, which (\w+) may activate$")]
    public void Alias(string alias, string role, string user) => world.Plan.DefineAlias(alias, role, user);

    [When(@"^(\w+) obtains the functional aliases of the (primary|partner)$")]
    public Task Obtains(string user, string role) => ReadAsync(user, role, OwnOf(user, role), TokenOf(role));

    [When(@"^(\w+) asks for (\w+)'s functional aliases$")]
    public Task AsksForOthers(string user, string other) =>
        ReadAsync(user, "primary", OwnOf(other, "primary"), TokenOf("primary"));

    [When(@"^(\w+) asks for all functional aliases$")]
    public Task AsksForAll(string user) => ReadAsync(user, "primary", All, TokenOf("primary"));

    [When(@"^(\w+) asks for the own functional aliases without a token$")]
    public Task AsksWithoutToken(string user) => ReadAsync(user, "primary", OwnOf(user, "primary"), (_, _) => "");

    [When(@"^(\w+) lets (\w+) activate the functional alias (\S+)$")]
    public Task Lets(string user, string other, string alias) => WriteAsync(user, text => Document(new FunctionalAliases
    {
        System = new McSystemId(ScenarioPlan.DomainOf("primary")),
        Aliases = [new FunctionalAlias(ScenarioPlan.AliasOf(alias, "primary")) { Users =
            [ScenarioPlan.IdentityIn(other, "primary")] }],
    }));

    [When(@"^(\w+) takes all functional aliases away$")]
    public Task TakesAway(string user) =>
        WriteAsync(user, _ => Document(
        new FunctionalAliases { System = new McSystemId(ScenarioPlan.DomainOf("primary")) }));

    [When(@"^(\w+) writes functional aliases that ((?:are|name|have) .+)$")]
    public Task WritesBadly(string user, string how) => WriteAsync(user, text => how switch
    {
        "are not well-formed" => text + "<",
        "name no MC system" => Changed(text, root =>
        {
            root.SetAttributeValue("domains", root.Attribute("domain")!.Value);
            root.SetAttributeValue("domain", null);
        }),
        "name an alias twice" => Changed(text, root => root.Add(new XElement(
            root.Name.Namespace + "functional-alias",
            new XAttribute("uri", ScenarioPlan.AliasOf("commander", "primary"))))),
        _ => $"<!DOCTYPE x [<!ENTITY y \"z\">]>{Changed(text, _ => { })}",
    });

    [When(@"^(\w+) writes functional aliases over a version that is not there any more$")]
    public Task WritesOverOld(string user) =>
        WriteAsync(user, text => text.Replace("commander", "captain", StringComparison.Ordinal),
        tag: "\"0000000000000000\"");

    [When(@"^(\w+) writes functional aliases as another kind of document$")]
    public Task WritesAsOther(string user) =>
        WriteAsync(user, text => text.Replace("commander", "captain", StringComparison.Ordinal),
        type: "application/xml");

    [Then(@"^(\w+) has the functional alias (\S+) of the (\w+) MC system and no other$")]
    public async Task Has(string user, string alias, string role)
    {
        await world.ObserveAsync();
        var claim = new Claim("FM-4", "a user gets the functional aliases that the user may activate, and no others");
        var seen = world.Documents[user];
        var names = FunctionalAliases.TryRead(seen.Octets, out var read, [])
            ? string.Join(" ", read.Aliases.Select(a => a.Uri)) : "no document";
        world.Judge(claim.Seen(seen.StatusCode == 200
            && names == ScenarioPlan.AliasOf(alias, role), ScenarioPlan.AliasOf(alias, role),
            $"{seen.StatusCode} {names}"));
        var strangers = (read?.Aliases ?? []).SelectMany(a => a.Users).Where(u =>
            u != ScenarioPlan.IdentityIn(user, role)).ToArray();
        world.Judge(claim.Seen(strangers.Length == 0, "no other user", string.Join(" ", strangers)));
    }

    [Then(@"^(\w+)'s UE got them from the (\w+)'s configuration management server$")]
    public async Task Source(string user, string role)
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim("FM-4", "functional alias management is part of configuration management");
        var party = SystemsUnderTest.PartyOf(user);
        var asked = seen.All.LastOrDefault(m =>
            m.From.Name == party && m.Http is { Method: "GET" } h
            && h.Path.Contains(FunctionalAliases.Auid, StringComparison.Ordinal));
        if (asked is null) world.Judge(claim.Missing("a request for functional aliases"));
        world.Judge(claim.Seen(
            asked!.To.Kind == EntityKind.ConfigurationManagementServer
                && asked.To.System == ScenarioPlan.DomainOf(role),
                $"a request to the {role}'s configuration management server", $"{asked.To}"));
    }

    [Then(@"^(\w+) is told that the functional aliases are stored$")]
    public Task Stored(string user) =>
        world.JudgeStoredAsync(new Claim("FM-4", "an authorised party changes functional aliases"), user);

    [Then(@"^(\w+) gets no functional aliases, but (\d+)$")]
    public async Task GetsNone(string user, int status)
    {
        await world.ObserveAsync();
        var seen = world.Documents[user];
        world.Judge(new Claim("FM-4",
            "functional aliases are shown to those who may see them").Seen(seen.StatusCode == status, $"{status}",
            $"{seen.StatusCode}"));
    }

    [Then(@"^(\w+)'s change is refused with (\d+)(?: because of (\S+))?$")]
    public Task Refused(string user, int status, string reason) => world.JudgeRefusedAsync(
        new Claim("FM-4", "a change by others, or to what is no such document, is refused"), user, status, reason);

    private static string Changed(string text, Action<XElement> change)
    {
        var root = XElement.Parse(text);
        change(root);
        return root.ToString(SaveOptions.DisableFormatting);
    }

    private static string Document(FunctionalAliases aliases) => Encoding.UTF8.GetString(aliases.ToOctets());

    private static string OwnOf(string user, string role) =>
        FunctionalAliases.SelectorOf(ScenarioPlan.IdentityIn(user, role));

    private static Func<SystemsUnderTest, string, string> TokenOf(string role) => (s, user) =>
        role == "primary" ? s.TokensOf(user).Primary : s.TokensOf(user).Partner;

    private async Task ReadAsync(string user, string role, string selector, Func<SystemsUnderTest, string,
        string> token)
    {
        var systems = await world.SystemsAsync();
        var reading = systems.ReadDocumentAsync(user, role, selector, token(systems, user));
        await world.Pace.UntilAsync(reading, $"functional aliases for {user}", DocumentTime);
        world.Documents[user] = await reading;
    }

    /// <summary>Writes what the change makes of the document as it is; without a tag, over that very version where the
    /// user may read it.</summary>
    private async Task WriteAsync(string user, Func<string, string> change, string? tag = null,
        string type = FunctionalAliases.ContentType)
    {
        await ReadAsync(user, "primary", All, TokenOf("primary"));
        var now = world.Documents[user];
        var text = now.StatusCode == 200 ? Encoding.UTF8.GetString(now.Octets.Span) : "";
        var writing = world.Running.WriteDocumentAsync(user, "primary", All, type, Encoding.UTF8.GetBytes(change(text)),
            tag ?? now.ETag);
        await world.Pace.UntilAsync(writing, $"what {user} is told of the change", DocumentTime);
        world.Documents[user] = await writing;
    }
}
