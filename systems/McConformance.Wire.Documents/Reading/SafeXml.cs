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
        if (octets.Length > limits.OctetsMax)
        {
            refusal = XmlRefusal.TooLarge;
            return false;
        }

        try
        {
            using var reader = Open(octets);
            var read = new XDocument();
            refusal = Build(reader, read, limits.DepthMax);
            if (refusal != XmlRefusal.None) return false;
            document = read;
            return true;
        }
        catch (XmlException)
        {
            // the reader tells a prohibited definition from other mistakes only in words
            refusal = HasDocumentType(octets.Span) ? XmlRefusal.DocumentType : XmlRefusal.NotWellFormed;
            return false;
        }
    }

    /// <summary>One pass: what is too deep is given up before more of it is kept.</summary>
    private static XmlRefusal Build(XmlReader reader, XDocument document, int depthMax)
    {
        XContainer at = document;
        var names = new Names();
        while (reader.Read())
        {
            if (reader.Depth > depthMax) return XmlRefusal.TooDeep;
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var element = Element(reader, names);
                    at.Add(element);
                    if (!reader.IsEmptyElement) at = element;
                    break;
                case XmlNodeType.EndElement:
                    at = (XContainer?)at.Parent ?? document;
                    break;
                case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when at is XElement:
                    at.Add(new XText(reader.Value));
                    break;
                case XmlNodeType.CDATA:
                    at.Add(new XCData(reader.Value));
                    break;
                case XmlNodeType.Comment:
                    at.Add(new XComment(reader.Value));
                    break;
                case XmlNodeType.ProcessingInstruction:
                    at.Add(new XProcessingInstruction(reader.Name, reader.Value));
                    break;
            }
        }

        return XmlRefusal.None;
    }

    private static XElement Element(XmlReader reader, Names names)
    {
        var element = new XElement(names.Of(reader.LocalName, reader.NamespaceURI));
        if (!reader.HasAttributes) return element;
        while (reader.MoveToNextAttribute())
        {
            var ns = reader.Prefix.Length == 0 ? "" : reader.NamespaceURI;
            element.Add(new XAttribute(names.Of(reader.LocalName, ns), reader.Value));
        }

        reader.MoveToElement();
        return element;
    }

    /// <summary>The few names of one document: found by reference, since the reader gives the same strings again.</summary>
    private sealed class Names
    {
        private readonly Dictionary<(string Local, string Ns), XName> known = new(new ByReference());

        public XName Of(string local, string ns)
        {
            if (known.TryGetValue((local, ns), out var name)) return name;
            return known[(local, ns)] = XName.Get(local, ns);
        }

        private sealed class ByReference : IEqualityComparer<(string Local, string Ns)>
        {
            public bool Equals((string Local, string Ns) x, (string Local, string Ns) y) => ReferenceEquals(x.Local, y.Local) && ReferenceEquals(x.Ns, y.Ns);

            public int GetHashCode((string Local, string Ns) obj) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj.Local);
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
