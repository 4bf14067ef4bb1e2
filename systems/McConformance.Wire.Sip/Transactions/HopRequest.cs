using McConformance.Wire.Sip.Codec;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>ACK to a refusal (RFC 3261 17.1.1.3) and CANCEL (9.1): both go hop by hop and repeat the request's
/// identity.</summary>
internal static class HopRequest
{
    private const int HopsAtFirst = 70;

    public static SipDraft Write(SipMethod method, SipMessage request, SipMessage? response)
    {
        var draft = SipDraft.Rent().Request(method, request.RequestUri);
        if (request.TryGet(SipHeader.Via, out var via)) draft.Line(SipHeader.Via, via[..SipValues.EndOfValue(via)]);
        draft.Line(SipHeader.MaxForwards).Put(HopsAtFirst);
        draft.CopyLines(request, SipHeader.Route).CopyLines(request, SipHeader.From);
        draft.CopyLines(response ?? request, SipHeader.To).CopyLines(request, SipHeader.CallId);
        var hasNumber = CSeqValue.TryRead(request.TryGet(SipHeader.CSeq, out var value) ? value : [], out var cseq);
        draft.Line(SipHeader.CSeq).Put(hasNumber ? cseq.Number : 0).Put(" "u8).Put(SipMethods.NameOf(method));
        return draft.Finish();
    }
}
