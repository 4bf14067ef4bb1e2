using McConformance.Wire.Sip.Codec;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>The least that a request must hold before anybody handles it (RFC 3261 8.1.1, 8.2 and 16.3 step 1; RFC 4475
/// 3.1.2).</summary>
internal static class RequestSanity
{
    private const uint NumberEnd = 1u << 31;

    private static readonly SipHeader[] Mandatory =
        [SipHeader.To, SipHeader.From, SipHeader.CSeq, SipHeader.CallId, SipHeader.Via];

    /// <returns>False with the status to answer.</returns>
    public static bool IsSound(SipMessage message, out int status)
    {
        status = 400;
        if (!message.Version.SequenceEqual("SIP/2.0"u8))
        {
            status = message.Version.TrimEnd((byte)' ').SequenceEqual("SIP/2.0"u8) ? 400 : 505;
            return false;
        }

        foreach (var header in Mandatory)
            if (header != SipHeader.Via ? message.Count(header) != 1 : message.Count(header) == 0) return false;
        return IsStartSound(message) && AreEndsSound(message) && AreNumbersSound(message) && AreHopsSound(message);
    }

    public static ReadOnlySpan<byte> ReasonOf(int status) => status switch
    {
        505 => "Version Not Supported"u8,
        513 => "Message Too Large"u8,
        _ => "Bad Request"u8,
    };

    private static bool IsStartSound(SipMessage message) =>
        SipCharacters.IsToken(message.MethodName) && SipCharacters.IsUri(message.RequestUri) &&
        SipUri.TryRead(message.RequestUri, out var uri) && (!uri.IsSip || SipCharacters.IsHost(uri.Host));

    private static bool AreEndsSound(SipMessage message) =>
        message.TryGet(SipHeader.To, out var to) && IsAddress(to) && message.TryGet(SipHeader.From, out var from) &&
            IsAddress(from);

    private static bool AreNumbersSound(SipMessage message)
    {
        if (!message.TryGet(SipHeader.CSeq, out var value) || !CSeqValue.TryRead(value, out var cseq)) return false;
        if (cseq.Number >= NumberEnd || !cseq.Method.SequenceEqual(message.MethodName)) return false;
        if (message.TryGet(SipHeader.ContentLength, out _) && message.StatedLength < 0) return false;
        // two that differ leave open where the message ends (RFC 4475 3.3.9)
        if (message.Count(SipHeader.ContentLength) > 1 || message.StatedLength > message.Body.Length) return false;
        // more than 255 hops are too many (RFC 3261 20.22) and do no harm: whoever judges the message says so
        if (!message.TryGet(SipHeader.MaxForwards, out var hops)) return true;
        return message.Count(SipHeader.MaxForwards) == 1 && SipCharacters.IsNumber(hops, int.MaxValue);
    }

    private static bool AreHopsSound(SipMessage message)
    {
        foreach (var value in message.Values(SipHeader.Via))
            if (!ViaValue.TryRead(value, out _)) return false;
        foreach (var value in message.Values(SipHeader.Route))
            if (!NameAddress.TryRead(value, out _)) return false;
        foreach (var value in message.Values(SipHeader.Contact))
            if (!value.SequenceEqual("*"u8) && !IsAddress(value)) return false;
        return true;
    }

    // whoever sends to it writes it into a start line
    private static bool IsAddress(ReadOnlySpan<byte> value) =>
        NameAddress.TryRead(value, out var address) && SipCharacters.IsUri(address.Uri);
}
