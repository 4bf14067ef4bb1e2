using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Entities.SipCore;

/// <summary>What every proxy does to a message that passes (RFC 3261 16.6 and 16.7), line by line, so that the rest stays octet for octet.</summary>
internal static class Forwarding
{
    private const int MaxForwardsDefault = 70;

    /// <summary>Answers a request that must not be forwarded (RFC 3261 16.3); false then.</summary>
    public static bool IsForwardable(SipServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.TryGet(SipHeader.MaxForwards, out var hops) && hops.IndexOfAnyExcept((byte)'0') < 0)
        {
            transaction.Respond(transaction.NewResponse(483, "Too Many Hops"u8).Finish());
            return false;
        }

        return !transaction.AnswerUnknown(SipHeader.ProxyRequire);
    }

    /// <summary>Starts the forwarded request: own Via above those it came with, Max-Forwards less one. The caller copies the other lines.</summary>
    public static SipDraft Begin(SipEndpoint endpoint, SipServerTransaction transaction, ReadOnlySpan<byte> requestUri, in SipDestination to)
    {
        var request = transaction.Request;
        var hops = MaxForwardsDefault;
        if (request.TryGet(SipHeader.MaxForwards, out var value) && System.Buffers.Text.Utf8Parser.TryParse(value, out int stated, out _)) hops = stated;
        var draft = endpoint.NewRequest(request.MethodName, requestUri, to);
        transaction.CopyVias(draft);
        return draft.Line(SipHeader.MaxForwards).Put(hops - 1);
    }

    /// <summary>Copies what no proxy changes; a caller that rewrites a header names it and writes it itself.</summary>
    public static SipDraft CopyRest(this SipDraft draft, SipMessage message, SipHeader except = SipHeader.Unknown, SipHeader exceptToo = SipHeader.Unknown)
    {
        for (var i = 0; i < message.HeaderCount; i++)
        {
            var id = message.IdAt(i);
            if (id is SipHeader.Via or SipHeader.MaxForwards or SipHeader.ContentLength) continue;
            if (id != SipHeader.Unknown && (id == except || id == exceptToo)) continue;
            draft.CopyLine(message, i);
        }

        return draft;
    }

    /// <summary>Ends a forwarded message with the body it came with.</summary>
    public static SipDraft FinishWith(this SipDraft draft, SipMessage message) => draft.FinishBody(message.Body);

    /// <summary>Passes a final or provisional response back as it came, less the own Via.</summary>
    public static void PassBack(SipServerTransaction transaction, SipMessage response) =>
        transaction.Respond(transaction.NewForwardedResponse(response).CopyRestOfResponse(response).FinishWith(response));

    /// <summary>Copies a response's lines but for Via, which the transaction has written.</summary>
    public static SipDraft CopyRestOfResponse(
        this SipDraft draft, SipMessage response, SipHeader except = SipHeader.Unknown, SipHeader exceptToo = SipHeader.Unknown)
    {
        for (var i = 0; i < response.HeaderCount; i++)
        {
            var id = response.IdAt(i);
            if (id is SipHeader.Via or SipHeader.ContentLength) continue;
            if (id != SipHeader.Unknown && (id == except || id == exceptToo)) continue;
            draft.CopyLine(response, i);
        }

        return draft;
    }
}
