using McConformance.Wire.Sip.Codec;

namespace McConformance.Checks.Flow;

/// <summary>TS 24.229 5.1.1.5.3: a UE that finds the MAC wrong sends no response, and no AUTS.</summary>
public static class AnswersNoFalseChallenge
{
    private static readonly Claim Claim = new("SPR-10", "the UE sends no response to a challenge that is not genuine");

    /// <summary>Judges every REGISTER that the UE sent after it was challenged.</summary>
    public static Judgement Judge(Observation seen, string userAgent)
    {
        var challenge = seen.Responses(SipMethod.Register, 401).FirstOrDefault(m => m.To.Name == userAgent);
        if (challenge is null) return Claim.Missing("a challenge to the UE");
        foreach (var message in seen.Requests(SipMethod.Register).Where(m => m.From.Name == userAgent && m.MayFollow(challenge)))
        {
            if (!message.Sip!.TryGet(SipHeader.Authorization, out var value) || !DigestValues.TryRead(value, out var digest)) continue;
            if (!digest.Response.IsEmpty || !digest.Auts.IsEmpty) return Claim.Fail(message, "an empty response and no auts", "an answer");
        }

        return Claim.Pass(challenge);
    }
}
