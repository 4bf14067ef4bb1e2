using McConformance.Checks.Flow;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;

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
        world.Judge(new Claim("CFG-MIG-7", "the profile in use is the one that the partner provides").Seen(name == "visitor", "the partner's profile, visitor", name.Length > 0 ? name : "none"));
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

    private static IEnumerable<ObservedMessage> Fetched(Observation seen, string role) => seen.All.Where(m =>
        m.Http is { Method: "GET" } h && h.Path.Contains("user-profile", StringComparison.Ordinal) && m.To.Kind == EntityKind.ConfigurationManagementServer && m.To.System == ScenarioPlan.DomainOf(role));
}
