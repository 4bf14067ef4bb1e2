using McConformance.Checks.Diameter;

namespace McConformance.Checks.Flow;

/// <summary>TS 23.280 10.1.6.2 step 5: the primary's migration management server asks the SIP database, with what it received.</summary>
public static class AsksTheDatabase
{
    private static readonly Claim Claim = new("SPR-5", "the primary's migration management server asks the SIP database with the primary identities");

    /// <summary>Judges the request on AAA-2 of the primary MC system.</summary>
    public static Judgement Judge(Observation seen, MigrationFacts facts)
    {
        if (seen.AtDatabase(facts) is not { } asked) return Claim.Missing("a request for SIP authentication information at the primary's SIP database");
        if (seen.AtPrimary(facts) is { } before && before.Number > asked.Number)
            return Claim.Fail(asked, "the request on CSC-18 first", "the SIP database was asked before");
        return Claim.Compare(asked, facts.Primary.ToString(), asked.Diameter!.Identities());
    }
}
