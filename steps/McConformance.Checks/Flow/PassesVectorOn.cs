using McConformance.Checks.Diameter;
using McConformance.Wire;

namespace McConformance.Checks.Flow;

/// <summary>TS 23.280 10.1.6.2 step 7: what the SIP database answered reaches the partner's migration management server, unchanged.</summary>
public static class PassesVectorOn
{
    private static readonly Claim Claim = new("SPR-7", "the primary's migration management server passes identities and vector on over CSC-18");

    /// <summary>Judges the answer on CSC-18, where it leaves the primary and where it reaches the partner.</summary>
    public static Judgement Judge(Observation seen, MigrationFacts facts)
    {
        if (seen.AtDatabase(facts) is not { } asked || seen.AnswerTo(asked) is not { } made) return Claim.Missing("an answer of the primary's SIP database");
        if (seen.AtPrimary(facts) is not { } before || seen.AnswerTo(before) is not { } passed) return Claim.Missing("an answer on CSC-18");
        if (passed.Number < made.Number) return Claim.Fail(passed, "the SIP database's answer first", "CSC-18 was answered before");
        var arrived = seen.OnCsc18(facts) is { } sent ? seen.AnswerTo(sent) : null;
        return Claim.All(
            Claim.Compare(passed, facts.Primary.ToString(), passed.Diameter!.Identities()),
            Claim.Compare(passed, Convert.ToHexString(made.Diameter!.AuthDataItem()), Convert.ToHexString(passed.Diameter!.AuthDataItem())),
            Claim.Compare(passed, made.Diameter!.ResultText(), passed.Diameter!.ResultText()),
            arrived is null ? Claim.Missing("the answer at the partner's migration management server") : Claim.Pass(arrived));
    }
}
