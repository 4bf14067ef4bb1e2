using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Documents.Writing;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents;

/// <summary>The body that carries what SIP has no header for: mcptt-info, mcvideo-info or mcdata-info (TS 24.379 F.1,
/// TS 24.281 F.1, TS 24.282 D.1). All elements are optional in the schema; <see cref="Fits"/> says what a message of
/// migration service authorization needs.</summary>
/// <remarks><code>
/// mcpttinfo
///   mcptt-Params                      sequence, see <see cref="InfoSequence"/>
///     mcptt-access-token @type        child mcpttString | mcpttURI | mcpttBoolean
///     ...
///     anyExt
///       request-type | response-type  (MCData has request-type in the sequence itself)
///       the migration block           <see cref="MigrationExtension"/>
/// </code></remarks>
public sealed record McServiceInfo
{
    /// <summary>Which service's body it is.</summary>
    public required McService Service { get; init; }

    /// <summary>OAuth access token (TS 33.180 B.4).</summary>
    public string? AccessToken { get; init; }

    /// <summary>chat, prearranged, private, first-to-answer, ambient-listening or adhoc; MCData has none.</summary>
    public string? SessionType { get; init; }

    /// <summary>Whom or what the request is for: a user, a group or a session, as a URI.</summary>
    public string? RequestUri { get; init; }

    /// <summary>Who calls.</summary>
    public McServiceId? CallingUserId { get; init; }

    /// <summary>Who is called.</summary>
    public McServiceId? CalledPartyId { get; init; }

    /// <summary>Group in which is called.</summary>
    public McGroupId? CallingGroupId { get; init; }

    /// <summary>Emergency communication.</summary>
    public bool? Emergency { get; init; }

    /// <summary>Emergency alert.</summary>
    public bool? Alert { get; init; }

    /// <summary>Imminent peril communication.</summary>
    public bool? ImminentPeril { get; init; }

    /// <summary>Temporary group of which the requested group is a constituent.</summary>
    public McGroupId? AssociatedGroupId { get; init; }

    /// <summary>Who began what is now changed.</summary>
    public McServiceId? OriginatedBy { get; init; }

    /// <summary>Instance of the client, a URN.</summary>
    public string? ClientId { get; init; }

    /// <summary>What a MESSAGE asks for.</summary>
    public string? RequestType { get; init; }

    /// <summary>What a MESSAGE answers.</summary>
    public string? ResponseType { get; init; }

    /// <summary>The migration block.</summary>
    public MigrationExtension? Migration { get; init; }

    /// <summary>Elements that this class has no property for, as they stood: written again at their places.</summary>
    public IReadOnlyList<XElement> Others { get; init; } = [];

    /// <summary>The same of the anyExt.</summary>
    public IReadOnlyList<XElement> OtherExtensions { get; init; } = [];

    /// <summary>Content type of these octets.</summary>
    public string ContentType => McServiceNames.Of(Service).InfoContentType;

    /// <summary>Reads a body. False where it is no XML or another document; otherwise what is wrong is in the findings,
    /// and the property of it is null.</summary>
    /// <param name="octets">The body.</param>
    /// <param name="info">What it says.</param>
    /// <param name="findings">Grows by what is wrong.</param>
    /// <param name="binding">Names of the migration block; null for the own ones.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> octets, [NotNullWhen(true)] out McServiceInfo? info, List<DocumentFinding> findings,
        MigrationBinding? binding = null)
    {
        info = null;
        var reader = new ElementReader(findings, InfoSequence.Clause(McService.Mcptt));
        return reader.TryXml(octets, out var document) && TryRead(document, out info, findings, binding);
    }

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, out McServiceInfo?, List{DocumentFinding}, MigrationBinding?)"/>
    public static bool TryRead(
        XDocument document, [NotNullWhen(true)] out McServiceInfo? info, List<DocumentFinding> findings,
        MigrationBinding? binding = null)
    {
        info = null;
        var names = document.Root is { } root ? McServiceNames.OfInfo(root.Name) : null;
        var reader = new ElementReader(findings, InfoSequence.Clause(names?.Service ?? McService.Mcptt));
        if (names is null)
        {
            reader.Report(DocumentFault.UnknownRoot, "mcpttinfo", document.Root?.Name.ToString() ?? "nothing");
            return false;
        }

        if (reader.Needed(document.Root, names.InfoParams) is not { } parameters) return false;
        info = new InfoContent(parameters, reader, names).Read(binding ?? BindingSet.InUse.Migration);
        return true;
    }

    /// <summary>Whether the body has what a message of migration service authorization needs; each element that is
    /// missing, or that does not belong there, is a finding.</summary>
    /// <param name="form">Which message.</param>
    /// <param name="findings">Grows by what is wrong.</param>
    /// <param name="binding">Names to name; null for the own ones.</param>
    public bool Fits(MigrationForm form, List<DocumentFinding> findings, MigrationBinding? binding = null) =>
        MigrationForms.Check(this, form, binding ?? BindingSet.InUse.Migration, findings);

    /// <summary>The body, UTF-8, elements in the order of the schema.</summary>
    /// <param name="binding">Names of the migration block; null for the own ones.</param>
    public byte[] ToOctets(MigrationBinding? binding = null) => XmlOctets.Write(ToXml(binding));

    /// <summary>The body as XML.</summary>
    public XDocument ToXml(MigrationBinding? binding = null)
    {
        var names = McServiceNames.Of(Service);
        var sequence = InfoSequence.Of(Service);
        var content = new InfoElements(names);
        List<XElement?> all =
        [
            content.String(names.Token + "-access-token", AccessToken),
            content.Plain("session-type", SessionType),
            content.Uri(names.Token + "-request-uri", RequestUri),
            content.Uri(names.Token + "-calling-user-id", CallingUserId?.Value),
            content.Uri(names.Token + "-called-party-id", CalledPartyId?.Value),
            content.Uri(names.Token + "-calling-group-id", CallingGroupId?.Value),
            content.Boolean("emergency-ind", Emergency),
            content.Boolean("alert-ind", Alert),
            content.Boolean("imminentperil-ind", ImminentPeril),
            content.Uri("associated-group-id", AssociatedGroupId?.Value),
            content.Uri("originated-by", OriginatedBy?.Value),
            content.String(names.Token + "-client-id", ClientId),
            Service == McService.McData ? content.Plain("request-type", RequestType) : null,
            AnyExt(content, names, binding ?? BindingSet.InUse.Migration),
            .. Others,
        ];
        var ordered = all.OfType<XElement>().OrderBy(e => sequence.PlaceOf(e.Name));
        return new XDocument(new XElement(names.InfoRoot, new XElement(names.InfoParams, ordered)));
    }

    private XElement? AnyExt(InfoElements content, McServiceNames names, MigrationBinding binding)
    {
        List<XElement?> all =
        [
            Service == McService.McData ? null : content.Plain("request-type", RequestType),
            content.Plain("response-type", ResponseType),
            .. Migration?.ToXml(binding) ?? [],
            .. OtherExtensions,
        ];
        if (all.TrueForAll(e => e is null)) return null;
        var prefix = Migration is null ? null : new XAttribute(XNamespace.Xmlns + "mig", binding.Namespace);
        return new XElement(names.InfoNamespace + "anyExt", prefix, all);
    }
}
