using System.Text;

namespace McConformance.Fakes.Variants;

/// <summary>Other ways to write an HTTP/1.1 message that say the same (RFC 9110, RFC 9112).</summary>
internal static class HttpVariations
{
    /// <summary>White space before and behind the values; none is allowed before the colon (RFC 9112 5.1).</summary>
    public static ReadOnlyMemory<byte> Space(ReadOnlyMemory<byte> octets) => HeadVariations.Lines(octets, lines =>
        [lines[0], .. lines.Skip(1)
            .Select(l => $"{HeadVariations.NameOf(l)}: \t {l[(l.IndexOf(':') + 1)..].Trim()} \t")]);

    /// <summary>The body in chunks of some octets, with <c>extensions</c> and <c>trailers</c> where named
    /// (RFC 9112 7.1).</summary>
    public static Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Chunks(string what) => octets =>
    {
        if (HeadVariations.Parts(octets) is not ({ } lines, { Length: > 0 } body)
            || HeadVariations.ValueOf(lines, "Content-Length").Length == 0) return octets;
        var words = what.Split(' ');
        var size = int.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture);
        var head = lines.Select(l =>
            HeadVariations.NameOf(l).Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
            ? "Transfer-Encoding: chunked" : l);
        var output = new List<byte>(Encoding.UTF8.GetBytes(string.Join("\r\n", head) + "\r\n\r\n"));
        for (var at = 0; at < body.Length; at += size)
        {
            var length = Math.Min(size, body.Length - at);
            output.AddRange(
                Encoding.ASCII.GetBytes($"{length:x}{(words.Contains("extensions") ? ";x=\"y\"" : "")}\r\n"));
            output.AddRange(body.AsSpan(at, length));
            output.AddRange("\r\n"u8);
        }

        output.AddRange(Encoding.ASCII.GetBytes(words.Contains("trailers") ? "0\r\nX-Other: 1\r\n\r\n" : "0\r\n\r\n"));
        return output.ToArray();
    };

    /// <summary>The whole address in the request line, which every server must take (RFC 9112 3.2.2).</summary>
    public static ReadOnlyMemory<byte> Absolute(ReadOnlyMemory<byte> octets) => HeadVariations.Lines(octets, lines =>
        lines[0].Split(' ') is [var method, ['/', ..] path, "HTTP/1.1"]
            ? [$"{method} http://{HeadVariations.ValueOf(lines, "Host")}{path} HTTP/1.1", .. lines.Skip(1)]
            : lines);
}
