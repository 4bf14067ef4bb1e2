using System.Text;
using McConformance.Fakes.Disturbances;
using McConformance.Fakes.Hostile;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Steps;

/// <summary>What goes wrong on a link, and when.</summary>
[Binding]
public sealed class DisturbanceSteps(ScenarioWorld world)
{
    [Given("^the ([a-z ]+) is lost once on the way from (.+) to (.+)$")]
    public Task Lost(string message, string sender, string receiver) =>
        DisturbAsync(message, sender, receiver, (selects, spares) => new Drops { Selects = selects, Spares = spares, Times = 1 });

    [Given("^the ([a-z ]+) is duplicated on the way from (.+) to (.+)$")]
    public Task Duplicated(string message, string sender, string receiver) =>
        DisturbAsync(message, sender, receiver, (selects, spares) => new Duplicates { Selects = selects, Spares = spares, Times = 1 });

    [Given(@"^the ([a-z ]+) is delayed by (\d+) seconds on the way from (.+) to (.+)$")]
    public Task Delayed(string message, int seconds, string sender, string receiver) => DisturbAsync(
        message, sender, receiver, (selects, spares) => new Delays(TimeSpan.FromSeconds(seconds)) { Selects = selects, Spares = spares, Times = 1 });

    [Given("^the ([a-z ]+)s of two UEs overtake each other on the way from (.+) to (.+)$")]
    public Task Overtaken(string message, string sender, string receiver) =>
        DisturbAsync(message, sender, receiver, (selects, _) => new Swaps { Selects = selects });

    [Given("^the ([a-z ]+ response) ((?:with|of|to|that|whose) .+|without .+) comes once from (.+) to (.+)$")]
    public Task Faulty(string message, string fault, string sender, string receiver) => DisturbAsync(
        message, sender, receiver,
        (selects, spares) => new Alters(
            $"the {message}", o => FaultyDiameterAnswer.Spoil(o, fault))
        {
            Selects = selects,
            Spares = spares,
            Times = 1
        });

    [Given("^the MC system of (.+) crashes (before|after) it handles the ([a-z ]+) from (.+), and starts again$")]
    public async Task Crashes(string receiver, string when, string message, string sender)
    {
        world.Plan.LetRestart();
        await world.WhenStartedAsync(s => s.RefuseCrashAsync(PartyOf(receiver)));
        if (when == "before")
        {
            await DisturbAsync(message, sender, receiver, (selects, spares) => new CrashesBefore(Crash)
            {
                Selects = selects,
                Spares = spares,
                Times = 1,
            });
            return;
        }

        CrashesAfter? after = null;
        await DisturbAsync(message, sender, receiver, (selects, spares) =>
            after = new CrashesAfter(Crash) { Selects = selects, Spares = spares, Times = 1 });
        await world.WhenStartedAsync(s =>
        {
            s.RefuseUnseenFrom(PartyOf(receiver));
            s.DisturbAllFrom(PartyOf(receiver), after!.Answers);
            return Task.CompletedTask;
        });

        void Crash(Party node) => world.Running.CrashAndRestart(world.Running.SystemOf(node.Name));
    }

    [Given("^the MC systems may crash, and start again with what they have kept$")]
    public void MayCrash() => world.Plan.LetRestart();

    [When(@"^the (\w+) MC system crashes, and starts again$")]
    public async Task CrashesNow(string role)
    {
        var systems = await world.SystemsAsync();
        await systems.RefuseCrashOfAsync(ScenarioPlan.DomainOf(role));
        systems.CrashAndRestart(ScenarioPlan.DomainOf(role));
        await world.Pace.UntilAsync(systems.WhenUpAsync(), $"the {role} MC system to start again", TimeSpan.Zero);
    }

    [Given("^on the way from (.+) to (.+) the (identities in the answer are|authentication token is|authentication scheme is|answer to the challenge is) changed$")]
    public Task Changed(string sender, string receiver, string what)
    {
        var (message, change) = what.Split(" are")[0].Split(" is")[0] switch
        {
            "identities in the answer" => ("authentication information response", Replace("mig-0001@", "mig-9999@")),
            "authentication token" => ("authentication information response", Alterations.FlipAutn),
            "authentication scheme" => ("authentication information request", Replace("Digest-AKAv1-MD5", "Digest-XXXXX-MD5")),
            _ => ("challenge answer", Alterations.ChangeDigestResponse),
        };
        return DisturbAsync(message, Whole(sender, receiver), receiver.Replace("SIP core", "P-CSCF"), (selects, spares) =>
            new Alters($"the {what.Split(' ')[0]} {what.Split(' ')[1]}", change) { Selects = selects, Spares = spares, Times = 1 });
    }

