using McConformance.Checks.Flow;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;

namespace McConformance.Steps;

/// <summary>The way of a user from signing in at home to service at a partner, step by step (TS 23.280 10.1.1.2).</summary>
[Binding]
public sealed class SequenceSteps(ScenarioWorld world)
{
    private static readonly TimeSpan StepTime = TimeSpan.FromSeconds(70);

    /// <summary>What a user does before service authorization in the partner, in order (TS 23.280 10.1.1.2).</summary>
    internal static readonly string[] BeforeService =
    [
        "signs in at home", "obtains the primary's profile", "chooses the partner MC system", "authenticates to the partner",
        "registers at the partner's SIP core", "obtains the partner's profile",
    ];

    [Given(@"^(\w+) has done all that comes before service authorization$")]
    public async Task IsReady(string user)
    {
        foreach (var step in BeforeService) await HoldsAsync(user, step);
    }

    [Given(@"^(\w+) is served by the partner MC system$")]
    public async Task IsServed(string user)
    {
        await IsReady(user);
        var systems = await world.SystemsAsync();
        var asking = systems.AuthorizeAsync(user, 1);
        await world.Pace.UntilAsync(asking, $"{user}'s service in the partner MC system", StepTime);
        var told = await asking;
        if (told.StatusCode != 200)
            throw new InvalidOperationException($"the precondition does not hold: {user} was told {told}");
    }

    [Given(@"^(\w+) (signs in at home(?: with a wrong password)?|obtains the (?:primary|partner)'s profile|chooses the (?:partner|third) MC system|authenticates to the partner|obtains a credential for offline migration|registers at the partner's SIP core|obtains the groups of the partner's profile|subscribes to changes of the partner's profile)$")]
    public Task Holds(string user, string step) => HoldsAsync(user, step);

    [When(@"^(\w+) (signs in at home(?: with a wrong password)?|obtains the (?:primary|partner)'s profile|chooses the (?:partner|third) MC system|authenticates to the partner|obtains a credential for offline migration|registers at the partner's SIP core|obtains the groups of the partner's profile|subscribes to changes of the partner's profile)$")]
    public Task Takes(string user, string step) => TakeAsync(user, step);

    [Then(@"^(\w+) succeeds \((\S+)\)$")]
    public void Succeeds(string user, string requirement)
    {
        var seen = world.Steps[user];
        world.Judge(new Claim(requirement, "the step succeeds").Seen(seen.IsDone, "success", $"{seen.StatusCode} {seen.Reason}".Trim()));
    }

    [Then(@"^(\w+) does not succeed, because (.+) \((\S+)\)$")]
    public void Fails(string user, string reason, string requirement)
    {
        var seen = world.Steps[user];
        var claim = new Claim(requirement, "the step fails, and the user is told why");
        world.Judge(claim.Seen(!seen.IsDone && $"{seen.StatusCode} {seen.Reason}".Contains(reason, StringComparison.OrdinalIgnoreCase), reason, seen.IsDone ? "success" : $"{seen.StatusCode} {seen.Reason}"));
    }

    private async Task HoldsAsync(string user, string step)
    {
        await TakeAsync(user, step);
        if (!world.Steps[user].IsDone) throw new InvalidOperationException($"the precondition does not hold: {user} {step}: {world.Steps[user]}");
    }

    private async Task TakeAsync(string user, string step)
    {
        var systems = await world.SystemsAsync();
        var taking = systems.TakeAsync(user, step);
        await world.Pace.UntilAsync(taking, $"{user} {step}", StepTime);
        world.Steps[user] = await taking;
    }
}
