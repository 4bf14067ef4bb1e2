using McConformance.Checks.Diameter;
using McConformance.Wire;

namespace McConformance.Checks.Flow;

/// <summary>TS 23.280 10.1.6.2 step 2: the SIP core asks its migration management server, with the identities it received.</summary>
public static class AsksWithPartnerIdentities
{
    private static readonly Claim Claim = new("SPR-2", "the partner's SIP core asks its migration management server with the partner identities");

    /// <summary>Judges the request on AAA-2 of the partner MC system.</summary>
    public static Judgement Judge(Observation seen, MigrationFacts facts)
    {
        var asked = seen.Requests(Cx.MultimediaAuth).FirstOrDefault(m => m.From.IsSipCore && m.From.System == facts.PartnerSystem);
        if (asked is null) return Claim.Missing("a request for SIP authentication information from the partner's SIP core");
        if (asked.To.Kind != EntityKind.MigrationManagementServer && asked.To.Kind != EntityKind.SipDatabase)
            return Claim.Fail(asked, "the migration management server as receiver", asked.To.Name);
        return Claim.Compare(asked, facts.Partner.ToString(), asked.Diameter!.Identities());
    }
}
