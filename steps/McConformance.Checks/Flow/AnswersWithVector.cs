using McConformance.Checks.Diameter;

namespace McConformance.Checks.Flow;

/// <summary>TS 23.280 10.1.6.2 step 6: the SIP database answers with the primary identities and an authentication vector that IMS-AKA can use
/// (TS 29.228 6.3.2, TS 29.229 6.3.13).</summary>
public static class AnswersWithVector
{
    private static readonly Claim Claim = new("SPR-6", "the SIP database answers with the primary identities and an authentication vector");

    /// <summary>Judges the answer of the primary's SIP database.</summary>
    public static Judgement Judge(Observation seen, MigrationFacts facts)
    {
        if (seen.AtDatabase(facts) is not { } asked || seen.AnswerTo(asked) is not { } answer)
            return Claim.Missing("an answer of the primary's SIP database");
        var message = answer.Diameter!;
        return Claim.All(
            Claim.Compare(answer, Cx.Success, message.ResultText()),
            Claim.Compare(answer, facts.Primary.ToString(), message.Identities()),
            Claim.Compare(answer, "Digest-AKAv1-MD5", System.Text.Encoding.UTF8.GetString(message.AuthData(608))),
            Length(answer, "SIP-Authenticate", message.AuthData(609), 32, 32),
            Length(answer, "SIP-Authorization", message.AuthData(610), 4, 16),
            Length(answer, "Confidentiality-Key", message.AuthData(625), 16, 16),
            Length(answer, "Integrity-Key", message.AuthData(626), 16, 16));
    }

    private static Judgement Length(ObservedMessage answer, string name, byte[] value, int least, int most) =>
        value.Length >= least && value.Length <= most
            ? Claim.Pass(answer)
            : Claim.Fail(answer, least == most ? $"{name} of {least} octets" : $"{name} of {least} to {most} octets", $"{value.Length} octets");
}
