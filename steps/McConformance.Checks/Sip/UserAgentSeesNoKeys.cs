using System.Text;
using McConformance.Checks.Diameter;
using McConformance.Checks.Flow;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Checks.Sip;

/// <summary>TS 24.229 5.2.2.1: the P-CSCF keeps IK and CK; the UE derives its own.</summary>
public static class UserAgentSeesNoKeys
{
    private static readonly Claim Claim = new("SPR-10", "neither cipher key nor integrity key is sent to the UE");

    /// <summary>Judges every challenge of the UE, and looks for the keys of every vector in all that it got.</summary>
    public static Judgement Judge(Observation seen, string userAgent)
    {
        var challenges = seen.Responses(SipMethod.Register, 401).Where(m => m.To.Name == userAgent).ToArray();
        if (challenges.Length == 0) return Claim.Missing("a challenge to the UE");
        var judged = Claim.All(challenges.Select(Judge));
        if (judged.Verdict != Verdict.Pass) return judged;
        var keys = seen.Answers(Cx.MultimediaAuth)
            .SelectMany(m => new[] { m.Diameter!.AuthData(625), m.Diameter!.AuthData(626) })
            .Where(k => k.Length > 0).SelectMany(Forms).ToArray();
        if (keys.Length == 0) return Claim.Missing("a vector with keys");
        foreach (var message in seen.All.Where(m => m.To.Name == userAgent && m.Sip is not null))
        {
            var text = Encoding.Latin1.GetString(message.Recorded.Octets.Span);
            if (keys.Any(k => text.Contains(k, StringComparison.OrdinalIgnoreCase)))
                return Claim.Fail(message, "no key of a vector anywhere", "one");
        }

        return judged;
    }

    private static IEnumerable<string> Forms(byte[] key) => [Convert.ToHexString(key), Convert.ToBase64String(key)];

    private static Judgement Judge(ObservedMessage message)
    {
        message.Sip!.TryGet(SipHeader.WwwAuthenticate, out var value);
        if (!DigestValues.TryRead(value, out var digest)) return Claim.Fail(message, "a digest challenge", "none");
        return digest.Ik.IsEmpty && digest.Ck.IsEmpty ? Claim.Pass(message) : Claim.Fail(message, "neither ik nor ck", "one or both");
    }
}
