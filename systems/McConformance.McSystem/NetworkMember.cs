using McConformance.Entities.HttpProxy;
using McConformance.McSystem.Application;
using McConformance.Wire;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Http.Transport;
using McConformance.Wire.Sip.Transactions;

namespace McConformance.McSystem;

/// <summary>An MC system as the network brings it up: first its own sockets, then CSC-18, then the application plane, then the other way round
/// what each is told of the others.</summary>
internal interface INetworkMember : IMcSystem
{
    ICsc18Node Csc18Node { get; }

    /// <summary>Binds; an external one is provisioned.</summary>
    Task StartAsync(CancellationToken cancellation);

    /// <summary>Completes when all inner connections are open.</summary>
    Task WhenJoinedAsync(CancellationToken cancellation);

    /// <summary>An external one is told of its neighbours on CSC-18 and of the other MC systems; one that runs here knows them already.</summary>
    Task JoinAsync(IReadOnlyList<IMcSystem> others, CancellationToken cancellation);

    /// <summary>Brings up the application plane; an external one has done so.</summary>
    Task StartApplicationAsync(HttpDirectory directory, Func<string, IMcSystem?> others, CancellationToken cancellation);
}

/// <summary>Where nodes that run here listen.</summary>
internal static class BoundNodes
{
    public static IEnumerable<NodeEndpoint> Of(SipEndpoint node) =>
        from carrier in (Carrier[])[Carrier.Udp, Carrier.Tcp, Carrier.Tls]
        where node.ListensOn(carrier)
        select new NodeEndpoint(node.Self.Name, node.Self.Kind, WireProtocol.Sip, carrier, node.AddressOf(carrier));

    public static IEnumerable<NodeEndpoint> Of(DiameterNode node, EntityKind kind, bool isProtected)
    {
        yield return new NodeEndpoint(node.Host.Value, kind, WireProtocol.Diameter, Carrier.Tcp, node.ListeningAt);
        if (isProtected) yield return new NodeEndpoint(node.Host.Value, kind, WireProtocol.Diameter, Carrier.Tls, node.ListeningProtectedAt);
    }

    public static NodeEndpoint Of(HttpServer node) =>
        new(node.Self.Name, node.Self.Kind, WireProtocol.Http, node.IsProtected ? Carrier.Tls : Carrier.Tcp, node.ListeningAt);

    public static IEnumerable<NodeEndpoint> Of(HttpProxyServer proxy, string host, bool isProtected)
    {
        var carrier = isProtected ? Carrier.Tls : Carrier.Tcp;
        yield return new NodeEndpoint(host, EntityKind.HttpProxy, WireProtocol.Http, carrier, proxy.UserEquipmentSide, "userEquipment");
        yield return new NodeEndpoint(host, EntityKind.HttpProxy, WireProtocol.Http, carrier, proxy.OtherSystemsSide, "otherSystems");
        yield return new NodeEndpoint(host, EntityKind.HttpProxy, WireProtocol.Http, Carrier.Tcp, proxy.InnerSide,
            "inner");
    }
}
