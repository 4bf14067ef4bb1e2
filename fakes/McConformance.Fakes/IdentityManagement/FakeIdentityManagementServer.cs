using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace McConformance.Fakes.IdentityManagement;

/// <summary>Stands in for the identity management server of another MC system, whose key others have been handed: gives
/// security tokens (TS 33.180 B.7.2, RFC 7523 3) that are right, or wrong in one way.</summary>
/// <param name="issuer">Its issuer identifier.</param>
/// <param name="time">Clock of the systems.</param>
public sealed class FakeIdentityManagementServer(string issuer, TimeProvider time) : IAsyncDisposable
{
    private const string KeyId = "visitor-1";
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa another = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Public key (RFC 7517 4), to be handed over.</summary>
    public string PublicKey => Jwk(key).ToJsonString();

    /// <summary>A security token.</summary>
    /// <param name="fault">In the words of the features; <c>that is sound</c> for none.</param>
    /// <param name="subject">Whom it is about.</param>
    /// <param name="audience">Issuer identifier of the server that is to take it.</param>
    /// <param name="client">The client that is to present it.</param>
    /// <exception cref="ArgumentException">No fault is called so.</exception>
    public string Token(string fault, string subject, string audience, string client)
    {
        var claims = Claims(subject, audience, client);
        var header = new JsonObject { ["alg"] = "ES256", ["typ"] = "JWT", ["kid"] = KeyId };
        if (Change(claims, fault)) return Signed(header, claims.ToJsonString(), key);
        switch (fault)
        {
            case "without a signature":
                header["alg"] = "none";
                return $"{Part(header.ToJsonString())}.{Part(claims.ToJsonString())}.";
            case "signed with the public key as a secret":
                header["alg"] = "HS256";
                return WithSecret(header, claims.ToJsonString());
            case "signed with a key that nobody knows":
                header["kid"] = "visitor-2";
                return Signed(header, claims.ToJsonString(), another);
            case "signed by somebody else":
                return Signed(header, claims.ToJsonString(), another);
            case "with a key of its own in it":
                header["jwk"] = Jwk(another);
                return Signed(header, claims.ToJsonString(), another);
            case "with an extension that must be understood":
                (header["crit"], header["harm"]) = (new JsonArray("harm"), true);
                return Signed(header, claims.ToJsonString(), key);
            case "with claims changed afterwards":
                var parts = Signed(header, claims.ToJsonString(), key).Split('.');
                claims["exp"] = claims["exp"]!.GetValue<long>() + 3600;
                return $"{parts[0]}.{Part(claims.ToJsonString())}.{parts[2]}";
            case "with its end twice":
                var twice = claims.ToJsonString().Insert(1, "\"exp\":1,");
                return Signed(header, twice, key);
            default:
                throw new ArgumentException($"no token is called \"{fault}\"");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        key.Dispose();
        another.Dispose();
        return default;
    }

    private JsonObject Claims(string subject, string audience, string client)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject
        {
            ["iss"] = issuer,
            ["sub"] = subject,
            ["aud"] = new JsonArray(client, audience),
            ["iat"] = now,
            ["exp"] = now + 300,
            ["jti"] = Guid.NewGuid().ToString("N"),
        };
    }

    /// <summary>Faults of claims that the right key has signed.</summary>
    private static bool Change(JsonObject claims, string fault)
    {
        var now = claims["iat"]!.GetValue<long>();
        switch (fault)
        {
            case "that is sound":
                return true;
            case "for another server":
                claims["aud"] = new JsonArray(claims["aud"]![0]!.DeepClone(), "https://idms.elsewhere.example");
                return true;
            case "for another client":
                claims["aud"] = new JsonArray("another-client", claims["aud"]![1]!.DeepClone());
                return true;
            case "of an issuer that is not trusted":
                claims["iss"] = "https://idms.stranger.example";
                return true;
            case "that has expired":
                (claims["iat"], claims["exp"]) = (now - 600, now - 300);
                return true;
            case "that is not valid yet":
                claims["nbf"] = now + 120;
                return true;
            case "from the future":
                claims["iat"] = now + 120;
                return true;
            case "that never ends":
                return claims.Remove("exp");
            case "about a user whom nobody knows":
                claims["sub"] = "sip:nobody@visitor.example";
                return true;
            case "about nobody":
                return claims.Remove("sub");
            default:
                return false;
        }
    }

    private string WithSecret(JsonObject header, string claims)
    {
        var signed = $"{Part(header.ToJsonString())}.{Part(claims)}";
        var secret = Encoding.UTF8.GetBytes(key.ExportSubjectPublicKeyInfoPem());
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Signed(JsonObject header, string claims, ECDsa with)
    {
        var signed = $"{Part(header.ToJsonString())}.{Part(claims)}";
        var signature = with.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static JsonObject Jwk(ECDsa of)
    {
        var point = of.ExportParameters(false).Q;
        return new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["kid"] = KeyId,
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y),
        };
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
