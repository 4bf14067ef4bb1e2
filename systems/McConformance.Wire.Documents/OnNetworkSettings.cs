using System.Xml;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;

namespace McConformance.Wire.Documents;

/// <summary>What the Resource-Priority header of a kind of call says.</summary>
/// <param name="Namespace">For example mcpttp.</param>
/// <param name="Priority">0 to 15 in digits.</param>
public sealed record ResourcePriority(string Namespace, string Priority);

/// <summary>The on-network part of a service configuration (TS 24.484 8.4.2). What protects signalling is on where the
/// document says nothing, so it is always written.</summary>
public sealed record OnNetworkSettings
{
    // seconds; what the bundled systems use
    private static readonly (string Name, int Seconds)[] TimerTable =
    [
        ("T1-end-of-rtp-media", 4), ("T3-stop-talking-grace", 3), ("T7-floor-idle", 10), ("T8-floor-revoke", 1),
        ("T11-end-of-RTP-dual", 4), ("T12-stop-talking-dual", 30), ("T15-conversation", 30),
        ("T16-map-group-to-bearer", 1), ("T17-unmap-group-to-bearer", 1), ("T20-floor-granted", 1),
        ("T55-connect", 2), ("T56-disconnect", 2),
    ];

    private static readonly (string Name, ushort Count)[] CounterTable =
    [
        ("C7-floor-idle", 1), ("C17-unmap-group-to-bearer", 3), ("C20-floor-granted", 3), ("C55-connect", 3),
        ("C56-disconnect", 3),
    ];

    private static readonly string[] Sequence =
    [
        "emergency-call", "private-call", "num-levels-priority-hierarchy", "transmit-time", "hang-time-warning",
        "floor-control-queue", Timing, Signalling, Servers, Emergency, Peril, Normal, "anyExt",
    ];

    private const string Timing = "fc-timers-counters", Signalling = "signalling-protection",
        Servers = "protection-between-mcptt-servers", Emergency = "emergency-resource-priority",
        Peril = "imminent-peril-resource-priority", Normal = "normal-resource-priority";

    private static readonly string[] Known = [Timing, Signalling, Servers, Emergency, Peril, Normal];

    /// <summary>Timers of floor control by their names in the document.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Timers { get; init; } =
        TimerTable.ToDictionary(t => t.Name, t => TimeSpan.FromSeconds(t.Seconds));

    /// <summary>Counters of floor control.</summary>
    public IReadOnlyDictionary<string, ushort> Counters { get; init; } =
        CounterTable.ToDictionary(c => c.Name, c => c.Count);

    /// <summary>XML in SIP is encrypted between client and server.</summary>
    public bool ConfidentialityProtection { get; init; }

    /// <summary>XML in SIP is signed between client and server.</summary>
    public bool IntegrityProtection { get; init; }

    /// <summary>Signalling between servers is protected.</summary>
    public bool ProtectionBetweenServers { get; init; }

    /// <summary>Floor control between servers is protected.</summary>
    public bool FloorControlProtectionBetweenServers { get; init; }

    /// <summary>Resource priority of emergency calls.</summary>
    public ResourcePriority EmergencyPriority { get; init; } = new("mcpttp", "15");

    /// <summary>Resource priority of imminent peril calls.</summary>
    public ResourcePriority ImminentPerilPriority { get; init; } = new("mcpttp", "10");

    /// <summary>Resource priority of other calls.</summary>
    public ResourcePriority NormalPriority { get; init; } = new("mcpttp", "5");

    /// <summary>Elements that this class has no property for, as they stood.</summary>
    public IReadOnlyList<XElement> Others { get; init; } = [];

