using System.Xml;

namespace McConformance.Fakes.Transport;

/// <summary>Reads why an XCAP server refuses (RFC 4825 11.2), however it writes that.</summary>
public static class XcapErrors
{
    private const string Namespace = "urn:ietf:params:xml:ns:xcap-error";

    /// <summary>The error element's name, for example <c>not-well-formed</c>; empty where the text is no such
    /// document.</summary>
    /// <param name="text">Body of a response.</param>
    public static string Of(string text)
    {
        if (text.Length == 0) return "";
        try
        {
            using var reader = XmlReader.Create(
                new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            if (reader.MoveToContent() != XmlNodeType.Element || reader.LocalName != "xcap-error"
                || reader.NamespaceURI != Namespace) return "";
            while (reader.Read())
                if (reader is { NodeType: XmlNodeType.Element, NamespaceURI: Namespace }) return reader.LocalName;
        }
        catch (XmlException)
        {
            // no document
        }

        return "";
    }
}
