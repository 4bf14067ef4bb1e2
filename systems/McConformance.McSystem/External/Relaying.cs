using System.Net;
using McConformance.Wire;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Identities;

namespace McConformance.McSystem.External;

/// <summary>Puts the relays' addresses in place of those of an external MC system, in what another external one is
/// told of it.</summary>
internal sealed class Relaying(NetworkOptions network, LinkBook links)
{
    /// <summary>Where nodes of one MC system reach a node of another.</summary>
    public IPEndPoint AddressFor(IMcSystem client, IMcSystem server, NodeEndpoint at)
    {
        if (network.Relay is not { } relay || !IsRelayed(client.Options.Domain, server.Options.Domain)) return at.At;
        var caller = CallerOf(at, client);
        return caller is null ? at.At : relay(new RelayedLink(links.Named(caller), links.Named(at.Node), at));
    }

    /// <summary>A node on CSC-18 as one of another MC system sees it.</summary>
    public ICsc18Node NodeFor(INetworkMember client, INetworkMember server) => new RelayedNode(server.Csc18Node,
        isProtected =>
        AddressFor(client, server, new NodeEndpoint(
            server.Csc18Node.Host.Value, EntityKind.MigrationManagementServer, WireProtocol.Diameter,
            isProtected ? Carrier.Tls : Carrier.Tcp, server.Csc18Node.At(isProtected))));

    private bool IsRelayed(string one, string other) => network.Relayed.Contains((one, other)) ||
        network.Relayed.Contains((other, one));

    /// <summary>Null where nobody of another MC system has to do with the node.</summary>
    private static string? CallerOf(NodeEndpoint at, IMcSystem client)
    {
        if (at.Kind == EntityKind.MigrationManagementServer) return client.Options.MigrationManagementHost;
        // one MC service server calls the one of the same service, where no gateway server stands between
        var service = at.Node.Split('.')[0];
        var same = client.Endpoints.FirstOrDefault(e => e.Kind == EntityKind.McServiceServer &&
            e.Node.StartsWith($"{service}.", StringComparison.Ordinal));
        var hasGateway = client.Endpoints.Any(e => e.Kind == EntityKind.GatewayServer);
        return at.Kind == EntityKind.McServiceServer && !hasGateway ? same?.Node : Strangers.Across(at, client)?.Node;
    }

    private sealed class RelayedNode(ICsc18Node node, Func<bool, IPEndPoint> at) : ICsc18Node
    {
        public DiameterIdentity Host => node.Host;

        public bool Initiates => node.Initiates;

        public IPEndPoint At(bool isProtected) => at(isProtected);

        public void AddPeer(DiameterPeerOptions peer) => node.AddPeer(peer);

        public void AddRoute(DiameterRoute route) => node.AddRoute(route);

        public Task WhenConnectedAsync(DiameterIdentity host, CancellationToken cancellation) =>
            node.WhenConnectedAsync(host, cancellation);
    }
}
