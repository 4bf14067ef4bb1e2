using System.Security.Cryptography.X509Certificates;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Entities.Gateway;

/// <summary>Another MC system, as a gateway server knows it.</summary>
/// <param name="System">Domain of its MC service IDs.</param>
/// <param name="Services">Services for which there is an agreement.</param>
public sealed record GatewayPartner(McSystemId System, IReadOnlySet<Wire.Documents.McService> Services);

/// <summary>What a gateway server is made from.</summary>
public sealed record GatewayOptions
{
    /// <summary>Its SIP endpoint.</summary>
    public required SipEndpointOptions Endpoint { get; init; }

    /// <summary>Domain of the MC system.</summary>
    public required McSystemId System { get; init; }

    /// <summary>Nothing of the inner network is seen outside (TS 23.280 5.2.x.7).</summary>
    public bool HidesTopology { get; init; } = true;

    /// <summary>Other MC systems.</summary>
    public IReadOnlyList<GatewayPartner> Partners { get; init; } = [];

    /// <summary>Next hop of each: its gateway server, or where it has none its MC service server. Null where nothing is configured.</summary>
    public required Func<McSystemId, Wire.Documents.McService, SipDestination?> Outward { get; init; }

    /// <summary>The own MC service server of a service. Null where there is none.</summary>
    public required Func<Wire.Documents.McService, SipDestination?> Inward { get; init; }

    /// <summary>Host names and addresses that topology hiding covers, as they can stand in a message.</summary>
    public Func<IReadOnlyCollection<string>> InnerNames { get; init; } = () => [];

    /// <summary>Whether a peer may speak for an MC system, from its certificate; always true inside one trust domain.</summary>
    public Func<X509Certificate2?, McSystemId, bool> MaySpeakFor { get; init; } = (_, _) => true;

    /// <summary>Names of the migration block.</summary>
    public MigrationBinding Binding { get; init; } = BindingSet.InUse.Migration;
}
