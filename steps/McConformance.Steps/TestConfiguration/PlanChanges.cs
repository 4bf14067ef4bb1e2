using McConformance.Fakes.Peers;
using McConformance.McSystem;
using McConformance.Wire.Authentication;
using McConformance.Wire.Identities;

namespace McConformance.Steps.TestConfiguration;

/// <summary>What the Given steps of a scenario change in its plan, in the words of the steps.</summary>
public sealed partial class ScenarioPlan
{
    /// <summary>How many further Diameter proxies stand on CSC-18, one behind the other.</summary>
    public void PutProxies(int count) => (Network.Proxies, Network.Arrangement) = (count, ProxyArrangement.Chain);

    /// <summary>Two proxies that send what is for the first MC system to each other.</summary>
    public void PutLoopingProxies() => (Network.Proxies, Network.Arrangement) = (2, ProxyArrangement.Loop);

    /// <summary>Two proxies side by side.</summary>
    public void PutParallelProxies() => (Network.Proxies, Network.Arrangement) = (2, ProxyArrangement.Parallel);

    /// <summary>HTTP between the MC systems crosses a proxy that somebody else makes.</summary>
    /// <param name="start">Starts it, given the servers, and says where it listens.</param>
    public void PutHttpAgent(
        Func<IReadOnlyList<(string Host, System.Net.IPEndPoint At)>, System.Net.IPEndPoint> start) =>
        Network.StartHttpAgent = start;

    /// <summary>Another maker's agent stands on CSC-18, started once the sockets are bound.</summary>
    public void PutExternalAgent(string host, Action<IReadOnlyList<(string Host, System.Net.IPEndPoint At)>> start) =>
        (Network.ExternalAgent, Network.WhenBound) = (host, start);

    /// <summary>Another MC system's migration management server may connect.</summary>
    public void ExpectPeer(string host, string sipDomain) => Network.ExternalPeers.Add((host, sipDomain));

    /// <summary>A migration management server that is not bundled may ask for a set of its own of a user.</summary>
    public void LetPeerAskFor(string user, string host, string sipDomain)
    {
        var (own, home) = (Users[user], Network.Systems.First(s => s.Domain == Users[user].Home));
        var set = Set($"mig-{sipDomain}", home.SipDomain);
        home.Subscriptions.Add(Subscription(set, own.Key, own.Opc));
        home.OutboundSets.Add(new OutboundSetOptions(set, [sipDomain]));
        home.PermittedSipDomains.Add(sipDomain);
        own.PrimarySets[sipDomain] = set;
        ExpectPeer(host, sipDomain);
    }

    /// <summary>The set of the primary that a user migrates with to a domain.</summary>
    public SipIdentitySet SetTowards(string user, string domain) => Users[user].PrimarySets[domain];

    /// <summary>A further node of the SIP core, which is not bundled, may ask the SIP database.</summary>
    public void AddDatabaseClient(string role, string host) => System(role).DatabaseClients.Add(host);

    /// <summary>CSC-18 is protected by TLS, or plain; inside one trust domain, or not.</summary>
    public void Protect(bool isProtected, bool isOneTrustDomain) =>
        (Network.ProtectsCsc18, Network.IsOneTrustDomain) = (isProtected, isOneTrustDomain);

    /// <summary>Kamailio is the S-CSCF of an MC system.</summary>
    /// <param name="role">Of the MC system.</param>
    /// <param name="folder">For its files.</param>
    /// <param name="started">Is told of it when it has been started.</param>
    public void PutKamailio(string role, string folder, Action<KamailioServingCscf> started) =>
        Network.ServingCscfs[DomainOf(role)] = place =>
    {
        var kamailio = KamailioServingCscf.Start(place.Host, place.SipDomain, place.CxPeer, folder);
        started(kamailio);
        return new ForeignServingCscf(kamailio.Sip, kamailio.Cx, kamailio.UntilReadyAsync());
    };

    /// <summary>The harness stands on the links between two MC systems that others run.</summary>
    public void PutRelaysBetween(string one, string other) => Network.Relayed.Add((one, other));

    /// <summary>The harness stands on the links between the nodes of an MC system that another process runs, as far as
    /// that one can be told.</summary>
    public void PutRelaysWithin(string domain) => Network.RelayedWithin.Add(domain);

    /// <summary>Another process runs an MC system.</summary>
    public void UseExternal(string domain, Uri operatorPort) => Network.OperatorPorts[domain] = operatorPort;

    /// <summary>The migration management server is part of the SIP database.</summary>
    public void JoinDatabase(string role) => System(role).JoinsDatabaseAndMigrationManagement = true;

    /// <summary>Topology hiding is required.</summary>
    public void HideTopology(string role) => System(role).HidesTopology = true;

