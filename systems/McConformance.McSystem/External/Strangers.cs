using McConformance.Wire;

namespace McConformance.McSystem.External;

/// <summary>Says of connections from unknown ports of external entities whose they are: the entity that has to do
/// with the one they come
/// to.</summary>
internal static class Strangers
{
    /// <summary>Tells a link book whom to expect. Where several may come nothing tells which one it is: they stay
    /// unknown.</summary>
    public static void Expect(LinkBook links, IReadOnlyList<IMcSystem> systems)
    {
        foreach (var system in systems)
        {
            foreach (var at in system.Endpoints.Where(e => e.Protocol != WireProtocol.Diameter
                && !system.RunsElsewhere(e.Kind)))
            {
                var across = systems.Where(s => s != system).Select(s => Across(at, s)).OfType<NodeEndpoint>();
                string[] callers = [.. across.Concat(Within(at, system)).Select(e => e.Node).Distinct()];
                if (callers.Length == 1) links.Expect(links.Named(at.Node), at.Protocol, links.Named(callers[0]));
            }
        }
    }

    /// <summary>Who of an external MC system calls a node of another one.</summary>
    public static NodeEndpoint? Across(NodeEndpoint at, IMcSystem system)
    {
        EntityKind[] order = (at.Kind, at.Protocol) switch
        {
            (EntityKind.HttpProxy, _) =>
                [EntityKind.HttpProxy, EntityKind.GroupManagementServer, EntityKind.ConfigurationManagementServer],
            (EntityKind.GroupManagementServer, _) => [EntityKind.HttpProxy, EntityKind.GroupManagementServer],
            (EntityKind.ConfigurationManagementServer, WireProtocol.Http) =>
                [EntityKind.HttpProxy, EntityKind.ConfigurationManagementServer],
            // a partner learns the keys that sign tokens (TR 23.781 5.2.10)
            (EntityKind.IdentityManagementServer, WireProtocol.Http) =>
                [EntityKind.HttpProxy, EntityKind.IdentityManagementServer],
            (EntityKind.GatewayServer or EntityKind.McServiceServer, _) =>
                [EntityKind.GatewayServer, EntityKind.McServiceServer],
            _ => [],
        };
        // who has an HTTP proxy sends everything through it; so with a gateway server
        var first = system.Endpoints.FirstOrDefault(e => order.Length > 0 && e.Kind == order[0]
            && e.Protocol == at.Protocol);
        var known = first is not null ? [first]
            : order.Select(k =>
                system.Endpoints.FirstOrDefault(e => e.Kind == k && e.Protocol == at.Protocol)).OfType<NodeEndpoint>();
        return known.FirstOrDefault(e => system.RunsElsewhere(e.Kind));
    }

    private static IEnumerable<NodeEndpoint> Within(NodeEndpoint at, IMcSystem system)
    {
        EntityKind[] callers = (at.Kind, at.Protocol) switch
        {
            (EntityKind.IdentityManagementServer, WireProtocol.Http) => [EntityKind.HttpProxy],
            (EntityKind.ConfigurationManagementServer or EntityKind.GroupManagementServer, WireProtocol.Http) =>
                [EntityKind.HttpProxy, EntityKind.McServiceServer],
            (EntityKind.HttpProxy, WireProtocol.Http) =>
                [EntityKind.GroupManagementServer, EntityKind.ConfigurationManagementServer],
            (EntityKind.ServingCscf, WireProtocol.Sip) =>
                [EntityKind.McServiceServer, EntityKind.ConfigurationManagementServer],
            (EntityKind.ConfigurationManagementServer, WireProtocol.Sip) => [EntityKind.ServingCscf],
            (EntityKind.GroupManagementServer or EntityKind.GatewayServer, WireProtocol.Sip) =>
                [EntityKind.McServiceServer],
            (EntityKind.McServiceServer, WireProtocol.Sip) =>
                [EntityKind.ServingCscf, EntityKind.GatewayServer, EntityKind.GroupManagementServer],
            _ => [],
        };
        return system.Endpoints.Where(e => callers.Contains(e.Kind) && system.RunsElsewhere(e.Kind));
    }
}
