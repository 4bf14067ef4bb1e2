using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace McConformance.Wire.Documents.Writing;

/// <summary>XML to octets: UTF-8 without byte order mark, no line breaks added, so that what was read is written
/// again.</summary>
internal static class XmlOctets
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        // a carriage return of a value would be read back as a line feed
        NewLineHandling = NewLineHandling.Entitize,
    };

    /// <summary>The document with an XML declaration.</summary>
    public static byte[] Write(XDocument document, int octetsExpected = 1024)
    {
        using var octets = new MemoryStream(octetsExpected);
        using (var writer = XmlWriter.Create(octets, Settings)) document.Save(writer);
        return octets.ToArray();
    }

    /// <summary>The element as a document.</summary>
    public static byte[] Write(XElement root, int octetsExpected = 1024) => Write(new XDocument(root), octetsExpected);

    /// <summary>An element with text, or nothing where there is no text.</summary>
    public static XElement? Text(XName name, string? text) => text is null ? null : new XElement(name, text);

    /// <summary>An attribute, or nothing where there is no text.</summary>
    public static XAttribute? Attribute(XName name, string? text) => text is null ? null : new XAttribute(name, text);
}
