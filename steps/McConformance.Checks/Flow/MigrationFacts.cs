using McConformance.Wire.Identities;

namespace McConformance.Checks.Flow;

/// <summary>What the test configuration says of one UE that migrates: what the checks compare with.</summary>
/// <param name="UserAgent">Party name of the UE's signalling user agent.</param>
/// <param name="PrimarySystem">Domain of the primary MC system.</param>
/// <param name="PartnerSystem">Domain of the partner MC system.</param>
/// <param name="PrimarySipDomain">Domain of the primary's SIP core, its Diameter realm.</param>
/// <param name="PartnerSipDomain">Domain of the partner's SIP core, its Diameter realm.</param>
/// <param name="IsimDefaults">The ISIM's own identities.</param>
/// <param name="Primary">Set of the primary's SIP core for this migration.</param>
/// <param name="Partner">Set of the partner's SIP core.</param>
public sealed record MigrationFacts(
    string UserAgent, string PrimarySystem, string PartnerSystem, string PrimarySipDomain, string PartnerSipDomain,
    SipIdentitySet IsimDefaults, SipIdentitySet Primary, SipIdentitySet Partner);
