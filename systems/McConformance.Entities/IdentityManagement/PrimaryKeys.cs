using System.Text.Json;
using McConformance.Wire.Http.Oidc;
using McConformance.Wire.Http.Transport;
using McConformance.Wire.Time;

namespace McConformance.Entities.IdentityManagement;

/// <summary>
/// The keys of primaries as a partner keeps them, so that a credential can be verified while nobody is on the line
/// (TR 23.781 5.2.10).
/// Those of primaries whose users may migrate offline are fetched anew now and then, together with the credentials
/// that the primary has
/// withdrawn (OWN MIG-OFF-2); what was fetched last stays in force while the primary cannot be reached. Thread safe.
/// </summary>
internal sealed class PrimaryKeys : TimerNode
{
    /// <summary>Between two requests for the sake of tokens that cannot be verified: nobody makes this server ask
    /// all the time.</summary>
    private static readonly TimeSpan AskingInterval = TimeSpan.FromSeconds(10);

    /// <summary>Where a primary did not answer: the link between may have failed, and what it has withdrawn is to be
    /// known soon after.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMinutes(1);

    private readonly IdentityManagementOptions options;
    private readonly Lock gate = new();
    private readonly Dictionary<string, TrustedIssuer> issuers;
    private readonly Dictionary<string, HashSet<string>> withdrawn = [];
    private readonly Dictionary<string, DateTimeOffset> asked = [];
    private volatile TokenVerifier verifier;

    /// <summary>Begins with what was handed over out of band.</summary>
    public PrimaryKeys(IdentityManagementOptions options)
    {
        this.options = options;
        issuers = options.Primaries.ToDictionary(p => p.Issuer);
        verifier = new TokenVerifier(options.Primaries, options.Time);
    }

    /// <summary>Judges security tokens by the keys that are known now.</summary>
    public TokenVerifier Verifier => verifier;

    /// <summary>Begins to fetch.</summary>
    public void Start()
    {
        if (options is { Requester: not null, Wheel: not null, OfflinePrimaries.Count: > 0 }) OnTimer();
    }

    /// <summary>Fetches no more.</summary>
    public void Stop() => options.Wheel?.Cancel(this);

    /// <summary>Whether the primary has said that it stands by a credential no more.</summary>
    public bool IsWithdrawn(string issuer, string credential)
    {
        lock (gate) return withdrawn.TryGetValue(issuer, out var known) && known.Contains(credential);
    }

    /// <summary>A security token is about to be judged: where its signature is not known, its issuer may have a new
    /// key.</summary>
    public async Task PrepareAsync(string token, string audience)
    {
        if (verifier.Verify(token, audience, null, out _) != TokenRefusal.Invalid || options.Requester is null) return;
        foreach (var issuer in options.OfflinePrimaries.Keys)
        {
            lock (gate)
            {
                if (asked.TryGetValue(issuer, out var last) && options.Time.GetUtcNow() < last + AskingInterval)
                    continue;
            }

            await FetchAsync(issuer).ConfigureAwait(false);
        }
    }

    protected override void OnTimer()
    {
        options.Wheel!.Schedule(this, options.KeyRefresh);
        foreach (var issuer in options.OfflinePrimaries.Keys) _ = FetchAsync(issuer);
    }

    private async Task FetchAsync(string issuer)
    {
        lock (gate) asked[issuer] = options.Time.GetUtcNow();
        // names of hosts decide about TLS, not the scheme
        var request = new HttpRequestMessage(HttpMethod.Get, $"http{issuer[issuer.IndexOf(':')..]}/jwks");
        var answer = await options.Requester!.SendAsync(request).ConfigureAwait(false);
        if (answer.StatusCode == 200) Take(issuer, answer.Body);
        else if (options.Wheel is { } wheel) wheel.Schedule(this, RetryInterval);
    }

    /// <summary>What cannot be read changes nothing: a primary without keys would be no primary.</summary>
    private void Take(string issuer, ReadOnlyMemory<byte> octets)
    {
        try
        {
            using var document = JsonDocument.Parse(octets);
            var keys = new List<SigningKey>();
            if (document.RootElement.TryGetProperty("keys", out var list) && list.ValueKind == JsonValueKind.Array)
                keys.AddRange(list.EnumerateArray().Select(SigningKey.Read).OfType<SigningKey>());
            if (keys.Count == 0) return;
            lock (gate)
            {
                issuers[issuer] = new TrustedIssuer(issuer, keys);
                withdrawn[issuer] = Withdrawn(document.RootElement);
                verifier = new TokenVerifier([.. issuers.Values], options.Time);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
        }
    }

    private HashSet<string> Withdrawn(JsonElement root) =>
        root.TryGetProperty(options.Binding.WithdrawnCredentials, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!)]
            : [];
}
