using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents;

/// <summary>What interconnection with a partner permits: ten switches (TR 23.781 6.1.1). Out means users of this MC
/// system towards the partner, in the other way.</summary>
[Flags]
public enum InterconnectionPermissions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>MCPTT private calls to users of the partner.</summary>
    McpttPrivateCallsOut = 1,

    /// <summary>MCPTT private calls from users of the partner.</summary>
    McpttPrivateCallsIn = 1 << 1,

    /// <summary>Affiliation to and calls in MCPTT groups of the partner.</summary>
    McpttGroupsOut = 1 << 2,

    /// <summary>Affiliation to and calls in own MCPTT groups by users of the partner.</summary>
    McpttGroupsIn = 1 << 3,

    /// <summary>MCVideo calls to users of the partner.</summary>
    McVideoCallsOut = 1 << 4,

    /// <summary>MCVideo calls from users of the partner.</summary>
    McVideoCallsIn = 1 << 5,

    /// <summary>Affiliation to and calls in MCVideo groups of the partner.</summary>
    McVideoGroupsOut = 1 << 6,

    /// <summary>Affiliation to and calls in own MCVideo groups by users of the partner.</summary>
    McVideoGroupsIn = 1 << 7,

    /// <summary>MCData transactions to users of the partner.</summary>
    McDataOut = 1 << 8,

    /// <summary>MCData transactions from users of the partner.</summary>
    McDataIn = 1 << 9,

    /// <summary>Everything.</summary>
    All = (1 << 10) - 1,
}

/// <summary>What users of a partner may do here: five switches (TR 23.781 6.1.1).</summary>
[Flags]
public enum MigrationPermissions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Migrate to this MC system at all.</summary>
    MigrationIn = 1,

    /// <summary>MCPTT private calls, once migrated.</summary>
    McpttPrivateCalls = 1 << 1,

    /// <summary>MCPTT groups, once migrated.</summary>
    McpttGroups = 1 << 2,

    /// <summary>MCVideo, once migrated.</summary>
    McVideo = 1 << 3,

    /// <summary>MCData, once migrated.</summary>
    McData = 1 << 4,

    /// <summary>Everything.</summary>
    All = (1 << 5) - 1,
}

/// <summary>Address of a server of a partner.</summary>
/// <param name="Entity">Which: one of the names below, or another.</param>
/// <param name="Uri">Where.</param>
/// <param name="Pdn">In which packet data network.</param>
public sealed record PartnerAddress(string Entity, string Uri, string Pdn)
{
    /// <summary>MC service server, or the gateway server before it. Mandatory.</summary>
    public const string McServiceServer = "mc-service-server";

    /// <summary>Configuration management server. Mandatory.</summary>
    public const string ConfigurationManagementServer = "configuration-management-server";

    /// <summary>Group management server.</summary>
    public const string GroupManagementServer = "group-management-server";
}

/// <summary>What a service configuration says of one partner (TR 23.781 6.1.1, OWN ICX-SERVICE). All switches stand in
/// the document, on or off: a missing one is a finding, and the partner is then as good as not configured.</summary>
public sealed record PartnerConfiguration
{
    private static readonly Clause Clause = new("TR 23.781", "6.1.1");

    /// <summary>Application identity of the partner: the domain of its MC service IDs.</summary>
    public required McSystemId Id { get; init; }

    /// <summary>Servers of the partner; those of MC service and configuration at least.</summary>
    public required IReadOnlyList<PartnerAddress> Addresses { get; init; }

    /// <summary>Signalling plane addresses by which the partner is reached, SIP URIs; one at least.</summary>
    public required IReadOnlyList<string> SignallingPlane { get; init; }

    /// <summary>What interconnection permits.</summary>
    public InterconnectionPermissions Interconnection { get; init; }

    /// <summary>What migration permits.</summary>
    public MigrationPermissions Migration { get; init; }

