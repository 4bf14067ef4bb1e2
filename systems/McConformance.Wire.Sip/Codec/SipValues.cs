namespace McConformance.Wire.Sip.Codec;

/// <summary>Each value of a header over all its lines; commas inside quotes and angle brackets do not separate (RFC 3261 7.3.1).</summary>
public ref struct SipValues
{
    private readonly SipMessage message;
    private readonly SipHeader header;
    private readonly bool isList;
    private ReadOnlySpan<byte> rest;
    private int next;

    internal SipValues(SipMessage message, SipHeader header)
    {
        this.message = message;
        this.header = header;
        isList = SipHeaderNames.IsList(header);
        rest = default;
        next = 0;
        Current = default;
    }

    /// <summary>The value here, trimmed.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>For foreach.</summary>
    public readonly SipValues GetEnumerator() => this;

    /// <summary>Goes on.</summary>
    public bool MoveNext()
    {
        while (rest.IsEmpty)
        {
            while (next < message.HeaderCount && message.IdAt(next) != header) next++;
            if (next >= message.HeaderCount) return false;
            rest = message.ValueAt(next++);
        }

        var end = isList ? EndOfValue(rest) : rest.Length;
        Current = rest[..end].Trim(" \t\r\n"u8);
        rest = end < rest.Length ? rest[(end + 1)..].TrimStart(" \t\r\n"u8) : default;
        return true;
    }

    /// <summary>Where the first value ends: at a comma outside quotes and brackets, or at the end.</summary>
    internal static int EndOfValue(ReadOnlySpan<byte> text)
    {
        var (isQuoted, isBracketed) = (false, false);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'\\' when isQuoted:
                    i++;
                    break;
                case (byte)'"' when !isBracketed:
                    isQuoted = !isQuoted;
                    break;
                case (byte)'<' when !isQuoted:
                    isBracketed = true;
                    break;
                case (byte)'>' when !isQuoted:
                    isBracketed = false;
                    break;
                case (byte)',' when !isQuoted && !isBracketed:
                    return i;
            }
        }

        return text.Length;
    }
}
