using System.Collections.Concurrent;
using System.Net;

namespace McConformance.Wire;

/// <summary>
/// All parties and links of one scenario: who sits at which address, and which link lies between two of them. Transports ask
/// it for the link of a flow; steps ask it for the link to disturb. Thread safe. One per scenario, so scenarios cannot meet.
/// </summary>
public sealed class LinkBook(TimeProvider time, Recording? recording = null)
{
    private readonly ConcurrentDictionary<(string From, string To, WireProtocol Protocol), Link> links = new();
    private readonly ConcurrentDictionary<string, Party> parties = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<(WireProtocol Protocol, bool Datagram, IPEndPoint At), Party> addresses = new();
    private readonly ConcurrentDictionary<(string At, WireProtocol Protocol), Party> expected = new();
    private readonly ConcurrentDictionary<IPAddress, Party> hosts = new();
    private int inFlight;
    private int held;
    private int placements;
    private long touched;
    private long abroad;

    /// <summary>Time as the entities see it.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>Where messages are written down; null where nobody looks (benchmarks).</summary>
    public Recording? Recording { get; } = recording;

    /// <summary>Messages sent between bundled parties and not yet taken up by the receiver. 0 when the wire is quiet.</summary>
    public int InFlight => Volatile.Read(ref inFlight);

    /// <summary>Counts sends, arrivals and losses; unchanged between two looks means that nothing happened.</summary>
    public long Activity => Interlocked.Read(ref touched);

    /// <summary>Messages sent to parties that run elsewhere, less those that came from such: added up over all
    /// processes that have to do with each other it is what is under way between them, and what somebody unknown
    /// has sent or kept.</summary>
    public long Abroad => Interlocked.Read(ref abroad);

    /// <summary>Every party known by now.</summary>
    public IEnumerable<Party> Parties => parties.Values;

    /// <summary>Every link that was used or asked for by now.</summary>
    public IEnumerable<Link> Links => links.Values;

    /// <summary>Raised for each link before anything is sent on it, so that a link to somebody who comes later can be
    /// disturbed as well. May be raised for a link that another thread made first and that is then not used.</summary>
    public event Action<Link>? Linked;

    /// <summary>Makes a party known by its name.</summary>
    /// <exception cref="ArgumentException">Another party has the name.</exception>
    public Party Add(Party party)
    {
        if (!parties.TryAdd(party.Name, party)) throw new ArgumentException($"two parties are named {party.Name}");
        return party;
    }

    /// <summary>The nodes of an MC system are gone; others will have their names. Their links stay, with what is recorded of them.</summary>
    public void Forget(string system)
    {
        foreach (var party in parties.Values.Where(p => p.System == system)) parties.TryRemove(party.Name, out _);
    }

    /// <summary>Messages to nodes that are gone are not waited for.</summary>
    public void ForgetInFlight() => Interlocked.Exchange(ref inFlight, 0);

    /// <summary>The party of that name; an unknown one becomes an external party of unknown kind.</summary>
    public Party Named(string name) => parties.GetOrAdd(name, static n => new Party(n, EntityKind.Unknown, "", IsBundled: false));

    /// <summary>Says where a party listens, or from which local port it connects; called before the first octet leaves.</summary>
    public void Place(Party party, WireProtocol protocol, Carrier carrier, IPEndPoint at)
    {
        addresses[(protocol, carrier == Carrier.Udp, at)] = party;
        Interlocked.Increment(ref placements);
    }

    /// <summary>Whether somebody has that place: the system may let a listener share the port of a connection, and
    /// nobody could then be told by it.</summary>
    public bool IsPlaced(WireProtocol protocol, Carrier carrier, IPEndPoint at) =>
        addresses.ContainsKey((protocol, carrier == Carrier.Udp, at));

    /// <summary>Counts calls of <see cref="Place"/>: a transport that keeps the links of an address looks them up again when
    /// this has changed.</summary>
    public int Placements => Volatile.Read(ref placements);

    /// <summary>Tells whether an address that nobody placed is of this process all the same.</summary>
    public Func<IPEndPoint, bool> IsOwn { get; init; } = static _ => false;

    /// <summary>Says who it is that connects to a party from an address that nobody placed: an external entity opens connections from any port.</summary>
    public void Expect(Party at, WireProtocol protocol, Party from)
    {
        expected[(at.Name, protocol)] = from;
        Interlocked.Increment(ref placements);
    }

    /// <summary>Says that whatever comes from an address of its own, from any port that nobody placed, is from this party: a UE has one.</summary>
    /// <returns>False where another party has the address.</returns>
    public bool TryPlaceHost(Party party, IPAddress address)
    {
        if (hosts.GetOrAdd(address, party) != party) return false;
        Interlocked.Increment(ref placements);
        return true;
    }

    /// <summary>Who sits at an address; an unknown one becomes an external party named by its address.</summary>
    /// <param name="protocol">What is spoken.</param>
    /// <param name="carrier">Over what.</param>
    /// <param name="address">The address.</param>
    /// <param name="with">Who asks: the other end.</param>
    public Party At(WireProtocol protocol, Carrier carrier, IPEndPoint address, Party? with = null)
    {
        if (addresses.TryGetValue((protocol, carrier == Carrier.Udp, address), out var party)) return party;
        var isOwn = IsOwn(address);
        if (!isOwn && with is not null && expected.TryGetValue((with.Name, protocol), out party)) return party;
        return !isOwn && hosts.TryGetValue(address.Address, out party) ? party : Named(address.ToString());
    }

    /// <summary>The link from one party to another; made when first asked for.</summary>
    public Link Between(Party from, Party to, WireProtocol protocol)
    {
        var key = (from.Name, to.Name, protocol);
        return links.TryGetValue(key, out var link) ? link : links.GetOrAdd(key, _ => Make(from, to, protocol));
    }

    private Link Make(Party from, Party to, WireProtocol protocol)
    {
        var link = new Link(this, from, to, protocol);
        Linked?.Invoke(link);
        return link;
    }

    /// <summary>Things that are being done and that no message shows: an entity that has just given up waiting, for instance. Whoever
    /// lets time pass waits until it is 0.</summary>
    public int Held => Volatile.Read(ref held);

    /// <summary>Something is being done.</summary>
    public void Hold() => Interlocked.Increment(ref held);

    /// <summary>It is done.</summary>
    public void Release()
    {
        Interlocked.Decrement(ref held);
        Interlocked.Increment(ref touched);
    }

    internal void Launched()
    {
        Interlocked.Increment(ref inFlight);
        Interlocked.Increment(ref touched);
    }

    internal void Landed()
    {
        Interlocked.Decrement(ref inFlight);
        Interlocked.Increment(ref touched);
    }

    /// <summary>A message goes to a party that runs elsewhere, or has come from one, where <paramref name="by"/> is
    /// -1.</summary>
    internal void Cross(int by) => Interlocked.Add(ref abroad, by);

    internal void Touch() => Interlocked.Increment(ref touched);
}
