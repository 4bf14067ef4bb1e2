using System.Text;
using McConformance.Checks.Diameter;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Checks.Flow;

/// <summary>TS 23.280 10.1.6.2 step 10: the UE is challenged with the vector that came from the primary, and answers (TS 24.229 5.4.1.2.1, RFC 3310 3.2).</summary>
public static class Authenticates
{
    private static readonly Claim Claim = new("SPR-10", "the SIP core challenges with the received vector and the UE answers it");

    /// <summary>Judges the challenge that the UE got and the request that answers it.</summary>
    public static Judgement Judge(Observation seen, MigrationFacts facts)
    {
        if (seen.AtPartner(facts) is not { } asked || seen.AnswerTo(asked) is not { } vector) return Claim.Missing("an answer to the partner's SIP core");
        var challenge = seen.Responses(SipMethod.Register, 401).FirstOrDefault(m => m.To.Name == facts.UserAgent && m.MayFollow(vector));
        if (challenge is null) return Claim.Missing("a 401 to the UE after the vector came");
        if (!challenge.Sip!.TryGet(SipHeader.WwwAuthenticate, out var value) || !DigestValues.TryRead(value, out var digest))
            return Claim.Fail(challenge, "a digest challenge", "none");
        var nonce = Convert.ToBase64String(vector.Diameter!.Authenticate());
        var answer = seen.Requests(SipMethod.Register).FirstOrDefault(m =>
            m.From.Name == facts.UserAgent && m.MayFollow(challenge) && Response(m.Sip!) is { Length: > 0 });
        return Claim.All(
            Claim.Compare(challenge, "AKAv1-MD5", Encoding.ASCII.GetString(digest.Algorithm)),
            Claim.Compare(challenge, nonce, Encoding.ASCII.GetString(digest.Nonce)),
            Claim.Compare(challenge, facts.PartnerSipDomain, Encoding.ASCII.GetString(digest.Realm)),
            answer is null ? Claim.Missing("a REGISTER of the UE that answers the challenge") : Claim.Pass(answer));
    }

    private static string? Response(SipMessage sip) =>
        sip.TryGet(SipHeader.Authorization, out var value) && DigestValues.TryRead(value, out var digest)
            ? Encoding.ASCII.GetString(digest.Response)
            : null;
}
