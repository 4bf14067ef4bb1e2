using System.Text.Json.Serialization;
using System.Xml.Linq;
using McConformance.Wire.Documents.Bindings;

namespace McConformance.Wire.Documents;

/// <summary>Every own name of interconnection in group documents and service configuration: which partners, and what
/// they may do. Another profile may take its place, as with <see cref="MigrationBinding"/>.</summary>
public sealed record InterconnectionBinding
{
    /// <summary>The names of this project.</summary>
    public static InterconnectionBinding Own { get; } = new();

    /// <summary>Name of the profile, as findings give it.</summary>
    public string Name { get; init; } = "own-1";

    /// <summary>Namespace of all elements.</summary>
    public string Namespace { get; init; } = "urn:mcconformance:ns:interconnection:1.0";

    /// <summary>The block in a group document; also the ten switches of a partner.</summary>
    public string Interconnection { get; init; } = "interconnection";

    /// <summary>Attribute of the block: the MC system that defines the group.</summary>
    public string HomeSystem { get; init; } = "home-system";

    /// <summary>A partner; its attribute is <see cref="Id"/>.</summary>
    public string PartnerSystem { get; init; } = "partner-system";

    /// <summary>Domain of a partner, identifier of an area.</summary>
    public string Id { get; init; } = "id";

    /// <summary>Attribute of a partner: how its changes of membership take effect.</summary>
    public string Membership { get; init; } = "membership";

    /// <summary>Value: they take effect at once.</summary>
    public string Direct { get; init; } = "direct";

    /// <summary>Value: after the group's administrator has approved.</summary>
    public string Approval { get; init; } = "approval";

    /// <summary>Where the group has service.</summary>
    public string PermittedLocations { get; init; } = "permitted-locations";

    /// <summary>One of those areas.</summary>
    public string Area { get; init; } = "area";

    /// <summary>Partners in a service configuration.</summary>
    public string PartnerSystems { get; init; } = "partner-systems";

    /// <summary>Address of a server of a partner.</summary>
    public string Address { get; init; } = "address";

    /// <summary>Address of its signalling plane.</summary>
    public string SignallingPlane { get; init; } = "signalling-plane";

    /// <summary>The five switches of a partner.</summary>
    public string Migration { get; init; } = "migration";

    /// <summary>Switch: users here may call users there.</summary>
    public string McpttPrivateCallsOut { get; init; } = "mcptt-private-calls-out";

    /// <summary>Switch: users there may call users here.</summary>
    public string McpttPrivateCallsIn { get; init; } = "mcptt-private-calls-in";

    /// <summary>Switch: users here may join groups of there.</summary>
    public string McpttGroupsOut { get; init; } = "mcptt-groups-out";

    /// <summary>Switch: users there may join groups of here.</summary>
    public string McpttGroupsIn { get; init; } = "mcptt-groups-in";

    /// <summary>Switch: users here may call users there.</summary>
    public string McVideoCallsOut { get; init; } = "mcvideo-calls-out";

    /// <summary>Switch: users there may call users here.</summary>
    public string McVideoCallsIn { get; init; } = "mcvideo-calls-in";

    /// <summary>Switch: users here may join groups of there.</summary>
    public string McVideoGroupsOut { get; init; } = "mcvideo-groups-out";

    /// <summary>Switch: users there may join groups of here.</summary>
    public string McVideoGroupsIn { get; init; } = "mcvideo-groups-in";

    /// <summary>Switch: users here may send to users there.</summary>
    public string McDataOut { get; init; } = "mcdata-out";

    /// <summary>Switch: users there may send to users here.</summary>
    public string McDataIn { get; init; } = "mcdata-in";

    /// <summary>Switch: users of there may migrate to here.</summary>
    public string MigrationIn { get; init; } = "migration-in";

    /// <summary>Switch: migrated users may take part in private calls.</summary>
    public string MigratedMcpttPrivateCalls { get; init; } = "mcptt-private-calls";

    /// <summary>Switch: migrated users may join groups.</summary>
    public string MigratedMcpttGroups { get; init; } = "mcptt-groups";

    /// <summary>Switch: migrated users may use MCVideo.</summary>
    public string MigratedMcVideo { get; init; } = "mcvideo";

    /// <summary>Switch: migrated users may use MCData.</summary>
    public string MigratedMcData { get; init; } = "mcdata";

    [JsonIgnore]
    internal XNamespace Xml => Namespace;

    /// <summary>Reads another profile; throws <see cref="FormatException"/> that says label and remedy.</summary>
    public static InterconnectionBinding Load(string json) => BindingProfile.Load<InterconnectionBinding>(json);
}
