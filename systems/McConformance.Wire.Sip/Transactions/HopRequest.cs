using System.Text;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>ACK to a refusal (RFC 3261 17.1.1.3) and CANCEL (9.1): both go hop by hop and repeat the request's identity.</summary>
internal static class HopRequest
{
    public static SipDraft Write(SipMethod method, SipMessage request, SipMessage? response)
    {
        var draft = SipDraft.Rent();
        draft.Request(method, request.RequestUri);
        if (request.TryGet(SipHeader.Via, out var via)) draft.Line(SipHeader.Via, via[..^TopVia.Of(via).Rest.Length]);
        draft.Line(SipHeader.MaxForwards, "70"u8);
        for (var i = 0; i < request.Count; i++)
            if (request.IdAt(i) is SipHeader.From or SipHeader.CallId or SipHeader.Route) draft.CopyLine(request, i);
        if ((response ?? request).TryGet(SipHeader.To, out var to)) draft.Line(SipHeader.To, to);
        Span<byte> cseq = stackalloc byte[24];
        request.TryGet(SipHeader.CSeq, out var own);
        var number = TransactionIds.NumberOf(own);
        number = number[..Math.Min(10, number.Length)];
        number.CopyTo(cseq);
        var used = number.Length + Encoding.ASCII.GetBytes(method == SipMethod.Ack ? " ACK" : " CANCEL", cseq[number.Length..]);
        draft.Line(SipHeader.CSeq, cseq[..used]);
        return draft;
    }
}
