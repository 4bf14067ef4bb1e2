using System.Security.Cryptography;

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

/// <summary>The documents of a configuration management server (TS 24.484) by XCAP selector. Thread safe.</summary>
public sealed class ConfigurationDocuments
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, ConfigurationDocument> documents = new(StringComparer.Ordinal);

    /// <summary>Provisions a document, or replaces it.</summary>
    /// <param name="selector">From the AUID on, unescaped: <c>org.3gpp.mcptt.user-profile/users/sip:alice@primary.example/mcptt-user-profile-1.xml</c>.</param>
    /// <param name="document">The document.</param>
    public void Put(string selector, ConfigurationDocument document)
    {
        lock (gate) documents[selector] = document;
    }

    /// <summary>Takes a document away.</summary>
    public bool Remove(string selector)
    {
        lock (gate) return documents.Remove(selector);
    }

    /// <summary>The document of a selector; null where there is none.</summary>
    public ConfigurationDocument? Find(string selector)
    {
        lock (gate) return documents.GetValueOrDefault(selector);
    }
}
