using System.Net;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Transport;

namespace McConformance.McSystem;

/// <summary>Where one node of an MC system listens.</summary>
/// <param name="Node">Host name it calls itself by; its Diameter identity, where it speaks Diameter.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Protocol">What is spoken.</param>
/// <param name="Carrier">Over what.</param>
/// <param name="At">Address and port.</param>
/// <param name="Side">Of an HTTP proxy alone: <c>userEquipment</c>, <c>otherSystems</c> or <c>inner</c>; else null.</param>
public sealed record NodeEndpoint(string Node, EntityKind Kind, WireProtocol Protocol, Carrier Carrier, IPEndPoint At, string? Side = null);

/// <summary>One MC system of a network, whoever runs it: what UEs, other MC systems and its own administrators have to do with.</summary>
public interface IMcSystem : IAsyncDisposable
{
    /// <summary>Its configuration.</summary>
    McSystemOptions Options { get; }

    /// <summary>Whether another process runs its entities of that kind, so that their links to each other are not
    /// seen.</summary>
    bool RunsElsewhere(EntityKind kind);

    /// <summary>Whether relays of this process stand between its nodes where they speak a protocol, so that their links
    /// are seen all the same.</summary>
    bool IsRelayedWithin(WireProtocol protocol) => false;

    /// <summary>Where its nodes listen, once started.</summary>
    IReadOnlyList<NodeEndpoint> Endpoints { get; }

    /// <summary>Names and addresses of its nodes that topology hiding covers (TS 23.280 5.2.x.7): SIP core.</summary>
    IReadOnlyCollection<string> InnerAddresses { get; }

    /// <summary>The same of the application plane; empty where it has none.</summary>
    IReadOnlyCollection<string> ApplicationInnerNames { get; }

    /// <summary>The administrator withdraws a set of identities to migrate with, or restores it (TS 23.280 7.4.2.2.11 EXAMPLE).</summary>
    /// <returns>False where no such set is configured.</returns>
    Task<bool> SetOutboundAsync(PrivateUserIdentity identity, bool enabled);

    /// <summary>An administrator of a group provides it to a partner (TS 23.280 10.2.x.2).</summary>
    /// <returns>What the partner answered; 0 where it did not; null where there is no such group or partner.</returns>
    Task<int?> ProvideGroupAsync(McGroupId group, McSystemId partner);

    /// <summary>What its administrators do besides.</summary>
    IAdministrators Administrators { get; }
}

/// <summary>The addresses of an MC system by what they are for.</summary>
public static class McSystemAddresses
{
    /// <summary>Where UEs reach it.</summary>
    public static SipDestination Edge(this IMcSystem system) => new(Carrier.Udp, system.At(EntityKind.ProxyCscf, Carrier.Udp));

    /// <summary>Where UEs reach it over TCP.</summary>
    public static IPEndPoint StreamEdge(this IMcSystem system) => system.At(EntityKind.ProxyCscf, Carrier.Tcp);

    /// <summary>Where other SIP cores reach it.</summary>
    public static SipDestination Entry(this IMcSystem system) => new(Carrier.Udp, system.At(EntityKind.InterrogatingCscf, Carrier.Udp));

    /// <summary>Where other MC systems reach the migration management server.</summary>
    /// <param name="system">The MC system.</param>
    /// <param name="isProtected">Over TLS.</param>
    public static IPEndPoint Csc18(this IMcSystem system, bool isProtected) =>
        system.At(EntityKind.MigrationManagementServer, isProtected ? Carrier.Tls : Carrier.Tcp);

    /// <summary>Where other MC systems reach it for a service (TR 23.781 6.3.1): the gateway server, or the MC service server itself.</summary>
    internal static SipDestination? EdgeFor(this IMcSystem system, McService service, bool isProtected)
    {
        var carrier = isProtected ? Carrier.Tls : Carrier.Tcp;
        var server = $"{McServiceNames.Of(service).Token}.{system.Options.Domain}";
        var at = system.Find(EntityKind.GatewayServer, carrier) ?? system.Endpoints.FirstOrDefault(e => e.Node == server && e.Carrier == carrier)?.At;
        return at is null ? null : new SipDestination(carrier, at);
    }

    /// <summary>Where its SIP database, or what holds it, takes Diameter connections; null where it keeps that to itself.</summary>
    public static IPEndPoint? Database(this IMcSystem system) =>
        system.Find(EntityKind.SipDatabase, Carrier.Tcp) ?? system.Find(EntityKind.MigrationManagementServer, Carrier.Tcp);

    internal static IPEndPoint? Find(this IMcSystem system, EntityKind kind, Carrier carrier) =>
        system.Endpoints.FirstOrDefault(e => e.Kind == kind && e.Carrier == carrier)?.At;

    private static IPEndPoint At(this IMcSystem system, EntityKind kind, Carrier carrier) => system.Find(kind, carrier) ??
        throw new ArgumentException($"{system.Options.Domain} names no endpoint of a {new Party("", kind, "").Title} over {carrier}: its operator port must answer with one");
}
