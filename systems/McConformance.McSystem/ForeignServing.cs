using McConformance.Wire;

namespace McConformance.McSystem;

/// <summary>An S-CSCF of somebody else in an MC system: started, and known where it stands.</summary>
internal static class ForeignServing
{
    /// <summary>Its host name and Diameter identity.</summary>
    public static string HostOf(McSystemOptions system) => $"scscf.{system.SipDomain}";

    /// <summary>Starts it; the network must have one for the MC system.</summary>
    public static ForeignServingCscf Start(NetworkOptions network, McSystemOptions system, LinkBook links)
    {
        var host = HostOf(system);
        var foreign = network.ServingCscfs[system.Domain](
            new ServingCscfPlace(host, system.SipDomain, system.MigrationManagementHost));
        var party = links.Add(new Party(host, EntityKind.ServingCscf, system.Domain, IsBundled: false));
        links.Place(party, WireProtocol.Sip, Carrier.Udp, foreign.Sip);
        links.Place(party, WireProtocol.Diameter, Carrier.Tcp, foreign.Cx);
        return foreign;
    }
}
