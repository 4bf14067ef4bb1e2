using System.Text;
using McConformance.Checks.Diameter;

namespace McConformance.Checks.Flow;

/// <summary>TS 23.280 10.1.6.2 step 8 and 9: the partner's migration management server answers its SIP core with the partner identities and the
/// authentication information as it received it.</summary>
public static class AnswersWithPartnerIdentities
{
    private static readonly Claim Recognises = new("SPR-8", "the partner's migration management server maps the primary identities back");
    private static readonly Claim Answers = new("SPR-9", "the SIP core gets the partner identities and the vector unchanged");

    /// <summary>Judges the answer on AAA-2 of the partner MC system.</summary>
    public static Judgement Judge(Observation seen, MigrationFacts facts)
    {
        if (seen.OnCsc18(facts) is not { } sent || seen.AnswerTo(sent) is not { } arrived) return Answers.Missing("an answer on CSC-18");
        if (seen.AtPartner(facts) is not { } asked || seen.AnswerTo(asked) is not { } answer) return Answers.Missing("an answer to the partner's SIP core");
        if (answer.Number < arrived.Number) return Answers.Fail(answer, "the answer on CSC-18 first", "the SIP core was answered before");
        if (answer.Holds(Encoding.UTF8.GetBytes(facts.Primary.Private.Value)))
            return Recognises.Fail(answer, "no primary identity", facts.Primary.Private.Value);
        return Claim.All(
            Recognises.Compare(answer, facts.Partner.ToString(), answer.Diameter!.Identities()),
            Answers.Compare(answer, Convert.ToHexString(arrived.Diameter!.AuthDataItem()), Convert.ToHexString(answer.Diameter!.AuthDataItem())),
            Answers.Compare(answer, arrived.Diameter!.ResultText(), answer.Diameter!.ResultText()));
    }
}
