using McConformance.McSystem;
using McConformance.TestConfiguration;
using McConformance.Wire.Authentication;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Transactions;

namespace McConformance.Steps.TestConfiguration;

/// <summary>A user with a UE, as one scenario has it.</summary>
/// <param name="Name">Of the user: <c>alice</c>.</param>
/// <param name="Home">Domain of the primary MC system.</param>
/// <param name="Defaults">The ISIM's own identities.</param>
public sealed record UserPlan(string Name, string Home, SipIdentitySet Defaults)
{
    /// <summary>K of the ISIM.</summary>
    public byte[] Key { get; set; } = [];

    /// <summary>OPc of the ISIM.</summary>
    public byte[] Opc { get; set; } = [];

    /// <summary>Highest sequence number the ISIM has seen.</summary>
    public ulong Sqn { get; set; }

    /// <summary>True where a real peer takes the UE's place.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Where the buttons of the UE are pressed, if another process runs it; else null.</summary>
    public Uri? OperatorPort { get; set; }

    /// <summary>Connectivity information: identities to register with, by domain of the MC system.</summary>
    public Dictionary<string, SipIdentitySet> Connectivity { get; } = [];

    /// <summary>The primary's set that stands behind each of them.</summary>
    public Dictionary<string, SipIdentitySet> PrimarySets { get; } = [];
}

/// <summary>
/// What the Given steps of a scenario have agreed on, before anything is started: the bundled MC systems and users of the test
/// configuration, changed for this scenario.
/// </summary>
public sealed partial class ScenarioPlan
{
    /// <summary>The MC systems.</summary>
    internal NetworkOptions Network { get; } = new()
    {
        Certificates = Configured.Certificates,
        Proxies = Configured.Ixit.Links.DiameterProxiesOnCsc18,
        AnswerTime = Configured.Ixit.Timers.DiameterAnswer,
        Watchdog = Configured.Ixit.Timers.DiameterWatchdog,
        SipTimers = new SipTimers { T1 = Configured.Ixit.Timers.SipT1, T2 = Configured.Ixit.Timers.SipT2, T4 = Configured.Ixit.Timers.SipT4 },
        IsOneTrustDomain = Configured.Ixit.Systems.All(s => s.Trust.InsideTrustDomain),
    };

    /// <summary>The users.</summary>
    public Dictionary<string, UserPlan> Users { get; } = [];

    /// <summary>The MC system of a role or domain.</summary>
    internal McSystemOptions System(string role) => Network.Systems.First(s => s.Domain == DomainOf(role));

    /// <summary>The domain behind a role of a scenario: primary, partner or third.</summary>
    public static string DomainOf(string role) => Configured.Ixit.System(role)?.Domain ?? $"{role}.example";

    /// <summary>The domain of an MC system's SIP core.</summary>
    public static string SipDomainOf(string role) => Configured.Ixit.System(role)?.SipRealm.Value ?? $"ims.{role}.example";

    /// <summary>Adds an MC system with nothing in it, and permits migration between it and those that are there.</summary>
    public void AddSystem(string role)
    {
        var added = new McSystemOptions(DomainOf(role), SipDomainOf(role));
        foreach (var other in Network.Systems)
        {
            if (Permits(other.Domain, added.Domain)) other.PermittedSipDomains.Add(added.SipDomain);
            if (Permits(added.Domain, other.Domain)) added.PermittedSipDomains.Add(other.SipDomain);
        }

        Network.Systems.Add(added);
        foreach (var relay in Configured.RelaysOf(added.Domain))
            if (!Network.Relayed.Contains((relay.One, relay.Other))) PutRelaysBetween(relay.One, relay.Other);
        if (Configured.Ixit.Links.RelaysWithin.Contains(added.Domain)) PutRelaysWithin(added.Domain);
        if (Configured.OperatorPortOf(added.Domain) is { } port) Network.OperatorPorts[added.Domain] = port;
        if (Configured.ExternalEntitiesOf(added.Domain) is { } external) Network.ExternalEntities[
            added.Domain] = external;
    }

    /// <summary>Adds a user with a subscription at home.</summary>
    public UserPlan AddUser(string name, string role)
    {
        var home = System(role);
        var entry = EntryOf(name, home);
        var set = entry?.Isim ?? Set($"{name}-ue", home.SipDomain);
        var user = new UserPlan(name, home.Domain, set) { Key = Derive(name, "K"), Opc = Derive(name, "OPc") };
        if (entry is not null) (user.Key, user.Opc, user.Sqn) = (entry.Key.K.ToArray(), OpcOf(entry.Key), entry.Key.Sqn);
        user.OperatorPort = entry?.OperatorPort;
        user.Connectivity[home.Domain] = set;
        home.Subscriptions.Add(Subscription(set, user.Key, user.Opc));
        return Users[name] = user;
    }

