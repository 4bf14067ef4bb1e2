using System.Net;
using System.Net.Sockets;

namespace McConformance.Wire.Capture;

/// <summary>
/// Which address a party has in a capture file. The host number goes by kind of entity, then by name, so that the same
/// party
/// has the same address in the files of different scenarios as long as no more of its kind take part.
/// </summary>
internal sealed class PartyAddresses
{
    private const int HostsMax = 253;
    private readonly Dictionary<Party, IPAddress> addresses = [];
    private readonly Dictionary<IPAddress, string> names = [];

    public PartyAddresses(IReadOnlyList<RecordedMessage> messages, string primary, string partner)
    {
        var parties = new HashSet<Party>();
        foreach (var message in messages)
        {
            parties.Add(message.Link.From);
            parties.Add(message.Link.To);
        }

        var taken = new HashSet<(int Net, int Host)>();
        Span<int> used = stackalloc int[3];
        foreach (var party in parties.OrderBy(p => p.System, StringComparer.Ordinal)
            .ThenBy(p => p.Kind).ThenBy(p => p.Name, StringComparer.Ordinal))
        {
            var net = IsSame(party.System, primary) ? 0 : IsSame(party.System, partner) ? 1 : 2;
            var host = party.Kind == EntityKind.Unknown ? 100 : (int)party.Kind * 10;
            if (++used[net] > HostsMax) continue; // the range holds no more; the rest share an address
            while (!taken.Add((net, host))) host = host % HostsMax + 1;
            addresses[party] = Address(net, host);
        }

        foreach (var message in messages)
        {
            var (source, destination) = Of(message);
            names[source.Address] = message.Link.From.Name;
            names[destination.Address] = message.Link.To.Name;
        }
    }

    /// <summary>Address and name of every party, in a fixed order.</summary>
    public IEnumerable<(IPAddress Address, string Name)> Names =>
        names.OrderBy(n => n.Key.ToString(), StringComparer.Ordinal).Select(n => (n.Key, n.Value));

    /// <summary>The end points under which a message stands in the file. Ports of kept addresses are kept, loopback
    /// ones are real still: <see cref="Frames"/> puts the standard port in place of the listening one.</summary>
    public (IPEndPoint Source, IPEndPoint Destination) Of(RecordedMessage message)
    {
        var (source, destination) = (Plain(message.Source), Plain(message.Destination));
        var both = IsSynthetic(source) && IsSynthetic(destination);
        // one packet has one address family: beside an IPv6 address that is kept, an IPv4 one cannot stand
        var mixed = (IsSynthetic(source) || IsSynthetic(destination)) &&
            (source.AddressFamily != destination.AddressFamily || source.AddressFamily == AddressFamily.InterNetworkV6);
        if (both || mixed)
            return (Put(message.Link.From, source), Put(message.Link.To, destination));
        return (IsSynthetic(source) ? Put(message.Link.From, source) : source,
            IsSynthetic(destination) ? Put(message.Link.To, destination) : destination);
    }

    /// <summary>True for an address that says nothing about who it is.</summary>
    public static bool IsSynthetic(IPEndPoint at) => IPAddress.IsLoopback(at.Address) ||
        at.Address.Equals(IPAddress.Any) || at.Address.Equals(IPAddress.IPv6Any);

    private static IPEndPoint Plain(IPEndPoint at) =>
        at.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(at.Address.MapToIPv4(), at.Port) : at;

    private IPEndPoint Put(Party party, IPEndPoint real) =>
        new(addresses.TryGetValue(party, out var address) ? address : Address(2, 254), real.Port);

    private static IPAddress Address(int net, int host) => net switch
    {
        0 => new IPAddress([192, 0, 2, (byte)host]),
        1 => new IPAddress([198, 51, 100, (byte)host]),
        _ => new IPAddress([203, 0, 113, (byte)host]),
    };

    private static bool IsSame(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
