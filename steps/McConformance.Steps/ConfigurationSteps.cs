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
    public void NoConnectivity(string user, string role) => world.Plan.Take(user, role, null);

    [Given(@"^(\w+)'s UE takes the ISIM's default identities for the (\w+) MC system$")]
    public void TakesDefaults(string user, string role) =>
        world.Plan.Take(user, role, world.Plan.Users[user].Defaults);

    [Given(@"^(\w+)'s UE takes (\S+) as private and (\S+) as public identity$")]
    public void Takes(string user, string privateIdentity, string publicIdentity)
    {
        if (!world.Plan.Users.ContainsKey("bob")) world.Plan.AllowMigration(world.Plan.AddUser("bob", "primary"), "partner");
        world.Plan.Take(
            user, "partner", new SipIdentitySet(new PrivateUserIdentity(privateIdentity), new PublicUserIdentity(publicIdentity)));
    }

    [Given(@"^the partner MC system does not know the partner identities of (\w+)'s UE$")]
    public void Unknown(string user)
    {
        NoMapping(user);
        world.Plan.RemoveSubscription("partner", world.Plan.InboundOf(user, "partner"));
    }

    [Given(@"^the partner's migration management server has no mapping for the partner identities of (\w+)'s UE$")]
    public void NoMapping(string user) => world.Plan.RemoveMapping(user, "partner");

    [Given(@"^the partner's SIP database holds the private identity of (\w+)'s UE with the public identity of another inbound UE$")]
    public void CrossedDatabase(string user)
    {
        world.Plan.AllowMigration(world.Plan.AddUser("bob", "primary"), "partner");
        world.Plan.CrossIdentities(user, "bob", "partner");
    }

    [Given(@"^the primary's SIP database does not know the primary identities of (\w+)'s UE$")]
    public void UnknownAtHome(string user) =>
        world.Plan.RemoveSubscription("primary", world.Plan.Users[user].PrimarySets[ScenarioPlan.DomainOf("partner")]);

    [Given(@"^the ISIM of (\w+)'s UE has seen a later sequence number than the SIP database knows$")]
    public void LaterSqn(string user) => world.Plan.Users[user].Sqn = 0x0000_0100_0000;

    [Given(@"^the ISIM of (\w+)'s UE holds another key than the primary's SIP database$")]
    public void AnotherKey(string user) => world.Plan.Users[user].Key = [.. world.Plan.Users[user].Key.Reverse()];

    [Given(@"^the third MC system binds its identities of (\w+)'s UE to the set that is meant for the partner MC system$")]
    public void BindsWrongly(string user)
    {
        world.Plan.AllowMigration(world.Plan.Users[user], "third");
        world.Plan.BindToSetOf(user, "third", meantFor: "partner");
    }

    [Given(@"^in the (\w+) MC system the migration management server is part of the SIP database$")]
    public void Joined(string role) => world.Plan.JoinDatabase(role);

    [Given(@"^(\d+) further Diameter proxies on CSC-18$")]
    public void Proxies(int count) => world.Plan.PutProxies(count);

    [Given(@"^2 further Diameter proxies on CSC-18 that send requests for the primary MC system to each other$")]
    public void LoopingProxies() => world.Plan.PutLoopingProxies();

    [Given(@"^two further Diameter proxies stand side by side on CSC-18$")]
    public void ParallelProxies() => world.Plan.PutParallelProxies();

    [Given(@"^the (\w+) MC system does not permit migration (?:to|from) the (\w+) MC system$")]
    public void NotPermitted(string role, string other) => world.Plan.Forbid(role, other);

    [Given(@"^topology hiding is required in the (\w+) MC system$")]
    public void HidesTopology(string role) => world.Plan.HideTopology(role);

    [Given(@"^CSC-18 is protected by TLS$")]
    public void Protected() => world.Plan.Protect(true, isOneTrustDomain: false);
}
