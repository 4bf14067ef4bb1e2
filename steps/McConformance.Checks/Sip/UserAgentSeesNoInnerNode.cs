using System.Text;
using McConformance.Checks.Flow;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Checks.Sip;

/// <summary>TS 23.280 5.2.x.7: with topology hiding no message to the UE shows the address of an inner node of the SIP core, in any header.</summary>
public static class UserAgentSeesNoInnerNode
{
    private static readonly Claim Claim = new("IC-TH-1", "no message to the UE shows an inner node of the SIP core");

    /// <summary>Judges every SIP message that the UE got.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="userAgent">Party name of the UE.</param>
    /// <param name="innerAddresses">Host names and addresses of inner nodes.</param>
    public static Judgement Judge(Observation seen, string userAgent, IReadOnlyCollection<string> innerAddresses)
    {
        var got = seen.All.Where(m => m.To.Name == userAgent && m.Sip is not null).ToArray();
        if (got.Length == 0) return Claim.Missing("a SIP message to the UE");
        foreach (var message in got)
        {
            // host names are compared without case (RFC 3261 19.1.4)
            var text = Encoding.Latin1.GetString(message.Recorded.Octets.Span);
            if (innerAddresses.FirstOrDefault(a => text.Contains(a, StringComparison.OrdinalIgnoreCase)) is { } leaked)
                return Claim.Fail(message, "no address of an inner node", $"{leaked} in {HeaderWith(message.Sip!, leaked)}");
        }

        return Claim.Pass(got[^1]);
    }

    private static string HeaderWith(SipMessage sip, string text)
    {
        for (var i = 0; i < sip.HeaderCount; i++)
            if (Encoding.Latin1.GetString(sip.ValueAt(i)).Contains(text, StringComparison.OrdinalIgnoreCase))
                return Encoding.ASCII.GetString(sip.NameAt(i));
        return "the start line or the body";
    }
}
