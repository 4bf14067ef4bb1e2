using McConformance.Checks.Flow;
using McConformance.McSystem;
using McConformance.McSystem.External;
using McConformance.Wire;

namespace McConformance.Steps.TestConfiguration;

/// <summary>What an MC system of another process keeps from the harness: links that are not seen, and what its operator port does not offer. Both end
/// in inconclusive, never in pass or fail.</summary>
internal static class External
{
    private static readonly (EntityKind A, EntityKind B, WireProtocol Protocol)[] Across =
    [
        (EntityKind.MigrationManagementServer, EntityKind.MigrationManagementServer, WireProtocol.Diameter),
        (EntityKind.GatewayServer, EntityKind.GatewayServer, WireProtocol.Sip), (EntityKind.McServiceServer, EntityKind.McServiceServer, WireProtocol.Sip),
        (EntityKind.GroupManagementServer, EntityKind.GroupManagementServer, WireProtocol.Http),
        (EntityKind.ConfigurationManagementServer, EntityKind.ConfigurationManagementServer, WireProtocol.Http),
        (EntityKind.HttpProxy, EntityKind.HttpProxy, WireProtocol.Http),
    ];

    /// <summary>The links of the functional model (TS 23.280 7.3.1, TR 23.781 6.3.1) of which both ends belong to external MC systems.</summary>
    public static IReadOnlyList<UnseenLink> Unseen(IReadOnlyList<IMcSystem> systems, NetworkOptions network)
    {
        var external = systems.Select(s => (s.Options.Domain, Nodes: NodesOf(s))).ToArray();
        var links = systems.Zip(external).SelectMany(p => Join(
                [.. InnerLinks.Judged.Where(l => !IsRelayed(p.First, network, l))], p.Second.Nodes, p.Second.Nodes))
            .Concat(from a in external
                    from b in external
                    where a.Domain != b.Domain && !AreRelayed(network, a.Domain,
                b.Domain)
                    from l in Join(Across, a.Nodes, b.Nodes)
                    select l);
        // proxies in transit are the harness's: then no message goes from one migration management server to the other directly
        var hasAgents = network.Proxies > 0 || network.ExternalAgent is not null;
        return [.. links.Where(l => !hasAgents || l.ReferencePoint != ReferencePoint.Csc18)
            .Concat(ToAgent(network, [.. external.SelectMany(s => s.Nodes)])).Distinct()];
    }

    /// <summary>Nobody has told an S-CSCF of somebody else where the relays are.</summary>
    private static bool IsRelayed(IMcSystem system, NetworkOptions network,
        (EntityKind A, EntityKind B, WireProtocol Protocol) link) => system.IsRelayedWithin(link.Protocol)
        && !(network.ServingCscfs.ContainsKey(system.Options.Domain)
            && (link.A == EntityKind.ServingCscf || link.B == EntityKind.ServingCscf));

    /// <summary>The links between a real peer and the nodes of external MC systems that have to do with it.</summary>
    /// <param name="systems">All MC systems.</param>
    /// <param name="peer">The real peer.</param>
    /// <param name="protocol">What it speaks.</param>
    /// <param name="with">Kinds of those nodes.</param>
    public static IEnumerable<UnseenLink> UnseenOf(
        IReadOnlyList<IMcSystem> systems, Party peer, WireProtocol protocol, params EntityKind[] with)
    {
        Party[] nodes = [.. systems.SelectMany(NodesOf).Where(n => with.Contains(n.Kind))];
        var pairs = with.Select(k => (peer.Kind, k, protocol)).ToArray();
        return Join(pairs, [peer], nodes).Concat(Join(pairs, nodes, [peer])).Distinct();
    }

    /// <summary>A proxy in transit that is not the harness's either.</summary>
    private static IEnumerable<UnseenLink> ToAgent(NetworkOptions network, Party[] nodes)
    {
        if (network.ExternalAgent is not { } agent) return [];
        var pair = (EntityKind.MigrationManagementServer, EntityKind.DiameterProxy, WireProtocol.Diameter);
        var between = new Party(agent, EntityKind.DiameterProxy, "", IsBundled: false);
        return Join([pair], nodes, [between]).Concat(Join([pair], [between], nodes));
    }

    /// <summary>Whether the harness stands between two MC systems that others run.</summary>
    public static bool AreRelayed(NetworkOptions network, string one, string other) =>
        network.Relayed.Contains((one, other)) || network.Relayed.Contains((other, one));

