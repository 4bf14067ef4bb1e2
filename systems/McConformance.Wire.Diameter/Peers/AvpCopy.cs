using System.Text;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>Copies the AVPs of a message that passes an agent.</summary>
internal static class AvpCopy
{
    /// <param name="message">What passes.</param>
    /// <param name="draft">Header written already.</param>
    /// <param name="rewriter">What changes, or null.</param>
    /// <param name="dropsLastProxyInfoOf">In an answer: the last Proxy-Info is left out where it is this host's own (RFC 6733 6.2.2).</param>
    public static void Write(DiameterMessage message, DiameterDraft draft, IAvpRewriter? rewriter, string? dropsLastProxyInfoOf = null)
    {
        var readable = message.ReadableTo();
        var own = dropsLastProxyInfoOf is null ? -1 : LastProxyInfo(message, dropsLastProxyInfoOf);
        var avps = message.Avps.GetEnumerator();
        while (avps.MoveNext())
        {
            var avp = avps.Current;
            if (avps.Offset == own || (!message.IsRequest && avp is { Code: Rfc6733.RouteRecordCode, Vendor: 0 })) continue;
            var action = rewriter?.Visit(avp, draft) ?? AvpAction.Keep;
            if (action == AvpAction.Keep) draft.Copy(avp);
        }

        // what cannot be read is passed on as it stands: judging it is not an agent's business
        draft.CopyOctets(message.Span[readable..]);
    }

    private static int LastProxyInfo(DiameterMessage message, string host)
    {
        var last = -1;
        var isOwn = false;
        var avps = message.Avps.GetEnumerator();
        while (avps.MoveNext())
        {
            if (avps.Current is not { Code: Rfc6733.ProxyInfoCode, Vendor: 0 }) continue;
            last = avps.Offset;
            isOwn = avps.Current.TryFind(Rfc6733.ProxyHostCode, 0, out var proxy) && Encoding.UTF8.GetString(proxy.Data) == host;
        }

        return isOwn ? last : -1;
    }
}
