using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Documents.Writing;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents;

/// <summary>Service configuration of one MC service (TS 24.484 8.4, 9.4 and 10.4), with the partners of the MC system
/// (TR 23.781 6.1.1).</summary>
/// <remarks><code>
/// service-configuration-info
///   service-configuration-params @domain
///     common* on-network* off-network*
///     anyExt/icx:partner-systems/icx:partner-system @id
///       icx:address+ icx:signalling-plane+ icx:interconnection (ten switches) icx:migration (five switches)
/// </code></remarks>
public sealed record ServiceConfiguration
{
    private static readonly Clause[] Clauses =
        [new("TS 24.484", "8.4.2"), new("TS 24.484", "9.4.2"), new("TS 24.484", "10.4.2")];

    /// <summary>Which service's configuration it is.</summary>
    public required McService Service { get; init; }

    /// <summary>The MC system.</summary>
    public required string Domain { get; init; }

    /// <summary>Settings of on-network service; null for none.</summary>
    public OnNetworkSettings? OnNetwork { get; init; } = new();

    /// <summary>MC systems with which this one interconnects or exchanges migrating users. One that is not here is
    /// refused (TR 23.781 6.1.1 NOTE 1).</summary>
    public IReadOnlyList<PartnerConfiguration> Partners { get; init; } = [];

    /// <summary>common and off-network, and other elements beside them, as they stood.</summary>
    public IReadOnlyList<XElement> Others { get; init; } = [];

    /// <summary>Content type of these octets.</summary>
    public string ContentType => McServiceNames.Of(Service).ServiceConfigurationContentType;

    /// <summary>A partner; null where it is not configured.</summary>
    public PartnerConfiguration? Partner(McSystemId id) => Partners.FirstOrDefault(p => p.Id == id);

    /// <summary>Reads a configuration. False where it is no XML, another document, or does not say of which MC system;
    /// what else is wrong is in the findings. A partner of which anything mandatory is wrong is left out.</summary>
    /// <param name="octets">The document.</param>
    /// <param name="configuration">What it says.</param>
    /// <param name="findings">Grows by what is wrong.</param>
    /// <param name="binding">Names of the partner list; null for the own ones.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> octets, [NotNullWhen(true)] out ServiceConfiguration? configuration,
        List<DocumentFinding> findings, InterconnectionBinding? binding = null)
    {
        configuration = null;
        return new ElementReader(findings, Clauses[0]).TryXml(octets, out var document)
            && TryRead(document, out configuration, findings, binding);
    }

    /// <summary>The same of XML.</summary>
    public static bool TryRead(
        XDocument document, [NotNullWhen(true)] out ServiceConfiguration? configuration,
        List<DocumentFinding> findings, InterconnectionBinding? binding = null)
    {
        configuration = null;
        var names = document.Root is { } root ? McServiceNames.OfServiceConfiguration(root.Name) : null;
        var ns = (names ?? McServiceNames.Of(McService.Mcptt)).ServiceConfigurationNamespace;
        var reader = new ElementReader(findings, Clauses[(int)(names?.Service ?? McService.Mcptt)]);
        if (reader.Root(document, ns + "service-configuration-info") is not { } info || names is null) return false;
        if (reader.Needed(info, ns + "service-configuration-params") is not { } parameters) return false;
        if (reader.NeededAttribute(parameters, "domain") is not { } domain) return false;
        var onNetwork = reader.Optional(parameters, ns + "on-network");
        var anyExt = reader.Optional(parameters, ns + "anyExt");
        configuration = new ServiceConfiguration
        {
            Service = names.Service,
            Domain = domain,
            OnNetwork = onNetwork is null ? null : OnNetworkSettings.Read(onNetwork, reader, names.Service),
            Partners = ReadPartners(anyExt, reader, binding ?? BindingSet.InUse.Interconnection),
            Others = [.. parameters.Elements().Where(e => e.Name != ns + "on-network" && e.Name != ns + "anyExt")],
        };
        return true;
    }

    /// <summary>The configuration, UTF-8, elements in the order of the schema, every switch in it.</summary>
    /// <param name="binding">Names of the partner list; null for the own ones.</param>
    public byte[] ToOctets(InterconnectionBinding? binding = null) => XmlOctets.Write(ToXml(binding), 4096);

    /// <summary>The configuration as XML.</summary>
    public XDocument ToXml(InterconnectionBinding? binding = null)
    {
        var names = binding ?? BindingSet.InUse.Interconnection;
        var ns = McServiceNames.Of(Service).ServiceConfigurationNamespace;
        List<XElement> all = [.. Others];
        if (OnNetwork is not null) all.Add(OnNetwork.ToElement(ns, Service));
        if (Partners.Count > 0)
        {
            all.Add(new XElement(ns + "anyExt", new XElement(names.Xml + names.PartnerSystems,
                new XAttribute(XNamespace.Xmlns + "icx", names.Namespace), Partners.Select(p => p.ToElement(names)))));
        }

        return new XDocument(new XElement(ns + "service-configuration-info",
            new XElement(ns + "service-configuration-params", new XAttribute("domain", Domain),
                all.OrderBy(e => PlaceOf(e.Name, ns)))));
    }

    private static int PlaceOf(XName name, XNamespace ns) => name.Namespace != ns ? 4 : name.LocalName switch
    {
        "common" => 0,
        "on-network" => 1,
        "off-network" => 2,
        _ => 3,
    };

    private static List<PartnerConfiguration> ReadPartners(
        XElement? anyExt, ElementReader reader, InterconnectionBinding names)
    {
        var partners = new List<PartnerConfiguration>();
        var list = reader.Optional(anyExt, names.Xml + names.PartnerSystems);
        foreach (var element in list?.Elements(names.Xml + names.PartnerSystem) ?? [])
        {
            if (PartnerConfiguration.Read(element, reader, names) is not { } partner) continue;
            if (partners.TrueForAll(p => p.Id != partner.Id)) partners.Add(partner);
            else reader.Report(DocumentFault.Duplicated, names.PartnerSystem, partner.Id.Value);
        }

        return partners;
    }
}
