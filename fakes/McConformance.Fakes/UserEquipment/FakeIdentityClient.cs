using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using McConformance.Fakes.Transport;

namespace McConformance.Fakes.UserEquipment;

/// <summary>An identity management client that does what no proper one does (RFC 6749 4.1, RFC 7636 4).</summary>
/// <param name="server">Where the identity management server is.</param>
/// <param name="host">Its host name.</param>
/// <param name="patience">How long it waits for an answer.</param>
public sealed class FakeIdentityClient(IPEndPoint server, string host, TimeSpan patience)
{
    private const string Redirect = "https://client.example/callback";
    private readonly string proof = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>The last authorization code.</summary>
    public string Code { get; private set; } = "";

    /// <summary>The last refresh token.</summary>
    public string RefreshToken { get; private set; } = "";

    /// <summary>Registered id of the client.</summary>
    public const string ClientId = "mc-client";

    /// <summary>Signs a user in, and keeps the code.</summary>
    public async Task SignInAsync(string user, string password)
    {
        var answer = await AuthorizeAsync(user, password);
        var location = answer["Location"] ?? "";
        var at = location.IndexOf("code=", StringComparison.Ordinal);
        if (at < 0) throw new InvalidOperationException($"the precondition does not hold: {answer.StatusCode}");
        Code = location[(at + 5)..].Split('&')[0];
    }

    /// <summary>Authorization request with other parameters than the right ones; one without a value is left
    /// out.</summary>
    public Task<RawHttpAnswer> AuthorizeAsync(
        string user, string password, params (string Name, string Value)[] changes)
    {
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(proof)));
        var query = Form(
            [
                ("response_type", "code"), ("client_id", ClientId), ("scope", "openid 3gpp:mc:ptt_service"),
                ("redirect_uri", Redirect), ("state", "s1"), ("code_challenge", challenge),
                ("code_challenge_method", "S256"),
            ], changes);
        return PostAsync("/authorize?" + query, Form([("username", user), ("password", password)], []));
    }

    /// <summary>Token request for the code, with other parameters than the right ones.</summary>
    public async Task<RawHttpAnswer> ExchangeAsync(params (string Name, string Value)[] changes)
    {
        var answer = await PostAsync("/token", Form(
            [
                ("grant_type", "authorization_code"), ("code", Code), ("client_id", ClientId),
                ("redirect_uri", Redirect), ("code_verifier", proof),
            ], changes));
        if (answer.StatusCode == 200) RefreshToken = answer.Member("refresh_token");
        return answer;
    }

    /// <summary>Token request for a refresh token.</summary>
    public Task<RawHttpAnswer> RefreshAsync(string token) => PostAsync("/token", Form(
        [("grant_type", "refresh_token"), ("refresh_token", token), ("client_id", ClientId)], []));

    /// <summary>Presents a security token (RFC 7523 2.1).</summary>
    public Task<RawHttpAnswer> PresentAsync(string assertion) => PostAsync("/token", Form(
        [
            ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", assertion),
            ("client_id", ClientId), ("scope", "openid 3gpp:mc:ptt_service"),
        ], []));

    /// <summary>The server's public keys.</summary>
    public async Task<string> KeySetAsync() =>
        (await RawHttp.AskAsync(server, RawHttp.Request("GET /jwks", host, [], []), patience)).Body;

    /// <summary>Sends a form.</summary>
    public Task<RawHttpAnswer> PostAsync(string target, string form) => RawHttp.AskAsync(server, RawHttp.Request(
        "POST " + target, host, ["Content-Type: application/x-www-form-urlencoded"], Encoding.ASCII.GetBytes(form)),
        patience);

    private static string Form((string Name, string Value)[] fields, (string Name, string Value)[] changes)
    {
        var all = fields.Select(f =>
            changes.Any(c => c.Name == f.Name) ? (f.Name, changes.First(c => c.Name == f.Name).Value) : f);
        return string.Join('&', all.Where(f => f.Item2.Length > 0)
            .Concat(changes.Where(c => fields.All(f => f.Name != c.Name)).Select(c => (c.Name, c.Value)))
            .Select(f => $"{f.Item1.TrimEnd('2')}={Uri.EscapeDataString(f.Item2)}"));
    }
}
