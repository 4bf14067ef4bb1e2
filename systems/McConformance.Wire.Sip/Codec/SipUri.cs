using System.Buffers.Text;

namespace McConformance.Wire.Sip.Codec;

/// <summary>Parameters of the form <c>;name=value</c>, as a view (RFC 3261 25.1, generic-param and uri-parameter).</summary>
/// <param name="text">From the first semicolon, or empty.</param>
public readonly ref struct SipParameters(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> text = text;

    /// <summary>Finds a parameter; quotes are taken off its value. A parameter without a value is found with an empty one.</summary>
    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var rest = text;
        while (TryNext(ref rest, out var found, out value))
            if (System.Text.Ascii.EqualsIgnoreCase(found, name)) return true;
        value = default;
        return false;
    }

    /// <summary>Takes the first parameter off.</summary>
    public static bool TryNext(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = default;
        value = default;
        while (!rest.IsEmpty && rest[0] is (byte)';' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') rest = rest[1..];
        if (rest.IsEmpty) return false;
        var end = EndOf(rest);
        var part = rest[..end];
        rest = rest[end..];
        var equals = part.IndexOf((byte)'=');
        name = (equals < 0 ? part : part[..equals]).Trim(" \t\r\n"u8);
        value = equals < 0 ? default : Unquote(part[(equals + 1)..].Trim(" \t\r\n"u8));
        return true;
    }

    internal static ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> value) =>
        value.Length >= 2 && value[0] == '"' && value[^1] == '"' ? value[1..^1] : value;

    private static int EndOf(ReadOnlySpan<byte> text)
    {
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && isQuoted) i++;
            else if (text[i] == '"') isQuoted = !isQuoted;
            else if (text[i] == ';' && !isQuoted) return i;
        }

        return text.Length;
    }
}

/// <summary>A SIP or SIPS URI, or one of another scheme with no more than its scheme read (RFC 3261 19.1).</summary>
public readonly ref struct SipUri
{
    private readonly ReadOnlySpan<byte> parameters;

    private SipUri(ReadOnlySpan<byte> scheme, ReadOnlySpan<byte> user, ReadOnlySpan<byte> host, int port, ReadOnlySpan<byte> parameters, ReadOnlySpan<byte> headers)
    {
        Scheme = scheme;
        User = user;
        Host = host;
        Port = port;
        this.parameters = parameters;
        Headers = headers;
    }

    /// <summary>sip, sips, tel ...</summary>
    public ReadOnlySpan<byte> Scheme { get; }

    /// <summary>Before the @, without a password; empty where there is none. For other schemes all that follows the colon.</summary>
    public ReadOnlySpan<byte> User { get; }

    /// <summary>Host name or address; an IPv6 address with its brackets.</summary>
    public ReadOnlySpan<byte> Host { get; }

    /// <summary>0 where none is stated.</summary>
    public int Port { get; }

    /// <summary>Behind the question mark.</summary>
    public ReadOnlySpan<byte> Headers { get; }

    /// <summary>True for sip and sips.</summary>
    public bool IsSip => System.Text.Ascii.EqualsIgnoreCase(Scheme, "sip"u8) || System.Text.Ascii.EqualsIgnoreCase(Scheme, "sips"u8);

    /// <summary>Finds a URI parameter.</summary>
    public bool TryGetParameter(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) => new SipParameters(parameters).TryGet(name, out value);

    /// <summary>Reads a URI; false where it has no scheme, or is a SIP URI without a host.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out SipUri uri)
    {
        uri = default;
        var colon = text.IndexOf((byte)':');
        if (colon <= 0) return false;
        var scheme = text[..colon];
        var rest = text[(colon + 1)..];
        if (!System.Text.Ascii.EqualsIgnoreCase(scheme, "sip"u8) && !System.Text.Ascii.EqualsIgnoreCase(scheme, "sips"u8))
        {
            uri = new SipUri(scheme, rest, default, 0, default, default);
            return !rest.IsEmpty;
        }

        var at = rest.IndexOf((byte)'@');
        var user = at < 0 ? default : rest[..at];
        var password = user.IndexOf((byte)':');
        if (password >= 0) user = user[..password];
        rest = rest[(at + 1)..];
        var question = rest.IndexOf((byte)'?');
        var headers = question < 0 ? default : rest[(question + 1)..];
        if (question >= 0) rest = rest[..question];
        var semicolon = rest.IndexOf((byte)';');
        var parameters = semicolon < 0 ? default : rest[semicolon..];
        if (!TryReadHost(semicolon < 0 ? rest : rest[..semicolon], out var host, out var port)) return false;
        uri = new SipUri(scheme, user, host, port, parameters, headers);
        return true;
    }

    /// <summary>Splits host and port; IPv6 addresses stand in brackets.</summary>
    internal static bool TryReadHost(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> host, out int port)
    {
        host = text;
        port = 0;
        if (text.IsEmpty) return false;
        var end = text[0] == '[' ? text.IndexOf((byte)']') + 1 : text.IndexOf((byte)':');
        if (text[0] != '[' && end < 0) return true;
        if (end <= 0) return false;
        host = text[..end].TrimEnd(" \t\r\n"u8);
        var rest = text[end..].TrimStart(" \t\r\n"u8);
        if (rest.IsEmpty) return true;

        // white space may stand around the colon in a Via (RFC 3261 25.1, COLON); a sign may not stand in a port
        var digits = rest[1..].TrimStart(" \t\r\n"u8);
        return rest[0] == ':' && !host.IsEmpty && !digits.IsEmpty && digits[0] is >= (byte)'0' and <= (byte)'9' &&
            Utf8Parser.TryParse(digits, out port, out var used) && used == digits.Length && port is > 0 and < 65536;
    }
}

