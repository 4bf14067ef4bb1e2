using McConformance.Wire.Identities;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>The realm routing table (RFC 6733 2.7): by realm and application, then by realm, then the
/// default.</summary>
internal sealed class RouteTable
{
    private readonly Dictionary<DiameterIdentity, Rows> realms = new(IdentityComparer.Instance);
    private readonly Dictionary<DiameterIdentity, Rows>.AlternateLookup<ReadOnlySpan<byte>> byOctets;

    public RouteTable() => byOctets = realms.GetAlternateLookup<ReadOnlySpan<byte>>();

    public void Add(DiameterRoute route)
    {
        if (!realms.TryGetValue(route.Realm, out var rows)) realms[route.Realm] = rows = new Rows();
        if (route.Application is not { } application) AddTo(rows.Any, route);
        else if (rows.ByApplication.TryGetValue(application, out var hops)) AddTo(hops, route);
        else AddTo(rows.ByApplication[application] = [], route);
    }

    /// <summary>Next hops, best first; empty where nothing is known of the realm.</summary>
    public List<DiameterIdentity> Find(ReadOnlySpan<byte> realm, uint application)
    {
        if (byOctets.TryGetValue(realm, out var rows) && Pick(rows, application) is { Count: > 0 } own) return own;
        return byOctets.TryGetValue("*"u8, out var others) ? Pick(others, application) : [];
    }

    private static List<DiameterIdentity> Pick(Rows rows, uint application) =>
        rows.ByApplication.TryGetValue(application, out var hops) ? hops : rows.Any;

    private static void AddTo(List<DiameterIdentity> hops, DiameterRoute route)
    {
        foreach (var hop in route.Peers)
            if (!hops.Contains(hop)) hops.Add(hop);
    }

    private sealed class Rows
    {
        public List<DiameterIdentity> Any { get; } = [];

        public Dictionary<uint, List<DiameterIdentity>> ByApplication { get; } = [];
    }
}
