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
        .Where(m => m.To.Kind == EntityKind.McServiceServer && m.Info?.RequestType == Names.AuthorizationRequest);

    /// <summary>Requests between servers (steps 3 to 5).</summary>
    public static IEnumerable<ObservedMessage> ServerRequests(this Observation seen) =>
        seen.Requests(SipMethod.Message).Where(m => MayBe(m, i => i?.RequestType == Names.AuthorizationRequest));

    /// <summary>Responses between servers (steps 8 to 10).</summary>
    public static IEnumerable<ObservedMessage> ServerResponses(this Observation seen) =>
        seen.Requests(SipMethod.Message).Where(m => MayBe(m, i => i?.ResponseType == Names.AuthorizationResponse));

    /// <summary>Notifications that migrated service has ended (OWN MIG-DEAUTH).</summary>
    public static IEnumerable<ObservedMessage> Endings(this Observation seen) =>
        seen.Requests(SipMethod.Message).Where(m => MayBe(m, i => i?.RequestType == Names.DeauthorizationNotification));

    /// <summary>Final responses to clients' requests (step 11), as the MC service server sends them.</summary>
    public static IEnumerable<ObservedMessage> ClientResponses(this Observation seen) => seen.All.Where(m =>
        m.From.Kind == EntityKind.McServiceServer &&
        (m.IsUnseen ? m.To.IsSipCore : m.Sip is { IsRequest: false, StatusCode: >= 200 } s && s.Method == SipMethod.Publish));

    /// <summary>Those that were seen; where none was, those that may have passed where nobody sees. For claims about each message.</summary>
    public static ObservedMessage[] SeenElseUnseen(this IEnumerable<ObservedMessage> messages)
    {
        var all = messages.ToArray();
        return Array.Exists(all, m => !m.IsUnseen) ? [.. all.Where(m => !m.IsUnseen)] : all;
    }

    /// <summary>Nobody knows what passes between two servers of external MC systems; elsewhere these messages do not occur.</summary>
    private static bool MayBe(ObservedMessage message, Func<McServiceInfo?, bool> accepts) =>
        message.IsUnseen ? IsServer(message.From) && IsServer(message.To) : accepts(message.Info);

    private static bool IsServer(Party party) => party.Kind is EntityKind.McServiceServer or EntityKind.GatewayServer;
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
