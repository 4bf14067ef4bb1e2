using McConformance.McSystem;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire.Identities;

namespace McConformance.Steps;

/// <summary>What a scenario's MC systems, users and identities are, before anything runs.</summary>
[Binding]
public sealed class ConfigurationSteps(ScenarioWorld world)
{
    [Given("^the primary and the partner MC system$")]
    public void PrimaryAndPartner()
    {
        world.Plan.AddSystem("primary");
        world.Plan.AddSystem("partner");
    }

    [Given("^the third MC system$")]
    public void Third() => world.Plan.AddSystem("third");

    [Given(@"^(\w+)'s UE, which may migrate to the (\w+) MC system$")]
    public void MayMigrate(string user, string role) => world.Plan.AllowMigration(world.Plan.AddUser(user, "primary"), role);

    [Given(@"^(\w+)'s UE of the (\w+) MC system, which may migrate to the (\w+) MC system$")]
    public void MayMigrateFrom(string user, string home, string role) => world.Plan.AllowMigration(world.Plan.AddUser(user, home), role);

    [Given(@"^(\w+)'s UE, which is at home in the (\w+) MC system$")]
    public void IsAtHome(string user, string role) => world.Plan.AddUser(user, role);

    [Given(@"^(\w+)'s UE may migrate to the (\w+) MC system with a second set of identities$")]
    public void SecondSet(string user, string role) => world.Plan.AllowMigration(world.Plan.Users[user], role);

    [Given(@"^(\w+)'s UE holds no connectivity information for the (\w+) MC system$")]
    public void NoConnectivity(string user, string role) => world.Plan.Users[user].Connectivity.Remove(ScenarioPlan.DomainOf(role));

    [Given(@"^(\w+)'s UE takes the ISIM's default identities for the (\w+) MC system$")]
    public void TakesDefaults(string user, string role) =>
        world.Plan.Users[user].Connectivity[ScenarioPlan.DomainOf(role)] = world.Plan.Users[user].Defaults;

    [Given(@"^(\w+)'s UE takes (\S+) as private and (\S+) as public identity$")]
    public void Takes(string user, string privateIdentity, string publicIdentity)
    {
        if (!world.Plan.Users.ContainsKey("bob")) world.Plan.AllowMigration(world.Plan.AddUser("bob", "primary"), "partner");
        world.Plan.Users[user].Connectivity[ScenarioPlan.DomainOf("partner")] =
            new SipIdentitySet(new PrivateUserIdentity(privateIdentity), new PublicUserIdentity(publicIdentity));
    }

    [Given(@"^the partner MC system does not know the partner identities of (\w+)'s UE$")]
    public void Unknown(string user)
    {
        NoMapping(user);
        var partner = world.Plan.System("partner");
        partner.Subscriptions.RemoveAll(s => s.Private == Inbound(user).Private);
    }

    [Given(@"^the partner's migration management server has no mapping for the partner identities of (\w+)'s UE$")]
    public void NoMapping(string user) => world.Plan.System("partner").InboundBindings.RemoveAll(b => b.Partner == Inbound(user));

    [Given(@"^the partner's SIP database holds the private identity of (\w+)'s UE with the public identity of another inbound UE$")]
    public void CrossedDatabase(string user)
    {
        world.Plan.AllowMigration(world.Plan.AddUser("bob", "primary"), "partner");
        var (own, other) = (Inbound(user), Inbound("bob"));
        var subscriptions = world.Plan.System("partner").Subscriptions;
        subscriptions.RemoveAll(s => s.Private == own.Private || s.Private == other.Private);
        subscriptions.Add(new SubscriptionOptions(own.Private, [other.Public], null, null, [], 0));
        subscriptions.Add(new SubscriptionOptions(other.Private, [own.Public], null, null, [], 0));
        world.Plan.Users[user].Connectivity[ScenarioPlan.DomainOf("partner")] = new SipIdentitySet(own.Private, other.Public);
    }

    [Given(@"^the primary's SIP database does not know the primary identities of (\w+)'s UE$")]
    public void UnknownAtHome(string user)
    {
        var set = world.Plan.Users[user].PrimarySets[ScenarioPlan.DomainOf("partner")];
        world.Plan.System("primary").Subscriptions.RemoveAll(s => s.Private == set.Private);
    }

    [Given(@"^the ISIM of (\w+)'s UE has seen a later sequence number than the SIP database knows$")]
    public void LaterSqn(string user) => world.Plan.Users[user].Sqn = 0x0000_0100_0000;

    [Given(@"^the ISIM of (\w+)'s UE holds another key than the primary's SIP database$")]
    public void AnotherKey(string user) => world.Plan.Users[user].Key = [.. world.Plan.Users[user].Key.Reverse()];

    [Given(@"^the third MC system binds its identities of (\w+)'s UE to the set that is meant for the partner MC system$")]
    public void BindsWrongly(string user)
    {
        var plan = world.Plan;
        plan.AllowMigration(plan.Users[user], "third");
        var third = plan.System("third");
        var meant = plan.Users[user].PrimarySets[ScenarioPlan.DomainOf("partner")];
        third.InboundBindings[0] = third.InboundBindings[0] with { Primary = meant };
        plan.Users[user].PrimarySets[third.Domain] = meant;
    }

    [Given(@"^in the (\w+) MC system the migration management server is part of the SIP database$")]
    public void Joined(string role) => world.Plan.System(role).JoinsDatabaseAndMigrationManagement = true;

    [Given(@"^(\d+) further Diameter proxies on CSC-18$")]
    public void Proxies(int count) => world.Plan.Network.Proxies = count;

    [Given(@"^2 further Diameter proxies on CSC-18 that send requests for the primary MC system to each other$")]
    public void LoopingProxies() => (world.Plan.Network.Proxies, world.Plan.Network.Arrangement) = (2, ProxyArrangement.Loop);

    [Given(@"^two further Diameter proxies stand side by side on CSC-18$")]
    public void ParallelProxies() => (world.Plan.Network.Proxies, world.Plan.Network.Arrangement) = (2, ProxyArrangement.Parallel);

    [Given(@"^the (\w+) MC system does not permit migration (?:to|from) the (\w+) MC system$")]
    public void NotPermitted(string role, string other) => world.Plan.System(role).PermittedSipDomains.Remove(ScenarioPlan.SipDomainOf(other));

    [Given(@"^topology hiding is required in the (\w+) MC system$")]
    public void HidesTopology(string role) => world.Plan.System(role).HidesTopology = true;

    [Given(@"^CSC-18 is protected by TLS$")]
    public void Protected() => (world.Plan.Network.ProtectsCsc18, world.Plan.Network.IsOneTrustDomain) = (true, false);

    private SipIdentitySet Inbound(string user) => world.Plan.Users[user].Connectivity[ScenarioPlan.DomainOf("partner")];
}