    /// <summary>Waits for what an operator port was asked for.</summary>
    /// <exception cref="InconclusiveException">It does not offer it.</exception>
    public static async Task<T> OfferedAsync<T>(Task<T> asked)
    {
        try
        {
            return await asked;
        }
        catch (NotOfferedException e)
        {
            throw new InconclusiveException(e.Message);
        }
        catch (OperatorPortException e)
        {
            throw new SilentEntityException(e.Message);
        }
    }

    /// <summary>The same of what answers nothing.</summary>
    public static Task OfferedAsync(Task asked) => OfferedAsync(Done(asked));

    /// <summary>The same of what is known at once.</summary>
    public static T Offered<T>(Func<T> known)
    {
        try
        {
            return known();
        }
        catch (NotOfferedException e)
        {
            throw new InconclusiveException(e.Message);
        }
    }

    /// <summary>The same of what may be refused before it begins.</summary>
    public static Task<T> OfferedAsync<T>(Func<Task<T>> ask) => OfferedAsync(BeginAsync(ask));

    /// <summary>The same of what answers nothing.</summary>
    public static Task OfferedAsync(Func<Task> ask) => OfferedAsync(() => Done(ask()));

    /// <summary>A link that the harness has its hand on.</summary>
    /// <exception cref="InconclusiveException">It has not.</exception>
    public static Link Reachable(LinkBook links, string from, string to, WireProtocol protocol, Func<Link, bool> isInHand)
    {
        var link = links.Between(links.Named(from), links.Named(to), protocol);
        return isInHand(link)
            ? link
            : throw new InconclusiveException($"{link} cannot be disturbed: what is sent there is not the harness's, and no relay stands there");
    }

    private static async Task<T> BeginAsync<T>(Func<Task<T>> ask) => await ask();

    private static async Task<bool> Done(Task asked)
    {
        await asked;
        return true;
    }

    private static IEnumerable<UnseenLink> Join((EntityKind A, EntityKind B, WireProtocol Protocol)[] pairs, Party[] these, Party[] those) =>
        from pair in pairs
        from a in these
        from b in those
        where a != b && ((a.Kind, b.Kind) == (pair.A, pair.B) || (b.Kind, a.Kind) == (pair.A, pair.B))
        select new UnseenLink(a, b, pair.Protocol) { Refuses = Refuses };

    // one delegate for all, so that equal links are equal
    private static readonly Func<string, Exception> Refuses = static why => new UnseenException(why);

    /// <summary>Under the names that the operator port told; what it kept to itself is there all the same.</summary>
    private static Party[] NodesOf(IMcSystem system)
    {
        var plane = system.Options.Application;
        var (domain, sip) = (system.Options.Domain, system.Options.SipDomain);
        var nodes = new List<Party>
        {
            new($"pcscf.{sip}", EntityKind.ProxyCscf, domain), new($"icscf.{sip}", EntityKind.InterrogatingCscf, domain), new($"scscf.{sip}", EntityKind.ServingCscf, domain),
            new(system.Options.DatabaseHost, EntityKind.SipDatabase, domain), new(system.Options.MigrationManagementHost, EntityKind.MigrationManagementServer, domain),
        };
        if (plane is null) return Outside(system, nodes);
        nodes.Add(new Party($"idms.{domain}", EntityKind.IdentityManagementServer, domain));
        nodes.Add(new Party($"cms.{domain}", EntityKind.ConfigurationManagementServer, domain));
        nodes.Add(new Party($"gms.{domain}", EntityKind.GroupManagementServer, domain));
        nodes.AddRange(plane.Services.Select(s => new Party($"{Wire.Documents.McServiceNames.Of(s).Token}.{domain}", EntityKind.McServiceServer, domain)));
        if (plane.HasGateway) nodes.Add(new Party($"gw.{domain}", EntityKind.GatewayServer, domain));
        if (plane.HasHttpProxy) nodes.Add(new Party($"http-proxy.{domain}", EntityKind.HttpProxy, domain));
        return Outside(system, nodes);
    }

    private static Party[] Outside(IMcSystem system, List<Party> nodes) =>
        [.. nodes.Where(n => system.RunsElsewhere(n.Kind)).Select(n =>
            system.Endpoints.FirstOrDefault(e => e.Kind == n.Kind) is { } told
            && n.Kind != EntityKind.McServiceServer ? n with { Name = told.Node } : n)];
}

/// <summary>A step would have to look where nobody can see. The scenario goes on: what can be seen is judged all the same.</summary>
public sealed class UnseenException(string why) : InconclusiveException(why);
