using System.Text.Json.Serialization;
using System.Xml.Linq;
using McConformance.Wire.Documents.Bindings;

namespace McConformance.Wire.Documents;

/// <summary>Why access to a partner was refused.</summary>
public enum PartnerAccessCause
{
    /// <summary>The user may not migrate.</summary>
    UserNotAuthorized,

    /// <summary>The requesting MC system is not one to whose users access is given.</summary>
    SystemNotAuthorized,

    /// <summary>No partner serves this location with an agreement for this user.</summary>
    NoPartner,

    /// <summary>The SIP database had no identities left.</summary>
    NoIdentities,

    /// <summary>The partner's server, or a SIP database, was not reached.</summary>
    Unreachable,

    /// <summary>The request could not be read.</summary>
    BadRequest,
}

/// <summary>Every own name of connectivity to a partner (TR 23.781 6.2.1): bodies between client and configuration
/// management server, and between two of those. Another profile may take its place, as with
/// <see cref="MigrationBinding"/>.</summary>
public sealed record PartnerAccessBinding
{
    /// <summary>The names of this project.</summary>
    public static PartnerAccessBinding Own { get; } = new();

    /// <summary>Name of the profile, as findings give it.</summary>
    public string Name { get; init; } = "own-1";

    /// <summary>Namespace of all elements.</summary>
    public string Namespace { get; init; } = "urn:mcconformance:ns:partner-access:1.0";

    /// <summary>Root: the client asks its primary.</summary>
    public string ConnectionRequest { get; init; } = "get-partner-connection-details-request";

    /// <summary>Root: the primary answers the client.</summary>
    public string ConnectionResponse { get; init; } = "get-partner-connection-details-response";

    /// <summary>Root: the primary asks the partner.</summary>
    public string AccessRequest { get; init; } = "partner-access-request";

    /// <summary>Root: the partner answers the primary.</summary>
    public string AccessResponse { get; init; } = "partner-access-response";

    /// <summary>The user, by the identity in the primary.</summary>
    public string McServiceId { get; init; } = "mc-service-id";

    /// <summary>Where the UE is.</summary>
    public string Location { get; init; } = "location";

    /// <summary>The partner that the user wants.</summary>
    public string WantedPartner { get; init; } = "wanted-partner";

    /// <summary>The partner that was chosen.</summary>
    public string PartnerSystem { get; init; } = "partner-system";

    /// <summary>The user's SIP database, or the locator before it.</summary>
    public string SipDatabase { get; init; } = "sip-database";

    /// <summary>Identities of the user at the primary's SIP core.</summary>
    public string SipIdentities { get; init; } = "sip-identities";

    /// <summary>Those in place of the user's that the primary's SIP database allocated.</summary>
    public string OutboundIdentities { get; init; } = "outbound-sip-identities";

    /// <summary>Identities for the partner's SIP core.</summary>
    public string InboundIdentities { get; init; } = "inbound-sip-identities";

    /// <summary>Why not.</summary>
    public string Cause { get; init; } = "cause";

    /// <summary>Value for <see cref="PartnerAccessCause.UserNotAuthorized"/>.</summary>
    public string UserNotAuthorized { get; init; } = "user-not-authorized";

    /// <summary>Value for <see cref="PartnerAccessCause.SystemNotAuthorized"/>.</summary>
    public string SystemNotAuthorized { get; init; } = "system-not-authorized";

    /// <summary>Value for <see cref="PartnerAccessCause.NoPartner"/>.</summary>
    public string NoPartner { get; init; } = "no-partner";

    /// <summary>Value for <see cref="PartnerAccessCause.NoIdentities"/>.</summary>
    public string NoIdentities { get; init; } = "no-identities";

    /// <summary>Value for <see cref="PartnerAccessCause.Unreachable"/>.</summary>
    public string Unreachable { get; init; } = "unreachable";

    /// <summary>Value for <see cref="PartnerAccessCause.BadRequest"/>.</summary>
    public string BadRequest { get; init; } = "bad-request";

    [JsonIgnore]
    internal XNamespace Xml => Namespace;

    /// <summary>Reads another profile; throws <see cref="FormatException"/> that says label and remedy.</summary>
    public static PartnerAccessBinding Load(string json) => BindingProfile.Load<PartnerAccessBinding>(json);

    /// <summary>The value that stands for a cause.</summary>
    public string Text(PartnerAccessCause cause) => Causes[(int)cause];

    /// <summary>The cause that a value stands for.</summary>
    public bool TryRead(string text, out PartnerAccessCause cause)
    {
        var place = Array.IndexOf(Causes, text);
        cause = place < 0 ? default : (PartnerAccessCause)place;
        return place >= 0;
    }

    // in the order of the enumeration
    private string[] Causes =>
        [UserNotAuthorized, SystemNotAuthorized, NoPartner, NoIdentities, Unreachable, BadRequest];
}
