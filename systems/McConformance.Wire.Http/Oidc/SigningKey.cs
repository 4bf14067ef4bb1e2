using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace McConformance.Wire.Http.Oidc;

/// <summary>Signature algorithms in use (RFC 7518 3.1). <c>none</c> and the symmetric ones do not exist here.</summary>
public enum SignatureAlgorithm
{
    /// <summary>ECDSA on P-256 with SHA-256 (RFC 7518 3.4).</summary>
    ES256,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 3.3), 2048 bits or more.</summary>
    RS256,
}

/// <summary>A key with its one algorithm: a token never says how it is to be verified (RFC 8725 3.1). Thread safe.</summary>
public sealed class SigningKey : IDisposable
{
    private readonly ECDsa? ec;
    private readonly RSA? rsa;
    private readonly Lock gate = new();

    private SigningKey(string id, ECDsa? ec, RSA? rsa) => (Id, this.ec, this.rsa) = (id, ec, rsa);

    /// <summary>Key id, <c>kid</c>.</summary>
    public string Id { get; }

    /// <summary>The algorithm of this key.</summary>
    public SignatureAlgorithm Algorithm => ec is not null ? SignatureAlgorithm.ES256 : SignatureAlgorithm.RS256;

    /// <summary>Makes a new pair of keys.</summary>
    public static SigningKey Create(SignatureAlgorithm algorithm, string id) => algorithm == SignatureAlgorithm.ES256
        ? new SigningKey(id, ECDsa.Create(ECCurve.NamedCurves.nistP256), null)
        : new SigningKey(id, null, RSA.Create(2048));

    /// <summary>Reads a public key (RFC 7517 4, RFC 7518 6.2 and 6.3). Null where it is of another kind, too weak, or wrong.</summary>
    public static SigningKey? Read(JsonElement jwk)
    {
        try
        {
            var id = Text(jwk, "kid") ?? "";
            return Text(jwk, "kty") switch
            {
                "EC" when Text(jwk, "crv") == "P-256" => new SigningKey(id, ECDsa.Create(new ECParameters
                {
                    Curve = ECCurve.NamedCurves.nistP256,
                    Q = new ECPoint { X = Octets(jwk, "x"), Y = Octets(jwk, "y") },
                }), null),
                "RSA" when Octets(jwk, "n") is { Length: >= 256 } n => new SigningKey(id, null, RSA.Create(new RSAParameters { Modulus = n, Exponent = Octets(jwk, "e") })),
                _ => null,
            };
        }
        catch (Exception e) when (e is FormatException or CryptographicException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Reads an EC key on P-256 (PEM): a pair, or its public half.</summary>
    /// <exception cref="ArgumentException">It is no such PEM.</exception>
    /// <exception cref="CryptographicException">The key cannot be read.</exception>
    public static SigningKey FromPem(string pem, string id)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return new SigningKey(id, key, null);
    }

    /// <summary>The key as PEM, with its private half or without. For another process that signs for the same MC system, or verifies.</summary>
    public string ToPem(bool withPrivate)
    {
        AsymmetricAlgorithm key = ec is not null ? ec : rsa!;
        return withPrivate ? key.ExportPkcs8PrivateKeyPem() : key.ExportSubjectPublicKeyInfoPem();
    }

    /// <summary>The public key (RFC 7517).</summary>
    public void WritePublic(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("kid", Id);
        json.WriteString("use", "sig");
        json.WriteString("alg", Algorithm.ToString());
        if (ec is not null)
        {
            var p = ec.ExportParameters(false);
            json.WriteString("kty", "EC");
            json.WriteString("crv", "P-256");
            json.WriteString("x", Base64Url.EncodeToString(p.Q.X));
            json.WriteString("y", Base64Url.EncodeToString(p.Q.Y));
        }
        else
        {
            var p = rsa!.ExportParameters(false);
            json.WriteString("kty", "RSA");
            json.WriteString("n", Base64Url.EncodeToString(p.Modulus));
            json.WriteString("e", Base64Url.EncodeToString(p.Exponent));
        }

        json.WriteEndObject();
    }

    /// <summary>The same key without its private half, as it is handed to others out of band.</summary>
    public SigningKey ToPublic() => ec is not null
        ? new SigningKey(Id, ECDsa.Create(ec.ExportParameters(false)), null)
        : new SigningKey(Id, null, RSA.Create(rsa!.ExportParameters(false)));

    /// <summary>Signs.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (gate)
            return ec?.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation) ??
                rsa!.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    /// <summary>Whether the signature is this key's.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        lock (gate)
            return ec?.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation) ??
                rsa!.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ec?.Dispose();
        rsa?.Dispose();
    }

    private static string? Text(JsonElement jwk, string name) =>
        jwk.ValueKind == JsonValueKind.Object && jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[] Octets(JsonElement jwk, string name) => Base64Url.DecodeFromChars(jwk.GetProperty(name).GetString());
}
