using System.Diagnostics.CodeAnalysis;
using System.Xml;
using System.Xml.Linq;

namespace McConformance.Wire.Documents.Reading;

/// <summary>Why a document was not read.</summary>
public enum XmlRefusal
{
    /// <summary>It was read.</summary>
    None,

    /// <summary>More octets than the reader takes.</summary>
    TooLarge,

    /// <summary>Elements nested deeper than the reader takes.</summary>
    TooDeep,

    /// <summary>A document type definition, whatever is in it: no external entity and no entity of its own is ever
    /// looked at.</summary>
    DocumentType,

    /// <summary>Not well-formed (W3C XML 1.0 section 2.1), or not UTF-8 or UTF-16.</summary>
    NotWellFormed,
}

/// <summary>What an untrusted peer may make a reader do.</summary>
/// <param name="OctetsMax">Size of the document. 1 or more.</param>
/// <param name="DepthMax">Nesting of elements. 1 or more.</param>
public sealed record XmlLimits(int OctetsMax = 4 << 20, int DepthMax = 64)
{
    /// <summary>4 MiB, 64 levels: a group of 10,000 members fits.</summary>
    public static XmlLimits Default { get; } = new();
}

/// <summary>Reads XML of peers. Never throws on what they sent, never fetches anything, never expands an
/// entity.</summary>
public static class SafeXml
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersFromEntities = 0,
        CloseInput = true,
    };

    /// <summary>Reads one document; white space is kept as it stands.</summary>
    /// <param name="octets">The document.</param>
    /// <param name="document">What it holds; null where it was refused.</param>
    /// <param name="refusal">Why; <see cref="XmlRefusal.None"/> where it was read.</param>
    /// <param name="limits">Null for <see cref="XmlLimits.Default"/>.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> octets, [NotNullWhen(true)] out XDocument? document, out XmlRefusal refusal,
        XmlLimits? limits = null)
    {
        document = null;
        limits ??= XmlLimits.Default;
        refusal = octets.Length > limits.OctetsMax ? XmlRefusal.TooLarge : Examine(octets, limits.DepthMax);
        if (refusal != XmlRefusal.None) return false;
        using var reader = Open(octets);
        document = XDocument.Load(reader, LoadOptions.PreserveWhitespace);
        return true;
    }

    /// <summary>Walks through without building anything, so that what is refused costs nothing but the walk.</summary>
    private static XmlRefusal Examine(ReadOnlyMemory<byte> octets, int depthMax)
    {
        try
        {
            using var reader = Open(octets);
            while (reader.Read())
                if (reader.Depth > depthMax) return XmlRefusal.TooDeep;
            return XmlRefusal.None;
        }
        catch (XmlException)
        {
            // the reader tells a prohibited definition from other mistakes only in words
            return HasDocumentType(octets.Span) ? XmlRefusal.DocumentType : XmlRefusal.NotWellFormed;
        }
    }

    private static bool HasDocumentType(ReadOnlySpan<byte> octets) =>
        octets.IndexOf("<!DOCTYPE"u8) >= 0 ||
        octets.IndexOf("<\0!\0D\0O\0C\0T\0Y\0P\0E\0"u8) >= 0 ||
        octets.IndexOf("\0<\0!\0D\0O\0C\0T\0Y\0P\0E"u8) >= 0;

    private static XmlReader Open(ReadOnlyMemory<byte> octets) => XmlReader.Create(
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(octets, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(octets.ToArray(), writable: false), Settings);
}
