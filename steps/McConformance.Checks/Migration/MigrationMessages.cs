using McConformance.Checks.Flow;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Checks.Migration;

/// <summary>The messages of migration service authorization (TS 23.280 10.6.3.3) among what was seen.</summary>
public static class MigrationMessages
{
    private static MigrationBinding Names => BindingSet.InUse.Migration;

    /// <summary>Requests of a client (step 1), as they reach the MC service server.</summary>
    public static IEnumerable<ObservedMessage> ClientRequests(this Observation seen) => seen.Requests(SipMethod.Publish)
        .Where(m => m.Info?.RequestType == Names.AuthorizationRequest && m.To.Kind == EntityKind.McServiceServer);

    /// <summary>Requests between servers (steps 3 to 5).</summary>
    public static IEnumerable<ObservedMessage> ServerRequests(this Observation seen) =>
        seen.Requests(SipMethod.Message).Where(m => m.Info?.RequestType == Names.AuthorizationRequest);

    /// <summary>Responses between servers (steps 8 to 10).</summary>
    public static IEnumerable<ObservedMessage> ServerResponses(this Observation seen) =>
        seen.Requests(SipMethod.Message).Where(m => m.Info?.ResponseType == Names.AuthorizationResponse);

    /// <summary>Notifications that migrated service has ended (OWN MIG-DEAUTH).</summary>
    public static IEnumerable<ObservedMessage> Endings(this Observation seen) =>
        seen.Requests(SipMethod.Message).Where(m => m.Info?.RequestType == Names.DeauthorizationNotification);

    /// <summary>Final responses to clients' requests (step 11), as the MC service server sends them.</summary>
    public static IEnumerable<ObservedMessage> ClientResponses(this Observation seen) => seen.All.Where(m =>
        m.Sip is { IsRequest: false, StatusCode: >= 200 } s && s.Method == SipMethod.Publish && m.From.Kind == EntityKind.McServiceServer);
}

/// <summary>What checks of migration service authorization compare with.</summary>
/// <param name="PrimarySystem">Domain of the primary.</param>
/// <param name="PartnerSystem">Domain of the partner.</param>
/// <param name="PrimaryId">The user's identity at home.</param>
/// <param name="PartnerId">The user's identity at the partner.</param>
/// <param name="Profile">Index of the selected profile.</param>
/// <param name="HasGateways">Servers of the two MC systems are joined by gateway servers.</param>
public sealed record MigrationAuthorizationFacts(
    string PrimarySystem, string PartnerSystem, string PrimaryId, string PartnerId, byte Profile, bool HasGateways);