    /// <summary>Gives a user other keys, in the ISIM and in the SIP database.</summary>
    public void UseKeys(string user, byte[] key, byte[] opc, byte[] amf)
    {
        var plan = Users[user];
        var home = Network.Systems.First(s => s.Domain == plan.Home);
        for (var i = 0; i < home.Subscriptions.Count; i++)
            if (home.Subscriptions[i].Key is { } old && old.AsSpan().SequenceEqual(plan.Key))
                home.Subscriptions[i] = home.Subscriptions[i] with { Key = key, Opc = opc, Amf = amf };
        (plan.Key, plan.Opc) = (key, opc);
    }

    /// <summary>Lets a user migrate: a set at the primary, a set at the partner, and the binding between them.</summary>
    public void AllowMigration(UserPlan user, string partnerRole)
    {
        var (home, partner) = (Network.Systems.First(s => s.Domain == user.Home), System(partnerRole));
        var (outward, inward) = ConfiguredSets(user, home, partner) ??
            (Set($"mig-{home.OutboundSets.Count + 1:0000}", home.SipDomain), Set($"in-{partner.InboundBindings.Count + 1:0000}", partner.SipDomain));
        home.Subscriptions.Add(Subscription(outward, user.Key, user.Opc));
        home.OutboundSets.Add(new OutboundSetOptions(outward, [partner.SipDomain]));
        partner.Subscriptions.Add(new SubscriptionOptions(inward.Private, [inward.Public], null, null, [], 0));
        partner.InboundBindings.Add(new InboundBindingOptions(inward, outward, home.SipDomain));
        user.Connectivity[partner.Domain] = inward;
        user.PrimarySets[partner.Domain] = outward;
        InboundSets[(user.Name, partner.Domain)] = inward;
    }

    /// <summary>The set that a user migrates with to an MC system, whatever the UE takes.</summary>
    public SipIdentitySet InboundOf(string user, string role)
    {
        return InboundSets.TryGetValue((user, DomainOf(role)), out var set) ? set : Users[user].Connectivity[DomainOf(role)];
    }

    /// <summary>Takes an MC system out of the network: somebody else stands for it on CSC-18.</summary>
    public void ReplaceByExternal(string role)
    {
        var system = System(role);
        Network.Systems.Remove(system);
        Network.ExternalPeers.Add((system.MigrationManagementHost, system.SipDomain));
    }

    private Dictionary<(string User, string Domain), SipIdentitySet> InboundSets { get; } = [];

    private static bool Permits(string domain, string other) =>
        Configured.Ixit.System(domain) is not { } entry || entry.MigrationManagementServer.PermittedPartners.Contains(other);

    private static UserEquipmentEntry? EntryOf(string name, McSystemOptions home) => Configured.Ixit.UserEquipment.FirstOrDefault(u =>
        u.Name == name && u.Isim.Private.Value.EndsWith("@" + home.SipDomain, StringComparison.OrdinalIgnoreCase));

    private static byte[] OpcOf(KeyMaterial key)
    {
        if (key.Opc is { } opc) return opc.ToArray();
        using var milenage = Milenage.FromOp(key.K.Span, key.Op!.Value.Span);
        return milenage.Opc.ToArray();
    }

    /// <summary>The two sets that the test configuration binds for a user's migration, or null where it knows none.</summary>
    private static (SipIdentitySet Outward, SipIdentitySet Inward)? ConfiguredSets(UserPlan user, McSystemOptions home, McSystemOptions partner)
    {
        var inward = EntryOf(user.Name, home)?.Migration.FirstOrDefault(m => m.Partner == partner.Domain)?.Identities;
        var binding = Configured.Ixit.System(partner.Domain)?.MigrationManagementServer.InboundBindings.FirstOrDefault(b => b.Identities == inward);
        return binding is null ? null : (binding.Primary, binding.Identities);
    }

    private static SubscriptionOptions Subscription(SipIdentitySet set, byte[] key, byte[] opc) =>
        new(set.Private, [set.Public], key, opc, [0x80, 0x00], 32);

    private static SipIdentitySet Set(string user, string domain) =>
        new(new PrivateUserIdentity($"{user}@{domain}"), new PublicUserIdentity($"sip:{user}@{domain}"));

    /// <summary>Key material for tests: the same for a name in every run, so that a recording can be judged again.</summary>
    private static byte[] Derive(string name, string what) =>
        global::System.Security.Cryptography.SHA256.HashData(global::System.Text.Encoding.UTF8.GetBytes($"McConformance test key {what} of {name}"))[..16];
}
