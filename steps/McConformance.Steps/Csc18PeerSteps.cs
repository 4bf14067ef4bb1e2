using System.Net.Security;
using McConformance.Checks.Flow;
using McConformance.Fakes.MigrationManagement;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;
using McConformance.Wire.Identities;

namespace McConformance.Steps;

/// <summary>CSC-18: a migration management server of another MC system that asks for what it may not, or is not who it says.</summary>
[Binding]
public sealed class Csc18PeerSteps(ScenarioWorld world)
{
    private const string Primary = "mms.ims.primary.example";
    private FakeMigrationManagementServer? fake;
    private string result = "";
    private bool wasLetIn;

    [When("^a migration management server of the partner MC system sends (.+) over CSC-18$")]
    public async Task Sends(string what)
    {
        var set = SetOf(what);
        world.Plan.ReplaceByExternal("partner");
        await ConnectAsync("mms.ims.partner.example", "ims.partner.example", "partner.example", null);
        var command = what switch
        {
            _ when what.Contains("authentication information", StringComparison.Ordinal) => 303u,
            _ when what.Contains("server assignment", StringComparison.Ordinal) => 301u,
            _ when what.Contains("user authorization", StringComparison.Ordinal) => 300u,
            _ => 302u,
        };
        await AskAsync(command, set);
    }

    [When("^a migration management server of the third MC system sends a request in the name of the partner MC system over CSC-18$")]
    public async Task Spoofs()
    {
        var set = world.Plan.Users["alice"].PrimarySets["partner.example"];
        world.Plan.ReplaceByExternal("partner");
        world.Plan.ExpectPeer("mms.ims.third.example", "ims.third.example");
        await ConnectAsync("mms.ims.third.example", "ims.partner.example", "third.example", null);
        await AskAsync(303, set);
    }

    [When("^an unknown migration management server connects to the primary's$")]
    public Task Unknown() => ConnectAsync("mms.ims.stranger.example", "ims.stranger.example", "stranger.example", null);

    [When("^a migration management server connects to the primary's without protection$")]
    public Task WithoutProtection() => ConnectAsync(Visitor, "ims.visitor.example", "visitor.example", null);

    [When("^a migration management server connects to the primary's with (no certificate|a certificate of another issuer|the certificate of another node|an expired certificate|its own certificate)$")]
    public Task With(string certificate) =>
        ConnectAsync(Visitor, "ims.visitor.example", "visitor.example", SystemsUnderTest.TlsWith(certificate, Visitor, Primary));

    [Then("^it is refused with (user unknown|identities do not match|authorization rejected)$")]
    public void Refused(string how)
    {
        var expected = how switch { "user unknown" => "experimental result 5001", "identities do not match" => "experimental result 5002", _ => "result 5003" };
        world.Judge(new Claim("C18-1", "a peer gets no more than it may have").Seen(result == expected, expected, result));
    }

    [Then("^its capabilities are refused as those of an unknown peer$")]
    public async Task UnknownPeer()
    {
        var claim = new Claim("C18-1", "a peer that is not configured is refused");
        var answer = (await world.ObserveAsync()).Answers(257).LastOrDefault(m => m.To.Name == "mms.ims.stranger.example");
        world.Judge(answer is null
            ? claim.Missing("an answer to its capabilities")
            : claim.Seen(!wasLetIn && answer.Diameter!.TryFind(268, 0, out var code) && code.Uint32 == 3010, "result 3010", "another result"));
    }

    [Then("^the connection is closed and nothing is answered$")]
    public async Task Closed()
    {
        var claim = new Claim("IC-CONN-4", "a connection that is not protected by the certificates of both ends is refused");
        var seen = await world.ObserveAsync();
        var answer = seen.All.FirstOrDefault(m => m.To.Name == Visitor);
        world.Judge(answer is null ? claim.Seen(!wasLetIn, "closed", "let in") : claim.Fail(answer, "nothing", "an answer"));
    }

    [Then("^it is let in$")]
    public void LetIn() => world.Judge(new Claim("IC-CONN-4", "a peer with its own certificate is let in").Seen(wasLetIn, "CEA with success", "a closed connection"));

    private const string Visitor = "mms.ims.visitor.example";

    private SipIdentitySet SetOf(string what)
    {
        var alice = world.Plan.Users["alice"];
        var own = alice.PrimarySets["partner.example"];
        if (what.Contains("does not migrate", StringComparison.Ordinal)) return world.Plan.AddUser("carol", "primary").Defaults;
        return what.Contains("does not match", StringComparison.Ordinal) ? new SipIdentitySet(own.Private, alice.Defaults.Public) : own;
    }

    private async Task ConnectAsync(string host, string realm, string system, SslClientAuthenticationOptions? tls)
    {
        if (host == Visitor) world.Plan.ExpectPeer(Visitor, "ims.visitor.example");
        var systems = await world.SystemsAsync();
        fake = world.Keep(new FakeMigrationManagementServer(
            systems.Links, systems.Wheel, host, realm, Primary, systems.Csc18Of("primary"), system, tls));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var connecting = fake.ConnectAsync(limit.Token);
        await connecting;
        wasLetIn = await connecting;
        await world.Pace.SettleAsync();
    }

    private async Task AskAsync(uint command, SipIdentitySet set)
    {
        if (!wasLetIn) throw new InvalidOperationException("the precondition does not hold: the fake was not let in");
        var asked = fake!.AskAsync(command, set);
        await world.Pace.UntilAsync(asked, "the answer on CSC-18", TimeSpan.FromSeconds(20));
        result = await asked;
    }
}
