using System.Buffers.Text;
using System.Text.Json;
using McConformance.Checks.Flow;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Checks.Migration;

/// <summary>TS 23.280 10.6.3.3 step 1: the client asks the partner's MC service server, with what the partner's
/// identity management server gave it
/// (NOTE 1 of table 10.6.3.2.1-1), and nobody else.</summary>
public static class AsksThePartner
{
    /// <summary>Judges where the client's requests went, and that one has all that the step names.</summary>
    public static Judgement Judge(Observation seen, MigrationAuthorizationFacts facts)
    {
        var claim = new Claim("MSA-1", "the client asks the partner's MC service server, and names user and profile");
        var sent = FromClient(seen).ToArray();
        if (sent.Length == 0) return claim.Missing("a migration service authorization request of the client");
        if (Array.Find(sent, m => m.To.System != facts.PartnerSystem) is { } strange)
            return claim.Fail(strange, $"{facts.PartnerSystem} only", Describe.Message(strange));
        if (!seen.ClientRequests()
            .Any(m => m.To.System == facts.PartnerSystem)) return claim.Missing(
            "the request at the partner's MC service server");
        return Claim.All(sent.Select(m => claim.Compare(
            m, $"{facts.PrimaryId} {facts.PartnerId} {facts.Profile}",
            $"{m.Info?.Migration?.PrimaryMcServiceId} {m.Info?.Migration?.PartnerMcServiceId} {m.Info?.Migration?.UserProfileIndex}")));
    }

    /// <summary>Judges that the client asked nobody.</summary>
    /// <param name="requirement">Id in the catalogue.</param>
    /// <param name="seen">What was seen.</param>
    public static Judgement Nobody(string requirement, Observation seen) =>
        new Claim(requirement, "the client sends no migration service authorization request")
            .None(FromClient(seen).FirstOrDefault());

    /// <summary>Judges that identity and token in the request are those that the partner issued.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="partner">Domain of the partner.</param>
    public static Judgement WithWhatWasIssued(Observation seen, string partner)
    {
        var names = new Claim("MSA-IE-REQ-4",
            "the request names the identity that the partner's identity management server issued");
        var presents = new Claim("MSA-PRE-2", "the request carries a credential that user authentication supplied");
        var request = FromClient(seen).LastOrDefault();
        if (request is null) return names.Missing("a migration service authorization request of the client");
        var token = request.Info?.AccessToken ?? "";
        var issued = seen.All.LastOrDefault(m =>
            m.From.Kind == EntityKind.IdentityManagementServer && m.From.System == partner
                && m.Http is { StatusCode: 200 } &&
            m.Number < request.Number && token.Length > 0 && m.Holds(System.Text.Encoding.ASCII.GetBytes(token)));
        return issued is null
            ? presents.Fail(request, "an access token that the partner issued before", token.Length == 0 ? "none"
                : "another")
            : Claim.All(presents.Pass(issued),
                names.Compare(request, IdentityIn(token, request.Info!.Service),
                request.Info?.Migration?.PartnerMcServiceId?.Value));
    }

    /// <summary>The MC service ID that a token is about (TS 33.180 B.2.1.3); null where it names none.</summary>
    private static string? IdentityIn(string token, McService service)
    {
        if (token.Split('.') is not [_, var payload, _]) return null;
        try
        {
            using var body = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            return body.RootElement is { ValueKind: JsonValueKind.Object } claims
                && claims.TryGetProperty(McServiceNames.Of(service).IdClaim, out var id)
                && id.ValueKind == JsonValueKind.String
                    ? id.GetString()
                    : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<ObservedMessage> FromClient(Observation seen) =>
        seen.Requests(SipMethod.Publish).Where(m =>
        m.From.Kind == EntityKind.SignallingUserAgent
            && m.Info?.RequestType == BindingSet.InUse.Migration.AuthorizationRequest);
}
