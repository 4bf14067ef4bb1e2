using System.Text;
using McConformance.Wire.Documents;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Sip.Bodies;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Entities.McService;

/// <summary>The bodies of a request: alone, or parts of multipart/mixed in any order (TS 24.379 7.3.3).</summary>
/// <param name="Info">Octets of the service info; null where there is none.</param>
/// <param name="Settings">Octets of the service settings; null where there are none.</param>
internal readonly record struct McServiceBodies(byte[]? Info, byte[]? Settings)
{
    public static McServiceBodies Of(SipMessage message, McServiceNames names)
    {
        if (!message.TryGet(SipHeader.ContentType, out var type)) return default;
        if (!Multipart.TryRead(type, message.Body, out var parts)) return default(McServiceBodies).With(type, message.Body, names);
        var bodies = default(McServiceBodies);
        while (parts.MoveNext())
            if (parts.TryGetHeader("Content-Type"u8, out var part)) bodies = bodies.With(part, parts.Content, names);
        return bodies;
    }

    private McServiceBodies With(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content, McServiceNames names)
    {
        var text = Encoding.ASCII.GetString(type).Split(';')[0].Trim();
        if (Info is null && text.Equals(names.InfoContentType, StringComparison.OrdinalIgnoreCase)) return this with { Info = content.ToArray() };
        return Settings is null && text.Equals(PocSettings.ContentType, StringComparison.OrdinalIgnoreCase) ? this with { Settings = content.ToArray() } : this;
    }
}

/// <summary>What is wrong with a request's bodies, in the words of a Warning.</summary>
internal static class McServiceWarnings
{
    /// <summary>The first finding: element and fault.</summary>
    public static string Text(List<DocumentFinding> findings) => findings.Count == 0 ? "body missing" : $"{findings[0].Element} {findings[0].Fault.ToString().ToLowerInvariant()}";
}
