using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using McConformance.Wire.Http.Codec;

namespace McConformance.Fakes.Variants;

/// <summary>Other ways to write a body that say the same.</summary>
internal static class BodyVariations
{
    /// <summary>The XML of a SIP message: its body, or each part of a multipart body (RFC 2046 5.1).</summary>
    public static ReadOnlyMemory<byte> SipXml(ReadOnlyMemory<byte> octets, Func<string, string> change)
    {
        if (HeadVariations.Parts(octets) is not ({ } lines, { Length: > 0 } body)) return octets;
        var type = HeadVariations.ValueOf(lines, "Content-Type");
        var text = Encoding.UTF8.GetString(body);
        if (type.Contains("+xml", StringComparison.Ordinal)) return HeadVariations.With(lines,
            Encoding.UTF8.GetBytes(change(text)));
        return Boundary(type) is { } boundary
            ? HeadVariations.With(lines,
                Encoding.UTF8.GetBytes(
                EachPart(text, boundary, p => XmlOf(p) is { } xml
                ? p.Replace(xml, change(xml), StringComparison.Ordinal) : p)))
            : octets;
    }

    /// <summary>The XML of an HTTP message.</summary>
    public static ReadOnlyMemory<byte> HttpXml(ReadOnlyMemory<byte> octets, Func<string, string> change) =>
        HttpBody(octets, "+xml") is ({ } lines, { } body)
            ? HeadVariations.With(lines, Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(body))))
            : octets;

    /// <summary>A multipart body written otherwise: <c>boundary</c>, <c>preamble</c>, <c>headers</c>, <c>padding</c>
    /// or <c>order</c>.</summary>
    public static ReadOnlyMemory<byte> Multipart(ReadOnlyMemory<byte> octets, string what)
    {
        if (HeadVariations.Parts(octets) is not ({ } lines, { Length: > 0 } body) ||
            Boundary(HeadVariations.ValueOf(lines, "Content-Type")) is not { } boundary) return octets;
        var text = Encoding.UTF8.GetString(body);
        switch (what)
        {
            case "boundary":
                // quoted, with characters that need it (RFC 2046 5.1.1)
                lines = [.. lines.Select(l =>
                    l.Replace($"boundary={boundary}", "boundary=\"other b='(y)\"", StringComparison.Ordinal))];
                text = text.Replace($"--{boundary}", "--other b='(y)", StringComparison.Ordinal);
                break;
            case "preamble":
                text = $"This is ignored.\r\n{text}So is this.\r\n";
                break;
            case "headers":
                text = EachPart(text, boundary, p => $"Content-ID: <part@example>\r\n{p}");
                break;
            case "padding":
                text = text.Replace($"--{boundary}\r\n", $"--{boundary} \t\r\n", StringComparison.Ordinal);
                break;
            default:
                var parts = text.Split($"--{boundary}\r\n")[1..];
                parts[^1] = parts[^1][..parts[^1].IndexOf($"--{boundary}--", StringComparison.Ordinal)];
                text = string.Concat(parts.Reverse().Select(p => $"--{boundary}\r\n{p}")) + $"--{boundary}--\r\n";
                break;
        }

        return HeadVariations.With(lines, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>JSON: members in another <c>order</c>, <c>space</c> between them, one <c>member</c> more, or
    /// characters as <c>escapes</c> (RFC 8259).</summary>
    public static ReadOnlyMemory<byte> Json(ReadOnlyMemory<byte> octets, string what)
    {
        if (HttpBody(octets, "application/json") is not ({ } lines, { } body)) return octets;
        var read = JsonNode.Parse(body)!.AsObject();
        var members = what == "order" ? read.Reverse() : read;
        var written = new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));
        if (what == "member") written["x_other"] = new JsonObject { ["nested"] = new JsonArray(1, null, "two") };
        var options = new JsonSerializerOptions
        {
            WriteIndented = what == "space",
            Encoder = JavaScriptEncoder.Default
        };
        var text = written.ToJsonString(options);
        if (what == "escapes") text = text.Replace("access", "\\u0061cc\\u0065ss", StringComparison.Ordinal)
            .Replace("/", "\\/", StringComparison.Ordinal);
        return HeadVariations.With(lines, Encoding.UTF8.GetBytes(text));
    }

    private const string Other = "x_other=1";

    /// <summary>A form: fields in another <c>order</c>, one <c>field</c> more, or <c>escapes</c> in lower case
    /// (RFC 6749 appendix B, RFC 3986 2.1).</summary>
    public static ReadOnlyMemory<byte> Form(ReadOnlyMemory<byte> octets, string what)
    {
        if (HttpBody(octets, "application/x-www-form-urlencoded") is not ({ } lines, { } body)) return octets;
        var fields = Encoding.ASCII.GetString(body).Split('&');
        var text = string.Join('&', what == "order" ? fields.Reverse() : fields);
        // once only, whoever passes it on (RFC 6749 3.2)
        if (what == "field" && !fields.Contains(Other)) text += $"&{Other}";
        if (what == "escapes") text = System.Text.RegularExpressions.Regex.Replace(text, "%[0-9A-F]{2}", m =>
            m.Value.ToLowerInvariant());
        return HeadVariations.With(lines, Encoding.ASCII.GetBytes(text));
    }

    /// <summary>Head and whole body of an HTTP message of a media type; null for any other.</summary>
    private static (string[] Lines, byte[] Body)? HttpBody(ReadOnlyMemory<byte> octets, string type) =>
        HttpMessage.Read(octets) is { Body.IsEmpty: false } message &&
        message.MediaType.EndsWith(type, StringComparison.Ordinal) && HeadVariations.Parts(octets) is { } parts
            ? (parts.Lines, message.Body.ToArray())
            : null;

    private static string? Boundary(string type) =>
        type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)
            && type.IndexOf("boundary=", StringComparison.Ordinal) is >= 0 and var at
            ? type[(at + 9)..].Split(';')[0].Trim('"')
            : null;

    private static string EachPart(string text, string boundary, Func<string, string> change) =>
        string.Join($"--{boundary}\r\n", text.Split($"--{boundary}\r\n").Select((p, i) => i == 0 ? p : change(p)));

    private static string? XmlOf(string part)
    {
        var at = part.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var end = part.LastIndexOf('>');
        return at < 0 || end < at ? null : part[(at + 4)..(end + 1)];
    }
}
