using System.Text.RegularExpressions;

namespace McConformance.Fakes.Transport;

/// <summary>Takes what comes back to a peer message by message, in however many segments it comes: SIP by its
/// Content-Length (RFC 3261 18.3), Diameter by its length (RFC 6733 3). What is neither is taken as it comes.</summary>
/// <param name="peer">To whom it comes.</param>
public sealed partial class RawMessages(RawPeer peer)
{
    private string held = "";

    /// <summary>The next message, as text, without line ends before it (RFC 3261 7.5); what there is of it where the
    /// connection ended in the middle; empty where it ended before.</summary>
    /// <exception cref="TimeoutException">Neither a whole message nor an end came.</exception>
    public async Task<string> ReceiveAsync(TimeSpan patience)
    {
        while (true)
        {
            if (LengthOf(held) is { } length && length <= held.Length)
            {
                var message = held[..length];
                held = held[length..].TrimStart('\r', '\n');
                return message;
            }

            var more = await peer.ReceiveAsync(patience);
            var rest = held;
            held = (held + more).TrimStart('\r', '\n');
            if (more.Length > 0) continue;
            held = "";
            return rest;
        }
    }

    private static int? LengthOf(string text)
    {
        const string Sip = "SIP/2.0 ";
        if (text.Length == 0) return null;
        if (text[0] == '\x01') return text.Length < 4 ? null : Math.Max(4, (text[1] << 16) | (text[2] << 8) | text[3]);
        if (string.CompareOrdinal(text, 0, Sip, 0, Math.Min(text.Length, Sip.Length)) != 0) return text.Length;
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) return null;
        var body = ContentLength().Match(text[..end]);
        return end + 4 + (body.Success ? int.Parse(body.Groups[1].ValueSpan) : 0);
    }

    [GeneratedRegex(@"\r\n(?:content-length|l)[ \t]*:\s*([0-9]{1,8})", RegexOptions.IgnoreCase)]
    private static partial Regex ContentLength();
}
