using McConformance.Wire;

namespace McConformance.McSystem.Configuration;

/// <summary>What single entities must know of the rest of their MC system.</summary>
public sealed partial record McSystemFile
{
    /// <summary>The entities that run here, and where the others are.</summary>
    public Portion ToPortion()
    {
        var portion = Only.Count == 0 ? Portion.Whole : new Portion(Only);
        portion.Learn(OtherEntities.Select(e => e.ToNode()));
        return portion;
    }

    /// <summary>Refuses entities that cannot work by themselves.</summary>
    /// <exception cref="InvalidDataException">Says which, and what is missing.</exception>
    public void CheckEntities()
    {
        var portion = ToPortion();
        if (System.JoinsDatabaseAndMigrationManagement
            && portion.Has(SystemPart.SipDatabase) != portion.Has(SystemPart.MigrationManagementServer))
            throw new InvalidDataException(
                "$.system.joinsDatabaseAndMigrationManagement: true, but only one of sipDatabase and "
                + "migrationManagementServer runs here; run both, or set it to false");
        var planeOnly = Only.Where(p =>
            p >= SystemPart.IdentityManagementServer).Select(SystemParts.NameOf).FirstOrDefault();
        if (planeOnly is not null && System.Application is null)
            throw new InvalidDataException($"$.system.application: there is none, so there is "
                + $"nothing for {planeOnly} to do; add it, or leave {planeOnly} out");
        if (Only.Contains(SystemPart.GatewayServer) && System.Application is { HasGateway: false })
            throw new InvalidDataException(
                "$.system.application.hasGateway: false, but gatewayServer is to run; set it to true");
        if (Only.Contains(SystemPart.HttpProxy) && System.Application is { HasHttpProxy: false })
            throw new InvalidDataException(
                "$.system.application.hasHttpProxy: false, but httpProxy is to run; set it to true");
    }

    /// <summary>Refuses a file that leaves out where the others listen whom the entities here must reach.</summary>
    /// <exception cref="InvalidDataException">Says which one of them.</exception>
    public void CheckOtherEntities()
    {
        var portion = ToPortion();
        foreach (var (of, kind, protocol, carrier) in Needs().Where(n => portion.Has(n.Of) && !portion.Has(n.Kind)))
        {
            if (portion.Find(kind, protocol, carrier) is null)
                throw new InvalidDataException(
                    $"$.otherEntities: {SystemParts.NameOf(of)} must know where the {new Party("", kind, "").Title} "
                    + $"takes {Word(protocol)} over {Word(carrier)}; add it, or run it here too");
        }
    }

    private IEnumerable<(SystemPart Of, EntityKind Kind, WireProtocol Protocol, Carrier Carrier)> Needs()
    {
        var database = System.JoinsDatabaseAndMigrationManagement ? EntityKind.MigrationManagementServer
            : EntityKind.SipDatabase;
        yield return (SystemPart.SipCore, EntityKind.MigrationManagementServer, WireProtocol.Diameter, Carrier.Tcp);
        yield return (SystemPart.SipCore, database, WireProtocol.Diameter, Carrier.Tcp);
        yield return (SystemPart.MigrationManagementServer, database, WireProtocol.Diameter, Carrier.Tcp);
        if (System.Application is not { } plane) yield break;
        yield return (SystemPart.SipCore, EntityKind.McServiceServer, WireProtocol.Sip, Carrier.Udp);
        yield return (SystemPart.SipCore, EntityKind.ConfigurationManagementServer, WireProtocol.Sip, Carrier.Udp);
        yield return (SystemPart.ConfigurationManagementServer, database, WireProtocol.Diameter, Carrier.Tcp);
        yield return (SystemPart.ConfigurationManagementServer, EntityKind.ServingCscf, WireProtocol.Sip, Carrier.Tcp);
        yield return (SystemPart.McServiceServer, EntityKind.ServingCscf, WireProtocol.Sip, Carrier.Tcp);
        yield return (SystemPart.McServiceServer, EntityKind.GroupManagementServer, WireProtocol.Sip, Carrier.Tcp);
        yield return (SystemPart.McServiceServer, EntityKind.GroupManagementServer, WireProtocol.Http, Secured);
        yield return (SystemPart.McServiceServer, EntityKind.ConfigurationManagementServer, WireProtocol.Http, Secured);
        if (plane.HasGateway)
        {
            yield return (SystemPart.McServiceServer, EntityKind.GatewayServer, WireProtocol.Sip, Carrier.Tcp);
            yield return (SystemPart.GatewayServer, EntityKind.McServiceServer, WireProtocol.Sip, Carrier.Tcp);
        }

        if (!plane.HasHttpProxy) yield break;
        foreach (var kind in (EntityKind[])[EntityKind.IdentityManagementServer,
            EntityKind.ConfigurationManagementServer, EntityKind.GroupManagementServer])
            yield return (SystemPart.HttpProxy, kind, WireProtocol.Http, Secured);
    }

    private Carrier Secured => Protection.ApplicationPlane ? Carrier.Tls : Carrier.Tcp;

    private static string Word<T>(T value)
        where T : struct, Enum => $"{value}".ToLowerInvariant();
}
