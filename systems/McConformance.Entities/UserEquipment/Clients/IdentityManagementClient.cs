using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using McConformance.Wire.Http.Transport;

namespace McConformance.Entities.UserEquipment.Clients;

/// <summary>Where an identity management server is reached, from the UE initial configuration (TS 24.484) or a user profile's access information.</summary>
/// <param name="AuthorizationEndpoint"><c>idms-auth-endpoint</c>.</param>
/// <param name="TokenEndpoint"><c>idms-token-endpoint</c>.</param>
/// <param name="Audience">What the server calls itself in tokens, its issuer identifier.</param>
public sealed record IdentityServerAddress(Uri AuthorizationEndpoint, Uri TokenEndpoint, string Audience);

/// <summary>Tokens of one MC system (TS 33.180 B.2).</summary>
public sealed record TokenSet(string AccessToken, string? IdToken, string? RefreshToken, string Scope);

/// <summary>How it ended.</summary>
/// <param name="Tokens">Null where it failed.</param>
/// <param name="Error">Error code of RFC 6749 5.2 or 4.1.2.1; empty where there is none.</param>
/// <param name="StatusCode">HTTP status of the last answer; 0 where none came.</param>
public sealed record Authentication(TokenSet? Tokens, string Error, int StatusCode)
{
    /// <summary>True where there are tokens.</summary>
    public bool IsSuccess => Tokens is not null;
}

/// <summary>
/// Identity management client (TS 23.280 7.4.2.2.3) on CSC-1: login with authorization code and proof key (TS 33.180 B.4.2), and
/// for migration the exchange for a security token at the primary and its presentation to the partner (TS 33.180 B.7).
/// </summary>
/// <param name="requester">The UE's HTTP client.</param>
/// <param name="clientId">As registered with the servers.</param>
/// <param name="redirectUri">As registered with the servers.</param>
public sealed class IdentityManagementClient(HttpRequester requester, string clientId, string redirectUri)
{
    private const string AccessTokenType = "urn:ietf:params:oauth:token-type:access_token";

    /// <summary>Authenticates the user with name and password, and takes tokens.</summary>
    public async Task<Authentication> LoginAsync(IdentityServerAddress server, string scopes, string user, string password, CancellationToken cancellation = default)
    {
        var (verifier, state) = (Random(), Random());
        var challenge = Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var query = Form(
            ("response_type", "code"), ("client_id", clientId), ("scope", "openid " + scopes), ("redirect_uri", redirectUri), ("state", state),
            ("acr_values", "3gpp:acr:password"), ("code_challenge", challenge), ("code_challenge_method", "S256"));
        var ask = new UriBuilder(server.AuthorizationEndpoint) { Query = query }.Uri;
        var form = await requester.SendAsync(new HttpRequestMessage(HttpMethod.Get, ask), cancellation).ConfigureAwait(false);
        if (form.StatusCode != 200) return Refused(form);
        var answer = await PostAsync(ask, cancellation, ("username", user), ("password", password)).ConfigureAwait(false);
        if (answer.StatusCode != 302 || answer.Headers!.Location is not { } location) return Refused(answer);
        var back = Query(location);
        if (back.GetValueOrDefault("state") != state) return new Authentication(null, "state_mismatch", answer.StatusCode);
        if (!back.TryGetValue("code", out var code)) return new Authentication(null, back.GetValueOrDefault("error", "no_code"), answer.StatusCode);
        return Read(await PostAsync(
            server.TokenEndpoint, cancellation, ("grant_type", "authorization_code"), ("code", code), ("client_id", clientId),
            ("redirect_uri", redirectUri), ("code_verifier", verifier)).ConfigureAwait(false));
    }