    internal static PartnerConfiguration? Read(XElement element, ElementReader from, InterconnectionBinding names)
    {
        var reader = from.At(Clause);
        var ns = names.Xml;
        var id = reader.NeededAttributeValue<McSystemId>(element, names.Id, McSystemId.TryRead);
        var addresses = ReadAddresses(element, reader, names);
        var signalling = new List<string>();
        foreach (var address in element.Elements(ns + names.SignallingPlane))
            if (reader.NeededAttribute(address, "uri") is { } uri) signalling.Add(uri);
        if (signalling.Count == 0) reader.Missing(names.SignallingPlane);
        var interconnection = ReadSwitches(
            reader.Needed(element, ns + names.Interconnection), reader, ns, Switches(names));
        var migration = ReadSwitches(
            reader.Needed(element, ns + names.Migration), reader, ns, MigrationSwitches(names));
        if (id is null || addresses is null || signalling.Count == 0) return null;
        if (interconnection is null || migration is null) return null;
        return new PartnerConfiguration
        {
            Id = id.Value,
            Addresses = addresses,
            SignallingPlane = signalling,
            Interconnection = (InterconnectionPermissions)interconnection.Value,
            Migration = (MigrationPermissions)migration.Value,
        };
    }

    internal XElement ToElement(InterconnectionBinding names)
    {
        var ns = names.Xml;
        return new XElement(ns + names.PartnerSystem, new XAttribute(names.Id, Id.Value),
            Addresses.Select(a => new XElement(ns + names.Address, new XAttribute("entity", a.Entity),
                new XAttribute("uri", a.Uri), new XAttribute("pdn", a.Pdn))),
            SignallingPlane.Select(s => new XElement(ns + names.SignallingPlane, new XAttribute("uri", s))),
            new XElement(ns + names.Interconnection, Written((int)Interconnection, ns, Switches(names))),
            new XElement(ns + names.Migration, Written((int)Migration, ns, MigrationSwitches(names))));
    }

    private static IEnumerable<XElement> Written(int switches, XNamespace ns, string[] names) =>
        names.Select((name, place) => new XElement(ns + name, Simple.Text((switches >> place & 1) != 0)));

    private static int? ReadSwitches(XElement? element, ElementReader reader, XNamespace ns, string[] names)
    {
        if (element is null) return null;
        int switches = 0, read = 0;
        for (var place = 0; place < names.Length; place++)
        {
            if (reader.NeededValue<bool>(element, ns + names[place], Simple.Boolean) is not { } on) continue;
            read++;
            if (on) switches |= 1 << place;
        }

        return read == names.Length ? switches : null;
    }

    private static List<PartnerAddress>? ReadAddresses(
        XElement element, ElementReader reader, InterconnectionBinding names)
    {
        var addresses = new List<PartnerAddress>();
        foreach (var address in element.Elements(names.Xml + names.Address))
        {
            var entity = reader.NeededAttribute(address, "entity");
            var uri = reader.NeededAttribute(address, "uri");
            var pdn = reader.NeededAttribute(address, "pdn");
            if (entity is not null && uri is not null && pdn is not null)
                addresses.Add(new PartnerAddress(entity, uri, pdn));
        }

        string[] mandatory = [PartnerAddress.McServiceServer, PartnerAddress.ConfigurationManagementServer];
        var missing = mandatory.Where(entity => addresses.TrueForAll(a => a.Entity != entity)).ToArray();
        foreach (var entity in missing) reader.Report(DocumentFault.Missing, names.Address, $"none of {entity}");
        return missing.Length == 0 ? addresses : null;
    }

    // in the order of the bits
    private static string[] Switches(InterconnectionBinding names) =>
    [
        names.McpttPrivateCallsOut, names.McpttPrivateCallsIn, names.McpttGroupsOut, names.McpttGroupsIn,
        names.McVideoCallsOut, names.McVideoCallsIn, names.McVideoGroupsOut, names.McVideoGroupsIn,
        names.McDataOut, names.McDataIn,
    ];

    private static string[] MigrationSwitches(InterconnectionBinding names) =>
    [
        names.MigrationIn, names.MigratedMcpttPrivateCalls, names.MigratedMcpttGroups, names.MigratedMcVideo,
        names.MigratedMcData,
    ];
}