    /// <summary>Null where something mandatory is missing. MCVideo and MCData have signalling protection
    /// alone.</summary>
    internal static OnNetworkSettings? Read(XElement element, ElementReader reader, McService service)
    {
        var ns = element.Name.Namespace;
        var mcptt = service == McService.Mcptt;
        var signalling = reader.Optional(element, ns + Signalling);
        var servers = reader.Optional(element, ns + Servers);
        var read = new OnNetworkSettings
        {
            ConfidentialityProtection = On(signalling, "confidentiality-protection"),
            IntegrityProtection = On(signalling, "integrity-protection"),
            ProtectionBetweenServers = mcptt && On(servers, "allow-signalling-protection"),
            FloorControlProtectionBetweenServers = mcptt && On(servers, "allow-floor-control-protection"),
            Others = [.. element.Elements().Where(e => e.Name.Namespace != ns || !Known.Contains(e.Name.LocalName))],
        };
        if (!mcptt) return read;
        var timing = reader.Needed(element, ns + Timing);
        var timers = Values<TimeSpan>(timing, reader, TimerTable.Select(t => t.Name), Simple.Duration);
        var counters = Values<ushort>(timing, reader, CounterTable.Select(c => c.Name), Simple.Short);
        var emergency = Priority(element, reader, Emergency);
        var peril = Priority(element, reader, Peril);
        var normal = Priority(element, reader, Normal);
        if (timers is null || counters is null || emergency is null || peril is null || normal is null) return null;
        return read with
        {
            Timers = timers,
            Counters = counters,
            EmergencyPriority = emergency,
            ImminentPerilPriority = peril,
            NormalPriority = normal,
        };

        bool On(XElement? parent, string name) => reader.Value<bool>(parent, ns + name, Simple.Boolean) ?? true;
    }

    internal XElement ToElement(XNamespace ns, McService service)
    {
        List<XElement> all = [.. Others];
        all.Add(Switches(ns, Signalling, ("confidentiality-protection", ConfidentialityProtection),
            ("integrity-protection", IntegrityProtection)));
        if (service == McService.Mcptt)
        {
            all.Add(Switches(ns, Servers, ("allow-signalling-protection", ProtectionBetweenServers),
                ("allow-floor-control-protection", FloorControlProtectionBetweenServers)));
            all.Add(new XElement(ns + Timing,
                TimerTable.Select(t => new XElement(ns + t.Name, XmlConvert.ToString(Timers[t.Name]))),
                CounterTable.Select(c => new XElement(ns + c.Name, Simple.Text(Counters[c.Name])))));
            all.Add(Priority(ns, Emergency, EmergencyPriority));
            all.Add(Priority(ns, Peril, ImminentPerilPriority));
            all.Add(Priority(ns, Normal, NormalPriority));
        }

        return new XElement(ns + "on-network", all.OrderBy(e => PlaceOf(e, ns)));
    }

    private static int PlaceOf(XElement element, XNamespace ns)
    {
        var place = element.Name.Namespace == ns ? Array.IndexOf(Sequence, element.Name.LocalName) : -1;
        return place < 0 ? Sequence.Length : place;
    }

    private static Dictionary<string, T>? Values<T>(
        XElement? parent, ElementReader reader, IEnumerable<string> names, Parse<T> parse)
        where T : struct
    {
        if (parent is null) return null;
        var values = new Dictionary<string, T>();
        var complete = true;
        foreach (var name in names)
        {
            if (reader.NeededValue(parent, parent.Name.Namespace + name, parse) is { } value) values[name] = value;
            else complete = false;
        }

        return complete ? values : null;
    }

    private static ResourcePriority? Priority(XElement element, ElementReader reader, string name)
    {
        var ns = element.Name.Namespace;
        if (reader.Needed(element, ns + name) is not { } priority) return null;
        var space = reader.NeededText(priority, ns + "resource-priority-namespace");
        var level = reader.NeededText(priority, ns + "resource-priority-priority");
        return space is null || level is null ? null : new ResourcePriority(space, level);
    }

    private static XElement Priority(XNamespace ns, string name, ResourcePriority priority) => new(ns + name,
        new XElement(ns + "resource-priority-namespace", priority.Namespace),
        new XElement(ns + "resource-priority-priority", priority.Priority));

    private static XElement Switches(XNamespace ns, string name, params (string Name, bool On)[] switches) =>
        new(ns + name, switches.Select(s => new XElement(ns + s.Name, Simple.Text(s.On))));
}
