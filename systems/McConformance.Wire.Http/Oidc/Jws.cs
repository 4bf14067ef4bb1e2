using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace McConformance.Wire.Http.Oidc;

/// <summary>Why a token was not taken.</summary>
public enum JwsFault
{
    /// <summary>It was.</summary>
    None,

    /// <summary>Not three parts of base64url with JSON in them, a member twice, or too long.</summary>
    Malformed,

    /// <summary>The header names another algorithm than the key's, <c>none</c> among them.</summary>
    WrongAlgorithm,

    /// <summary>No such key.</summary>
    UnknownKey,

    /// <summary>An extension that must be understood and is not (RFC 7515 4.1.11).</summary>
    CriticalExtension,

    /// <summary>The signature is wrong.</summary>
    WrongSignature,
}

/// <summary>
/// JSON web signature in compact form (RFC 7515 7.1), on the platform's cryptography. The header's <c>alg</c> must be that of the key found
/// by <c>kid</c>; keys in the header (<c>jwk</c>, <c>jku</c>, <c>x5u</c>, <c>x5c</c>) are never looked at.
/// </summary>
public static class Jws
{
    /// <summary>Characters of a token; more is malformed.</summary>
    public const int LengthMax = 16 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>Signs a payload.</summary>
    /// <param name="payload">Octets, JSON for a token.</param>
    /// <param name="key">Signs, and says the algorithm.</param>
    /// <param name="type"><c>typ</c> of the header.</param>
    public static string Sign(ReadOnlySpan<byte> payload, SigningKey key, string type = "JWT")
    {
        var header = $"{{\"alg\":\"{key.Algorithm}\",\"typ\":\"{type}\",\"kid\":\"{JsonEncodedText.Encode(key.Id)}\"}}";
        var signed = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header)) + "." + Base64Url.EncodeToString(payload);
        return signed + "." + Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)));
    }

    /// <summary>Verifies a token.</summary>
    /// <param name="token">Compact form.</param>
    /// <param name="keys">Keys that are trusted for it. Where the token names none, there must be exactly one.</param>
    /// <param name="payload">What was signed; empty where it was refused.</param>
    public static JwsFault Verify(string token, IReadOnlyCollection<SigningKey> keys, out byte[] payload)
    {
        payload = [];
        if (token.Length > LengthMax) return JwsFault.Malformed;
        var parts = token.Split('.');
        if (parts.Length != 3 || !TryDecode(parts[0], out var header) || !TryDecode(parts[1], out var body) || !TryDecode(parts[2], out var signature))
            return JwsFault.Malformed;
        var fault = Choose(header, keys, out var key);
        if (fault != JwsFault.None) return fault;
        if (!key!.Verify(Encoding.ASCII.GetBytes(token[..token.LastIndexOf('.')]), signature)) return JwsFault.WrongSignature;
        payload = body;
        return JwsFault.None;
    }

    /// <summary>The key id that a token names, unverified; null where there is none.</summary>
    internal static bool TryParse(ReadOnlyMemory<byte> octets, out JsonDocument? document)
    {
        document = null;
        try
        {
            document = JsonDocument.Parse(octets, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JwsFault Choose(byte[] octets, IReadOnlyCollection<SigningKey> keys, out SigningKey? key)
    {
        key = null;
        if (!TryParse(octets, out var document)) return JwsFault.Malformed;
        using (document)
        {
            var header = document!.RootElement;
            if (header.TryGetProperty("crit", out _)) return JwsFault.CriticalExtension;
            if (!header.TryGetProperty("alg", out var alg) || alg.ValueKind != JsonValueKind.String) return JwsFault.Malformed;
            var id = header.TryGetProperty("kid", out var kid) && kid.ValueKind == JsonValueKind.String ? kid.GetString() : null;
            var found = id is null ? keys.Count == 1 ? keys.First() : null : keys.FirstOrDefault(k => k.Id == id);
            if (alg.GetString() is not ("ES256" or "RS256")) return JwsFault.WrongAlgorithm;
            if (found is null) return JwsFault.UnknownKey;
            if (alg.GetString() != found.Algorithm.ToString()) return JwsFault.WrongAlgorithm;
            key = found;
            return JwsFault.None;
        }
    }

    private static bool TryDecode(string text, out byte[] octets)
    {
        octets = [];
        // RFC 7515 2: no padding, no white space, no line breaks
        if (text.AsSpan().IndexOfAny("= \t\r\n") >= 0 || !Base64Url.IsValid(text)) return false;
        octets = Base64Url.DecodeFromChars(text);
        return true;
    }
}
