using McConformance.Checks.Flow;

namespace McConformance.Checks.Migration;

/// <summary>A migration service authorization request carries both MC service IDs, each in its role, and the index of the selected
/// profile of the primary (TS 23.280 10.6.3.2.1).</summary>
public static class RequestNamesUserAndProfile
{
    /// <summary>Judges requests; there must be one.</summary>
    public static Judgement Judge(IEnumerable<ObservedMessage> requests, MigrationAuthorizationFacts facts)
    {
        var all = requests.SeenElseUnseen();
        var partner = new Claim("MSA-IE-REQ-1", "the request carries the MC service ID that the partner gave");
        var primary = new Claim("MSA-IE-REQ-2", "the request carries the MC service ID of the primary");
        var profile = new Claim("MSA-IE-REQ-3", "the request carries the index of the selected profile");
        return all.Length == 0
            ? partner.Missing("a migration service authorization request")
            : Claim.All(all.SelectMany(m => (Judgement[])
            [
                partner.Compare(m, facts.PartnerId, m.Info?.Migration?.PartnerMcServiceId?.Value),
                primary.Compare(m, facts.PrimaryId, m.Info?.Migration?.PrimaryMcServiceId?.Value),
                profile.Compare(m, $"{facts.Profile}", m.Info?.Migration?.UserProfileIndex?.ToString()),
            ]));
    }
}
