using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Documents.Writing;

namespace McConformance.Wire.Documents;

/// <summary>Why an XCAP request conflicts with a document (RFC 4825 11.2).</summary>
public enum XcapErrorKind
{
    /// <summary>The element could not be deleted.</summary>
    CannotDelete,

    /// <summary>The element could not be inserted.</summary>
    CannotInsert,

    /// <summary>A rule of the application is broken.</summary>
    ConstraintFailure,

    /// <summary>Another error, in an element of another namespace.</summary>
    Extension,

    /// <summary>What is to hold the document or element is not there.</summary>
    NoParent,

    /// <summary>The document is not UTF-8.</summary>
    NotUtf8,

    /// <summary>The document is not well-formed.</summary>
    NotWellFormed,

    /// <summary>The body is no attribute value.</summary>
    NotXmlAttributeValue,

    /// <summary>The body is no element.</summary>
    NotXmlFragment,

    /// <summary>The document does not follow its schema.</summary>
    SchemaValidationError,

    /// <summary>A value is there already that may be there once.</summary>
    UniquenessFailure,
}

/// <summary>A value that was not unique.</summary>
/// <param name="Field">Node selector of the value.</param>
/// <param name="Alternatives">Values that could be used in its place.</param>
public sealed record XcapNotUnique(string Field, IReadOnlyList<string> Alternatives);

/// <summary>Body of a 409 response of an XCAP server (RFC 4825 11).</summary>
/// <param name="Kind">Why.</param>
public sealed record XcapError(XcapErrorKind Kind)
{
    /// <summary>Content type of these octets.</summary>
    public const string ContentType = "application/xcap-error+xml";

    private static readonly XNamespace Ns = "urn:ietf:params:xml:ns:xcap-error";
    private static readonly Clause Clause = new("RFC 4825", "11.2");
    private static readonly XName Exists = Ns + "exists", Alternative = Ns + "alt-value";
    private static readonly XName AncestorName = Ns + "ancestor";

    // in the order of the enumeration
    private static readonly string[] Names =
    [
        "cannot-delete", "cannot-insert", "constraint-failure", "extension", "no-parent", "not-utf-8",
        "not-well-formed", "not-xml-att-value", "not-xml-frag", "schema-validation-error", "uniqueness-failure",
    ];

    /// <summary>In words.</summary>
    public string? Phrase { get; init; }

    /// <summary>Of <see cref="XcapErrorKind.NoParent"/>: the closest ancestor that is there, a URI.</summary>
    public string? Ancestor { get; init; }

    /// <summary>Of <see cref="XcapErrorKind.UniquenessFailure"/>: which values.</summary>
    public IReadOnlyList<XcapNotUnique> NotUnique { get; init; } = [];

    /// <summary>Reads an error. False where it is no XML, another document, or names no error of RFC 4825.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> octets, [NotNullWhen(true)] out XcapError? error, List<DocumentFinding> findings)
    {
        error = null;
        return new ElementReader(findings, Clause).TryXml(octets, out var document)
            && TryRead(document, out error, findings);
    }

    /// <summary>The same of XML.</summary>
    public static bool TryRead(
        XDocument document, [NotNullWhen(true)] out XcapError? error, List<DocumentFinding> findings)
    {
        error = null;
        var reader = new ElementReader(findings, Clause);
        if (reader.Root(document, Ns + "xcap-error") is not { } root) return false;
        var element = root.Elements().FirstOrDefault(e => e.Name.Namespace == Ns);
        var kind = element is null ? -1 : Array.IndexOf(Names, element.Name.LocalName);
        if (kind < 0)
        {
            reader.Report(element is null ? DocumentFault.Missing : DocumentFault.Malformed, "xcap-error",
                element?.Name.LocalName ?? "no error in it");
            return false;
        }

        error = new XcapError((XcapErrorKind)kind)
        {
            Phrase = element!.Attribute("phrase")?.Value,
            Ancestor = reader.Uri(element, AncestorName),
            NotUnique = kind == (int)XcapErrorKind.UniquenessFailure ? ReadNotUnique(element, reader) : [],
        };
        return true;
    }

    /// <summary>The error, UTF-8.</summary>
    public byte[] ToOctets() => XmlOctets.Write(ToXml());

    /// <summary>The error as XML.</summary>
    public XDocument ToXml() => new(new XElement(Ns + "xcap-error", new XElement(Ns + Names[(int)Kind],
        XmlOctets.Attribute("phrase", Phrase),
        XmlOctets.Text(AncestorName, Ancestor),
        NotUnique.Select(n => new XElement(Exists, new XAttribute("field", n.Field),
            n.Alternatives.Select(a => new XElement(Alternative, a)))))));

    private static List<XcapNotUnique> ReadNotUnique(XElement element, ElementReader reader)
    {
        var all = new List<XcapNotUnique>();
        foreach (var exists in element.Elements(Exists))
        {
            if (reader.NeededAttribute(exists, "field") is not { } field) continue;
            all.Add(new XcapNotUnique(field, [.. exists.Elements(Alternative).Select(a => a.Value)]));
        }

        if (all.Count == 0) reader.Missing("exists");
        return all;
    }
}
