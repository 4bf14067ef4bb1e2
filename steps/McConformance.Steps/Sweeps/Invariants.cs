using McConformance.Checks.Migration;
using McConformance.Steps.Deviations;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;
using McConformance.Wire.Identities;

namespace McConformance.Steps.Sweeps;

/// <summary>
/// What must hold when a fault is over, whatever it was: a user is served in one MC system only; the two MC systems agree; what was
/// acknowledged is not lost; nothing is granted that nobody has authorized; and the next attempt succeeds. Seen from outside: by what users
/// are told, and what is sent.
/// </summary>
/// <param name="world">The scenario.</param>
/// <param name="carryOut">Carries out a step.</param>
internal sealed class Invariants(ScenarioWorld world, Func<StepText, Task> carryOut)
{
    private static readonly McGroupId NoGroup = new("sip:nobody-knows@partner.example");
    private static readonly TimeSpan StepTime = TimeSpan.FromSeconds(90);
    private readonly List<string> broken = [];

    /// <summary>What does not hold.</summary>
    public IReadOnlyList<string> Broken => broken;

    /// <summary>TS 23.280 10.1.6.2: the UE can register afterwards, only by answering a challenge, and no sequence number comes twice.</summary>
    public async Task OfRegistrationAsync()
    {
        Must(!WasRegistered || AnsweredFirst(), "the UE was registered without an answer to a challenge");
        for (var tries = 0; tries < 2; tries++)
        {
            await carryOut(new StepText("When", "alice's UE registers with the SIP core of the partner MC system"));
            if (WasRegistered) break;
        }

        Must(WasRegistered, "the UE cannot register any more");
        NoNumberTwice();
    }

    /// <summary>An ISIM that has seen a sequence number answers with AUTS (TS 33.102 6.3.3).</summary>
    private void NoNumberTwice() => Must(
        !world.Messages.Any(m => m.Link.Protocol == WireProtocol.Sip && m.Octets.Span.IndexOf("auts="u8) >= 0), "a sequence number came twice");

    /// <summary>TS 23.280 10.6.3.3.</summary>
    public async Task OfMigrationAsync()
    {
        var wasTold = Told == 200;
        var wasTakenBack = TakenBack > 0;
        var (isServed, isRegistered) = await WhoServesAsync();
        Must(isServed == isRegistered, $"the partner {Word(isServed)} the user, and the primary's register {(isRegistered ? "has" : "lacks")} the migration");
        Must(!wasTold || isServed || wasTakenBack, "the user was told of success and is not served, and nobody has said why");
        Must(!isServed || await SaidYesAsync(), "the user is served without the primary's word");
        NoNumberTwice();
        await MigratesAgainAsync();
    }

    /// <summary>The same, where the primary does not permit it.</summary>
    public async Task OfRefusedMigrationAsync()
    {
        Must(Told != 200, "the user was told of success");
        var (isServed, isRegistered) = await WhoServesAsync();
        Must(!isServed, "the partner serves the user");
        Must(!isRegistered, "the primary has recorded a migration");
    }

    /// <summary>TS 23.280 10.2.x.2: what the partner said that it has stored it has, and a second attempt stores it.</summary>
    public async Task OfPushAsync()
    {
        if (world.Administered is 200 or 201) Must(await HoldsAsync("partner") is not null, "the partner acknowledged the group and does not have it");
        await carryOut(new StepText("When", "the primary's administrator provides the group to the partner"));
        Must(world.Administered is 200 or 201, $"the group cannot be provided any more: {world.Administered}");
        await AgreeOnGroupAsync();
    }

    /// <summary>TS 23.280 10.2.x.3.</summary>
    public async Task OfPullAsync()
    {
        await WhoServesAsync();
        await MigratesAgainAsync();
        await AgreeOnGroupAsync();
    }

    /// <summary>TR 23.781 6.2.1: the identities that somebody was given stay given, and the next attempt gets some.</summary>
    public async Task OfConnectionDetailsAsync()
    {
        var first = world.Connection;
        for (var tries = 0; tries < 2; tries++)
        {
            await carryOut(new StepText("When", "alice asks for connection details of the partner MC system"));
            if (world.Connection.StatusCode == 200) break;
        }

        Must(world.Connection.StatusCode == 200, $"connection details cannot be had any more: {world.Connection.StatusCode}");
        Must(first.StatusCode != 200 || first.Body == world.Connection.Body, "other identities were given than before");
    }

