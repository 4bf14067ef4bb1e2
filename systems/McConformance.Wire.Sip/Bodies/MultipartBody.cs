using System.Text;

namespace McConformance.Wire.Sip.Bodies;

/// <summary>Writes multipart/mixed bodies (RFC 2046 5.1.3); what <see cref="Multipart"/> reads.</summary>
public sealed class MultipartBody
{
    private readonly List<(string Type, ReadOnlyMemory<byte> Content)> parts = [];

    /// <summary>Between the parts. Random, so that no part holds it.</summary>
    private readonly string boundary = $"mcx-{Guid.NewGuid():N}";

    /// <summary>Content type of the whole, with the boundary.</summary>
    public string ContentType => $"multipart/mixed;boundary={boundary}";

    /// <summary>Adds a part; the order of calls is that of the parts.</summary>
    /// <param name="type">Content type of the part.</param>
    /// <param name="content">Octets; not copied.</param>
    public MultipartBody Add(string type, ReadOnlyMemory<byte> content)
    {
        parts.Add((type, content));
        return this;
    }

    /// <summary>The whole.</summary>
    public byte[] ToOctets()
    {
        using var body = new MemoryStream();
        foreach (var (type, content) in parts)
        {
            body.Write(Encoding.ASCII.GetBytes($"--{boundary}\r\nContent-Type: {type}\r\n\r\n"));
            body.Write(content.Span);
            body.Write("\r\n"u8);
        }

        body.Write(Encoding.ASCII.GetBytes($"--{boundary}--\r\n"));
        return body.ToArray();
    }
}