/// <summary>A name-addr or addr-spec with parameters: To, From, Contact, Route, Path and their like (RFC 3261 20.10).</summary>
public readonly ref struct NameAddress
{
    /// <summary>A quote that nothing closes.</summary>
    private const int Unclosed = -2;
    private readonly ReadOnlySpan<byte> parameters;

    private NameAddress(ReadOnlySpan<byte> displayName, ReadOnlySpan<byte> uri, ReadOnlySpan<byte> parameters)
    {
        DisplayName = displayName;
        Uri = uri;
        this.parameters = parameters;
    }

    /// <summary>Without quotes; empty where there is none.</summary>
    public ReadOnlySpan<byte> DisplayName { get; }

    /// <summary>The URI as it stands.</summary>
    public ReadOnlySpan<byte> Uri { get; }

    /// <summary>All parameters behind the URI, from the first semicolon.</summary>
    public ReadOnlySpan<byte> Parameters => parameters;

    /// <summary>Finds a parameter of the header, not of the URI.</summary>
    public bool TryGetParameter(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) => new SipParameters(parameters).TryGet(name, out value);

    /// <summary>Reads one value; false where there is no URI in it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out NameAddress address)
    {
        address = default;
        var open = IndexOfUnquoted(text, (byte)'<');
        if (open == Unclosed) return false;
        if (open >= 0)
        {
            var close = text[open..].IndexOf((byte)'>');
            if (close < 0) return false;
            var display = SipParameters.Unquote(text[..open].Trim(" \t\r\n"u8));
            address = new NameAddress(display, text.Slice(open + 1, close - 1), text[(open + close + 1)..]);
            return address.Uri.IndexOf((byte)':') > 0;
        }

        // without brackets every parameter belongs to the header (RFC 3261 20)
        var semicolon = text.IndexOf((byte)';');
        var uri = (semicolon < 0 ? text : text[..semicolon]).Trim(" \t\r\n"u8);
        address = new NameAddress(default, uri, semicolon < 0 ? default : text[semicolon..]);
        return uri.IndexOf((byte)':') > 0;
    }

    internal static int IndexOfUnquoted(ReadOnlySpan<byte> text, byte wanted)
    {
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && isQuoted) i++;
            else if (text[i] == '"') isQuoted = !isQuoted;
            else if (text[i] == wanted && !isQuoted) return i;
        }

        return isQuoted ? Unclosed : -1;
    }
}

/// <summary>One Via value (RFC 3261 20.42).</summary>
public readonly ref struct ViaValue
{
    private readonly ReadOnlySpan<byte> parameters;

    private ViaValue(ReadOnlySpan<byte> transport, ReadOnlySpan<byte> host, int port, ReadOnlySpan<byte> parameters)
    {
        Transport = transport;
        Host = host;
        Port = port;
        this.parameters = parameters;
    }

    /// <summary>UDP, TCP, TLS ...</summary>
    public ReadOnlySpan<byte> Transport { get; }

    /// <summary>Host of sent-by.</summary>
    public ReadOnlySpan<byte> Host { get; }

    /// <summary>Port of sent-by; 0 where none is stated.</summary>
    public int Port { get; }

    /// <summary>branch; empty where there is none.</summary>
    public ReadOnlySpan<byte> Branch => TryGetParameter("branch"u8, out var value) ? value : default;

    /// <summary>Finds a parameter.</summary>
    public bool TryGetParameter(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) => new SipParameters(parameters).TryGet(name, out value);

    /// <summary>Reads one value.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out ViaValue via)
    {
        via = default;
        var slash = text.IndexOf((byte)'/');
        var second = slash < 0 ? -1 : text[(slash + 1)..].IndexOf((byte)'/');
        if (second < 0) return false;
        var rest = text[(slash + second + 2)..].TrimStart(" \t\r\n"u8);
        var space = rest.IndexOfAny(" \t\r\n"u8);
        if (space <= 0) return false;
        var transport = rest[..space];
        rest = rest[space..].TrimStart(" \t\r\n"u8);
        var semicolon = rest.IndexOf((byte)';');
        if (!SipUri.TryReadHost((semicolon < 0 ? rest : rest[..semicolon]).Trim(" \t\r\n"u8), out var host, out var port)) return false;
        via = new ViaValue(transport, host, port, semicolon < 0 ? default : rest[semicolon..]);
        return true;
    }
}

/// <summary>CSeq (RFC 3261 20.16).</summary>
public readonly ref struct CSeqValue
{
    private CSeqValue(uint number, ReadOnlySpan<byte> method)
    {
        Number = number;
        Method = method;
    }

    /// <summary>Sequence number.</summary>
    public uint Number { get; }

    /// <summary>Method name.</summary>
    public ReadOnlySpan<byte> Method { get; }

    /// <summary>Reads it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out CSeqValue cseq)
    {
        cseq = default;
        if (!Utf8Parser.TryParse(text, out uint number, out var used) || used == text.Length) return false;
        var method = text[used..].Trim(" \t\r\n"u8);
        if (method.IsEmpty || text[used] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')) return false;
        cseq = new CSeqValue(number, method);
        return true;
    }
}
