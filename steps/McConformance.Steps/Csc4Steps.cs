using McConformance.Checks.Flow;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Steps;

/// <summary>CSC-4: profiles, and where they come from.</summary>
[Binding]
public sealed class Csc4Steps(ScenarioWorld world)
{
    [Given(@"^(\w+), who uses (\w+)'s UE$")]
    public void Shares(string user, string owner)
    {
        world.Plan.AddMcUser(user, "primary", "partner");
        world.Plan.Share(user, owner);
    }

    [Then(@"^(\w+) uses the profile that the partner provides$")]
    public async Task UsesPartnerProfile(string user)
    {
        await world.ObserveAsync();
        var name = world.Running.PartnerProfileOf(user);
        world.Judge(new Claim("CFG-MIG-7", "the profile in use is the one that the partner provides").Seen(name == "visitor", "the partner's profile, visitor", name));
    }

    [Given(@"^the partner's profile for (\w+) allows private calls$")]
    public void AllowsPrivateCalls(string user) => world.Plan.AllowPrivateCalls(user);

    [Then(@"^(\w+) may (not )?make private calls in the partner MC system(?:, though at home)?$")]
    public async Task MayCall(string user, string not)
    {
        await world.ObserveAsync();
        var claim = new Claim("KI-2.1-c", "the partner's profile says what a migrated user may do");
        var (home, partner) = (world.Running.HomeActionsOf(user), world.Running.PartnerActionsOf(user));
        // a profile at home that allows nothing either would show nothing
        if (not.Length > 0 && !home.Contains(ScenarioPlan.PrivateCall))
            throw new InvalidOperationException($"the precondition does not hold: {user} may as little at home");
        var isThere = world.Running.PartnerProfileOf(user).Length > 0;
        world.Judge(claim.Seen(
            isThere && partner.Contains(ScenarioPlan.PrivateCall) == (not.Length == 0),
            $"{not}{ScenarioPlan.PrivateCall}", isThere ? $"[{string.Join(' ', partner)}]" : "no profile"));
    }

    [Then("^the primary's profile was fetched once$")]
    public async Task FetchedOnce()
    {
        var count = Fetched(await world.ObserveAsync(), "primary").Count(m => m.Http!.Path.Contains("alice", StringComparison.Ordinal));
        world.Judge(new Claim("CFG-MIG-3", "the profile is kept, and not fetched anew").Seen(count == 1, "1 request", $"{count} requests"));
    }

    [Then(@"^(\w+)'s profile was fetched by \w+$")]
    public async Task FetchedBy(string user)
    {
        var fetched = Fetched(await world.ObserveAsync(), "primary").LastOrDefault();
        var claim = new Claim("KI-2.4-b", "what was kept for one user is not shown to the next");
        world.Judge(fetched is null ? claim.Missing("a request for the profile") : claim.Seen(fetched.Http!.Path.Contains(user, StringComparison.Ordinal), $"a request for {user}'s profile", fetched.Http.Path));
    }

