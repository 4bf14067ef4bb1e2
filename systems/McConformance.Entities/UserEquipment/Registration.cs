using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Entities.UserEquipment;

/// <summary>Where and as whom a signalling user agent registers.</summary>
/// <param name="Domain">SIP domain of the SIP core, the REGISTER's Request-URI: <c>ims.partner.example</c>.</param>
/// <param name="Identities">The partner MC system SIP identities when migrating, the ISIM's defaults at home.</param>
/// <param name="Edge">The P-CSCF, as connectivity information or discovery gave it.</param>
public sealed record RegistrationTarget(string Domain, SipIdentitySet Identities, SipDestination Edge);

/// <summary>How a registration ended.</summary>
public enum RegistrationResult
{
    /// <summary>200 came, and the contact is bound.</summary>
    Registered,

    /// <summary>200 came, and no contact of this UE is bound any more.</summary>
    Deregistered,

    /// <summary>A final response other than 2xx came, or a challenge that this UE does not answer.</summary>
    Refused,

    /// <summary>The challenge was not made with the subscriber's key.</summary>
    NetworkNotGenuine,

    /// <summary>No final response came, or none could be sent for.</summary>
    NoAnswer,
}

/// <summary>What the user of the UE gets to know.</summary>
/// <param name="Result">How it ended.</param>
/// <param name="StatusCode">SIP status code of the last final response; 0 where none came.</param>
/// <param name="Expires">How long the binding lasts; zero where there is none.</param>
public sealed record RegistrationOutcome(RegistrationResult Result, int StatusCode, TimeSpan Expires);
