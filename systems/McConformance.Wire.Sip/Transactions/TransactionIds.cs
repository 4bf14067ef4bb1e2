using McConformance.Wire.Sip.Codec;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>The octets by which messages find their transaction. One buffer, used under the gate: each result is valid until the
/// next call. Empty where the message lacks what it takes.</summary>
internal sealed class TransactionIds
{
    private byte[] buffer = new byte[512];
    private int used;

    /// <summary>Of a request that this end sends: branch and method (RFC 3261 17.1.3).</summary>
    public ReadOnlySpan<byte> OfRequestSent(SipMessage request)
    {
        if (!request.TryGet(SipHeader.Via, out var via) || !request.TryGet(SipHeader.CSeq, out var cseq)) return [];
        return OfBranch(TopVia.Of(via).Branch, cseq);
    }

    /// <summary>Of a response: branch of the topmost Via and method of CSeq (RFC 3261 17.1.3).</summary>
    public ReadOnlySpan<byte> OfResponse(SipMessage response) => OfRequestSent(response);

    /// <summary>Of a request that came in: branch, sent-by and method; for branches without the magic cookie what RFC 3261 17.2.3
    /// lists for RFC 2543 clients.</summary>
    /// <param name="request">With Via, From, To, Call-ID and CSeq, or the result is empty.</param>
    /// <param name="method">INVITE for an ACK, else the request's own.</param>
    public ReadOnlySpan<byte> OfRequestReceived(SipMessage request, SipMethod method)
    {
        if (!request.TryGet(SipHeader.Via, out var line) || !request.TryGet(SipHeader.CSeq, out var cseq)
            || !request.TryGet(SipHeader.CallId, out var callId) || !request.TryGet(SipHeader.From, out var from)
            || !request.TryGet(SipHeader.To, out _)) return [];
        if (!CSeqFits(cseq, request)) return [];
        var via = TopVia.Of(line);
        if (via.SentBy.IsEmpty) return [];
        used = 0;
        Put([(byte)method]);
        if (method == SipMethod.Other) Put(MethodOf(cseq));
        var branch = via.Branch;
        Put(branch);
        Put(" "u8);
        Put(via.SentBy);
        if (branch.Length <= 7 || !System.Text.Ascii.EqualsIgnoreCase(branch[..7], "z9hG4bK"u8))
        {
            Put(request.RequestUri);
            Put(callId);
            Put(NumberOf(cseq));
            Put(from);
        }

        return buffer.AsSpan(0, used);
    }

    private ReadOnlySpan<byte> OfBranch(ReadOnlySpan<byte> branch, ReadOnlySpan<byte> cseq)
    {
        var method = MethodOf(cseq);
        if (branch.IsEmpty || method.IsEmpty) return [];
        used = 0;
        Put(branch);
        Put(" "u8);
        Put(method);
        return buffer.AsSpan(0, used);
    }

    // RFC 3261 20.16: the number is below 2 to the 31st, and the method is the request's
    private static bool CSeqFits(ReadOnlySpan<byte> cseq, SipMessage request)
    {
        var number = NumberOf(cseq);
        return System.Buffers.Text.Utf8Parser.TryParse(number, out uint value, out var read) && read == number.Length
            && value <= int.MaxValue && MethodOf(cseq).SequenceEqual(request.MethodName);
    }

    private static ReadOnlySpan<byte> MethodOf(ReadOnlySpan<byte> cseq)
    {
        var trimmed = cseq.TrimEnd(" \t\r\n"u8);
        return trimmed[(trimmed.LastIndexOfAny(" \t\r\n"u8) + 1)..];
    }

    internal static ReadOnlySpan<byte> NumberOf(ReadOnlySpan<byte> cseq)
    {
        var trimmed = cseq.TrimStart(" \t\r\n"u8);
        var end = trimmed.IndexOfAny(" \t\r\n"u8);
        return end < 0 ? trimmed : trimmed[..end];
    }

    private void Put(ReadOnlySpan<byte> octets)
    {
        if (used + octets.Length > buffer.Length) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, used + octets.Length));
        octets.CopyTo(buffer.AsSpan(used));
        used += octets.Length;
    }
}
