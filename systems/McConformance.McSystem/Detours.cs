using System.Collections.Concurrent;
using System.Net;
using McConformance.Wire;

namespace McConformance.McSystem;

/// <summary>
/// Where nodes of one MC system reach each other when relays of somebody else stand between them. A node goes on
/// calling itself by its own address; whoever sends to it does so through the relay of the link. Thread safe.
/// </summary>
public sealed class Detours
{
    private readonly ConcurrentDictionary<(string From, bool IsDatagram, IPEndPoint At), IPEndPoint> relays = new();
    private volatile bool isKnown;

    /// <summary>True once somebody has told where the relays are; before, no inner connection is opened.</summary>
    public bool IsKnown => isKnown;

    /// <summary>Puts a relay in the place of a node, for one of those who call it.</summary>
    /// <param name="from">Host name of the caller.</param>
    /// <param name="to">The node.</param>
    /// <param name="relay">Where the relay listens.</param>
    public void Put(string from, NodeEndpoint to, IPEndPoint relay) =>
        relays[(from, to.Carrier == Carrier.Udp, to.At)] = relay;

    /// <summary>All have been told.</summary>
    public void Complete() => isKnown = true;

    /// <summary>Where a node reaches an address: the relay's, or the address itself where none stands there.</summary>
    public IPEndPoint Way(string from, Carrier carrier, IPEndPoint at) =>
        relays.GetValueOrDefault((from, carrier == Carrier.Udp, at), at);
}
