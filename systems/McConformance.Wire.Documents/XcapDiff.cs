using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Documents.Writing;

namespace McConformance.Wire.Documents;

/// <summary>What happened to a document.</summary>
public enum XcapChangeKind
{
    /// <summary>It is new: it has a new entity tag alone.</summary>
    Created,

    /// <summary>It is another than before: it has both.</summary>
    Changed,

    /// <summary>It is gone: it has a previous entity tag alone.</summary>
    Deleted,
}

/// <summary>A change of one document (RFC 5874 4).</summary>
/// <param name="Selector">Document selector, relative to the XCAP root; the one that was subscribed to.</param>
public sealed record XcapChange(string Selector)
{
    /// <summary>Entity tag after the change, as HTTP gives it.</summary>
    public string? NewEtag { get; init; }

    /// <summary>Entity tag before the change.</summary>
    public string? PreviousEtag { get; init; }

    /// <summary>The content stayed the same.</summary>
    public bool BodyNotChanged { get; init; }

    /// <summary>Instructions that make the change, as they stood: add, remove, replace.</summary>
    public IReadOnlyList<XElement> Instructions { get; init; } = [];

    /// <summary>What happened.</summary>
    public XcapChangeKind Kind => NewEtag is null ? XcapChangeKind.Deleted
        : PreviousEtag is null ? XcapChangeKind.Created : XcapChangeKind.Changed;
}

/// <summary>Changes of documents, the body of a NOTIFY (RFC 5874).</summary>
public sealed record XcapDiff
{
    /// <summary>Content type of these octets.</summary>
    public const string ContentType = "application/xcap-diff+xml";

    private static readonly XNamespace Ns = "urn:ietf:params:xml:ns:xcap-diff";
    private static readonly Clause Clause = new("RFC 5874", "4");
    private static readonly XName Changed = Ns + "document", Unchanged = Ns + "body-not-changed";

    /// <summary>XCAP root that the selectors are relative to.</summary>
    public required string XcapRoot { get; init; }

    /// <summary>Changes of documents.</summary>
    public IReadOnlyList<XcapChange> Documents { get; init; } = [];

    /// <summary>Changes of elements and attributes, as they stood.</summary>
    public IReadOnlyList<XElement> Others { get; init; } = [];

    /// <summary>Reads changes. False where it is no XML, another document, or has no XCAP root; what else is wrong is
    /// in
    /// the findings, and left out.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> octets, [NotNullWhen(true)] out XcapDiff? diff, List<DocumentFinding> findings)
    {
        diff = null;
        return new ElementReader(findings, Clause).TryXml(octets, out var document)
            && TryRead(document, out diff, findings);
    }

    /// <summary>The same of XML.</summary>
    public static bool TryRead(
        XDocument document, [NotNullWhen(true)] out XcapDiff? diff, List<DocumentFinding> findings)
    {
        diff = null;
        var reader = new ElementReader(findings, Clause);
        if (reader.Root(document, Ns + "xcap-diff") is not { } root) return false;
        if (reader.NeededAttribute(root, "xcap-root") is not { } xcapRoot) return false;
        var changes = new List<XcapChange>();
        foreach (var element in root.Elements(Changed))
            if (Read(element, reader) is { } change) changes.Add(change);
        diff = new XcapDiff
        {
            XcapRoot = xcapRoot,
            Documents = changes,
            Others = [.. root.Elements().Where(e => e.Name != Changed)],
        };
        return true;
    }

    /// <summary>The changes, UTF-8.</summary>
    public byte[] ToOctets() => XmlOctets.Write(ToXml());

    /// <summary>The changes as XML.</summary>
    public XDocument ToXml() => new(new XElement(Ns + "xcap-diff", new XAttribute("xcap-root", XcapRoot),
        Documents.Select(d => new XElement(Changed,
            XmlOctets.Attribute("new-etag", d.NewEtag), XmlOctets.Attribute("previous-etag", d.PreviousEtag),
            new XAttribute("sel", d.Selector),
            d.BodyNotChanged ? new XElement(Unchanged) : null, d.Instructions)),
        Others));

    private static XcapChange? Read(XElement element, ElementReader reader)
    {
        var selector = reader.NeededAttribute(element, "sel");
        var after = reader.Attribute(element, "new-etag");
        var before = reader.Attribute(element, "previous-etag");
        if (after is null && before is null) reader.Missing("document@new-etag");
        if (selector is null || (after is null && before is null)) return null;
        return new XcapChange(selector)
        {
            NewEtag = after,
            PreviousEtag = before,
            BodyNotChanged = reader.Optional(element, Unchanged) is not null,
            Instructions = [.. element.Elements().Where(e => e.Name != Unchanged)],
        };
    }
}
