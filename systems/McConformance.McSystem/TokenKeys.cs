using System.Collections.Concurrent;
using McConformance.Wire.Http.Oidc;

namespace McConformance.McSystem;

/// <summary>Keys that identity management servers sign tokens with, by the domain of the MC system. Made when first asked for. Thread safe.</summary>
public sealed class TokenKeys
{
    private readonly ConcurrentDictionary<string, SigningKey> keys = new();

    /// <summary>Of all networks of this process: making keys is slow.</summary>
    public static TokenKeys Shared { get; } = new();

    /// <summary>The key of an MC system; with its private half, unless another process holds that.</summary>
    public SigningKey Of(string domain) => keys.GetOrAdd(domain, d => SigningKey.Create(SignatureAlgorithm.ES256, $"{d}-1"));

    /// <summary>Takes a key that somebody else made.</summary>
    public void Set(string domain, SigningKey key) => keys[domain] = key;
}
