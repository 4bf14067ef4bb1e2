namespace McConformance.Wire.Sip.Codec;

/// <summary>Parameters of digest challenges and credentials, unquoted views (RFC 3261 22.4, RFC 3310, TS 24.229 7.2A.1).</summary>
public ref struct DigestValues
{
    /// <summary>username.</summary>
    public ReadOnlySpan<byte> Username;

    /// <summary>realm.</summary>
    public ReadOnlySpan<byte> Realm;

    /// <summary>nonce; in IMS-AKA base64 of RAND and AUTN.</summary>
    public ReadOnlySpan<byte> Nonce;

    /// <summary>uri.</summary>
    public ReadOnlySpan<byte> Uri;

    /// <summary>response.</summary>
    public ReadOnlySpan<byte> Response;

    /// <summary>algorithm.</summary>
    public ReadOnlySpan<byte> Algorithm;

    /// <summary>opaque.</summary>
    public ReadOnlySpan<byte> Opaque;

    /// <summary>qop: one in credentials, maybe a list in a challenge.</summary>
    public ReadOnlySpan<byte> Qop;

    /// <summary>nc.</summary>
    public ReadOnlySpan<byte> NonceCount;

    /// <summary>cnonce.</summary>
    public ReadOnlySpan<byte> ClientNonce;

    /// <summary>auts, base64 of 14 octets.</summary>
    public ReadOnlySpan<byte> Auts;

    /// <summary>stale.</summary>
    public ReadOnlySpan<byte> Stale;

    /// <summary>integrity-protected.</summary>
    public ReadOnlySpan<byte> IntegrityProtected;

    /// <summary>ik, hexadecimal.</summary>
    public ReadOnlySpan<byte> Ik;

    /// <summary>ck, hexadecimal.</summary>
    public ReadOnlySpan<byte> Ck;

    /// <summary>Reads one header value; false where the scheme is not Digest.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out DigestValues values)
    {
        values = default;
        if (text.Length < 7 || !System.Text.Ascii.EqualsIgnoreCase(text[..6], "Digest"u8) || text[6] is not ((byte)' ' or (byte)'\t' or (byte)'\r')) return false;
        var rest = text[7..];
        while (TryNext(ref rest, out var name, out var value)) values.Set(name, value);
        return true;
    }

    /// <summary>Takes the first name and value off a comma-separated list.</summary>
    public static bool TryNext(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = default;
        value = default;
        rest = rest.TrimStart(" ,\t\r\n"u8);
        if (rest.IsEmpty) return false;
        var end = SipValues.EndOfValue(rest);
        var part = rest[..end];
        rest = end < rest.Length ? rest[(end + 1)..] : default;
        var equals = part.IndexOf((byte)'=');
        name = (equals < 0 ? part : part[..equals]).Trim(" \t\r\n"u8);
        value = equals < 0 ? default : SipParameters.Unquote(part[(equals + 1)..].Trim(" \t\r\n"u8));
        return true;
    }

    private void Set(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (Is(name, "username"u8)) Username = value;
        else if (Is(name, "realm"u8)) Realm = value;
        else if (Is(name, "nonce"u8)) Nonce = value;
        else if (Is(name, "uri"u8)) Uri = value;
        else if (Is(name, "response"u8)) Response = value;
        else if (Is(name, "algorithm"u8)) Algorithm = value;
        else if (Is(name, "opaque"u8)) Opaque = value;
        else if (Is(name, "qop"u8)) Qop = value;
        else if (Is(name, "nc"u8)) NonceCount = value;
        else if (Is(name, "cnonce"u8)) ClientNonce = value;
        else if (Is(name, "auts"u8)) Auts = value;
        else if (Is(name, "stale"u8)) Stale = value;
        else if (Is(name, "integrity-protected"u8)) IntegrityProtected = value;
        else if (Is(name, "ik"u8)) Ik = value;
        else if (Is(name, "ck"u8)) Ck = value;
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> wanted) => System.Text.Ascii.EqualsIgnoreCase(name, wanted);
}
