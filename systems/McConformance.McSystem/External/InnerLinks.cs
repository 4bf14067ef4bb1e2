using McConformance.Wire;

namespace McConformance.McSystem.External;

/// <summary>Which entities of one MC system speak to each other (TS 23.280 7.3.1, TR 23.781 6.3.1).</summary>
public static class InnerLinks
{
    private static readonly (EntityKind A, EntityKind B, WireProtocol Protocol)[] Collocated =
    [
        // where the migration management server is part of the SIP database (TS 23.280 7.4.2.2.11 NOTE 2)
        (EntityKind.InterrogatingCscf, EntityKind.MigrationManagementServer, WireProtocol.Diameter),
        (EntityKind.ConfigurationManagementServer, EntityKind.MigrationManagementServer, WireProtocol.Diameter),
        (EntityKind.ConfigurationManagementServer, EntityKind.ServingCscf, WireProtocol.Sip),
    ];

    /// <summary>Those that a check may have to look at.</summary>
    public static IReadOnlyList<(EntityKind A, EntityKind B, WireProtocol Protocol)> Judged { get; } =
    [
        (EntityKind.ProxyCscf, EntityKind.InterrogatingCscf, WireProtocol.Sip),
        (EntityKind.InterrogatingCscf, EntityKind.ServingCscf, WireProtocol.Sip),
        (EntityKind.ProxyCscf, EntityKind.ServingCscf, WireProtocol.Sip),
        (EntityKind.ServingCscf, EntityKind.McServiceServer, WireProtocol.Sip),
        (EntityKind.McServiceServer, EntityKind.GatewayServer, WireProtocol.Sip),
        (EntityKind.GroupManagementServer, EntityKind.McServiceServer, WireProtocol.Sip),
        (EntityKind.ServingCscf, EntityKind.MigrationManagementServer, WireProtocol.Diameter),
        (EntityKind.MigrationManagementServer, EntityKind.SipDatabase, WireProtocol.Diameter),
        (EntityKind.InterrogatingCscf, EntityKind.SipDatabase, WireProtocol.Diameter),
        (EntityKind.ServingCscf, EntityKind.SipDatabase, WireProtocol.Diameter),
        (EntityKind.ConfigurationManagementServer, EntityKind.SipDatabase, WireProtocol.Diameter),
        (EntityKind.GroupManagementServer, EntityKind.McServiceServer, WireProtocol.Http),
        (EntityKind.ConfigurationManagementServer, EntityKind.McServiceServer, WireProtocol.Http),
        (EntityKind.HttpProxy, EntityKind.GroupManagementServer, WireProtocol.Http),
        (EntityKind.HttpProxy, EntityKind.ConfigurationManagementServer, WireProtocol.Http),
        (EntityKind.HttpProxy, EntityKind.IdentityManagementServer, WireProtocol.Http),
    ];

    /// <summary>The links between nodes of an MC system, by who calls and where the other listens.</summary>
    /// <param name="endpoints">Where its nodes listen.</param>
    public static IEnumerable<(NodeEndpoint From, NodeEndpoint To)> Of(IReadOnlyList<NodeEndpoint> endpoints)
    {
        // a node that only connects listens for something else at least: S-CSCF and I-CSCF for SIP
        var nodes = endpoints.DistinctBy(e => e.Node).ToArray();
        return from to in endpoints
               where to.Side is null or "inner"
               from @from in nodes
               where @from.Node != to.Node && Speaks(@from.Kind, to.Kind, to.Protocol)
               select (@from, to);
    }

    private static bool Speaks(EntityKind from, EntityKind to, WireProtocol protocol) =>
        Judged.Concat(Collocated).Any(p => p.Protocol == protocol
            && ((p.A, p.B) == (from, to) || (p.B, p.A) == (from, to)));
}
