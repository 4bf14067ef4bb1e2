using System.Buffers;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>Header lines that a response takes from its request, or a proxy from the response further on.</summary>
internal static class ResponseLines
{
    /// <summary>True where the request has all that a response must repeat.</summary>
    public static bool CanBeWritten(SipMessage request) =>
        request.TryGet(SipHeader.Via, out _) && request.TryGet(SipHeader.From, out _) && request.TryGet(SipHeader.To, out _)
        && request.TryGet(SipHeader.CallId, out _) && request.TryGet(SipHeader.CSeq, out _);

    /// <summary>Via, From, To, Call-ID and CSeq (RFC 3261 8.2.6.2).</summary>
    /// <param name="tag">Put into To where it has none; 0 for none.</param>
    public static void Put(SipDraft draft, SipMessage request, SipFlow flow, ulong tag)
    {
        PutVias(draft, request, flow);
        Copy(draft, request, SipHeader.From);
        PutTo(draft, request, tag);
        Copy(draft, request, SipHeader.CallId);
        Copy(draft, request, SipHeader.CSeq);
    }

    /// <summary>All Via lines in order, the topmost marked with where it came from.</summary>
    public static void PutVias(SipDraft draft, SipMessage request, SipFlow flow)
    {
        var first = true;
        for (var i = 0; i < request.Count; i++)
        {
            if (request.IdAt(i) != SipHeader.Via) continue;
            if (first) PutTopVia(draft, request.ValueAt(i), flow);
            else draft.Line(SipHeader.Via, request.ValueAt(i));
            first = false;
        }
    }

    /// <summary>Status line, all lines but the topmost Via value, and body.</summary>
    public static SipDraft Forward(SipMessage response)
    {
        var draft = SipDraft.Rent();
        draft.Response(response.StatusCode, response.Reason);
        var first = true;
        for (var i = 0; i < response.Count; i++)
        {
            if (!first || response.IdAt(i) != SipHeader.Via)
            {
                draft.CopyLine(response, i);
                continue;
            }

            first = false;
            var rest = TopVia.Of(response.ValueAt(i)).Rest;
            if (rest.Length > 1) draft.Line(SipHeader.Via, rest[1..].TrimStart(" \t\r\n"u8));
        }

        draft.Body(response.Body.Span);
        return draft;
    }

    private static void PutTopVia(SipDraft draft, ReadOnlySpan<byte> line, SipFlow flow)
    {
        var rented = line.Length > 400 ? ArrayPool<byte>.Shared.Rent(line.Length + 112) : null;
        var room = rented ?? stackalloc byte[512];
        var used = TopVia.Of(line).WriteMarked(room, flow.Remote);
        draft.Line(SipHeader.Via, room[..used]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
    }

    private static void PutTo(SipDraft draft, SipMessage request, ulong tag)
    {
        if (!request.TryGet(SipHeader.To, out var to)) return;
        if (tag == 0 || HasTag(to))
        {
            draft.Line(SipHeader.To, to);
            return;
        }

        var rented = to.Length > 400 ? ArrayPool<byte>.Shared.Rent(to.Length + 32) : null;
        var room = rented ?? stackalloc byte[512];
        to.CopyTo(room);
        ";tag="u8.CopyTo(room[to.Length..]);
        tag.TryFormat(room[(to.Length + 5)..], out var digits, "x16");
        draft.Line(SipHeader.To, room[..(to.Length + 5 + digits)]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
    }

    // header parameters begin after the closing bracket, or after the first semicolon of a bare address (RFC 3261 20.10)
    private static bool HasTag(ReadOnlySpan<byte> to)
    {
        var bracket = to.LastIndexOf((byte)'>');
        var parameters = bracket >= 0 ? to[(bracket + 1)..] : to;
        while (parameters.IndexOf((byte)';') is >= 0 and var at)
        {
            parameters = parameters[(at + 1)..];
            var name = parameters.TrimStart(" \t\r\n"u8);
            if (name.Length > 3 && System.Text.Ascii.EqualsIgnoreCase(name[..3], "tag"u8)
                && name[3..].TrimStart(" \t\r\n"u8).StartsWith("="u8)) return true;
        }

        return false;
    }

    private static void Copy(SipDraft draft, SipMessage request, SipHeader header)
    {
        if (request.TryGet(header, out var value)) draft.Line(header, value);
    }
}
