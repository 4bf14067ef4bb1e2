using System.Text.Json;

namespace McConformance.Wire.Http.Oidc;

/// <summary>Claims of a token (RFC 7519 4.1, TS 33.180 B.2). Read from octets whose signature was verified.</summary>
public sealed record TokenClaims
{
    /// <summary>Who issued it.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>About whom.</summary>
    public string Subject { get; init; } = "";

    /// <summary>For whom.</summary>
    public IReadOnlyList<string> Audience { get; init; } = [];

    /// <summary>Ends to be valid; null where not said.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Begins to be valid; null where not said.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When it was issued; null where not said.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>Its own identifier; empty where not said.</summary>
    public string TokenId { get; init; } = "";

    /// <summary>To which client.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>Scopes.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Further claims that are strings, among them <c>mcptt_id</c>, <c>mcvideo_id</c>, <c>mcdata_id</c>.</summary>
    public IReadOnlyDictionary<string, string> Others { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads claims; null where they are no JSON object, or a registered one has another type than it must.</summary>
    public static TokenClaims? Read(ReadOnlyMemory<byte> payload)
    {
        if (!Jws.TryParse(payload, out var document)) return null;
        using (document)
        {
            try
            {
                return Read(document!.RootElement);
            }
            catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentOutOfRangeException)
            {
                return null;
            }
        }
    }

    /// <summary>As JSON.</summary>
    public byte[] Write()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            if (Issuer.Length > 0) json.WriteString("iss", Issuer);
            if (Subject.Length > 0) json.WriteString("sub", Subject);
            if (Audience.Count == 1) json.WriteString("aud", Audience[0]);
            else if (Audience.Count > 1)
            {
                json.WriteStartArray("aud");
                foreach (var one in Audience) json.WriteStringValue(one);
                json.WriteEndArray();
            }

            if (Expires is { } exp) json.WriteNumber("exp", exp.ToUnixTimeSeconds());
            if (NotBefore is { } nbf) json.WriteNumber("nbf", nbf.ToUnixTimeSeconds());
            if (IssuedAt is { } iat) json.WriteNumber("iat", iat.ToUnixTimeSeconds());
            if (TokenId.Length > 0) json.WriteString("jti", TokenId);
            if (ClientId.Length > 0) json.WriteString("client_id", ClientId);
            if (Scopes.Count > 0) json.WriteString("scope", string.Join(' ', Scopes));
            foreach (var (name, value) in Others) json.WriteString(name, value);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static TokenClaims Read(JsonElement root)
    {
        var others = new Dictionary<string, string>();
        foreach (var member in root.EnumerateObject())
            if (member.Value.ValueKind == JsonValueKind.String) others[member.Name] = member.Value.GetString()!;
        foreach (var name in (string[])["iss", "sub", "aud", "jti", "client_id", "scope"]) others.Remove(name);
        return new TokenClaims
        {
            Issuer = Text(root, "iss"),
            Subject = Text(root, "sub"),
            Audience = AudienceOf(root),
            Expires = Time(root, "exp"),
            NotBefore = Time(root, "nbf"),
            IssuedAt = Time(root, "iat"),
            TokenId = Text(root, "jti"),
            ClientId = Text(root, "client_id"),
            Scopes = ScopesOf(root),
            Others = others,
        };
    }

    private static string Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static DateTimeOffset? Time(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) ? DateTimeOffset.FromUnixTimeSeconds((long)value.GetDouble()) : null;

    private static string[] AudienceOf(JsonElement root)
    {
        if (!root.TryGetProperty("aud", out var aud)) return [];
        return aud.ValueKind == JsonValueKind.Array ? [.. aud.EnumerateArray().Select(a => a.GetString() ?? "")] : [aud.GetString() ?? ""];
    }

    private static string[] ScopesOf(JsonElement root)
    {
        if (!root.TryGetProperty("scope", out var scope)) return [];
        return scope.ValueKind == JsonValueKind.Array
            ? [.. scope.EnumerateArray().Select(s => s.GetString() ?? "")]
            : (scope.GetString() ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
