using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace McConformance.Fakes.Hostile;

/// <summary>What an attacker makes of an access token that was given to somebody (RFC 8725 2).</summary>
public static class AccessTokens
{
    /// <summary>Changes a token.</summary>
    /// <param name="token">A genuine one.</param>
    /// <param name="how">In the words of the features; <c>that is genuine</c> leaves it as it is.</param>
    /// <param name="keySet">The issuer's public key set, as its server shows it.</param>
    /// <exception cref="ArgumentException">Nothing is called so.</exception>
    public static string Change(string token, string how, string keySet)
    {
        var parts = token.Split('.');
        switch (how)
        {
            case "that is genuine":
                return token;
            case "without a signature":
                return $"{Header(parts[0], "none")}.{parts[1]}.";
            case "whose algorithm is named None":
                return $"{Header(parts[0], "None")}.{parts[1]}.{parts[2]}";
            case "signed with the public key as a secret":
                var signed = $"{Header(parts[0], "HS256")}.{parts[1]}";
                var secret = Encoding.UTF8.GetBytes(JsonNode.Parse(keySet)!["keys"]![0]!["x"]!.GetValue<string>());
                var code = HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed));
                return $"{signed}.{Base64Url.EncodeToString(code)}";
            case "with claims changed afterwards":
                return $"{parts[0]}.{Prolonged(parts[1])}.{parts[2]}";
            case "with half a signature":
                return $"{parts[0]}.{parts[1]}.{parts[2][..(parts[2].Length / 2)]}";
            case "that is no token":
                return "no-token";
            case "of 20,000 characters":
                return token + new string('A', 20_000);
            default:
                throw new ArgumentException($"no token is called \"{how}\"");
        }
    }

    private static string Header(string part, string algorithm)
    {
        var header = JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();
        header["alg"] = algorithm;
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.ToJsonString()));
    }

    private static string Prolonged(string part)
    {
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();
        claims["exp"] = claims["exp"]!.GetValue<long>() + 86_400;
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()));
    }
}
