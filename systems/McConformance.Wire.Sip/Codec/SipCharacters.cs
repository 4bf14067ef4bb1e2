using System.Buffers;

namespace McConformance.Wire.Sip.Codec;

/// <summary>The character classes of RFC 3261 25.1.</summary>
internal static class SipCharacters
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static readonly SearchValues<byte> TokenOctets = Set(Alphanumeric + "-.!%*_+`'~");
    private static readonly SearchValues<byte> WordOctets = Set(Alphanumeric + "-.!%*_+`'~()<>:\\\"/[]?{}");
    private static readonly SearchValues<byte> UriOctets = Set(Alphanumeric + "-_.!~*'();/?:@&=+$,%[]");
    private static readonly SearchValues<byte> HostOctets = Set(Alphanumeric + "-.[]:");
    private static readonly SearchValues<byte> DigitOctets = Set("0123456789");

    /// <summary>token.</summary>
    public static bool IsToken(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenOctets);

    /// <summary>word, with @: callid.</summary>
    public static bool IsCallId(ReadOnlySpan<byte> text)
    {
        var at = text.IndexOf((byte)'@');
        return at < 0 ? IsWord(text) : IsWord(text[..at]) && IsWord(text[(at + 1)..]);
    }

    /// <summary>Characters that may stand in a URI; escapes are looked at.</summary>
    public static bool IsUri(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.ContainsAnyExcept(UriOctets)) return false;
        if (text.IndexOf((byte)'%') < 0) return true;
        for (var rest = text; rest.IndexOf((byte)'%') is >= 0 and var at; rest = rest[(at + 3)..])
            if (at + 2 >= rest.Length || !char.IsAsciiHexDigit((char)rest[at + 1]) || !char.IsAsciiHexDigit((char)rest[at + 2])) return false;
        return true;
    }

    /// <summary>hostname, IPv4address or IPv6reference, by its characters.</summary>
    public static bool IsHost(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExcept(HostOctets);

    /// <summary>1*DIGIT that is not above a limit.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> text, ulong most) =>
        !text.IsEmpty && text.Length <= 20 && !text.ContainsAnyExcept(DigitOctets) &&
        System.Buffers.Text.Utf8Parser.TryParse(text, out ulong number, out _) && number <= most;

    private static bool IsWord(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExcept(WordOctets);

    private static SearchValues<byte> Set(string characters) => SearchValues.Create(System.Text.Encoding.ASCII.GetBytes(characters));
}
