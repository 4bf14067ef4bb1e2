using System.Text;
using McConformance.Checks.Diameter;
using McConformance.Checks.Flow;
using McConformance.Wire;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Checks.Migration;

/// <summary>TR 23.781 6.2.1 steps 15 to 24: registration with identities that were allocated. The steps are those of
/// TS 23.280 10.1.6.2 with
/// other names for the servers, so its checks judge them; their verdicts name the steps here.</summary>
public static class RegistersAsAllocated
{
    private static readonly Dictionary<string, string> Steps = new()
    {
        ["SPR-1"] = "SOL2-15",
        ["SPR-2"] = "SOL2-16",
        ["SPR-3"] = "SOL2-17",
        ["SPR-4"] = "SOL2-18",
        ["SPR-8"] = "SOL2-20",
        ["SPR-9"] = "SOL2-21",
        ["SPR-11"] = "SOL2-24",
    };

    /// <summary>Judges steps 15 to 18: the request on its way to the primary.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="facts">With the outbound and inbound identities of steps 5 and 10.</param>
    public static Judgement OfRequest(Observation seen, MigrationFacts facts) => Claim.All(
        Restated(RegistersWithPartnerIdentities.Judge(seen, facts)),
            Restated(AsksWithPartnerIdentities.Judge(seen, facts)),
        Restated(AsksThePrimary.Judge(seen, facts)));

    /// <summary>Judges steps 19 to 21: authentication information on its way back.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="facts">As for <see cref="OfRequest"/>.</param>
    public static Judgement OfResponse(Observation seen, MigrationFacts facts)
    {
        var answers = new Claim("SOL2-19", "the primary answers with its identities and a vector");
        if (seen.AtPrimary(facts) is not { } asked
            || seen.AnswerTo(asked) is not { } answer) return answers.Missing("an answer of the primary");
        return Claim.All(
            answers.Compare(answer, $"{facts.Primary}", answer.Diameter!.Identities()),
            answers.Compare(answer, Cx.Success, answer.Diameter!.ResultText()),
            answer.Diameter!.Authenticate().Length == 32
                ? answers.Pass(answer)
                : answers.Fail(answer, "RAND and AUTN", $"{answer.Diameter!.Authenticate().Length} octets"),
            Restated(AnswersWithPartnerIdentities.Judge(seen, facts)));
    }

    /// <summary>Judges steps 22 to 24: challenge, answer and success.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="facts">As for <see cref="OfRequest"/>.</param>
    public static Judgement OfChallenge(Observation seen, MigrationFacts facts)
    {
        var challenges = new Claim("SOL2-22", "the SIP core challenges the UE with the vector that came");
        var answers = new Claim("SOL2-23", "the UE answers the challenge by its ISIM");
        if (seen.AtPartner(facts) is not { } asked
            || seen.AnswerTo(asked) is not { } vector) return challenges.Missing("a vector at the SIP core");
        var challenge = seen.Responses(SipMethod.Register, 401)
            .FirstOrDefault(m => m.To.Name == facts.UserAgent && m.MayFollow(vector));
        if (challenge is null) return challenges.Missing("a challenge to the UE");
        var nonce = Digest(challenge.Sip!, SipHeader.WwwAuthenticate, d => d.Nonce);
        var answer = seen.Requests(SipMethod.Register).FirstOrDefault(m =>
            m.From.Name == facts.UserAgent && m.MayFollow(challenge)
                && Digest(m.Sip!, SipHeader.Authorization, d => d.Response).Length > 0);
        return Claim.All(
            challenges.Compare(challenge, Convert.ToBase64String(vector.Diameter!.Authenticate()), nonce),
            answer is null ? answers.Missing("an answer of the UE") : answers.Compare(
                answer, facts.Partner.Private.Value, Digest(answer.Sip!, SipHeader.Authorization, d => d.Username)),
            Restated(ConfirmsRegistration.Judge(seen, facts)));
    }

    /// <summary>TR 23.781 table 6.2.2-1 names INVITE for steps 15, 22 and 23; registration is by REGISTER
    /// (RFC 3261 10, TS 24.229 5.1.1.2).</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="facts">As for <see cref="OfRequest"/>.</param>
    public static Judgement ByRegister(Observation seen, MigrationFacts facts)
    {
        var claim = new Claim("SOL2-T", "the UE registers by REGISTER and never by INVITE");
        var invite = seen.Requests(SipMethod.Invite).FirstOrDefault();
        if (invite is not null) return claim.Fail(invite, "REGISTER", "INVITE");
        var register = seen.Requests(SipMethod.Register)
            .FirstOrDefault(m => m.From.Name == facts.UserAgent && m.To.System == facts.PartnerSystem);
        return register is null ? claim.Missing("a REGISTER of the UE") : claim.Pass(register);
    }

    private static Judgement Restated(Judgement judgement) => judgement.Under(Steps[judgement.Requirement!.Id]);

    private delegate ReadOnlySpan<byte> Part(DigestValues digest);

    private static string Digest(SipMessage sip, SipHeader header, Part part) =>
        sip.TryGet(header, out var value) && DigestValues.TryRead(value, out var digest)
            ? Encoding.ASCII.GetString(part(digest)) : "";
}
