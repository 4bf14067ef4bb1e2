using System.Text;
using McConformance.Wire.Sip.Bodies;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Checks.Flow;

/// <summary>What a SIP message carries: its body, or the parts of it (RFC 2046 5.1).</summary>
public static class SipBodies
{
    /// <summary>Those with a content type that ends so; in order.</summary>
    /// <param name="message">The message.</param>
    /// <param name="suffix">For example <c>+xml</c>; parameters behind it do not count (RFC 2045 5.1).</param>
    public static List<byte[]> Bodies(this SipMessage message, string suffix)
    {
        var bodies = new List<byte[]>();
        if (!message.TryGet(SipHeader.ContentType, out var type)) return bodies;
        if (!Multipart.TryRead(type, message.Body, out var parts))
        {
            if (Ends(type, suffix)) bodies.Add(message.Body.ToArray());
            return bodies;
        }

        while (parts.MoveNext())
            if (parts.TryGetHeader("Content-Type"u8, out var part)
                && Ends(part, suffix)) bodies.Add(parts.Content.ToArray());
        return bodies;
    }

    private static bool Ends(ReadOnlySpan<byte> type, string suffix) =>
        Encoding.ASCII.GetString(type).Split(';')[0].Trim().EndsWith(suffix, StringComparison.OrdinalIgnoreCase);
}
