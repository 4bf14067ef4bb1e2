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
            case "whose key is a file":
                return Signed(parts, h => h["kid"] = "../../../../dev/null");
            case "whose key is a query":
                return Signed(parts, h => h["kid"] = "x' UNION SELECT 'secret");
            case "that brings its keys by address":
                return Signed(parts, h => (h["jku"], h["x5u"]) = (
                    "http://127.0.0.1:9/keys", "http://127.0.0.1:9/chain"));
            case "with a key of its own":
                return Signed(parts, h => h["jwk"] = new JsonObject { ["kty"] = "oct", ["k"] = "c2VjcmV0" });
            case "with an extension that must be understood":
                return Signed(parts, h => (h["crit"], h["harm"]) = (new JsonArray("harm"), true));
            case "with an algorithm that is no text":
                return Signed(parts, h => h["alg"] = 7);
            case "whose claims are a list":
                return Claiming(parts, "[1,2,3]");
            case "whose claims are no JSON":
                return Claiming(parts, "{\"exp\":");
            case "with a claim twice":
                return Claiming(parts, Text(parts[1]).Insert(1, "\"exp\":4102444800,"));
            case "whose end is text":
                return Claiming(parts, "{\"exp\":\"never\",\"iss\":7,\"aud\":{}}");
            case "inside another":
                return Claiming([Header(parts[0], h => h["cty"] = "JWT"), parts[1], parts[2]], token);
            case "nested 5,000 deep":
                return Claiming(parts, new string('[', 5_000) + new string(']', 5_000));
            case "with octets outside its alphabet":
                return $"{parts[0]}.{parts[1]}=.+/{parts[2]}";
            case "of five parts":
                return $"{token}.{parts[1]}.{parts[2]}";
            case "of dots alone":
                return "..";
            case "with a header behind it":
                return token + "%0d%0aX-Harm:%201";
            case "that is no token":
                return "no-token";
            case "of 20,000 characters":
                return token + new string('A', 20_000);
            default:
                throw new ArgumentException($"no token is called \"{how}\"");
        }
    }

    private static string Header(string part, string algorithm) => Header(part, h => h["alg"] = algorithm);

    private static string Header(string part, Action<JsonObject> change)
    {
        var header = JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();
        change(header);
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.ToJsonString()));
    }

    /// <summary>With another header over the claims and the signature that it came with.</summary>
    private static string Signed(string[] parts, Action<JsonObject> change) =>
        $"{Header(parts[0], change)}.{parts[1]}.{parts[2]}";

    /// <summary>With other claims between the header and the signature that it came with.</summary>
    private static string Claiming(string[] parts, string claims) =>
        $"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.{parts[2]}";

    private static string Text(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));

    private static string Prolonged(string part)
    {
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();
        claims["exp"] = claims["exp"]!.GetValue<long>() + 86_400;
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()));
    }
}
