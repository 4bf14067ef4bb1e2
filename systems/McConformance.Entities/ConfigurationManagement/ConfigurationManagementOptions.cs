using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Http.Transport;
using McConformance.Wire.Identities;

namespace McConformance.Entities.ConfigurationManagement;

/// <summary>Who asks, as an access token says it; made by whoever verified the token.</summary>
/// <param name="McServiceIds">MC service IDs that the token names, one for each service.</param>
/// <param name="IsAdministrator">May write documents.</param>
public sealed record ConfigurationUser(IReadOnlyList<string> McServiceIds, bool IsAdministrator = false)
{
    /// <summary>An MC service server of the own MC system (CSC-5): reads everything, writes nothing.</summary>
    public bool IsServer { get; init; }

    /// <summary>The token came of a credential for offline migration (TR 23.781 5.2.10): the user has restricted
    /// profiles until verified.</summary>
    public bool IsOffline { get; init; }
}

/// <summary>How a token was judged.</summary>
/// <param name="User">Null where it was refused.</param>
/// <param name="Error">Error code of RFC 6750 3.1: <c>invalid_token</c> or <c>insufficient_scope</c>.</param>
public readonly record struct ConfigurationAccess(ConfigurationUser? User, string Error);

/// <summary>What a user of this MC system may do as a migrating user (TR 23.781 6.2.1 steps 2 and 3).</summary>
/// <param name="McServiceId">The user.</param>
/// <param name="Identities">The user's SIP identities at home.</param>
/// <param name="Partners">Domains of the MC systems with which there is an agreement for this user.</param>
public sealed record MigratingUser(string McServiceId, SipIdentitySet Identities, IReadOnlyList<string> Partners);

/// <summary>Another MC system, as this configuration management server knows it.</summary>
/// <param name="Domain">Domain of its MC service IDs.</param>
/// <param name="SipDomain">Domain of its SIP core.</param>
/// <param name="Host">Host of its configuration management server.</param>
/// <param name="Areas">Areas that it serves.</param>
/// <param name="MayBringUsers">Its users may migrate to here at all (step 8).</param>
/// <param name="Users">Which of them; null for all.</param>
public sealed record ConfigurationPartner(
    string Domain, string SipDomain, string Host, IReadOnlyList<string> Areas, bool MayBringUsers, IReadOnlyList<string>? Users = null);

/// <summary>What a configuration management server is made from.</summary>
public sealed record ConfigurationManagementOptions
{
    /// <summary>Domain of the MC system.</summary>
    public required string Domain { get; init; }

    /// <summary>Domain of its SIP core.</summary>
    public required string SipDomain { get; init; }

    /// <summary>Own public service identity, asserted towards other MC systems: <c>sip:cms@primary.example</c>.</summary>
    public string Identity => $"sip:cms@{Domain}";

    /// <summary>Judges bearer tokens.</summary>
    public required Func<string, ConfigurationAccess> VerifyToken { get; init; }

    /// <summary>Sends to other MC systems.</summary>
    public required HttpRequester Requester { get; init; }

    /// <summary>Reaches the SIP database over Sh; null where none is configured.</summary>
    public DiameterNode? Database { get; init; }

    /// <summary>SIP endpoint for notices of changes; null where there are none.</summary>
    public Wire.Sip.Transactions.SipEndpointOptions? Endpoint { get; init; }

    /// <summary>The own SIP core, through which subscribers are reached; null before it is known.</summary>
    public Func<Wire.Sip.Transport.SipDestination?> SipCore { get; init; } = () => null;

    /// <summary>Public service identities of the own MC service servers, which read documents (CSC-5).</summary>
    public IReadOnlyList<string> McServiceServers { get; init; } = [];

    /// <summary>Own users who may migrate.</summary>
    public IReadOnlyList<MigratingUser> Users { get; init; } = [];

    /// <summary>Other MC systems.</summary>
    public IReadOnlyList<ConfigurationPartner> Partners { get; init; } = [];

    /// <summary>By policy, outbound identities are allocated (step 4); otherwise the user's own are sent.</summary>
    public bool AllocatesOutboundIdentities { get; init; } = true;

    /// <summary>UE initial configuration handed to UEs of other MC systems (step 12); an XML document.</summary>
    public ReadOnlyMemory<byte> InitialConfigurationForPartners { get; init; }

    /// <summary>Whether a peer may speak for a domain: what mutual TLS says of it; always true inside one trust domain.</summary>
    public Func<Microsoft.AspNetCore.Http.HttpContext, string, bool> MaySpeakFor { get; init; } = (_, _) => true;

    /// <summary>Where documents are kept; null where they live in memory alone.</summary>
    public Wire.State.IStateStore? Store { get; init; }

    /// <summary>Clock and gate of the entity.</summary>
    public required Ports.EntityPorts Ports { get; init; }
}
