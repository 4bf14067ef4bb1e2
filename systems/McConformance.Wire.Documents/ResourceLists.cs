using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Documents.Writing;

namespace McConformance.Wire.Documents;

/// <summary>A resource.</summary>
/// <param name="Uri">Whom or what: a user, or an XCAP document.</param>
/// <param name="DisplayName">Name for people.</param>
public sealed record ResourceEntry(string Uri, string? DisplayName = null);

/// <summary>A list of resources (RFC 4826 3.2).</summary>
public sealed record ResourceList
{
    /// <summary>Name of the list among its siblings.</summary>
    public string? Name { get; init; }

    /// <summary>Name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Resources.</summary>
    public IReadOnlyList<ResourceEntry> Entries { get; init; } = [];

    /// <summary>Lists within.</summary>
    public IReadOnlyList<ResourceList> Lists { get; init; } = [];

    /// <summary>References and elements of others, as they stood.</summary>
    public IReadOnlyList<XElement> Others { get; init; } = [];
}

/// <summary>Lists of resources (RFC 4826 3): whom a private call is for, what a subscription is to.</summary>
public sealed record ResourceLists
{
    /// <summary>Content type of these octets.</summary>
    public const string ContentType = "application/resource-lists+xml";

    private static readonly XNamespace Ns = GroupNames.Resource;
    private static readonly Clause Clause = new("RFC 4826", "3.2");
    private static readonly XName ListName = Ns + "list", Entry = Ns + "entry", Display = Ns + "display-name";

    /// <summary>The lists.</summary>
    public IReadOnlyList<ResourceList> Lists { get; init; } = [];

    /// <summary>All resources of all lists, in the order of the document's lists.</summary>
    public IEnumerable<ResourceEntry> AllEntries => Lists.SelectMany(Flat);

    /// <summary>One list with these resources.</summary>
    public static ResourceLists Of(params string[] uris) =>
        new() { Lists = [new ResourceList { Entries = [.. uris.Select(u => new ResourceEntry(u))] }] };

    /// <summary>Reads lists. False where it is no XML or another document; what else is wrong is in the findings, and
    /// left out.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> octets, [NotNullWhen(true)] out ResourceLists? lists, List<DocumentFinding> findings)
    {
        lists = null;
        return new ElementReader(findings, Clause).TryXml(octets, out var document)
            && TryRead(document, out lists, findings);
    }

    /// <summary>The same of XML.</summary>
    public static bool TryRead(
        XDocument document, [NotNullWhen(true)] out ResourceLists? lists, List<DocumentFinding> findings)
    {
        lists = null;
        var reader = new ElementReader(findings, Clause);
        if (reader.Root(document, Ns + "resource-lists") is not { } root) return false;
        lists = new ResourceLists { Lists = [.. root.Elements(ListName).Select(l => Read(l, reader))] };
        return true;
    }

    /// <summary>The lists, UTF-8.</summary>
    public byte[] ToOctets() => XmlOctets.Write(ToXml());

    /// <summary>The lists as XML.</summary>
    public XDocument ToXml() => new(new XElement(Ns + "resource-lists", Lists.Select(ToElement)));

    private static IEnumerable<ResourceEntry> Flat(ResourceList list) =>
        list.Entries.Concat(list.Lists.SelectMany(Flat));

    private static ResourceList Read(XElement list, ElementReader reader)
    {
        var entries = new List<ResourceEntry>();
        foreach (var entry in list.Elements(Entry))
        {
            if (reader.NeededAttribute(entry, "uri") is { } uri)
                entries.Add(new ResourceEntry(uri, reader.Text(entry, Display)));
        }

        return new ResourceList
        {
            Name = list.Attribute("name")?.Value,
            DisplayName = reader.Text(list, Display),
            Entries = entries,
            Lists = [.. list.Elements(ListName).Select(l => Read(l, reader))],
            Others = [.. list.Elements().Where(e => e.Name != Entry && e.Name != ListName && e.Name != Display)],
        };
    }

    private static XElement ToElement(ResourceList list) => new(ListName,
        XmlOctets.Attribute("name", list.Name),
        XmlOctets.Text(Display, list.DisplayName),
        list.Entries.Select(e =>
            new XElement(Entry, new XAttribute("uri", e.Uri), XmlOctets.Text(Display, e.DisplayName))),
        list.Lists.Select(ToElement),
        // elements of other namespaces come last
        list.Others.OrderBy(o => o.Name.Namespace == Ns ? 0 : 1));
}
