using System.Buffers;
using System.Buffers.Text;

namespace McConformance.Wire.Sip.Codec;

/// <summary>
/// A view of one message: the first of two passes, tolerant and without copying (RFC 3261 7). Finds the start line, the header lines and the
/// body; judges nothing (that is the validator). Any octets may be given. Used again and again; not thread safe.
/// </summary>
public sealed class SipMessage
{
    /// <summary>Most header lines taken; a message with more is invalid.</summary>
    public const int HeadersMax = 256;
    private Line[] lines = new Line[32];
    private byte[] kept = [];
    private ReadOnlyMemory<byte> octets;
    private (int Start, int End) methodOrVersion;
    private (int Start, int End) uriOrStatus;
    private (int Start, int End) versionOrReason;
    private int headersEnd;

    /// <summary>The whole message.</summary>
    public ReadOnlyMemory<byte> Octets => octets;

    /// <summary>The whole message.</summary>
    public ReadOnlySpan<byte> Span => octets.Span;

    /// <summary>True for a request.</summary>
    public bool IsRequest { get; private set; }

    /// <summary>The request's method, or the one in a response's CSeq.</summary>
    public SipMethod Method { get; private set; }

    /// <summary>The request's method as it stands; empty in a response.</summary>
    public ReadOnlySpan<byte> MethodName => IsRequest ? Slice(methodOrVersion) : default;

    /// <summary>Request-URI; empty in a response.</summary>
    public ReadOnlySpan<byte> RequestUri => IsRequest ? Slice(uriOrStatus) : default;

    /// <summary>SIP-Version as it stands.</summary>
    public ReadOnlySpan<byte> Version => Slice(IsRequest ? versionOrReason : methodOrVersion);

    /// <summary>Status code, 0 in a request.</summary>
    public int StatusCode { get; private set; }

    /// <summary>Reason phrase; empty in a request.</summary>
    public ReadOnlySpan<byte> ReasonPhrase => IsRequest ? default : Slice(versionOrReason);

    /// <summary>The start line without its end.</summary>
    public ReadOnlySpan<byte> StartLine => Span[..StartLineEnd];

    /// <summary>How many header lines there are.</summary>
    public int HeaderCount { get; private set; }

    /// <summary>The body; empty where there is none.</summary>
    public ReadOnlySpan<byte> Body => Span[headersEnd..];

    internal int StartLineEnd { get; private set; }

    internal int HeadersEnd => headersEnd;

    /// <summary>Octets behind the body that Content-Length leaves over in a datagram.</summary>
    public int ExcessOctets { get; private set; }

    /// <summary>Content-Length as stated; -1 where it is absent or no number.</summary>
    public long StatedLength { get; private set; }

    /// <summary>Which header a line is.</summary>
    public SipHeader IdAt(int index) => lines[index].Id;

    /// <summary>The name as it stands.</summary>
    public ReadOnlySpan<byte> NameAt(int index) => Span[lines[index].Start..lines[index].NameEnd];

    /// <summary>The value, trimmed; a folded one with its line ends.</summary>
    public ReadOnlySpan<byte> ValueAt(int index) => Span[lines[index].ValueStart..lines[index].ValueEnd];

    /// <summary>The whole line with its end.</summary>
    public ReadOnlySpan<byte> LineAt(int index) => Span[lines[index].Start..lines[index].End];

    /// <summary>Offset of a value in the message.</summary>
    public int OffsetAt(int index) => lines[index].ValueStart;

