using System.Text;
using McConformance.Checks.Diameter;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Checks.Flow;

/// <summary>Where the SIP core got no sound subscription, the identity that was registered is the only one that the UE
/// is told
/// (TS 24.229 5.4.1.2.2F), and no header stands in the response that came with that subscription. Other headers that
/// nobody knows are lawful (RFC 3261 7.3.1).</summary>
public static class ConfirmsOneIdentity
{
    private static readonly Claim Claim = new(
        "SPR-11", "the registration response names no identity but that of the UE");

    /// <summary>Judges the last confirmation to the UE.</summary>
    public static Judgement Judge(Observation seen, MigrationFacts facts)
    {
        var confirmed = seen.Responses(SipMethod.Register, 200)
            .LastOrDefault(m => m.To.Name == facts.UserAgent && m.From.System == facts.PartnerSystem);
        if (confirmed is null) return Claim.Missing("a 200 to the UE's REGISTER");
        var message = confirmed.Sip!;
        for (var i = 0; i < message.HeaderCount; i++)
            if (message.IdAt(i) == SipHeader.Unknown && CameWithASubscription(seen, message.NameAt(i).ToArray()))
                return Claim.Fail(confirmed, "headers of its own", Encoding.UTF8.GetString(message.LineAt(i)).Trim());
        var count = message.Count(SipHeader.PAssociatedUri);
        if (count != 1) return Claim.Fail(confirmed, "one P-Associated-URI", $"{count}");
        message.TryGet(SipHeader.PAssociatedUri, out var told);
        return Claim.Compare(confirmed, $"<{facts.Partner.Public}>", Encoding.UTF8.GetString(told));
    }

    private static bool CameWithASubscription(Observation seen, byte[] name) =>
        seen.Answers(Cx.ServerAssignment).Any(a => !a.IsUnseen && a.Holds(name));
}