    [Given("^the link between the migration management servers is (severed|joined again)$")]
    public async Task Severed(string what)
    {
        await world.WhenStartedAsync(s => Cut(s, what));
        if (what == "severed") return;
        await world.SystemsAsync();
        await world.Pace.PassAsync(TimeSpan.FromSeconds(65));
    }

    private static Task Cut(SystemsUnderTest s, string what)
    {
        foreach (var (from, to) in new[] { ("mms.ims.partner.example", "mms.ims.primary.example"), ("mms.ims.primary.example", "mms.ims.partner.example") })
        {
            var link = s.LinkToCut(from, to, WireProtocol.Diameter);
            if (what == "severed") link.Sever();
            else link.Heal();
        }

        return Task.CompletedTask;
    }

    [Given("^the second of them has lost its connections$")]
    public Task LosesConnections() => world.WhenStartedAsync(s =>
    {
        foreach (var other in new[] { "dpx1.transit.example", "dpx3.transit.example" })
        {
            s.LinkToCut("dpx2.transit.example", other, WireProtocol.Diameter).Sever();
            s.LinkToCut(other, "dpx2.transit.example", WireProtocol.Diameter).Sever();
        }

        return Task.CompletedTask;
    });

    [Given("^the first of them loses the request and then its connection$")]
    public Task LosesRequest()
    {
        var (selects, _) = Messages.Selector("authentication information request");
        return world.DisturbAsync(
            "mms.ims.partner.example", "dpx1.transit.example", WireProtocol.Diameter, new DropsAndSevers { Selects = selects, Times = 1 });
    }

    [Then("^the ([a-z ]+) was sent again$")]
    public async Task SentAgain(string message)
    {
        var (selects, spares) = Messages.Selector(message);
        var seen = await world.ObserveAsync();
        var lost = seen.Seen.FirstOrDefault(m => m.Recorded.Fate == Fate.Lost && selects(m.Recorded.Octets));
        var claim = new Checks.Flow.Claim("SPR-1", $"a lost {message} is sent again");
        var again = lost is null ? null : seen.All.FirstOrDefault(m =>
            m.From == lost.From && m.To == lost.To && m.MayFollow(lost) && selects(m.Recorded.Octets));
        world.Judge(lost is null ? claim.Missing($"a lost {message}") : again is null ? claim.Fail(lost, "sent once more", "not sent again") : claim.Pass(again));
    }

    private static Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Replace(string what, string with) => octets =>
        Alterations.Replace(octets, Encoding.UTF8.GetBytes(what), Encoding.UTF8.GetBytes(with));

    /// <summary>Completes "the primary's" in "from the primary's to the partner's migration management server".</summary>
    private static string Whole(string sender, string receiver) =>
        sender.EndsWith("'s", StringComparison.Ordinal) ? sender + receiver[(receiver.IndexOf("'s", StringComparison.Ordinal) + 2)..] : sender;

    private Task DisturbAsync(string message, string sender, string receiver, Func<Func<ReadOnlyMemory<byte>, bool>, int, Disturbance> make)
    {
        var (selects, spares) = Messages.Selector(message);
        var isSip = receiver.Contains("CSCF") && sender.Contains("CSCF") || sender.Contains("UE") || receiver.Contains("UE");
        var protocol = Messages.ProtocolOf(message) ?? (isSip ? WireProtocol.Sip : WireProtocol.Diameter);
        return world.DisturbAsync(PartyOf(sender), PartyOf(receiver), protocol, make(selects, spares));
    }

    /// <summary>The party behind a phrase such as <c>the partner's S-CSCF</c> or <c>alice's UE</c>.</summary>
    private static string PartyOf(string phrase)
    {
        var words = phrase.Split("'s ");
        if (words.Length != 2) throw new ArgumentException($"\"{phrase}\" names no entity: write \"the partner's S-CSCF\" or \"alice's UE\"");
        if (words[1] == "UE") return SystemsUnderTest.PartyOf(words[0]);
        var role = words[0].Replace("the ", "");
        if (ApplicationServer(words[1]) is { } server) return $"{server}.{ScenarioPlan.DomainOf(role)}";
        var domain = ScenarioPlan.SipDomainOf(role);
        return words[1] switch
        {
            "P-CSCF" => $"pcscf.{domain}",
            "I-CSCF" => $"icscf.{domain}",
            "S-CSCF" => $"scscf.{domain}",
            "SIP database" => $"sdb.{domain}",
            "migration management server" => $"mms.{domain}",
            _ => throw new ArgumentException($"\"{words[1]}\" is no entity: P-CSCF, SIP database, MC service server, gateway server, group management server ... or UE"),
        };
    }

    private static string? ApplicationServer(string name) => name switch
    {
        "MC service server" => "mcptt",
        "gateway server" => "gw",
        "group management server" => "gms",
        "configuration management server" => "cms",
        "identity management server" => "idms",
        "HTTP proxy" => "http-proxy",
        _ => null,
    };
}