    /// <summary>Takes the message at the start of the octets.</summary>
    /// <param name="from">What was received.</param>
    /// <param name="stream">True where Content-Length tells the end; false for a datagram.</param>
    /// <param name="consumed">How many octets the message has; 0 unless done.</param>
    /// <returns>Done; NeedMoreData where it is not whole; InvalidData where it cannot be read as a message.</returns>
    public OperationStatus TryIndex(ReadOnlyMemory<byte> from, bool stream, out int consumed)
    {
        consumed = 0;
        octets = from;
        (HeaderCount, StatusCode, Method, StatedLength, ExcessOctets, headersEnd) = (0, 0, SipMethod.Unknown, -1, 0, 0);
        var span = from.Span;
        var at = span.IndexOf((byte)'\n');
        if (at < 0) return stream ? OperationStatus.NeedMoreData : OperationStatus.InvalidData;
        StartLineEnd = at > 0 && span[at - 1] == '\r' ? at - 1 : at;
        if (!ReadStartLine(span[..StartLineEnd])) return OperationStatus.InvalidData;
        var status = ReadHeaders(span, at + 1, stream);
        return status == OperationStatus.Done ? Frame(from, stream, out consumed) : status;
    }

    /// <summary>The first header of a kind.</summary>
    public bool TryGet(SipHeader header, out ReadOnlySpan<byte> value)
    {
        for (var i = 0; i < HeaderCount; i++)
        {
            if (lines[i].Id != header) continue;
            value = ValueAt(i);
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>How many lines of a kind there are.</summary>
    public int Count(SipHeader header)
    {
        var count = 0;
        for (var i = 0; i < HeaderCount; i++)
            if (lines[i].Id == header) count++;
        return count;
    }

    /// <summary>Each value of a kind, over all lines.</summary>
    public SipValues Values(SipHeader header) => new(this, header);

    /// <summary>Becomes a copy of another message, in a buffer of its own that is used again.</summary>
    public void Keep(SipMessage other)
    {
        var length = other.octets.Length;
        if (kept.Length < length) kept = new byte[Math.Max(2048, length)];
        other.Span.CopyTo(kept);
        octets = kept.AsMemory(0, length);
        if (lines.Length < other.HeaderCount) lines = new Line[other.lines.Length];
        Array.Copy(other.lines, lines, other.HeaderCount);
        (IsRequest, Method, StatusCode, HeaderCount, headersEnd) = (other.IsRequest, other.Method, other.StatusCode, other.HeaderCount, other.headersEnd);
        (methodOrVersion, uriOrStatus, versionOrReason) = (other.methodOrVersion, other.uriOrStatus, other.versionOrReason);
        (StartLineEnd, ExcessOctets, StatedLength) = (other.StartLineEnd, other.ExcessOctets, other.StatedLength);
    }

    private ReadOnlySpan<byte> Slice((int Start, int End) part) => Span[part.Start..part.End];

    private bool ReadStartLine(ReadOnlySpan<byte> line)
    {
        var first = line.IndexOf((byte)' ');
        if (first <= 0) return false;
        IsRequest = !line.StartsWith("SIP/"u8);
        methodOrVersion = (0, first);
        var rest = line[(first + 1)..];
        // spaces at the end belong to the version, where whoever judges finds them (RFC 4475 3.1.2.10)
        var second = IsRequest ? rest.TrimEnd((byte)' ').LastIndexOf((byte)' ') : rest.IndexOf((byte)' ');
        if (IsRequest && second < 0) return false;
        if (second < 0) second = rest.Length;
        uriOrStatus = (first + 1, first + 1 + second);
        versionOrReason = (Math.Min(first + 2 + second, line.Length), line.Length);
        if (IsRequest)
        {
            Method = SipMethods.Find(line[..first]);
            return line[versionOrReason.Start..].StartsWith("SIP/"u8);
        }

        if (second != 3 || !Utf8Parser.TryParse(rest[..second], out int status, out var used) || used != second || status is < 100 or > 699) return false;
        StatusCode = status;
        return true;
    }

    private OperationStatus ReadHeaders(ReadOnlySpan<byte> span, int at, bool stream)
    {
        while (true)
        {
            var length = span[at..].IndexOf((byte)'\n');
            if (length < 0) return EndWithoutEmptyLine(span, at, stream);
            var end = at + length;
            var textEnd = length > 0 && span[end - 1] == '\r' ? end - 1 : end;
            if (textEnd == at)
            {
                headersEnd = end + 1;
                return OperationStatus.Done;
            }

            if (span[at] is (byte)' ' or (byte)'\t')
            {
                if (HeaderCount == 0) return OperationStatus.InvalidData;
                Fold(span, textEnd, end + 1);
            }
            else if (!Add(span, at, textEnd, end + 1)) return OperationStatus.InvalidData;

            at = end + 1;
        }
    }

    /// <summary>A datagram may end in its last header line: read it, and let the validator say what it thinks.</summary>
    private OperationStatus EndWithoutEmptyLine(ReadOnlySpan<byte> span, int at, bool stream)
    {
        if (stream) return OperationStatus.NeedMoreData;
        headersEnd = span.Length;
        return at < span.Length && !Add(span, at, span.Length, span.Length) ? OperationStatus.InvalidData : OperationStatus.Done;
    }

    private bool Add(ReadOnlySpan<byte> span, int start, int textEnd, int end)
    {
        if (HeaderCount == HeadersMax) return false;
        if (HeaderCount == lines.Length) Array.Resize(ref lines, lines.Length * 2);
        var line = span[start..textEnd];
        var colon = line.IndexOf((byte)':');
        var nameEnd = colon < 0 ? line.Length : colon;
        var name = line[..nameEnd].TrimEnd(" \t"u8);
        var valueStart = colon < 0 ? line.Length : colon + 1;
        while (valueStart < line.Length && line[valueStart] is (byte)' ' or (byte)'\t') valueStart++;
        var valueEnd = line.Length;
        while (valueEnd > valueStart && line[valueEnd - 1] is (byte)' ' or (byte)'\t') valueEnd--;
        var id = colon < 0 ? SipHeader.Unknown : SipHeaderNames.Find(name);
        lines[HeaderCount++] = new Line(id, start, start + name.Length, start + valueStart, start + valueEnd, end);
        if (id == SipHeader.ContentLength) TakeLength(line[valueStart..valueEnd]);
        else if (id == SipHeader.CSeq && !IsRequest) TakeMethod(line[valueStart..valueEnd]);
        return true;
    }

    private void Fold(ReadOnlySpan<byte> span, int textEnd, int end)
    {
        ref var line = ref lines[HeaderCount - 1];
        var valueEnd = textEnd;
        while (valueEnd > line.ValueStart && span[valueEnd - 1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') valueEnd--;
        var valueStart = line.ValueStart;
        while (valueStart < valueEnd && span[valueStart] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') valueStart++;
        line = line with { ValueStart = valueStart, ValueEnd = valueEnd, End = end };
        if (line.Id == SipHeader.CSeq && !IsRequest) TakeMethod(span[valueStart..valueEnd]);
        if (line.Id == SipHeader.ContentLength) TakeLength(span[valueStart..valueEnd]);
    }

    private void TakeLength(ReadOnlySpan<byte> value)
    {
        if (StatedLength < 0 && Utf8Parser.TryParse(value, out uint length, out var used) && used == value.Length) StatedLength = length;
    }

    private void TakeMethod(ReadOnlySpan<byte> cseq)
    {
        var space = cseq.LastIndexOfAny((byte)' ', (byte)'\t');
        if (space >= 0) Method = SipMethods.Find(cseq[(space + 1)..]);
    }

    private OperationStatus Frame(ReadOnlyMemory<byte> from, bool stream, out int consumed)
    {
        consumed = 0;
        var available = from.Length - headersEnd;
        if (StatedLength > int.MaxValue) return OperationStatus.InvalidData;
        if (stream)
        {
            // RFC 3261 18.3: on a stream the length must be stated; without it this message is taken to have no body
            var body = (int)Math.Max(0, StatedLength);
            if (body > available) return OperationStatus.NeedMoreData;
            octets = from[..(headersEnd + body)];
        }
        else if (StatedLength >= 0 && StatedLength < available)
        {
            ExcessOctets = available - (int)StatedLength;
            octets = from[..(headersEnd + (int)StatedLength)];
        }

        consumed = octets.Length;
        return OperationStatus.Done;
    }

    private readonly record struct Line(SipHeader Id, int Start, int NameEnd, int ValueStart, int ValueEnd, int End);
}
