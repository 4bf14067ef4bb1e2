using System.Text;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>The octets by which messages find their transaction. One buffer, used under the gate: each result is valid
/// until the next call. Empty where the message lacks what it takes.</summary>
internal sealed class TransactionIds
{
    private const int CookieOctets = 7;
    private byte[] buffer = new byte[512];
    private int used;

    /// <summary>Of a request that this end sends, and of its responses: branch and method of CSeq (RFC 3261
    /// 17.1.3).</summary>
    public ReadOnlySpan<byte> OfClient(SipMessage message)
    {
        if (!message.TryGet(SipHeader.Via, out var line) || !TryReadTop(line, out var via) || via.Branch.IsEmpty
            || !message.TryGet(SipHeader.CSeq, out var value) || !CSeqValue.TryRead(value, out var cseq)) return [];
        used = 0;
        Put(via.Branch);
        Put(" "u8);
        Put(cseq.Method);
        return buffer.AsSpan(0, used);
    }

    /// <summary>Of a request that came in: branch, sent-by and method; for branches without the magic cookie what RFC
    /// 3261 17.2.3 lists for clients older than itself.</summary>
    /// <param name="request">Sound, as <see cref="RequestSanity"/> has it.</param>
    /// <param name="method">INVITE for an ACK, else the request's own.</param>
    public ReadOnlySpan<byte> OfServer(SipMessage request, SipMethod method)
    {
        if (!request.TryGet(SipHeader.Via, out var line) || !TryReadTop(line, out var via)) return [];
        used = 0;
        Put([(byte)method, (byte)via.Port, (byte)(via.Port >> 8)]);
        if (method == SipMethod.Unknown) Put(request.MethodName);
        Put(via.Branch);
        Put(" "u8);
        Put(via.Host);
        // the cookie alone tells nothing apart (RFC 4475 3.2.1)
        var cookie = via.Branch[..(via.Branch.Length > CookieOctets ? CookieOctets : 0)];
        if (!Ascii.EqualsIgnoreCase(cookie, "z9hG4bK"u8)) PutOld(request);
        return buffer.AsSpan(0, used);
    }

    /// <summary>The first value of a Via line.</summary>
    public static bool TryReadTop(ReadOnlySpan<byte> line, out ViaValue via) =>
        ViaValue.TryRead(line[..SipValues.EndOfValue(line)], out via);

    private void PutOld(SipMessage request)
    {
        Put(request.RequestUri);
        if (request.TryGet(SipHeader.CallId, out var callId)) Put(callId);
        if (request.TryGet(SipHeader.From, out var from)) Put(from);
        if (request.TryGet(SipHeader.CSeq, out var value) && CSeqValue.TryRead(value, out var cseq))
            Put(BitConverter.GetBytes(cseq.Number));
    }

    private void Put(ReadOnlySpan<byte> octets)
    {
        var needed = used + octets.Length;
        if (needed > buffer.Length) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, needed));
        octets.CopyTo(buffer.AsSpan(used));
        used += octets.Length;
    }
}
