using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>Header lines that a response takes from its request.</summary>
internal static class ResponseLines
{
    /// <summary>True where enough of the request was read to send an answer back (RFC 4475 3.3.1: also one that cannot
    /// hold all that
    /// a response must).</summary>
    public static bool CanBeWritten(SipMessage request) =>
        request.TryGet(SipHeader.Via, out var line) && TransactionIds.TryReadTop(line, out _);

    /// <summary>Via, From, To, Call-ID and CSeq, those that there are (RFC 3261 8.2.6.2).</summary>
    /// <param name="tag">Put into To where it has none; 0 for none.</param>
    public static void Put(SipDraft draft, SipMessage request, SipFlow flow, ulong tag)
    {
        PutVias(draft, request, flow);
        draft.CopyLines(request, SipHeader.From);
        PutTo(draft, request, tag);
        draft.CopyLines(request, SipHeader.CallId).CopyLines(request, SipHeader.CSeq);
    }

    /// <summary>All Via lines in order, the topmost marked with where it came from.</summary>
    public static void PutVias(SipDraft draft, SipMessage request, SipFlow flow)
    {
        var isFirst = true;
        for (var i = 0; i < request.HeaderCount; i++)
        {
            if (request.IdAt(i) != SipHeader.Via) continue;
            if (isFirst) PutTopVia(draft, request.ValueAt(i), flow);
            else draft.CopyLine(request, i);
            isFirst = false;
        }
    }

    // RFC 3261 18.2.1, RFC 3581 4: received where the sent-by is not the source address or rport is asked for. What
    // the peer wrote there itself is not believed
    private static void PutTopVia(SipDraft draft, ReadOnlySpan<byte> line, SipFlow flow)
    {
        var end = SipValues.EndOfValue(line);
        draft.Line(SipHeader.Via);
        if (!ViaValue.TryRead(line[..end], out var via))
        {
            draft.Put(line);
            return;
        }

        var asks = via.TryGetParameter("rport"u8, out _);
        if (!asks && !via.TryGetParameter("received"u8, out _)) draft.Put(line[..end]);
        else draft.PutWithoutParameters(line[..end], "rport"u8, "received"u8);
        if (asks) draft.Put(";rport="u8).Put(flow.Remote.Port);
        if (asks || !via.Host.SequenceEqual(flow.RemoteHost)) draft.Put(";received="u8).Put(flow.RemoteAddress);
        draft.Put(line[end..]);
    }

    private static void PutTo(SipDraft draft, SipMessage request, ulong tag)
    {
        if (!request.TryGet(SipHeader.To, out var to)) return;
        draft.Line(SipHeader.To, to);
        if (tag == 0 || !NameAddress.TryRead(to, out var address) || address.TryGetParameter("tag"u8, out _)) return;
        Span<byte> text = stackalloc byte[16];
        tag.TryFormat(text, out _, "x16");
        draft.Put(";tag="u8).Put(text);
    }
}
