using System.Net;

namespace McConformance.Wire.Sip.Codec;

/// <summary>Classes of octets (RFC 3261 25.1).</summary>
[Flags]
internal enum Octets : ushort
{
    Token = 1,
    Word = 2,
    User = 4,
    Password = 8,
    Parameter = 16,
    UriHeader = 32,
    Uric = 64,
    Host = 128,
    Quoted = 256,
    Text = 512,
    Hex = 1024,
    Digit = 2048,
    Scheme = 4096,
    Address = 8192,
}

/// <summary>
/// Goes over one value by the rules of RFC 3261 25.1. Every rule returns whether it held; where it did not, <see cref="At"/> is where it stopped.
/// Each goes forward only, so the time is linear in the length.
/// </summary>
internal ref struct SipScanner(ReadOnlySpan<byte> text)
{
    private const string Alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const string Unreserved = Alphanumeric + "-_.!~*'()";
    private static readonly ushort[] Classes = BuildClasses();
    private readonly ReadOnlySpan<byte> text = text;

    /// <summary>Where it stands.</summary>
    public int At;

    public readonly bool IsEnd => At >= text.Length;

    public readonly ReadOnlySpan<byte> Rest => text[At..];

    public readonly ReadOnlySpan<byte> From(int start) => text[start..At];

    public readonly bool Sees(byte octet) => At < text.Length && text[At] == octet;

    public static bool IsAll(ReadOnlySpan<byte> octets, Octets of)
    {
        foreach (var octet in octets)
            if ((Classes[octet] & (ushort)of) == 0) return false;
        return true;
    }

    /// <summary>SWS: white space, folds among it, or none.</summary>
    public void Space()
    {
        while (At < text.Length && text[At] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') At++;
    }

    /// <summary>LWS.</summary>
    public bool SomeSpace()
    {
        var start = At;
        Space();
        return At > start;
    }

    /// <summary>One octet and nothing about it.</summary>
    public bool Exactly(byte octet)
    {
        if (!Sees(octet)) return false;
        At++;
        return true;
    }

    /// <summary>SEMI, COMMA, EQUAL, SLASH, COLON: an octet with white space about it.</summary>
    public bool Mark(byte octet)
    {
        var start = At;
        Space();
        if (Exactly(octet))
        {
            Space();
            return true;
        }

        At = start;
        return false;
    }

    public bool Some(Octets of)
    {
        var start = At;
        while (At < text.Length && (Classes[text[At]] & (ushort)of) != 0) At++;
        return At > start;
    }

    public bool Token() => Some(Octets.Token);

    public bool Digits() => Some(Octets.Digit);

    /// <summary>Octets of a class and escapes of the form %41.</summary>
    public bool SomeEscaped(Octets of)
    {
        var start = At;
        while (At < text.Length)
        {
            if ((Classes[text[At]] & (ushort)of) != 0) At++;
            else if (text[At] == '%' && At + 2 < text.Length && IsAll(text.Slice(At + 1, 2), Octets.Hex)) At += 3;
            else break;
        }

        return At > start;
    }

    public bool QuotedString()
    {
        if (!Exactly((byte)'"')) return false;
        while (At < text.Length && text[At] != '"')
        {
            if (text[At] == '\\')
            {
                if (At + 1 >= text.Length || text[At + 1] is (byte)'\r' or (byte)'\n' or >= 0x80) return false;
                At += 2;
            }
            else if ((Classes[text[At]] & (ushort)Octets.Quoted) != 0) At++;
            else return false;
        }

        return Exactly((byte)'"');
    }

    /// <summary>Text in parentheses, nested up to eight deep.</summary>
    public bool Comment()
    {
        var depth = 0;
        do
        {
            if (At >= text.Length || depth > 8) return false;
            var octet = text[At++];
            if (octet == '\\' && At < text.Length) At++;
            else if (octet == '(') depth++;
            else if (octet == ')') depth--;
            else if (depth == 0 || (octet != '"' && octet != '\\' && (Classes[octet] & (ushort)Octets.Quoted) == 0)) return false;
        }
        while (depth > 0);
        return true;
    }

    /// <summary>hostname, IPv4 address or IPv6 reference.</summary>
    public bool Host()
    {
        var start = At;
        if (Exactly((byte)'['))
            return Some(Octets.Address) && IPAddress.IsValidUtf8(From(start + 1)) && Exactly((byte)']');
        return Some(Octets.Host) && text[start] is not ((byte)'-' or (byte)'.') && text[At - 1] != '-';
    }

    /// <summary>An optional port behind a host, 1 to 65535.</summary>
    public bool Port(bool space)
    {
        if (space ? !Mark((byte)':') : !Exactly((byte)':')) return true;
        var start = At;
        return Digits() && TryNumber(From(start), out var port) && port is > 0 and < 65536;
    }

    /// <summary>*(SEMI generic-param).</summary>
    public bool Parameters()
    {
        while (Mark((byte)';'))
            if (!Parameter(out _, out _)) return false;
        return true;
    }

    /// <summary>generic-param: token [EQUAL (token / host / quoted-string)].</summary>
    public bool Parameter(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        (name, value) = (default, default);
        var start = At;
        if (!Token()) return false;
        name = From(start);
        if (!Mark((byte)'=')) return true;
        start = At;
        var isSound = Sees((byte)'"') ? QuotedString() : Sees((byte)'[') ? Host() : Token();
        value = From(start);
        return isSound;
    }

    /// <summary>A number of any length; false where it is more than fits.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> digits, out long number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9' || number > long.MaxValue / 10 - 10) return false;
            number = number * 10 + (digit - '0');
        }

        return !digits.IsEmpty;
    }

    private static ushort[] BuildClasses()
    {
        var classes = new ushort[256];
        Set(classes, Octets.Token, Alphanumeric + "-.!%*_+`'~");
        Set(classes, Octets.Word, Alphanumeric + "-.!%*_+`'~()<>:\\\"/[]?{}");
        Set(classes, Octets.User, Unreserved + "&=+$,;?/");
        Set(classes, Octets.Password, Unreserved + "&=+$,");
        Set(classes, Octets.Parameter, Unreserved + "[]/:&+$");
        Set(classes, Octets.UriHeader, Unreserved + "[]/?:+$");
        Set(classes, Octets.Uric, Unreserved + ";/?:@&=+$,");
        Set(classes, Octets.Host, Alphanumeric + "-.");
        Set(classes, Octets.Hex, "0123456789abcdefABCDEF");
        Set(classes, Octets.Address, "0123456789abcdefABCDEF:.");
        Set(classes, Octets.Digit, "0123456789");
        Set(classes, Octets.Scheme, Alphanumeric + "+-.");
        Set(classes, Octets.Quoted | Octets.Text, " \t\r\n");
        for (var octet = 0x21; octet < 0x100; octet++)
        {
            if (octet == 0x7f) continue;
            classes[octet] |= (ushort)Octets.Text;
            if (octet is not ('"' or '\\')) classes[octet] |= (ushort)Octets.Quoted;
        }

        return classes;
    }

    private static void Set(ushort[] classes, Octets of, string members)
    {
        foreach (var member in members) classes[member] |= (ushort)of;
    }
}
