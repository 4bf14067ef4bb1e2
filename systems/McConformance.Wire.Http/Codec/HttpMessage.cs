using System.Globalization;
using System.Text;

namespace McConformance.Wire.Http.Codec;

/// <summary>
/// A whole HTTP/1.1 message as it stood on the wire (RFC 9112 2), read for judging. The octets are kept; the body is shown without
/// its chunks. Never throws on what a peer sent.
/// </summary>
public sealed class HttpMessage
{
    private readonly List<(string Name, string Value)> fields = [];

    private HttpMessage(ReadOnlyMemory<byte> octets) => Octets = octets;

    /// <summary>All of it.</summary>
    public ReadOnlyMemory<byte> Octets { get; }

    /// <summary>True for a request.</summary>
    public bool IsRequest => Method.Length > 0;

    /// <summary>Method of a request; empty for a response.</summary>
    public string Method { get; private init; } = "";

    /// <summary>Request target as it stands; empty for a response.</summary>
    public string Target { get; private init; } = "";

    /// <summary>Status of a response, 100 to 599; 0 for a request.</summary>
    public int StatusCode { get; private init; }

    /// <summary>Reason phrase of a response; may be empty.</summary>
    public string Reason { get; private init; } = "";

    /// <summary>Header fields in their order, names as they stand.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields => fields;

    /// <summary>The body, chunks joined; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>Value of the first field of a name, upper and lower case alike; null where there is none.</summary>
    public string? this[string name] => fields.Find(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Media type of the body without parameters, in lower case; empty where none is given.</summary>
    public string MediaType => (this["Content-Type"] ?? "").Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>Path of the target without query.</summary>
    public string Path => HttpTarget.PathOf(Target).Split('?')[0];

    /// <summary>Query of the target without the question mark; empty where none.</summary>
    public string Query => HttpTarget.PathOf(Target) is var all && all.IndexOf('?') is var at and >= 0
        ? all[(at + 1)..] : "";

    /// <summary>Reads one whole message.</summary>
    /// <returns>Null where the octets are no HTTP/1.1 message.</returns>
    public static HttpMessage? Read(ReadOnlyMemory<byte> octets)
    {
        var span = octets.Span;
        var from = 0;
        while (span[from..].StartsWith("\r\n"u8)) from += 2;
        var head = span[from..].IndexOf("\r\n\r\n"u8);
        if (head < 0) return null;
        var lines = Encoding.Latin1.GetString(span.Slice(from, head)).Split("\r\n");
        if (Start(octets, lines[0]) is not { } message) return null;
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':');
            if (colon <= 0) return null;
            message.fields.Add((line[..colon], line[(colon + 1)..].Trim(' ', '\t')));
        }

        var body = octets[(from + head + 4)..];
        message.Body = message["Transfer-Encoding"]?.EndsWith("chunked", StringComparison.OrdinalIgnoreCase) == true ? Join(body) : body;
        return message;
    }

    private static HttpMessage? Start(ReadOnlyMemory<byte> octets, string line)
    {
        var words = line.Split(' ', 3);
        if (words[0] == "HTTP/1.1" && words.Length > 1 && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            return new HttpMessage(octets) { StatusCode = status, Reason = words.Length > 2 ? words[2] : "" };
        return words.Length == 3 && words[2] == "HTTP/1.1" && words[0].Length > 0
            ? new HttpMessage(octets) { Method = words[0], Target = words[1] }
            : null;
    }

    private static ReadOnlyMemory<byte> Join(ReadOnlyMemory<byte> chunks)
    {
        using var joined = new MemoryStream(chunks.Length);
        while (true)
        {
            var end = chunks.Span.IndexOf("\r\n"u8);
            if (end < 0) break;
            var size = Encoding.ASCII.GetString(chunks.Span[..end]).Split(';')[0].Trim();
            if (!int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length)) break;
            chunks = chunks[(end + 2)..];
            if (length <= 0 || length > chunks.Length) break;
            joined.Write(chunks.Span[..length]);
            chunks = chunks[Math.Min(length + 2, chunks.Length)..];
        }

        return joined.ToArray();
    }
}
