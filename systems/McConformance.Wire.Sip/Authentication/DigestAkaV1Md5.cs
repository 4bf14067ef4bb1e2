using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Wire.Sip.Authentication;

/// <summary>
/// AKAv1-MD5 (RFC 3310): digest with binary RES as the password, which is why no text may come between. All spans, no state.
/// </summary>
public static class DigestAkaV1Md5
{
    /// <summary>Longest nonce taken, decoded: RAND, AUTN and server data.</summary>
    public const int NonceOctetsMax = 256;

    /// <summary>Hexadecimal digits of a response.</summary>
    public const int ResponseLength = 32;

    /// <summary>Decodes a nonce (RFC 3310 3.2); server data behind RAND and AUTN is taken too.</summary>
    /// <param name="nonce">Base64.</param>
    /// <param name="into">At least <see cref="NonceOctetsMax"/> octets.</param>
    /// <param name="length">Octets decoded.</param>
    public static bool TryReadNonce(ReadOnlySpan<byte> nonce, Span<byte> into, out int length)
    {
        length = 0;
        return Base64.GetMaxDecodedFromUtf8Length(nonce.Length) <= into.Length &&
            Base64.DecodeFromUtf8(nonce, into, out _, out length) == OperationStatus.Done;
    }

    /// <summary>Decodes auts: 14 octets (RFC 3310 3.4).</summary>
    public static bool TryReadAuts(ReadOnlySpan<byte> auts, Span<byte> into)
    {
        Span<byte> octets = stackalloc byte[32];
        if (auts.Length > 40 || Base64.DecodeFromUtf8(auts, octets, out _, out var length) != OperationStatus.Done || length != 14) return false;
        octets[..14].CopyTo(into);
        return true;
    }

    /// <summary>Writes the response of RFC 2617 3.2.2.1 in lower-case hexadecimal.</summary>
    /// <param name="username">Private identity.</param>
    /// <param name="realm">Realm of the challenge.</param>
    /// <param name="password">RES, any octets; empty for a resynchronisation.</param>
    /// <param name="method">Method name.</param>
    /// <param name="uri">digest-uri.</param>
    /// <param name="nonce">As in the challenge, base64.</param>
    /// <param name="qop">auth, or empty where the challenge has none.</param>
    /// <param name="nonceCount">Eight hexadecimal digits.</param>
    /// <param name="clientNonce">Any text.</param>
    /// <param name="response">Gets 32 digits.</param>
    public static void WriteResponse(
        ReadOnlySpan<byte> username, ReadOnlySpan<byte> realm, ReadOnlySpan<byte> password, ReadOnlySpan<byte> method, ReadOnlySpan<byte> uri,
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> qop, ReadOnlySpan<byte> nonceCount, ReadOnlySpan<byte> clientNonce, Span<byte> response)
    {
        Span<byte> ha1 = stackalloc byte[32], ha2 = stackalloc byte[32];
        Hash(ha1, 3, username, realm, password);
        Hash(ha2, 2, method, uri);
        if (qop.IsEmpty) Hash(response, 3, ha1, nonce, ha2);
        else Hash(response, 6, ha1, nonce, nonceCount, clientNonce, qop, ha2);
    }

    /// <summary>Whether credentials hold the response that the password gives. Takes the same time whatever is wrong.</summary>
    public static bool Verify(in DigestValues digest, ReadOnlySpan<byte> password, ReadOnlySpan<byte> method)
    {
        Span<byte> expected = stackalloc byte[32], given = stackalloc byte[32];
        WriteResponse(
            digest.Username, digest.Realm, password, method, digest.Uri, digest.Nonce, digest.Qop, digest.NonceCount, digest.ClientNonce, expected);
        if (digest.Response.Length != 32) return false;
        System.Text.Ascii.ToLower(digest.Response, given, out _);
        return CryptographicOperations.FixedTimeEquals(expected, given);
    }

    /// <summary>MD5 over the parts with colons between them; an empty password still has its colon.</summary>
    private static void Hash(Span<byte> hex, int parts, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c = default,
        ReadOnlySpan<byte> d = default, ReadOnlySpan<byte> e = default, ReadOnlySpan<byte> f = default)
    {
        var total = a.Length + b.Length + c.Length + d.Length + e.Length + f.Length + parts;
        var rented = total > 1024 ? ArrayPool<byte>.Shared.Rent(total) : null;
        var text = rented ?? stackalloc byte[1024];
        var at = 0;
        Append(text, ref at, a, true);
        Append(text, ref at, b, parts > 2);
        if (parts > 2) Append(text, ref at, c, parts > 3);
        if (parts > 3)
        {
            Append(text, ref at, d, true);
            Append(text, ref at, e, true);
            Append(text, ref at, f, false);
        }

        Span<byte> sum = stackalloc byte[16];
        MD5.HashData(text[..at], sum);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        Convert.TryToHexStringLower(sum, hex, out _);
    }

    private static void Append(Span<byte> text, ref int at, ReadOnlySpan<byte> part, bool colon)
    {
        part.CopyTo(text[at..]);
        at += part.Length;
        if (colon) text[at++] = (byte)':';
    }
}
