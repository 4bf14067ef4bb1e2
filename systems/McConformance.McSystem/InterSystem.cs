using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Identities;

namespace McConformance.McSystem;

/// <summary>Joins the migration management servers of two MC systems by CSC-18, with or without proxies on the way.</summary>
internal static class InterSystem
{
    public static IEnumerable<Task> Connect(
        NetworkOptions options, INetworkMember a, INetworkMember b, IReadOnlyList<ICsc18Node> proxies,
            External.Relaying relaying,
        CancellationToken cancellation)
    {
        var (first, second) = (a.Csc18Node, b.Csc18Node);
        if (options.ExternalAgent is { } agent) return [Expect(first, agent, Realm(b), cancellation), Expect(second, agent, Realm(a), cancellation)];
        if (proxies.Count == 0) return [Join(options, second, relaying.NodeFor(b, a), cancellation, Realm(a), Realm(
            b))];
        return options.Arrangement switch
        {
            ProxyArrangement.Parallel => proxies.SelectMany(p => Through(options, first, p, second, Realm(a), Realm(b), cancellation)).ToArray(),
            ProxyArrangement.Loop => Loop(options, first, proxies[0], proxies[1], second, Realm(a), Realm(b), cancellation),
            _ => Chain(options, first, [.. proxies], second, Realm(a), Realm(b), cancellation),
        };
    }

    /// <summary>Joins an MC system again that has been restarted. The others know it still.</summary>
    public static void Rejoin(NetworkOptions options, ICsc18Node again, ICsc18Node other, McSystemOptions othersOptions, bool initiates)
    {
        again.AddPeer(initiates
            ? new DiameterPeerOptions { Host = other.Host, Address = other.At(options.ProtectsCsc18), Initiates = true, IsProtected = options.ProtectsCsc18 }
            : new DiameterPeerOptions { Host = other.Host, IsProtected = options.ProtectsCsc18 });
        again.AddRoute(new DiameterRoute(new DiameterIdentity(othersOptions.SipDomain), [other.Host]));
    }

    /// <summary>Host names of the nodes that may connect to a migration management server over CSC-18.</summary>
    public static IEnumerable<string> Neighbours(NetworkOptions network, McSystemOptions system) =>
        network.Systems.Where(s => s != system).Select(s => s.MigrationManagementHost)
            .Concat(network.ExternalPeers.Select(p => p.Host))
            .Concat(Enumerable.Range(1, network.Proxies).Select(ProxyHost));

    /// <summary>Host name of a proxy in transit.</summary>
    public static string ProxyHost(int number) => $"dpx{number}.transit.example";

    private static List<Task> Chain(
        NetworkOptions options, ICsc18Node first, ICsc18Node[] between, ICsc18Node second, DiameterIdentity a, DiameterIdentity b,
        CancellationToken cancellation)
    {
        ICsc18Node[] way = [first, .. between, second];
        var opened = new List<Task>();
        for (var i = 1; i < way.Length; i++) opened.Add(Join(options, way[i], way[i - 1], cancellation, a, b));
        return opened;
    }

    private static Task[] Through(
        NetworkOptions options, ICsc18Node first, ICsc18Node proxy, ICsc18Node second, DiameterIdentity a, DiameterIdentity b,
        CancellationToken cancellation) =>
        [Join(options, proxy, first, cancellation, a, b), Join(options, second, proxy, cancellation, a, b)];

    /// <summary>Both proxies hold a route for the first system that leads to the other one.</summary>
    private static Task[] Loop(
        NetworkOptions options, ICsc18Node first, ICsc18Node one, ICsc18Node two, ICsc18Node second, DiameterIdentity a, DiameterIdentity b,
        CancellationToken cancellation) =>
        [
            Join(options, one, first, cancellation, null, b),
            Join(options, two, one, cancellation, a, b, backwards: a),
            Join(options, second, two, cancellation, a, null),
        ];

    /// <summary>An agent that connects by itself, and leads to a realm.</summary>
    private static Task Expect(ICsc18Node node, string agent, DiameterIdentity realm, CancellationToken cancellation)
    {
        var host = new DiameterIdentity(agent);
        node.AddPeer(new DiameterPeerOptions { Host = host });
        node.AddRoute(new DiameterRoute(realm, [host]));
        return node.WhenConnectedAsync(host, cancellation);
    }

    /// <summary>The first node connects to the second. Requests for one realm go down this connection, for the other up.</summary>
    /// <param name="options">Protection of the link.</param>
    /// <param name="from">Connects.</param>
    /// <param name="to">Listens.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="down">Realm that <paramref name="from"/> reaches through <paramref name="to"/>, or null.</param>
    /// <param name="up">Realm that <paramref name="to"/> reaches through <paramref name="from"/>, or null.</param>
    /// <param name="backwards">A further realm that <paramref name="to"/> sends to <paramref name="from"/>: a mistake made on purpose.</param>
    private static Task Join(
        NetworkOptions options, ICsc18Node from, ICsc18Node to, CancellationToken cancellation, DiameterIdentity? down, DiameterIdentity? up,
        DiameterIdentity? backwards = null)
    {
        if (!from.Initiates) (from, to, down, up) = (to, from, up, down);
        to.AddPeer(new DiameterPeerOptions { Host = from.Host, IsProtected = options.ProtectsCsc18 });
        from.AddPeer(new DiameterPeerOptions { Host = to.Host, Address = to.At(options.ProtectsCsc18), Initiates = true, IsProtected = options.ProtectsCsc18 });
        if (down is { } d) from.AddRoute(new DiameterRoute(d, [to.Host]));
        if (up is { } u) to.AddRoute(new DiameterRoute(u, [from.Host]));
        if (backwards is { } w) to.AddRoute(new DiameterRoute(w, [from.Host]));
        return from.WhenConnectedAsync(to.Host, cancellation);
    }

    private static DiameterIdentity Realm(INetworkMember system) => new(system.Options.SipDomain);
}
