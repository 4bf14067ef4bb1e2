using System.Globalization;
using System.Text;

namespace McConformance.Wire.Http.Codec;

/// <summary>
/// Finds where one HTTP/1.1 message ends and the next begins (RFC 9112 6). Octets go in as they come; whole messages come out,
/// octet for octet. One for each direction of a connection. Not thread safe.
/// </summary>
/// <remarks>
/// <code>
/// start-line CRLF *( field-line CRLF ) CRLF [ body ]
/// body: chunked | Content-Length octets | none (request without both; 1xx, 204, 304) | all until the end (other responses)
/// </code>
/// </remarks>
public sealed class HttpFraming
{
    /// <summary>Octets of one message; more makes the framing <see cref="IsLost"/>.</summary>
    public const int OctetsMax = 32 << 20;

    private byte[] buffer = new byte[4096];
    private int length;
    private int scanned;
    private int bodyStart;
    private long bodyLeft;
    private Await awaiting = Await.Head;

    private enum Await
    {
        Head,
        Body,
        ChunkSize,
        ChunkData,
        Trailer,
        End,
    }

    /// <summary>True once the octets make no sense as HTTP/1.1; the rest passes unframed.</summary>
    public bool IsLost { get; private set; }

    /// <summary>For responses: the method of the request that is answered next, since an answer to HEAD has no body.</summary>
    public bool AnswersHead { get; set; }

    /// <summary>Takes octets and reports every message that they complete.</summary>
    /// <param name="octets">As they came.</param>
    /// <param name="whole">Gets each whole message; the memory is valid during the call only.</param>
    /// <returns>False once the framing is lost.</returns>
    public bool Push(ReadOnlySpan<byte> octets, Action<ReadOnlyMemory<byte>> whole)
    {
        if (IsLost) return false;
        Append(octets);
        while (!IsLost && TryFinish(out var end))
        {
            whole(buffer.AsMemory(0, end));
            buffer.AsSpan(end, length - end).CopyTo(buffer);
            length -= end;
            scanned = 0;
            awaiting = Await.Head;
        }

        if (length > OctetsMax) IsLost = true;
        return !IsLost;
    }

    /// <summary>The stream has ended: a response without a length is whole now. Anything else that waits is cut short.</summary>
    /// <returns>What was left, whole or not; empty where nothing was.</returns>
    public ReadOnlyMemory<byte> Finish() => buffer.AsMemory(0, length);

    private bool TryFinish(out int end)
    {
        end = 0;
        while (true)
        {
            switch (awaiting)
            {
                case Await.Head:
                    if (!TryTakeHead()) return false;
                    break;
                case Await.Body:
                    if (length - bodyStart < bodyLeft) return false;
                    end = bodyStart + (int)bodyLeft;
                    return true;
                case Await.ChunkSize:
                    if (!TryTakeChunkSize()) return false;
                    break;
                case Await.ChunkData:
                    if (length - scanned < bodyLeft + 2) return false;
                    scanned += (int)bodyLeft + 2;
                    awaiting = Await.ChunkSize;
                    break;
                case Await.Trailer:
                    if (!TryTakeLine(out var line)) return false;
                    if (!line.IsEmpty) break;
                    end = scanned;
                    return true;
                default:
                    return false;
            }
        }
    }

    private bool TryTakeHead()
    {
        // an empty line before the start line is to be ignored (RFC 9112 2.2), and belongs to what follows it
        var from = 0;
        while (from + 1 < length && buffer[from] == '\r' && buffer[from + 1] == '\n') from += 2;
        var at = buffer.AsSpan(from, length - from).IndexOf("\r\n\r\n"u8);
        if (at < 0) return false;
        var head = buffer.AsSpan(from, at + 2);
        bodyStart = scanned = from + at + 4;
        bodyLeft = 0;
        awaiting = HasNoBody(head) ? Await.Body : BodyOf(head);
        return !IsLost;
    }

    private bool HasNoBody(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("HTTP/"u8)) return false;
        if (AnswersHead) return true;
        return head.Length > 12 && (head[9] == '1' || head[9..12].SequenceEqual("204"u8) || head[9..12].SequenceEqual("304"u8));
    }

    private Await BodyOf(ReadOnlySpan<byte> head)
    {
        if (TryField(head, "Transfer-Encoding", out var coding))
        {
            if (coding.EndsWith("chunked", StringComparison.OrdinalIgnoreCase)) return Await.ChunkSize;
            IsLost = true;
            return Await.End;
        }

        if (TryField(head, "Content-Length", out var text))
        {
            IsLost = !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out bodyLeft) || bodyLeft > OctetsMax;
            return Await.Body;
        }

        return head.StartsWith("HTTP/"u8) ? Await.End : Await.Body;
    }

    private bool TryTakeChunkSize()
    {
        if (!TryTakeLine(out var line)) return false;
        var end = line.IndexOfAny((byte)';', (byte)' ', (byte)'\t');
        if (end >= 0) line = line[..end];
        if (line.Length is 0 or > 8 || !long.TryParse(Encoding.ASCII.GetString(line), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bodyLeft))
        {
            IsLost = true;
            return false;
        }

        awaiting = bodyLeft == 0 ? Await.Trailer : Await.ChunkData;
        return true;
    }

    private bool TryTakeLine(out ReadOnlySpan<byte> line)
    {
        var rest = buffer.AsSpan(scanned, length - scanned);
        var at = rest.IndexOf("\r\n"u8);
        line = at < 0 ? default : rest[..at];
        if (at >= 0) scanned += at + 2;
        return at >= 0;
    }

    private static bool TryField(ReadOnlySpan<byte> head, string name, out string value)
    {
        value = "";
        foreach (var range in head.Split("\r\n"u8))
        {
            var line = head[range];
            var colon = line.IndexOf((byte)':');
            if (colon != name.Length || !Ascii.EqualsIgnoreCase(line[..colon], name)) continue;
            value = Encoding.ASCII.GetString(line[(colon + 1)..].Trim(" \t"u8));
            return true;
        }

        return false;
    }

    private void Append(ReadOnlySpan<byte> octets)
    {
        if (length + octets.Length > buffer.Length) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + octets.Length));
        octets.CopyTo(buffer.AsSpan(length));
        length += octets.Length;
    }
}
