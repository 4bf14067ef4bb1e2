namespace McConformance.Wire.Sip.Codec;

/// <summary>URIs, name-addr and Via by the grammar (RFC 3261 19.1.1, 20.10, 25.1).</summary>
internal static class SipValidatorUris
{
    /// <summary>A URI and nothing else.</summary>
    public static bool IsUri(ReadOnlySpan<byte> text, out int at, out bool hasHeaders)
    {
        var scanner = new SipScanner(text);
        hasHeaders = false;
        var isSip = StartsWith(text, "sip:"u8) || StartsWith(text, "sips:"u8);
        var isSound = isSip ? SipUri(ref scanner, text, out hasHeaders) : Absolute(ref scanner);
        at = scanner.At;
        return isSound && scanner.IsEnd;
    }

    /// <summary>name-addr, or addr-spec where brackets may be left out; header parameters are not read.</summary>
    public static bool Address(ref SipScanner scanner, bool mustBracket)
    {
        var start = scanner.At;
        var isQuoted = scanner.Sees((byte)'"');
        if (isQuoted)
        {
            if (!scanner.QuotedString()) return false;
            scanner.Space();
        }
        else
        {
            while (scanner.Token() && scanner.SomeSpace()) { }
        }

        if (scanner.Exactly((byte)'<')) return Bracketed(ref scanner);
        if (mustBracket || isQuoted) return false;
        scanner.At = start;
        return Bare(ref scanner);
    }

    /// <summary>One via-parm up to its parameters.</summary>
    public static bool SentBy(ref SipScanner scanner, out bool isSip2)
    {
        isSip2 = false;
        var start = scanner.At;
        if (!scanner.Token()) return false;
        var name = scanner.From(start);
        if (!scanner.Mark((byte)'/')) return false;
        start = scanner.At;
        if (!scanner.Token()) return false;
        isSip2 = System.Text.Ascii.EqualsIgnoreCase(name, "SIP"u8) && scanner.From(start).SequenceEqual("2.0"u8);
        return scanner.Mark((byte)'/') && scanner.Token() && scanner.SomeSpace() && scanner.Host() && scanner.Port(space: true);
    }

    private static bool Bracketed(ref SipScanner scanner)
    {
        var length = scanner.Rest.IndexOf((byte)'>');
        if (length < 0) return false;
        var isSound = IsUri(scanner.Rest[..length], out var at, out _);
        scanner.At += isSound ? length + 1 : at;
        return isSound;
    }

    /// <summary>Without brackets a comma, question mark or semicolon does not belong to the URI (RFC 3261 20.10).</summary>
    private static bool Bare(ref SipScanner scanner)
    {
        var length = scanner.Rest.IndexOfAny(" \t\r\n;,"u8);
        var uri = length < 0 ? scanner.Rest : scanner.Rest[..length];
        var question = uri.IndexOf((byte)'?');
        var isSound = IsUri(uri, out var at, out _) && question < 0;
        scanner.At += isSound ? uri.Length : question >= 0 ? Math.Min(at, question) : at;
        return isSound;
    }

    private static bool SipUri(ref SipScanner scanner, ReadOnlySpan<byte> text, out bool hasHeaders)
    {
        hasHeaders = false;
        scanner.Some(Octets.Scheme);
        scanner.Exactly((byte)':');
        if (text.IndexOf((byte)'@') >= 0)
        {
            if (!scanner.SomeEscaped(Octets.User)) return false;
            if (scanner.Exactly((byte)':')) scanner.SomeEscaped(Octets.Password);
            if (!scanner.Exactly((byte)'@')) return false;
        }

        if (!scanner.Host() || !scanner.Port(space: false)) return false;
        while (scanner.Exactly((byte)';'))
        {
            if (!scanner.SomeEscaped(Octets.Parameter)) return false;
            if (scanner.Exactly((byte)'=') && !scanner.SomeEscaped(Octets.Parameter)) return false;
        }

        hasHeaders = scanner.Sees((byte)'?');
        return !hasHeaders || Headers(ref scanner);
    }

    private static bool Headers(ref SipScanner scanner)
    {
        scanner.Exactly((byte)'?');
        do
        {
            if (!scanner.SomeEscaped(Octets.UriHeader) || !scanner.Exactly((byte)'=')) return false;
            scanner.SomeEscaped(Octets.UriHeader);
        }
        while (scanner.Exactly((byte)'&'));
        return true;
    }

    private static bool Absolute(ref SipScanner scanner)
    {
        if (scanner.IsEnd || !char.IsAsciiLetter((char)scanner.Rest[0])) return false;
        return scanner.Some(Octets.Scheme) && scanner.Exactly((byte)':') && scanner.SomeEscaped(Octets.Uric);
    }

    private static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> start) =>
        text.Length >= start.Length && System.Text.Ascii.EqualsIgnoreCase(text[..start.Length], start);
}
