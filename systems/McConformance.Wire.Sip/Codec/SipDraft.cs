using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace McConformance.Wire.Sip.Codec;

/// <summary>
/// A message being written, in a growing buffer that is used again. <see cref="Line(SipHeader)"/> begins a header line and ends the one before;
/// CR and LF in what is put are left out, so that no value can begin a line of its own. Not thread safe.
/// </summary>
public sealed class SipDraft
{
    private static readonly ConcurrentBag<SipDraft> Pool = [];
    private byte[] buffer = new byte[2048];
    private int length;
    private bool isLineOpen;

    /// <summary>What is written so far; the message after <see cref="Finish()"/>.</summary>
    public ReadOnlyMemory<byte> Octets => buffer.AsMemory(0, length);

    /// <summary>What is written so far.</summary>
    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    /// <summary>Takes an empty draft from the pool.</summary>
    public static SipDraft Rent() => Pool.TryTake(out var draft) ? draft : new SipDraft();

    /// <summary>Gives a draft back; it must not be used any more.</summary>
    public static void Return(SipDraft draft)
    {
        draft.Reset();
        if (draft.buffer.Length <= 128 * 1024) Pool.Add(draft);
    }

    /// <summary>Empties it.</summary>
    public SipDraft Reset()
    {
        (length, isLineOpen) = (0, false);
        return this;
    }

    /// <summary>Writes a request line.</summary>
    public SipDraft Request(SipMethod method, ReadOnlySpan<byte> uri) => Request(SipMethods.NameOf(method), uri);

    /// <summary>Writes a request line of any method.</summary>
    public SipDraft Request(ReadOnlySpan<byte> method, ReadOnlySpan<byte> uri)
    {
        isLineOpen = true;
        return Put(method).Put(" "u8).Put(uri).Put(" SIP/2.0"u8);
    }

    /// <summary>Writes a status line.</summary>
    public SipDraft Response(int status, ReadOnlySpan<byte> reason)
    {
        isLineOpen = true;
        return Put("SIP/2.0 "u8).Put(status).Put(" "u8).Put(reason);
    }

    /// <summary>Begins a header line.</summary>
    public SipDraft Line(SipHeader header) => Line(SipHeaderNames.NameOf(header));

    /// <summary>Begins a header line of any name.</summary>
    public SipDraft Line(ReadOnlySpan<byte> name)
    {
        EndLine();
        isLineOpen = true;
        return Put(name).Put(": "u8);
    }

    /// <summary>Writes a header line.</summary>
    public SipDraft Line(SipHeader header, ReadOnlySpan<byte> value) => Line(header).Put(value);

    /// <summary>Writes octets, CR and LF left out.</summary>
    public SipDraft Put(ReadOnlySpan<byte> octets)
    {
        if (octets.IndexOfAny((byte)'\r', (byte)'\n') < 0) return Raw(octets);
        foreach (var octet in octets)
            if (octet is not ((byte)'\r' or (byte)'\n')) Raw([octet]);
        return this;
    }

    /// <summary>Writes text.</summary>
    public SipDraft Put(string text)
    {
        Span<byte> octets = text.Length <= 256 ? stackalloc byte[768] : new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        return Put(octets[..Encoding.UTF8.GetBytes(text, octets)]);
    }

    /// <summary>Writes a number.</summary>
    public SipDraft Put(int number) => Put((long)number);

    /// <summary>Writes a number.</summary>
    public SipDraft Put(uint number) => Put((long)number);

    /// <summary>Writes a number.</summary>
    public SipDraft Put(long number)
    {
        Grow(20);
        number.TryFormat(buffer.AsSpan(length), out var written, default, CultureInfo.InvariantCulture);
        length += written;
        return this;
    }

    /// <summary>Writes text in quotes; quotes and backslashes in it are escaped.</summary>
    public SipDraft PutQuoted(string text) => Put("\""u8).Put(text.Replace("\\", "\\\\").Replace("\"", "\\\"")).Put("\""u8);

    /// <summary>Writes octets as base64.</summary>
    public SipDraft PutBase64(ReadOnlySpan<byte> octets)
    {
        Grow(Base64.GetMaxEncodedToUtf8Length(octets.Length));
        Base64.EncodeToUtf8(octets, buffer.AsSpan(length), out _, out var written);
        length += written;
        return this;
    }

    /// <summary>Writes octets in hexadecimal, lower case.</summary>
    public SipDraft PutHex(ReadOnlySpan<byte> octets)
    {
        Grow(octets.Length * 2);
        foreach (var octet in octets)
        {
            buffer[length++] = "0123456789abcdef"u8[octet >> 4];
            buffer[length++] = "0123456789abcdef"u8[octet & 15];
        }

        return this;
    }

