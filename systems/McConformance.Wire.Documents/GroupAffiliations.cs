using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Documents.Writing;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents;

/// <summary>Groups that a client is to be affiliated to, all of them at a time (TS 24.379 9.3.1, TS 24.281
/// 8.3.1).</summary>
/// <remarks><code>
/// presence @entity              the user
///   tuple @id                   the client
///     status
///       affiliation* @group     in a namespace of the service
///   p-id                        the request
/// </code></remarks>
public sealed record GroupAffiliations
{
    /// <summary>Content type of these octets (RFC 3863).</summary>
    public const string ContentType = "application/pidf+xml";

    private static readonly XNamespace Ns = "urn:ietf:params:xml:ns:pidf";
    private static readonly Clause Clause = new("TS 24.379", "9.3.1");

    /// <summary>Which service's groups they are.</summary>
    public required McService Service { get; init; }

    /// <summary>The user.</summary>
    public required McServiceId User { get; init; }

    /// <summary>The client.</summary>
    public required string ClientId { get; init; }

    /// <summary>Identifies the request.</summary>
    public required string RequestId { get; init; }

    /// <summary>The groups.</summary>
    public IReadOnlyList<McGroupId> Groups { get; init; } = [];

    /// <summary>Reads affiliations. False where it is no XML, another document, or does not say whose.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> octets, McService service, [NotNullWhen(true)] out GroupAffiliations? affiliations,
        List<DocumentFinding> findings)
    {
        affiliations = null;
        var reader = new ElementReader(findings, Clause);
        if (!reader.TryXml(octets, out var document)) return false;
        if (reader.Root(document, Ns + "presence") is not { } root) return false;
        var user = reader.NeededAttributeValue<McServiceId>(root, "entity", McServiceId.TryRead);
        if (reader.Needed(root, Ns + "tuple") is not { } tuple || user is null) return false;
        var groups = new List<McGroupId>();
        foreach (var element in reader.Optional(tuple, Ns + "status")?.Elements(Of(service) + "affiliation") ?? [])
            if (reader.NeededAttributeValue<McGroupId>(element, "group", McGroupId.TryRead) is { } group) groups.Add(
                group);
        affiliations = new GroupAffiliations
        {
            Service = service,
            User = user.Value,
            ClientId = reader.NeededAttribute(tuple, "id") ?? "",
            RequestId = reader.Text(root, Of(service) + "p-id") ?? "",
            Groups = groups,
        };
        return true;
    }

    /// <summary>The affiliations, UTF-8.</summary>
    public byte[] ToOctets()
    {
        var ns = Of(Service);
        var status = new XElement(Ns + "status",
            Groups.Select(g => new XElement(ns + "affiliation", new XAttribute("group", g.Value))));
        return XmlOctets.Write(new XElement(Ns + "presence", new XAttribute("entity", User.Value),
            new XElement(Ns + "tuple", new XAttribute("id", ClientId), status), new XElement(ns + "p-id", RequestId)));
    }

    private static XNamespace Of(McService service) => $"urn:3gpp:ns:{McServiceNames.Of(service).Token}PresInfo:1.0";
}