    /// <summary>Migration between two MC systems is not permitted, as one of them sees it.</summary>
    public void Forbid(string role, string other) => System(role).PermittedSipDomains.Remove(SipDomainOf(other));

    /// <summary>Migration between two MC systems is permitted after all.</summary>
    public void Permit(string role, string other) => System(role).PermittedSipDomains.Add(SipDomainOf(other));

    /// <summary>The SIP core's inner nodes are seen.</summary>
    public void ShowTopology(string role) => System(role).HidesTopology = false;

    /// <summary>The migration management server is not part of the SIP database.</summary>
    public void PartDatabase(string role) => System(role).JoinsDatabaseAndMigrationManagement = false;

    /// <summary>The SIP database holds K for a user, with OPc made of OP.</summary>
    public void HoldKeyOf(string user, string key, string op, string amf)
    {
        var ascii = global::System.Text.Encoding.ASCII;
        using var milenage = Milenage.FromOp(ascii.GetBytes(key), ascii.GetBytes(op));
        UseKeys(user, ascii.GetBytes(key), milenage.Opc.ToArray(), ascii.GetBytes(amf));
    }

    /// <summary>Nobody from outside may connect.</summary>
    public void ForgetPeers() => Network.ExternalPeers.Clear();

    /// <summary>The second inbound set of an MC system shares nothing with the first.</summary>
    public void RemoveDuplicates(string role)
    {
        var (bindings, home) = (System(role).InboundBindings, SipDomainOf("primary"));
        var own = Set("in-other", System(role).SipDomain);
        bindings[1] = bindings[1] with { Partner = own, Primary = Set("mig-other", home) };
    }

    /// <summary>A migration management server has no mapping for a user's inbound set.</summary>
    public void RemoveMapping(string user, string role) => System(role).InboundBindings.RemoveAll(b =>
        b.Partner == InboundOf(user, role));

    /// <summary>A SIP database does not know a set.</summary>
    public void RemoveSubscription(string role, SipIdentitySet set) => System(role).Subscriptions.RemoveAll(s =>
        s.Private == set.Private);

    /// <summary>The UE takes these identities for an MC system, right or wrong; null takes its connectivity
    /// information away.</summary>
    public void Take(string user, string role, SipIdentitySet? set)
    {
        if (set is { } given) Users[user].Connectivity[DomainOf(role)] = given;
        else Users[user].Connectivity.Remove(DomainOf(role));
    }

    /// <summary>A SIP database holds the private identities of two inbound UEs with each other's public identity, and
    /// the UE takes such a pair.</summary>
    public void CrossIdentities(string user, string other, string role)
    {
        var (own, strange) = (InboundOf(user, role), InboundOf(other, role));
        RemoveSubscription(role, own);
        RemoveSubscription(role, strange);
        System(role).Subscriptions.Add(new SubscriptionOptions(own.Private, [strange.Public], null, null, [], 0));
        System(role).Subscriptions.Add(new SubscriptionOptions(strange.Private, [own.Public], null, null, [], 0));
        Take(user, role, new SipIdentitySet(own.Private, strange.Public));
    }

    /// <summary>An MC system binds a user's inbound set to the set that the primary meant for another
    /// partner.</summary>
    public void BindToSetOf(string user, string role, string meantFor)
    {
        var bindings = System(role).InboundBindings;
        var meant = Users[user].PrimarySets[DomainOf(meantFor)];
        bindings[0] = bindings[0] with { Primary = meant };
        Users[user].PrimarySets[DomainOf(role)] = meant;
    }

    /// <summary>The second inbound set of an MC system shares something with the first.</summary>
    /// <param name="role">The MC system.</param>
    /// <param name="what"><c>private identity</c>, <c>public identity</c> or <c>primary's identities</c>.</param>
    public void Duplicate(string role, string what)
    {
        var bindings = System(role).InboundBindings;
        var (one, two) = (bindings[0], bindings[1]);
        bindings[1] = what switch
        {
            "private identity" => two with { Partner = new SipIdentitySet(one.Partner.Private, two.Partner.Public) },
            "public identity" => two with { Partner = new SipIdentitySet(two.Partner.Private, one.Partner.Public) },
            _ => two with { Primary = one.Primary },
        };
    }
    /// <summary>Diameter nodes try to connect again after so long (Tc of RFC 6733 2.1).</summary>
    public void ReconnectAfter(TimeSpan time) => Network.Reconnect = time;

    /// <summary>MC systems keep state, and can crash and start again.</summary>
    /// <param name="forgets">What they lose although they should keep it; null for nothing.</param>
    public void LetRestart(string? forgets = null) => (Network.CanRestart, Network.Forgets) = (true, forgets);
}
