using McConformance.Wire.Sip.Codec;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>The least that a request must hold before anybody handles it (RFC 3261 8.1.1 and 8.2).</summary>
internal static class RequestSanity
{
    private static readonly SipHeader[] Mandatory =
        [SipHeader.To, SipHeader.From, SipHeader.CSeq, SipHeader.CallId, SipHeader.Via];

    /// <returns>False with the status to answer.</returns>
    public static bool IsSound(SipMessage message, out int status)
    {
        status = 400;
        if (!message.Version.SequenceEqual("SIP/2.0"u8))
        {
            status = 505;
            return false;
        }

        foreach (var header in Mandatory)
            if (header != SipHeader.Via ? message.Count(header) != 1 : message.Count(header) == 0) return false;
        if (!message.TryGet(SipHeader.CSeq, out var value) || !CSeqValue.TryRead(value, out var cseq)) return false;
        if (!cseq.Method.SequenceEqual(message.MethodName)) return false;
        if (message.TryGet(SipHeader.To, out var to) && !NameAddress.TryRead(to, out _)) return false;
        if (message.TryGet(SipHeader.From, out var from) && !NameAddress.TryRead(from, out _)) return false;
        if (message.TryGet(SipHeader.ContentLength, out _) && message.StatedLength < 0) return false;
        return message.StatedLength <= message.Body.Length;
    }

    public static ReadOnlySpan<byte> ReasonOf(int status) => status switch
    {
        505 => "Version Not Supported"u8,
        513 => "Message Too Large"u8,
        _ => "Bad Request"u8,
    };
}