    /// <summary>Writes a value that holds parameters, less the named ones. Knows lists by comma (digest) and by semicolon (addresses).</summary>
    public SipDraft PutWithoutParameter(ReadOnlySpan<byte> value, ReadOnlySpan<byte> name) => PutWithoutParameters(value, name, default);

    /// <summary>The same for two names.</summary>
    public SipDraft PutWithoutParameters(ReadOnlySpan<byte> value, ReadOnlySpan<byte> name, ReadOnlySpan<byte> other)
    {
        // a digest's parameters stand behind its scheme and are parted by commas, an address's behind its URI and by semicolons
        var isDigest = DigestValues.TryRead(value, out _);
        var separator = isDigest ? (byte)',' : (byte)';';
        var head = isDigest ? 6 : EndOfBracket(value);
        Put(value[..head]);
        if (isDigest) Put(" "u8);
        var rest = isDigest ? value[head..].TrimStart(" \t\r\n"u8) : value[head..];
        var isFirst = true;
        while (!rest.IsEmpty)
        {
            var end = EndOfPart(rest, separator);
            var part = rest[..end];
            rest = end < rest.Length ? rest[(end + 1)..] : default;
            if (IsNamed(part, name) || IsNamed(part, other)) continue;
            if (isFirst && isDigest) part = part.TrimStart(" \t\r\n"u8);
            if (!isFirst) Put([separator]);
            Put(part);
            isFirst = false;
        }

        return this;
    }

    /// <summary>Copies a header line as it stands, folds included.</summary>
    public SipDraft CopyLine(SipMessage message, int index)
    {
        EndLine();
        var line = message.LineAt(index);
        Raw(line.TrimEnd("\r\n"u8));
        isLineOpen = true;
        return this;
    }

    /// <summary>Copies every line of a kind.</summary>
    public SipDraft CopyLines(SipMessage message, SipHeader header)
    {
        for (var i = 0; i < message.HeaderCount; i++)
            if (message.IdAt(i) == header) CopyLine(message, i);
        return this;
    }

    /// <summary>Copies the start line as it stands.</summary>
    public SipDraft StartLineOf(SipMessage message)
    {
        isLineOpen = true;
        return Raw(message.StartLine);
    }

    /// <summary>Ends the message without a body.</summary>
    public SipDraft Finish() => Line(SipHeader.ContentLength).Put(0).End(default);

    /// <summary>Ends the message with a body.</summary>
    public SipDraft Finish(ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> body) =>
        Line(SipHeader.ContentType, contentType).Line(SipHeader.ContentLength).Put(body.Length).End(body);

    /// <summary>Ends a message whose Content-Type was copied already.</summary>
    public SipDraft FinishBody(ReadOnlySpan<byte> body) => Line(SipHeader.ContentLength).Put(body.Length).End(body);

    /// <summary>Writes octets as they are, line ends too: for deviations on purpose.</summary>
    public SipDraft Raw(ReadOnlySpan<byte> octets)
    {
        Grow(octets.Length);
        octets.CopyTo(buffer.AsSpan(length));
        length += octets.Length;
        return this;
    }

    private SipDraft End(ReadOnlySpan<byte> body)
    {
        EndLine();
        return Raw("\r\n"u8).Raw(body);
    }

    private void EndLine()
    {
        if (isLineOpen) Raw("\r\n"u8);
        isLineOpen = false;
    }

    private static int EndOfPart(ReadOnlySpan<byte> text, byte separator)
    {
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && isQuoted) i++;
            else if (text[i] == '"') isQuoted = !isQuoted;
            else if (text[i] == separator && !isQuoted) return i;
        }

        return text.Length;
    }

    private static bool IsNamed(ReadOnlySpan<byte> part, ReadOnlySpan<byte> name)
    {
        part = part.TrimStart(" \t\r\n"u8);
        return !name.IsEmpty && part.Length >= name.Length && System.Text.Ascii.EqualsIgnoreCase(part[..name.Length], name) &&
            (part.Length == name.Length || part[name.Length] is (byte)'=' or (byte)' ' or (byte)'\t' or (byte)'\r');
    }

    private static int EndOfBracket(ReadOnlySpan<byte> value)
    {
        var open = NameAddress.IndexOfUnquoted(value, (byte)'<');
        return open < 0 ? 0 : open + value[open..].IndexOf((byte)'>') + 1;
    }

    private void Grow(int by)
    {
        if (length + by > buffer.Length) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + by));
    }
}
