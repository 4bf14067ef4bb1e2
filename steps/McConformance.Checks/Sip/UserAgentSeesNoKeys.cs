using McConformance.Checks.Flow;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Checks.Sip;

/// <summary>TS 24.229 5.2.2.1: the P-CSCF keeps IK and CK; the UE derives its own.</summary>
public static class UserAgentSeesNoKeys
{
    private static readonly Claim Claim = new("SPR-10", "neither cipher key nor integrity key is sent to the UE");

    /// <summary>Judges every challenge that the UE got.</summary>
    public static Judgement Judge(Observation seen, string userAgent)
    {
        var challenges = seen.Responses(SipMethod.Register, 401).Where(m => m.To.Name == userAgent).ToArray();
        return challenges.Length == 0 ? Claim.Missing("a challenge to the UE") : Claim.All(challenges.Select(Judge));
    }

    private static Judgement Judge(ObservedMessage message)
    {
        message.Sip!.TryGet(SipHeader.WwwAuthenticate, out var value);
        if (!DigestValues.TryRead(value, out var digest)) return Claim.Fail(message, "a digest challenge", "none");
        return digest.Ik.IsEmpty && digest.Ck.IsEmpty ? Claim.Pass(message) : Claim.Fail(message, "neither ik nor ck", "one or both");
    }
}
