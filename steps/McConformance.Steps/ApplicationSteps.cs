using McConformance.Steps.World;

namespace McConformance.Steps;

/// <summary>What a scenario's application planes are, before anything runs.</summary>
[Binding]
public sealed class ApplicationSteps(ScenarioWorld world)
{
    [Given("^the primary and the partner MC system with their application planes$")]
    public void BothPlanes()
    {
        world.Plan.AddSystem("primary");
        world.Plan.AddSystem("partner");
        world.Plan.AddApplicationPlane();
    }

    [Given("^the third MC system with its application plane$")]
    public void Third()
    {
        world.Plan.AddSystem("third");
        world.Plan.AddApplicationPlane();
    }

    [Given("^the application planes of both MC systems$")]
    public void PlanesToo() => world.Plan.AddApplicationPlane();

    [Given("^the link between the gateway servers is severed$")]
    public Task GatewaysSevered() => world.WhenStartedAsync(s =>
    {
        foreach (var (from, to) in new[] { ("gw.partner.example", "gw.primary.example"), ("gw.primary.example", "gw.partner.example") })
            s.LinkToCut(from, to, Wire.WireProtocol.Sip).Sever();
        return Task.CompletedTask;
    });

    [Given("^the primary, the partner and the third MC system with their application planes$")]
    public void ThreePlanes()
    {
        foreach (var role in (string[])["primary", "partner", "third"]) world.Plan.AddSystem(role);
        world.Plan.AddApplicationPlane();
    }

    [Given(@"^(\w+), who may migrate to the partner MC system$")]
    public void MayMigrate(string user) => world.Plan.AddMcUser(user, "primary", "partner");

    [Given(@"^(\w+) may also migrate to the third MC system$")]
    public void MayMigrateToThird(string user) => world.Plan.AddMigration(user, "primary", "third");

    [Given("^the service is (MCPTT|MCVideo|MCData)$")]
    public void Service(string service) => world.Plan.Offer(service);

    [Given("^topology is not hidden and there are no gateway servers$")]
    public void NoGateways() => world.Plan.RemoveGateways();

    [Given("^HTTP proxies at the edges of both MC systems$")]
    public void HttpProxies() => world.Plan.PutHttpProxies();

    [Given("^the application planes are protected by TLS$")]
    public void Protected() => world.Plan.ProtectApplicationPlane();

    [Given("^as configured, (.+)$")]
    public void Restricted(string what) => world.Plan.Restrict(what);

    [Given("^the group joint-ops of the primary MC system with members of both$")]
    public void Group() => world.Plan.AddGroup();

    [Given("^the group joint-ops of the primary MC system, which is no interconnection group$")]
    public void GroupAtHomeOnly() => world.Plan.AddGroup(isInterconnected: false);

    [Given(@"^the partner's profile of (\w+) lists the group joint-ops$")]
    public void ListsGroup(string user) => world.Plan.ListGroup(user);

    [Given(@"^the partner's policy for groups of the primary: group priority (\d+), user priority at most (\d+), service in (\w+) only$")]
    public void Policy(byte groupPriority, byte userPriority, string area) => world.Plan.SetGroupPolicy(groupPriority, userPriority, area, false);

    [Given("^the partner keeps its own members only in groups of the primary$")]
    public void OwnMembersOnly() => world.Plan.SetGroupPolicy(null, null, null, true);
}
