using McConformance.Checks.Flow;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;

namespace McConformance.Steps;

/// <summary>What an administrator does, and the passing of time.</summary>
[Binding]
public sealed class OperatorSteps(ScenarioWorld world)
{
    private ArgumentException? refusal;
    private string requirement = "MMS-4";

    [Given(@"^the primary MC system withdraws the set of (\w+)'s UE for the (\w+) MC system$")]
    public Task Withdraws(string user, string role) => SwitchAsync(user, role, false);

    [When(@"^the primary MC system restores the set of (\w+)'s UE for the (\w+) MC system$")]
    public Task Restores(string user, string role) => SwitchAsync(user, role, true);

    [When(@"^(\d+) (seconds|minutes|hours) pass$")]
    [Given(@"^(\d+) (minutes|hours) have passed$")]
    public async Task Pass(int count, string unit)
    {
        await world.SystemsAsync();
        await world.Pace.PassAsync(unit switch
        {
            "hours" => TimeSpan.FromHours(count),
            "minutes" => TimeSpan.FromMinutes(count),
            _ => TimeSpan.FromSeconds(count),
        });
    }

    [When("^a partner MC system is configured with two inbound UEs that share the (private identity|public identity|primary's identities)$")]
    public async Task Duplicate(string what)
    {
        world.Plan.AllowMigration(world.Plan.AddUser("bob", "primary"), "partner");
        world.Plan.Duplicate("partner", what);
        await StartAsync();
    }

    [When("^an MC system is configured with a plain CSC-18 that is not inside a trust domain$")]
    public async Task Plain()
    {
        world.Plan.Protect(false, isOneTrustDomain: false);
        requirement = "IC-CONN-4";
        await StartAsync();
    }

    [Then("^the configuration is refused and the message names the (private|public|primary|CSC-18)(?: identity| link)$")]
    public void Refused(string named)
    {
        var claim = new Claim(requirement, "a configuration that is not allowed is refused, and the message says why");
        world.Judge(claim.Seen(refusal?.Message.Contains(named, StringComparison.Ordinal) == true, $"a refusal that names \"{named}\"", refusal?.Message ?? "no refusal"));
    }

    [Then("^nothing was started$")]
    public void NothingStarted() => world.Judge(
        new Claim(requirement, "a refused configuration starts nothing")
            .Seen(!world.IsStarted || !world.Running.IsUp, "nothing", "systems that run"));

    /// <summary>In earnest: only so can it be seen that a refused configuration starts nothing.</summary>
    private async Task StartAsync()
    {
        try
        {
            await world.SystemsAsync();
        }
        catch (ArgumentException e)
        {
            refusal = e;
        }
    }

    private async Task SwitchAsync(string user, string role, bool enabled)
    {
        var set = world.Plan.Users[user].PrimarySets[ScenarioPlan.DomainOf(role)];
        var systems = await world.SystemsAsync();
        if (!await systems.SetOutboundAsync("primary", set.Private, enabled))
            throw new InvalidOperationException($"the primary MC system has no set {set}");
    }
}
