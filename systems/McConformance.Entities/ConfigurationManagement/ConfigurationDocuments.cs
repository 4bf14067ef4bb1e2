using System.Security.Cryptography;
using McConformance.Entities.Ports;
using McConformance.Wire.State;

namespace McConformance.Entities.ConfigurationManagement;

/// <summary>A stored document.</summary>
/// <param name="MediaType">Media type.</param>
/// <param name="Octets">As it is served.</param>
/// <param name="Owner">MC service ID whose token may read it; null for every user of the MC system.</param>
public sealed record ConfigurationDocument(string MediaType, ReadOnlyMemory<byte> Octets, string? Owner)
{
    /// <summary>Entity tag with its quotes; differs wherever the octets do.</summary>
    public string ETag { get; } = $"\"{Convert.ToHexStringLower(SHA256.HashData(Octets.Span).AsSpan(0, 8))}\"";
}

/// <summary>A document became another one.</summary>
/// <param name="Selector">From the AUID on, unescaped.</param>
/// <param name="Before">Entity tag; null where there was none.</param>
/// <param name="Now">Entity tag; null where it is gone.</param>
public readonly record struct ConfigurationChange(string Selector, string? Before, string? Now);

/// <summary>The documents of a configuration management server (TS 24.484) by XCAP selector, kept over a restart.
/// Thread safe.</summary>
public sealed class ConfigurationDocuments(IStateStore? store = null)
{
    private readonly Lock gate = new();
    private readonly KeptTable<string, ConfigurationDocument> documents = new(store, "documents");

    /// <summary>What was taken away: what is provisioned at the start does not bring it back.</summary>
    private readonly KeptTable<string, bool> removed = new(store, "removed-documents");
    private readonly Dictionary<string, ConfigurationDocument> restricted = new(StringComparer.Ordinal);

    /// <summary>Is told of every change, outside the lock.</summary>
    public Action<ConfigurationChange>? Changed { get; set; }

    /// <summary>Provisions a document, or replaces it.</summary>
    /// <param name="selector">From the AUID on, unescaped: <c>org.3gpp.mcptt.user-profile/users/sip:alice@primary.example/mcptt-user-profile-1.xml</c>.</param>
    /// <param name="document">The document.</param>
    public void Put(string selector, ConfigurationDocument document) => Set(selector, document, null);

    /// <summary>Provisions a document at the start, unless something is known of it from before.</summary>
    public void Provision(string selector, ConfigurationDocument document)
    {
        lock (gate)
            if (documents.ContainsKey(selector) || removed.ContainsKey(selector)) return;
        Set(selector, document, null);
    }

    /// <summary>Replaces a document, where it is still the one that the caller has looked at.</summary>
    /// <param name="selector">As for <see cref="Put"/>.</param>
    /// <param name="document">The new one; null to take it away.</param>
    /// <param name="seen">The one before; null where there was none.</param>
    /// <returns>False where somebody was faster.</returns>
    public bool TryReplace(string selector, ConfigurationDocument? document, ConfigurationDocument? seen) =>
        Set(selector, document, d => d?.ETag == seen?.ETag);

    /// <summary>Provisions what a user is given in place of a document for as long as the primary has not verified
    /// the user
    /// (TR 23.781 5.2.10).</summary>
    public void PutRestricted(string selector, ConfigurationDocument document)
    {
        lock (gate) restricted[selector] = document;
    }

    /// <summary>The document in place of another; null where there is none.</summary>
    public ConfigurationDocument? FindRestricted(string selector)
    {
        lock (gate) return restricted.GetValueOrDefault(selector);
    }

    /// <summary>Takes a document away.</summary>
    public bool Remove(string selector) => Set(selector, null, d => d is not null);

    /// <summary>The document of a selector; null where there is none.</summary>
    public ConfigurationDocument? Find(string selector)
    {
        lock (gate) return documents.GetValueOrDefault(selector);
    }

    /// <summary>The documents of the selectors that meet a condition, as they are now.</summary>
    public IReadOnlyList<ConfigurationChange> Where(Func<string, bool> condition)
    {
        lock (gate) return [.. documents.Where(d => condition(d.Key)).Select(d =>
            new ConfigurationChange(d.Key, null, d.Value.ETag))];
    }

    private bool Set(string selector, ConfigurationDocument? document, Func<ConfigurationDocument?, bool>? condition)
    {
        ConfigurationDocument? before;
        lock (gate)
        {
            using var alone = documents.Enter();
            before = documents.GetValueOrDefault(selector);
            if (condition?.Invoke(before) == false) return false;
            if (document is null)
            {
                removed[selector] = true;
                documents.Remove(selector);
            }
            else
            {
                documents[selector] = document;
                removed.Remove(selector);
            }
        }

        if (before?.ETag != document?.ETag) Changed?.Invoke(
            new ConfigurationChange(selector, before?.ETag, document?.ETag));
        return true;
    }
}
