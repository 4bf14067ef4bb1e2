using System.Text;

namespace McConformance.Fakes.Variants;

/// <summary>Other ways to write a SIP message that say the same (RFC 3261 7.3, 25.1).</summary>
internal static class SipVariations
{
    private static readonly Dictionary<string, string> CompactNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Call-ID"] = "i",
        ["Contact"] = "m",
        ["Content-Encoding"] = "e",
        ["Content-Length"] = "l",
        ["Content-Type"] = "c",
        ["Event"] = "o",
        ["From"] = "f",
        ["Subject"] = "s",
        ["Supported"] = "k",
        ["To"] = "t",
        ["Via"] = "v",
        ["Accept-Contact"] = "a",
        ["Allow-Events"] = "u",
    };

    /// <summary>Lists whose values may stand in one line (RFC 3261 7.3.1); Authorization and its like may
    /// not.</summary>
    private static readonly HashSet<string> Lists = new(StringComparer.OrdinalIgnoreCase)
    {
        "Via", "Route", "Record-Route", "Path", "Service-Route", "P-Associated-URI", "Supported", "Require", "Allow",
            "Accept",
    };

    /// <summary>Short names (RFC 3261 7.3.3, RFC 3841 9.2, RFC 6665 8.2.1).</summary>
    public static ReadOnlyMemory<byte> Compact(ReadOnlyMemory<byte> octets) => Each(octets, line =>
        CompactNames.TryGetValue(HeadVariations.NameOf(line), out var name) ? name + line[line.IndexOf(':')..] : line);

    /// <summary>The value goes on in the next line (RFC 3261 7.3.1).</summary>
    public static ReadOnlyMemory<byte> Fold(ReadOnlyMemory<byte> octets) => Each(octets, line =>
        HeadVariations.NameOf(line).Equals("Content-Length", StringComparison.OrdinalIgnoreCase) || line.Contains('\n')
            ? line : line.Insert(line.IndexOf(':') + 1, "\r\n\t"));

    /// <summary>White space around the colon and behind the value.</summary>
    public static ReadOnlyMemory<byte> Space(ReadOnlyMemory<byte> octets) => Each(octets, line =>
        $"{HeadVariations.NameOf(line)} :  {line[(line.IndexOf(':') + 1)..].Trim()} ");

    /// <summary>Several lines of one name become one, values parted by commas.</summary>
    public static ReadOnlyMemory<byte> Join(ReadOnlyMemory<byte> octets) => HeadVariations.Lines(octets, lines =>
    [
        lines[0],
        .. lines.Skip(1).GroupBy(HeadVariations.NameOf, StringComparer.OrdinalIgnoreCase)
            .SelectMany(g => Lists.Contains(g.Key) && g.Count() > 1
            ? [$"{g.Key}: {string.Join(", ", g.Select(l => l[(l.IndexOf(':') + 1)..].Trim()))}"]
            : g.ToArray()),
    ]);

    /// <summary>A parameter that nobody knows, behind the values of a header: <c>Contact ;x-other=1</c>.</summary>
    public static Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Parameter(string what) => octets =>
        Each(octets, line =>
        HeadVariations.NameOf(line).Equals(what.Split(' ')[0], StringComparison.OrdinalIgnoreCase)
            && !line.EndsWith(": *", StringComparison.Ordinal)
            ? line + what.Split(' ', 2)[1]
            : line);

    /// <summary>A name before the address, and the address in angle brackets, in requests and responses alike
    /// (RFC 3261 20.10).</summary>
    public static Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> DisplayName(string name) => octets =>
        Each(octets, line =>
        HeadVariations.NameOf(line) is "From" or "To" && line.Contains(": <", StringComparison.Ordinal)
            ? line.Replace(": <", $": {name} <", StringComparison.Ordinal) : line);

    /// <summary>Some text of the head becomes other text that means the same: <c>SIP/2.0/TCP =>
    /// sip/2.0/tcp</c>.</summary>
    public static Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Text(string what)
    {
        var sides = what.Split(" => ");
        return octets =>
            HeadVariations.Lines(octets, lines =>
            [lines[0], .. lines.Skip(1).Select(l => l.Replace(sides[0], sides[1], StringComparison.Ordinal))]);
    }

    private static ReadOnlyMemory<byte> Each(ReadOnlyMemory<byte> octets, Func<string, string> change) =>
        HeadVariations.Lines(octets, lines => [lines[0], .. lines.Skip(1).Select(change)]);
}
