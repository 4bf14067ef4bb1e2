using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Transport;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>Copies the AVPs of a message that passes an agent.</summary>
internal static class AvpCopy
{
    /// <param name="message">What passes.</param>
    /// <param name="draft">Header written already.</param>
    /// <param name="rewriter">What changes, or null.</param>
    /// <param name="dropsLastProxyInfoOf">In an answer: the last Proxy-Info is left out where it is this host's own
    /// (RFC 6733 6.2.2).</param>
    public static void Write(DiameterMessage message, DiameterDraft draft, IAvpRewriter? rewriter,
        byte[]? dropsLastProxyInfoOf = null)
    {
        var own = dropsLastProxyInfoOf is null ? -1 : LastProxyInfo(message, dropsLastProxyInfoOf);
        var avps = message.Avps.GetEnumerator();
        while (avps.MoveNext())
        {
            var avp = avps.Current;
            if (avps.Offset == own ||
                (!message.IsRequest && avp is { Code: Rfc6733.RouteRecordCode, Vendor: 0 })) continue;
            var action = rewriter?.Visit(avp, draft) ?? AvpAction.Keep;
            if (action == AvpAction.Keep) draft.Copy(avp);
        }

        // what cannot be read is passed on as it stands: judging it is not an agent's business
        draft.CopyOctets(message.Span[message.ReadableTo()..]);
    }

    /// <summary>Gives a known answer to a request that came again: with its own hop-by-hop identifier, and with its own
    /// Proxy-Info, for it may have come another way (RFC 6733 6.2).</summary>
    public static void Repeat(ReadOnlyMemory<byte> known, DiameterMessage request, DiameterConnection connection)
    {
        var answer = new DiameterMessage();
        if (answer.TryIndex(known, out _) != System.Buffers.OperationStatus.Done) return;
        var draft = DiameterDraft.Rent().Start(answer.Flags, answer.Command, answer.Application, request.HopByHop,
            request.EndToEnd);
        foreach (var avp in answer.Avps)
            if (avp is not { Code: Rfc6733.ProxyInfoCode, Vendor: 0 }) draft.Copy(avp);
        foreach (var avp in request.FindAll(Rfc6733.ProxyInfoCode, 0)) draft.Copy(avp);
        connection.Send(draft.Finish().Span);
        DiameterDraft.Return(draft);
    }

    private static int LastProxyInfo(DiameterMessage message, byte[] host)
    {
        var last = -1;
        var isOwn = false;
        var avps = message.Avps.GetEnumerator();
        while (avps.MoveNext())
        {
            if (avps.Current is not { Code: Rfc6733.ProxyInfoCode, Vendor: 0 }) continue;
            last = avps.Offset;
            isOwn = avps.Current.TryFind(Rfc6733.ProxyHostCode, 0, out var proxy) &&
                Ascii.EqualsIgnoreCase(proxy.Data, host);
        }

        return isOwn ? last : -1;
    }
}
