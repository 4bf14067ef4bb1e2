using System.Security.Cryptography;
using System.Text;
using McConformance.Entities.Ports;
using McConformance.Wire.Http.Oidc;
using McConformance.Wire.State;

namespace McConformance.Entities.IdentityManagement;

/// <summary>To whom what was granted.</summary>
/// <param name="Subject">Subject of the tokens.</param>
/// <param name="ClientId">The client.</param>
/// <param name="Scopes">What for.</param>
/// <param name="McServiceIds">Identities by claim.</param>
internal sealed record Grant(string Subject, string ClientId, IReadOnlyList<string> Scopes, IReadOnlyDictionary<string, string> McServiceIds)
{
    /// <summary>Names the grant: tokens that came of one another have one.</summary>
    public string Id { get; init; } = Guid.NewGuid().ToString("N");

    /// <summary>False once it was revoked, with all that came of it.</summary>
    public bool IsAlive { get; set; } = true;
}

/// <summary>A code that waits to be exchanged.</summary>
internal sealed record AuthorizationCode(Grant Grant, string RedirectUri, string Challenge, DateTimeOffset EndsAt)
{
    /// <summary>True once it was used.</summary>
    public bool IsUsed { get; set; }
}

/// <summary>
/// Codes, refresh tokens and used assertions of a server. Guarded by its lock. What has run out is forgotten. Refresh
/// tokens, as
/// hashes, and used assertions outlive a restart: a user stays signed in, and what was used up stays so. Codes do
/// not: their
/// clients sign in again.
/// </summary>
internal sealed class Grants(TimeProvider time, IStateStore? store)
{
    private readonly Dictionary<string, AuthorizationCode> codes = [];
    private readonly KeptTable<string, (Grant Grant, DateTimeOffset EndsAt)> refresh = new(store, "refresh-tokens");
    private readonly KeptTable<string, DateTimeOffset> assertions = new(store, "assertions");

    /// <summary>Held during all calls.</summary>
    public Lock Gate { get; } = new();

    public string NewCode(AuthorizationCode code)
    {
        Sweep();
        var text = Random();
        codes.Add(text, code);
        return text;
    }

    /// <summary>Uses a code up. One that comes twice was stolen: what was granted by it ends (RFC 6749 4.1.2).</summary>
    public AuthorizationCode? Use(string text)
    {
        if (!codes.TryGetValue(text, out var code)) return null;
        if (code.IsUsed) End(code.Grant);
        if (code.IsUsed || time.GetUtcNow() > code.EndsAt) return null;
        code.IsUsed = true;
        return code;
    }

    public string NewRefresh(Grant grant, TimeSpan life)
    {
        var text = Random();
        refresh[Hash(text)] = (grant, time.GetUtcNow() + life);
        return text;
    }

    /// <summary>Uses a refresh token up: each is good for once.</summary>
    public Grant? UseRefresh(string text) =>
        refresh.Remove(Hash(text), out var found) && found.Grant.IsAlive && time.GetUtcNow() <= found.EndsAt ? found.Grant : null;

    public void Revoke(string text)
    {
        if (refresh.Remove(Hash(text), out var found)) End(found.Grant);
    }

    /// <summary>Ends a grant, with the tokens that came of it and were not used up.</summary>
    private void End(Grant grant)
    {
        grant.IsAlive = false;
        foreach (var token in refresh.Where(r => r.Value.Grant.Id == grant.Id).Select(r => r.Key).ToArray()) refresh.Remove(token);
    }

    /// <summary>Takes an assertion, once (RFC 7523 3 item 7). False where it was seen before.</summary>
    public bool TakeAssertion(string assertion, DateTimeOffset endsAt)
    {
        foreach (var old in assertions.Where(a => a.Value + TokenVerifier.Skew < time.GetUtcNow()).Select(a => a.Key).ToArray()) assertions.Remove(old);
        using var alone = assertions.Enter();
        var hash = Hash(assertion);
        if (assertions.ContainsKey(hash)) return false;
        assertions[hash] = endsAt;
        return true;
    }

    private void Sweep()
    {
        // a used code is kept for as long as it could have lived, so that its second use is known
        foreach (var old in refresh.Where(r => r.Value.EndsAt < time.GetUtcNow()).Select(r => r.Key).ToArray()) refresh.Remove(old);
        foreach (var old in codes.Where(c => c.Value.EndsAt < time.GetUtcNow()).Select(c => c.Key).ToArray()) codes.Remove(old);
    }

    private static string Hash(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static string Random() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