    [Then("^the partner's profile came from the partner's configuration management server$")]
    public async Task FromPartner()
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim("CFG-MIG-8", "the primary's profile serves for access information only");
        var fetched = Fetched(seen, "partner").LastOrDefault();
        world.Judge(fetched is null ? claim.Missing("a request to the partner's configuration management server") : claim.Seen(fetched.Holds("alice.guest"u8), "the identity that the partner gave", fetched.Http!.Path));
    }

    [Then("^the primary's profile lists the partner MC system with its access information$")]
    public async Task ListsPartner()
    {
        var partner = ScenarioPlan.DomainOf("partner");
        var (claim, message, profile) = await ProfileAsync();
        var access = profile.MigrationTo(new McSystemId(partner));
        if (access is null) world.Judge(
            claim.Fail(message, partner, string.Join(" ", profile.MigrationAllowed.Select(p => p.Id))));
        string[] servers =
        [
            access!.Access.Servers?.IdmsToken ?? "", access.Access.CmsXcapRoot ?? "", access.Access.GmsXcapRoot
                ?? "", access.IdmsAudience,
            .. access.ServicePsis.Select(p => p.Uri),
        ];
        var elsewhere = servers.FirstOrDefault(u => !u.Contains(partner, StringComparison.Ordinal));
        world.Judge(elsewhere is null && access.ServicePsis.Count > 0 ? claim.Pass(message)
            : claim.Fail(message, $"servers of {partner}", elsewhere ?? "no service"));
    }

    [Then("^the primary's profile lists no partner MC system$")]
    public async Task ListsNone()
    {
        var (claim, message, profile) = await ProfileAsync();
        var listed = string.Join(" ", profile.MigrationAllowed.Select(p => p.Id));
        world.Judge(listed.Length == 0 ? claim.Pass(message) : claim.Fail(message, "no partner", listed));
    }

    [Then(@"^(\w+)'s UE has sent nothing to the partner MC system$")]
    public async Task SentNothing(string user)
    {
        var seen = await world.ObserveAsync();
        var sent = seen.All.FirstOrDefault(m =>
            m.From.Name == SystemsUnderTest.PartyOf(user) && m.To.System == ScenarioPlan.DomainOf("partner"));
        world.Judge(new Claim("CFG-MIG-10", "nothing is sent to a partner before it is chosen").None(sent));
    }

    [Then(@"^(\w+)'s UE took the steps in their order$")]
    public async Task InOrder(string user)
    {
        var ue = (await world.ObserveAsync()).All.Where(m => m.From.Name == SystemsUnderTest.PartyOf(user)).ToArray();
        (string What, Func<ObservedMessage, bool> Is)[] steps =
        [
            ("the primary's profile", m =>
                Gets(m, EntityKind.ConfigurationManagementServer, "primary", "user-profile")),
            ("authentication to the partner", m =>
                m.Http is { Method: "POST" } && m.To.Kind == EntityKind.IdentityManagementServer
                && m.To.System == ScenarioPlan.DomainOf("partner")),
            ("signalling plane migration", m =>
                m.Sip is { IsRequest: true, Method: SipMethod.Register }
                && m.To.System == ScenarioPlan.DomainOf("partner")),
            ("the partner's profile", m =>
                Gets(m, EntityKind.ConfigurationManagementServer, "partner", "user-profile")),
            ("groups", m => Gets(m, EntityKind.GroupManagementServer, "partner", "")),
            ("service authorization", m =>
                m.Sip is { IsRequest: true, Method: SipMethod.Publish }
                && m.To.System == ScenarioPlan.DomainOf("partner")),
        ];
        var before = -1;
        foreach (var (what, isIt) in steps)
        {
            var claim = new Claim("CFG-MIG-10", $"{what} comes in its place");
            var first = ue.FirstOrDefault(isIt);
            if (first is null) world.Judge(claim.Missing(what));
            world.Judge(first!.Number > before ? claim.Pass(first)
                : claim.Fail(first, "after the step before it", "before it"));
            before = first.Number;
        }
    }

    private static bool Gets(ObservedMessage message, EntityKind kind, string role, string what) =>
        message.To.Kind == kind && message.To.System == ScenarioPlan.DomainOf(role)
        && message.Http is { Method: "GET" } http && http.Path.Contains(what, StringComparison.Ordinal);

    private async Task<(Claim Claim, ObservedMessage? Message, UserProfile Profile)> ProfileAsync()
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim("CFG-MIG-2",
            "the primary's profile lists the partners, and how their servers are reached");
        var message = seen.All.LastOrDefault(m =>
            m.From.Kind == EntityKind.ConfigurationManagementServer
            && m.From.System == ScenarioPlan.DomainOf("primary") &&
            m.To.Kind == EntityKind.SignallingUserAgent && m.Http is { StatusCode: 200 } h
                && h.MediaType.EndsWith("user-profile+xml", StringComparison.Ordinal));
        UserProfile? profile = null;
        if (message is null || !UserProfile.TryRead(message.Http!.Body, out profile, [])) world.Judge(
            claim.Missing("the primary's profile"));
        return (claim, message, profile!);
    }

    /// <summary>What UEs fetched (CSC-4), through an HTTP proxy or not.</summary>
    private static IEnumerable<ObservedMessage> Fetched(Observation seen, string role) => seen.All.Where(m =>
        m.From.Kind is EntityKind.SignallingUserAgent or EntityKind.HttpProxy
        && m.To.Kind == EntityKind.ConfigurationManagementServer && m.To.System == ScenarioPlan.DomainOf(role)
        && m.Http is { Method: "GET" } h && h.Path.Contains("user-profile", StringComparison.Ordinal));
}
