using McConformance.Wire.Sip.Codec;

namespace McConformance.Wire.Sip.Bodies;

/// <summary>The parts of a multipart body, as views on octets (RFC 2046 5.1.1): preamble and epilogue are skipped, parts come in any order.</summary>
public ref struct Multipart
{
    private readonly ReadOnlySpan<byte> boundary;
    private ReadOnlySpan<byte> rest;

    private Multipart(ReadOnlySpan<byte> boundary, ReadOnlySpan<byte> body)
    {
        this.boundary = boundary;
        rest = body;
        Headers = default;
        Content = default;
    }

    /// <summary>Header lines of the part here.</summary>
    public ReadOnlySpan<byte> Headers { get; private set; }

    /// <summary>Octets of the part here.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Begins to read; false where the type is not multipart or names no boundary.</summary>
    public static bool TryRead(ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> body, out Multipart parts)
    {
        parts = default;
        var semicolon = contentType.IndexOf((byte)';');
        if (semicolon < 0 || !contentType.StartsWith("multipart/"u8)) return false;
        if (!new SipParameters(contentType[semicolon..]).TryGet("boundary"u8, out var boundary) || boundary.IsEmpty) return false;
        parts = new Multipart(boundary, body);
        var first = Delimiter(body, boundary);
        parts.rest = first < 0 ? default : body[first..];
        return true;
    }

    /// <summary>Goes to the next part; false behind the last.</summary>
    public bool MoveNext()
    {
        if (rest.IsEmpty) return false;
        var after = rest[(2 + boundary.Length)..];
        if (after.StartsWith("--"u8)) return false;
        var line = after.IndexOf((byte)'\n');
        if (line < 0) return false;
        after = after[(line + 1)..];
        var end = Delimiter(after, boundary);
        var part = end < 0 ? after : after[..end];
        rest = end < 0 ? default : after[end..];
        Split(part.EndsWith("\r\n"u8) ? part[..^2] : part.EndsWith("\n"u8) ? part[..^1] : part);
        return true;
    }

    /// <summary>The value of a part's header, or nothing.</summary>
    public readonly bool TryGetHeader(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var lines = Headers;
        while (!lines.IsEmpty)
        {
            var end = lines.IndexOf((byte)'\n');
            var line = (end < 0 ? lines : lines[..end]).TrimEnd((byte)'\r');
            lines = end < 0 ? default : lines[(end + 1)..];
            var colon = line.IndexOf((byte)':');
            if (colon <= 0 || !System.Text.Ascii.EqualsIgnoreCase(line[..colon].Trim((byte)' '), name)) continue;
            value = line[(colon + 1)..].Trim((byte)' ');
            return true;
        }

        value = default;
        return false;
    }

    private void Split(ReadOnlySpan<byte> part)
    {
        var blank = part.StartsWith("\r\n"u8) ? 0 : part.IndexOf("\r\n\r\n"u8);
        Headers = blank <= 0 ? default : part[..blank];
        Content = blank < 0 ? part : part[(blank + (blank == 0 ? 2 : 4))..];
    }

    /// <summary>Where a line begins with the delimiter, or -1.</summary>
    private static int Delimiter(ReadOnlySpan<byte> text, ReadOnlySpan<byte> boundary)
    {
        for (var from = 0; from < text.Length;)
        {
            var at = text[from..].IndexOf("--"u8);
            if (at < 0) return -1;
            at += from;
            if ((at == 0 || text[at - 1] == '\n') && text[(at + 2)..].StartsWith(boundary)) return at;
            from = at + 2;
        }

        return -1;
    }
}
