using McConformance.Checks.Diameter;
using McConformance.Wire;

namespace McConformance.Checks.Flow;

/// <summary>TS 23.280 10.1.6.2 step 3 and 4: the binding leads to the primary's migration management server and to the primary identities.</summary>
public static class AsksThePrimary
{
    private static readonly Claim Where = new("SPR-3", "the partner's migration management server asks the primary's");
    private static readonly Claim What = new("SPR-4", "the request on CSC-18 carries the primary identities");

    /// <summary>Judges the request where it leaves the partner MC system and where it reaches the primary.</summary>
    public static Judgement Judge(Observation seen, MigrationFacts facts)
    {
        if (seen.OnCsc18(facts) is not { } sent) return Where.Missing("a request for SIP authentication information on CSC-18");
        return Claim.All(
            Where.Compare(sent, facts.PrimarySipDomain, sent.Diameter!.DestinationRealm()),
            seen.AtPrimary(facts) is { } arrived ? Where.Pass(arrived) : Where.Missing("the request at the primary's migration management server"),
            What.Compare(sent, facts.Primary.ToString(), sent.Diameter!.Identities()));
    }
}
