using System.Text;

namespace McConformance.Fakes.Variants;

/// <summary>Changes of the head of a SIP or HTTP message: both have lines of name, colon and value.</summary>
internal static class HeadVariations
{
    /// <summary>Lines in the other order; those of one name keep theirs, which has a meaning (RFC 3261 7.3.1,
    /// RFC 9110 5.3).</summary>
    public static ReadOnlyMemory<byte> Reverse(ReadOnlyMemory<byte> octets) => Lines(octets, lines =>
    [
        lines[0],
        .. lines.Skip(1).GroupBy(NameOf, StringComparer.OrdinalIgnoreCase).Reverse().SelectMany(g => g),
    ]);

    /// <summary>Names in lower or upper case.</summary>
    public static Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Case(string what) => octets => Lines(octets, lines =>
    [
        lines[0], .. lines.Skip(1)
            .Select(l =>
            (what == "lower" ? NameOf(l).ToLowerInvariant() : NameOf(l).ToUpperInvariant()) + l[NameOf(l).Length..]),
    ]);

    /// <summary>One line more, behind the start line, unless a proxy passed it on already; a name that nobody knows is
    /// ignored.</summary>
    public static Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Add(string line) => octets => Lines(octets, lines =>
        ValueOf(lines, NameOf(line)).Length > 0 ? lines : [lines[0], line, .. lines.Skip(1)]);

    /// <summary>Another reason phrase, or none.</summary>
    public static Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Reason(string phrase) => octets =>
        Lines(octets, lines =>
        lines[0].StartsWith("SIP/2.0 ", StringComparison.Ordinal)
            || lines[0].StartsWith("HTTP/1.1 ", StringComparison.Ordinal)
            ? [$"{string.Join(' ', lines[0].Split(' ').Take(2))} {phrase}", .. lines.Skip(1)]
            : lines);

    /// <summary>The lines of a head, start line first, are put in place of it; the body stays. Octets without a head
    /// stay as they are.</summary>
    public static ReadOnlyMemory<byte> Lines(ReadOnlyMemory<byte> octets, Func<string[], IEnumerable<string>> change)
    {
        var end = octets.Span.IndexOf("\r\n\r\n"u8);
        if (end <= 0) return octets;
        var lines = Whole(octets.Span[..end]);
        return (byte[])[.. Encoding.UTF8.GetBytes(string.Join("\r\n", change(lines))), .. octets.Span[end..]];
    }

    /// <summary>What stands before the colon of a line.</summary>
    public static string NameOf(string line) => line.Split(':')[0].TrimEnd();

    /// <summary>The value of a header; empty where there is none.</summary>
    public static string ValueOf(IEnumerable<string> lines, string name) =>
        lines.FirstOrDefault(l => NameOf(l).Equals(name, StringComparison.OrdinalIgnoreCase)) is { } line
            ? line[(line.IndexOf(':') + 1)..].Trim() : "";

    /// <summary>Head and body of a message; null where the head does not end.</summary>
    public static (string[] Lines, byte[] Body)? Parts(ReadOnlyMemory<byte> octets)
    {
        var end = octets.Span.IndexOf("\r\n\r\n"u8);
        return end <= 0 ? null : (Whole(octets.Span[..end]), octets.Span[(end + 4)..].ToArray());
    }

    /// <summary>The message with another body, its length told again; one that came in chunks goes out whole.</summary>
    public static ReadOnlyMemory<byte> With(string[] lines, byte[] body)
    {
        string[] lengths = ["Content-Length", "Transfer-Encoding"];
        var head = lines.Select(l =>
            lengths.Contains(NameOf(l), StringComparer.OrdinalIgnoreCase) ? $"Content-Length: {body.Length}" : l);
        return (byte[])[.. Encoding.UTF8.GetBytes(string.Join("\r\n", head) + "\r\n\r\n"), .. body];
    }

    /// <summary>The lines of a head; one that goes on in the next (RFC 3261 7.3.1) is one.</summary>
    private static string[] Whole(ReadOnlySpan<byte> head)
    {
        var lines = new List<string>();
        foreach (var line in Encoding.UTF8.GetString(head).Split("\r\n"))
        {
            if (line.Length > 0 && line[0] is ' ' or '\t' && lines.Count > 0) lines[^1] += $"\r\n{line}";
            else lines.Add(line);
        }

        return [.. lines];
    }
}
