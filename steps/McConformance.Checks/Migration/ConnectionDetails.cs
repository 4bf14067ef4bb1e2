using McConformance.Checks.Diameter;
using McConformance.Checks.Flow;
using McConformance.Wire;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Documents;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;

namespace McConformance.Checks.Migration;

/// <summary>The messages of TR 23.781 6.2.1 steps 1 to 13 among what was seen: the first of each kind, null where
/// there is none.</summary>
/// <param name="seen">What was seen.</param>
/// <param name="primary">Domain of the primary.</param>
/// <param name="partner">Domain of the partner.</param>
public sealed class ConnectionDetails(Observation seen, string primary, string partner)
{
    private const uint UserData = 306;

    /// <summary>Step 1.</summary>
    public ObservedMessage? ClientRequest => Accesses<PartnerConnectionRequest>(primary).FirstOrDefault();

    /// <summary>Step 4.</summary>
    public ObservedMessage? OutboundRequest => Asked(primary);

    /// <summary>Step 6.</summary>
    public ObservedMessage? OutboundAnswer => Answered(primary);

    /// <summary>Step 7.</summary>
    public ObservedMessage? AccessRequest => Accesses<PartnerAccessRequest>(partner).FirstOrDefault();

    /// <summary>Step 9.</summary>
    public ObservedMessage? InboundRequest => Asked(partner);

    /// <summary>Step 11.</summary>
    public ObservedMessage? InboundAnswer => Answered(partner);

    /// <summary>Step 12.</summary>
    public ObservedMessage? AccessResponse => Accesses<PartnerAccessResponse>(primary).FirstOrDefault();

    /// <summary>Step 13, every time it was seen.</summary>
    public IEnumerable<ObservedMessage> ClientResponses => Accesses<PartnerConnectionResponse>("");

    /// <summary>Identities that a SIP database was asked about (TS 29.329 6.3.1, TS 29.229 6.3.2).</summary>
    public static SipIdentitySet? About(ObservedMessage request) =>
        request.Diameter!.UserName() is { } user && request.Diameter!.TryFind(700, 10415, out var identity) &&
        identity.TryFind(601, 10415, out var address)
            ? new SipIdentitySet(new PrivateUserIdentity(user), new PublicUserIdentity(address.Text))
            : null;

    /// <summary>Identities that a SIP database gave out: User-Data of Sh (TS 29.329 6.3.3), OWN repository
    /// data.</summary>
    public static SipIdentitySet? Given(ObservedMessage answer)
    {
        if (!answer.Diameter!.TryFind(702, 10415, out var data)) return null;
        if (!SafeXml.TryRead(data.Data.ToArray(), out var document, out _)) return null;
        var set = document!.Descendants().FirstOrDefault(e => e.Name.LocalName == "sip-identities");
        return ((string?)set?.Attribute("impi"), (string?)set?.Attribute("impu")) is ({ } impi, { } impu)
            ? new SipIdentitySet(new PrivateUserIdentity(impi), new PublicUserIdentity(impu))
            : null;
    }

    // the SIP database may be the migration management server too (TS 23.280 7.4.2.2.11 NOTE 2): its name does not tell
    private ObservedMessage? Asked(string system) => seen.Requests(UserData).FirstOrDefault(m =>
        m.IsSentBy(EntityKind.ConfigurationManagementServer, system) && m.To.System == system);

    private ObservedMessage? Answered(string system) => seen.Answers(UserData).FirstOrDefault(m =>
        m.From.System == system && m.IsSentTo(EntityKind.ConfigurationManagementServer, system));

    private IEnumerable<ObservedMessage> Accesses<T>(string to) where T : PartnerAccess =>
        seen.All.Where(m => m.To.System == to && m.Access() is T);
}

/// <summary>Bodies of connectivity to a partner as they cross CSC-4 and CSC-17.</summary>
public static class PartnerAccessMessages
{
    /// <summary>The body in an HTTP message; null where there is none, or it cannot be read.</summary>
    public static PartnerAccess? Access(this ObservedMessage message) =>
        message.Http is { } http && PartnerAccess.TryRead(http.Body, out var read, []) ? read
            : null;

    /// <summary>What a partner gives in a response; null in any other message, or where it gives nothing: whatever
    /// comes with an error is not given (RFC 9110 15.5).</summary>
    public static PartnerGrant? Grant(this ObservedMessage message) => message.Access() switch
    {
        _ when message.Http is not { StatusCode: 200 } => null,
        PartnerAccessResponse response => response.Grant,
        PartnerConnectionResponse response => response.Grant,
        _ => null,
    };
}
