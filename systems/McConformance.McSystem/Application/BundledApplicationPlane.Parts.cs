using McConformance.Entities.GroupManagement;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;

namespace McConformance.McSystem.Application;

/// <summary>Where its servers find each other, whoever runs them.</summary>
public sealed partial class BundledApplicationPlane
{
    /// <summary>What the MC service servers here have to know before they can work: null where they know it, or where
    /// none runs here.</summary>
    internal string? Awaits => servers.Count == 0 ? null
        : sipCore() is null ? "the SIP core (sip, tcp)"
        : GroupsAt is null ? "the group management server (sip, tcp)"
        : !directory.Knows($"gms.{system.Domain}") ? "the group management server (http)"
        : !directory.Knows($"cms.{system.Domain}") ? "the configuration management server (http)"
        : null;

    /// <summary>The MC service servers fetch their configuration and subscribe: all that they need is known by
    /// now.</summary>
    internal async Task ConfigureAsync()
    {
        if (servers.Count == 0) return;
        foreach (var server in servers.Values) server.Subscribe(GroupsAt!.Value);
        await Task.WhenAll(servers.Values.Select(s => s.ConfigureAsync())).ConfigureAwait(false);
        foreach (var server in servers.Values) server.SubscribeToConfiguration();
    }

    private bool Has(SystemPart part) => portion.Has(part);

    private SipDestination? GroupsAt => Groups is not null
        ? Inner(Groups.Notices.Endpoint)
        : Elsewhere(EntityKind.GroupManagementServer, Carrier.Tcp, $"gms.{system.Domain}");

    private SipDestination? GatewayAt => gateway is not null
        ? Inner(gateway.Endpoint)
        : Elsewhere(EntityKind.GatewayServer, Carrier.Tcp, null);

    private SipDestination? NoticesAt => configuration is not null
        ? new SipDestination(Carrier.Udp, configuration.Notices!.Endpoint.AddressOf(Carrier.Udp))
        : Elsewhere(EntityKind.ConfigurationManagementServer, Carrier.Udp, null);

    private SipDestination? ServerAt(McService service, Carrier carrier) => servers.TryGetValue(service, out var server)
        ? new SipDestination(carrier, server.Endpoint.AddressOf(carrier))
        : Elsewhere(EntityKind.McServiceServer, carrier, $"{McServiceNames.Of(service).Token}.{system.Domain}");

    private SipDestination? Elsewhere(EntityKind kind, Carrier carrier, string? node) =>
        portion.Find(kind, WireProtocol.Sip, carrier, node) is { } at ? new SipDestination(carrier, at) : null;

    private static SipDestination Inner(SipEndpoint endpoint) => new(Carrier.Tcp, endpoint.AddressOf(Carrier.Tcp));

    private GroupManagementServer MakeGroups()
    {
        var self = Party("gms", EntityKind.GroupManagementServer);
        var server = new GroupManagementServer(GroupOptions(self));
        Serve(self, server.HandleAsync);
        foreach (var group in options.Groups) server.Define(group);
        parts.Add(server);
        return server;
    }
}