    /// <summary>Exchanges the primary's access token for a security token that the partner takes (TS 33.180 B.7.2, RFC 8693 2.1). The token is in <see cref="TokenSet.AccessToken"/>.</summary>
    /// <param name="primary">The primary's server.</param>
    /// <param name="accessToken">The primary's access token.</param>
    /// <param name="partner">Audience of the partner's server.</param>
    /// <param name="wanted">Type of the token (<c>requested_token_type</c>); null for the server's own choice.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<Authentication> ExchangeAsync(
        IdentityServerAddress primary, string accessToken, string partner, string? wanted = null,
            CancellationToken cancellation = default) =>
        Read(await PostAsync(
            primary.TokenEndpoint, cancellation,
            [
                ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"), ("client_id", clientId),
                ("resource", partner),
                ("subject_token", accessToken), ("subject_token_type", AccessTokenType),
                .. wanted is null ? Array.Empty<(string, string)>() : [("requested_token_type", wanted)],
            ]).ConfigureAwait(false));

    /// <summary>Presents a security token to the partner, and takes the partner's tokens (TS 33.180 B.7.3, RFC 7523 2.1).</summary>
    public async Task<Authentication> PresentAsync(IdentityServerAddress partner, string securityToken, string scopes, CancellationToken cancellation = default) =>
        Read(await PostAsync(
            partner.TokenEndpoint, cancellation, ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", securityToken),
            ("scope", "openid " + scopes), ("client_id", clientId)).ConfigureAwait(false));

    /// <summary>A claim of a token's body, read without trusting it: the client needs its own MC service IDs only. Null where it is not there.</summary>
    public static string? ReadClaim(string token, string claim)
    {
        var parts = token.Split('.');
        if (parts.Length != 3) return null;
        try
        {
            using var body = JsonDocument.Parse(Decode(parts[1]));
            return body.RootElement.TryGetProperty(claim, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    private static Authentication Read(HttpAnswer answer)
    {
        if (!answer.IsSuccess || answer.MediaType != "application/json") return Refused(answer);
        try
        {
            using var body = JsonDocument.Parse(answer.Body);
            var root = body.RootElement;
            return Text(root, "access_token") is { Length: > 0 } access
                ? new Authentication(new TokenSet(access, Text(root, "id_token"), Text(root, "refresh_token"), Text(root, "scope") ?? ""), "", answer.StatusCode)
                : new Authentication(null, "no_access_token", answer.StatusCode);
        }
        catch (JsonException)
        {
            return new Authentication(null, "not_json", answer.StatusCode);
        }
    }

    private static Authentication Refused(HttpAnswer answer)
    {
        if (answer.StatusCode == 0) return new Authentication(null, answer.Failure.ToString(), 0);
        try
        {
            using var body = JsonDocument.Parse(answer.Body);
            return new Authentication(null, Text(body.RootElement, "error") ?? "", answer.StatusCode);
        }
        catch (JsonException)
        {
            return new Authentication(null, "", answer.StatusCode);
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Dictionary<string, string> Query(Uri uri) =>
        (uri.IsAbsoluteUri ? uri.Query : uri.OriginalString[(uri.OriginalString.IndexOf('?') + 1)..]).TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Split('=', 2)).Where(p => p.Length == 2)
            .GroupBy(p => Uri.UnescapeDataString(p[0])).ToDictionary(g => g.Key, g => Uri.UnescapeDataString(g.First()[1].Replace('+', ' ')));

    private static string Form(params (string Name, string Value)[] fields) =>
        string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Name)}={Uri.EscapeDataString(f.Value)}"));

    private static string Random() => Encode(RandomNumberGenerator.GetBytes(32));

    private static string Encode(ReadOnlySpan<byte> octets) => System.Buffers.Text.Base64Url.EncodeToString(octets);

    private static byte[] Decode(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);

    private Task<HttpAnswer> PostAsync(Uri to, CancellationToken cancellation, params (string Name, string Value)[] fields) => requester.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, to) { Content = new StringContent(Form(fields), Encoding.ASCII, "application/x-www-form-urlencoded") }, cancellation);
}
