using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Transactions;

namespace McConformance.Entities.SipCore;

/// <summary>What a P-CSCF is configured with.</summary>
/// <param name="Endpoint">Its SIP endpoint.</param>
/// <param name="Host">Its host name, as it shows itself in Path: <c>pcscf.ims.partner.example</c>.</param>
/// <param name="Domain">The SIP core's domain: <c>ims.partner.example</c>.</param>
/// <param name="HidesTopology">True where no inner node may be seen by a UE (TS 23.280 5.2.x.7).</param>
public sealed record ProxyCscfOptions(SipEndpointOptions Endpoint, string Host, string Domain, bool HidesTopology);

/// <summary>What an I-CSCF is configured with.</summary>
/// <param name="Endpoint">Its SIP endpoint.</param>
/// <param name="Diameter">Its Diameter node.</param>
/// <param name="Realm">Diameter realm of the SIP database.</param>
public sealed record InterrogatingCscfOptions(SipEndpointOptions Endpoint, DiameterNodeOptions Diameter, DiameterIdentity Realm);

/// <summary>What an S-CSCF is configured with.</summary>
/// <param name="Endpoint">Its SIP endpoint.</param>
/// <param name="Diameter">Its Diameter node.</param>
/// <param name="Host">Its host name.</param>
/// <param name="Domain">The SIP core's domain, and the digest realm.</param>
/// <param name="Realm">Diameter realm of the SIP database and the migration management server.</param>
public sealed record ServingCscfOptions(
    SipEndpointOptions Endpoint, DiameterNodeOptions Diameter, string Host, string Domain, DiameterIdentity Realm)
{
    /// <summary>Longest binding granted.</summary>
    public TimeSpan ExpiresMax { get; init; } = TimeSpan.FromSeconds(600_000);

    /// <summary>Shortest binding granted; less is answered 423 (RFC 3261 10.3).</summary>
    public TimeSpan ExpiresMin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a challenge may stay unanswered: reg-await-auth of TS 24.229 table 7.8.1.</summary>
    public TimeSpan ChallengeTime { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>How many wrong answers to challenges are borne before 403 (TS 24.229 5.4.1.2.3F). 1 or more.</summary>
    public int AnswersMax { get; init; } = 1;

    /// <summary>Most contacts bound to one public identity.</summary>
    public int ContactsMax { get; init; } = 10;
}