    private bool WasRegistered => world.Registrations.TryGetValue(("alice", "partner"), out var seen) && seen.IsRegistered;

    private int Told => world.Services.TryGetValue("alice", out var told) ? told.StatusCode : 0;

    /// <summary>How often the primary has told the partner that a migration has ended.</summary>
    private int TakenBack => Endings("primary.example");

    private int Endings(string from) => new Checks.Flow.Observation(world.Messages).Endings()
        .Count(m => m.From.System == from && m.From.Kind == EntityKind.McServiceServer);

    private void Must(bool holds, string what)
    {
        if (!holds) broken.Add(what);
    }

    private static string Word(bool serves) => serves ? "serves" : "does not serve";

    private bool AnsweredFirst()
    {
        var seen = world.Messages.Where(m => m.Link.Protocol == WireProtocol.Sip && m.WasDelivered).ToArray();
        return seen.Any(m => m.Link.From.Name == "alice-ue" && m.Octets.Span.IndexOf("response=\""u8) is var at and >= 0
            && m.Octets.Span[at + 10] != (byte)'"');
    }

    /// <summary>Whether the partner serves alice: a client without service is told 141 of whatever it asks. And whether the primary has
    /// recorded it: then it tells the partner of the end when the user is at home again. Alice is at home afterwards.</summary>
    private async Task<(bool IsServed, bool IsRegistered)> WhoServesAsync()
    {
        await RegisterAtPartnerAsync();
        var systems = world.Running;
        var probe = await UntilAsync(systems.AffiliateAsync("alice", "partner", NoGroup));
        var isServed = probe.Warning.Length > 0 && !probe.Warning.Contains("141", StringComparison.Ordinal);
        Must(probe.StatusCode is >= 400 and < 500, $"a request to the partner's MC service server is not answered: {probe.StatusCode} {probe.Warning}");
        var before = TakenBack;
        var atHome = await UntilAsync(systems.AuthorizeAtHomeAsync("alice"));
        if (atHome.StatusCode != 200) atHome = await UntilAsync(systems.AuthorizeAtHomeAsync("alice"));
        Must(atHome.StatusCode == 200, $"the user is not served at home: {atHome.StatusCode} {atHome.Warning}");
        await world.Pace.PassAsync(TimeSpan.FromMinutes(1));
        var isRegistered = TakenBack > before;
        await RegisterAtPartnerAsync();
        var end = await UntilAsync(systems.EndServiceAsync("alice"));
        Must(end.StatusCode == 404, $"the user is served at home and by the partner: {end.StatusCode}");
        return (isServed, isRegistered);
    }

    private async Task MigratesAgainAsync()
    {
        await carryOut(new StepText("When", "alice requests migration service authorization"));
        Must(Told == 200, $"the user cannot migrate any more: {Told}");
    }

    private async Task RegisterAtPartnerAsync()
    {
        for (var tries = 0; tries < 2; tries++)
        {
            await carryOut(new StepText("When", "alice registers at the partner's SIP core"));
            if (world.Steps["alice"].IsDone) return;
        }

        Must(false, "the UE cannot register at the partner's SIP core any more");
    }

    private async Task<bool> SaidYesAsync()
    {
        var seen = await world.ObserveAsync();
        return seen.ServerResponses().Any(m => m.Info?.Migration?.Success == true && m.To.Name == "mcptt.partner.example");
    }

    private async Task AgreeOnGroupAsync()
    {
        var (home, partner) = (await HoldsAsync("primary"), await HoldsAsync("partner"));
        Must(home is not null && partner is not null, "one of the MC systems does not give the group");
        Must(home is null || partner is null || home.Octets.Span.SequenceEqual(partner.Octets.Span), "the MC systems differ in the group");
    }

    /// <summary>The group as its member gets it; null where not.</summary>
    private async Task<DocumentSeen?> HoldsAsync(string role) =>
        await UntilAsync(world.Running.ReadGroupAsync("alice", ScenarioPlan.DomainOf(role))) is { StatusCode: 200 } seen ? seen : null;

    private async Task<T> UntilAsync<T>(Task<T> asked)
    {
        await world.Pace.UntilAsync(asked, "an answer in the end", StepTime);
        return await asked;
    }
}
