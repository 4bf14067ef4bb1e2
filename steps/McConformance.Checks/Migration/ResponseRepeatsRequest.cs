using McConformance.Checks.Flow;

namespace McConformance.Checks.Migration;

/// <summary>Every response carries both MC service IDs of the request and a result (TS 23.280 10.6.3.2.2).</summary>
public static class ResponseRepeatsRequest
{
    /// <summary>Judges responses between servers and to the client; there must be one.</summary>
    /// <param name="responses">Responses.</param>
    /// <param name="facts">Identities.</param>
    /// <param name="success">The result that is expected.</param>
    public static Judgement Judge(IEnumerable<ObservedMessage> responses, MigrationAuthorizationFacts facts, bool success)
    {
        var all = responses.SeenElseUnseen();
        var ids = new Claim("MSA-IE-RSP-1", "the response carries the MC service IDs of the request");
        var result = new Claim("MSA-IE-RSP-2", "the response carries the result");
        return all.Length == 0
            ? ids.Missing("a migration service authorization response")
            : Claim.All(all.SelectMany(m => (Judgement[])
            [
                ids.Compare(m, $"{facts.PartnerId} {facts.PrimaryId}", $"{m.Info?.Migration?.PartnerMcServiceId} {m.Info?.Migration?.PrimaryMcServiceId}"),
                result.Compare(m, success ? "success" : "failure", m.Info?.Migration?.Success switch { true => "success", false => "failure", _ => null }),
            ]));
    }
}
