using System.Net;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transport;
using McConformance.Wire.Time;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>
/// One SIP element's transport and transaction layers (RFC 3261 17 and 18, RFC 3581, RFC 6026): what an entity is
/// handed to speak SIP. Thread safe; calls take the entity's gate themselves. What is in which file: this one begins
/// and ends, <c>.Sending</c> and <c>.Receiving</c> say for themselves, <c>.Telling</c> calls the user.
/// </summary>
public sealed partial class SipEndpoint : IAsyncDisposable, IStreamUser
{
    private const int SamePortAttemptsMax = 20;
    private readonly SipEndpointOptions options;
    private readonly ISipUser user;
    private UdpSocket? udp;
    private StreamListener? tcp;
    private StreamListener? tls;
    private readonly HashSet<SipConnection> connections = [];
    private readonly IdentitySource identities;
    private bool closed;

    /// <summary>Makes an endpoint; nothing is bound before <see cref="Start"/>.</summary>
    /// <exception cref="ArgumentException">TLS is to be offered without a certificate.</exception>
    public SipEndpoint(SipEndpointOptions options, ISipUser user)
    {
        if (options is { TlsPort: not null, TlsServer: null })
            throw new ArgumentException("a TLS port needs TlsServer", nameof(options));
        (this.options, this.user) = (options, user);
        identities = new IdentitySource(options.Seed);
        ClientPool = new TransactionPool<SipClientTransaction>(() => new SipClientTransaction(this));
        ServerPool = new TransactionPool<SipServerTransaction>(() => new SipServerTransaction(this));
    }

    /// <summary>Exceptions of users and of the endpoint itself: faults of this program, never of a peer. Called with
    /// the gate held or from a transport's loop.</summary>
    public event Action<Exception>? Faults;

    /// <summary>The node as links see it.</summary>
    public Party Self => options.Self;

    /// <summary>Transactions that have not ended, client and server.</summary>
    public int TransactionsOpen
    {
        get { lock (Gate) return Clients.Count + Servers.Count; }
    }

    /// <summary>Connections that are open or being opened.</summary>
    public int ConnectionsOpen
    {
        get { lock (Gate) return connections.Count; }
    }

    internal Lock Gate => options.Gate;

    internal TimerWheel Wheel => options.Wheel;

    internal SipTimers Timers => options.Timers;

    private UdpSocket Udp => udp ?? throw new InvalidOperationException($"{options.Self} has not started");

    internal OctetPool Octets { get; } = new();

    /// <summary>Views of requests that can be used again.</summary>
    internal Stack<SipMessage> Views { get; } = new();

    /// <summary>Transactions whose request is no longer needed once the user has returned.</summary>
    internal List<SipServerTransaction> Answered { get; } = [];

    internal TransactionTable<SipClientTransaction> Clients { get; } = new();

    internal TransactionTable<SipServerTransaction> Servers { get; } = new();

    internal TransactionPool<SipClientTransaction> ClientPool { get; }

    internal TransactionPool<SipServerTransaction> ServerPool { get; }

    /// <summary>Binds the ports, takes the entity's place in the link book, then begins to receive. Called
    /// once.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">A port is taken; dispose of the endpoint.</exception>
    public void Start()
    {
        BindPlain();
        if (options.TlsPort is { } secure)
            tls = new StreamListener(new IPEndPoint(options.Address, secure), s => Accept(s, Carrier.Tls), Fault);
        viaStarts = [ViaStart(Carrier.Udp), ViaStart(Carrier.Tcp), ViaStart(Carrier.Tls)];
        options.Links.Place(options.Self, WireProtocol.Sip, Carrier.Udp, udp!.Local);
        if (tcp is not null) options.Links.Place(options.Self, WireProtocol.Sip, Carrier.Tcp, tcp.Local);
        if (tls is not null) options.Links.Place(options.Self, WireProtocol.Sip, Carrier.Tls, tls.Local);
        udp.Start();
        tcp?.Start();
        tls?.Start();
    }

    /// <summary>Whether it does so, once started.</summary>
    public bool ListensOn(Carrier carrier) => ListensAt(carrier) is not null;

    /// <summary>Where the endpoint listens.</summary>
    /// <exception cref="InvalidOperationException">The carrier is not offered, or the endpoint has not
    /// started.</exception>
    public IPEndPoint AddressOf(Carrier carrier) =>
        ListensAt(carrier) ?? throw new InvalidOperationException($"{options.Self} does not listen on {carrier}");

    /// <summary>Closes all sockets, stops all timers, and waits until that is done. Users hear nothing of it. Must not
    /// be waited for with the gate held.</summary>
    public async ValueTask DisposeAsync()
    {
        SipConnection[] open;
        lock (Gate)
        {
            closed = true;
            foreach (var client in Clients.All()) client.Stop();
            foreach (var server in Servers.All()) server.Stop();
            open = [.. connections];
        }

        if (udp is not null) await udp.CloseAsync().ConfigureAwait(false);
        if (tcp is not null) await tcp.CloseAsync().ConfigureAwait(false);
        if (tls is not null) await tls.CloseAsync().ConfigureAwait(false);
        foreach (var connection in open) await connection.CloseAsync().ConfigureAwait(false);
    }

    /// <summary>Where the system may choose both ports, they are the same: a request that is too large for UDP goes to the same
    /// address over TCP (RFC 3261 18.1.1).</summary>
    private void BindPlain()
    {
        var attempts = options is { UdpPort: 0, TcpPort: 0 } ? SamePortAttemptsMax : 1;
        for (var attempt = 1; ; attempt++)
        {
            udp = new UdpSocket(new IPEndPoint(options.Address, options.UdpPort), OnDatagram, Fault);
            if (options.TcpPort is not { } plain) return;
            if (attempt < attempts && options.Links.IsPlaced(WireProtocol.Sip, Carrier.Tcp, udp.Local))
            {
                _ = udp.CloseAsync();
                continue;
            }

            var port = attempts > 1 && attempt < attempts ? udp.Local.Port : plain;
            try
            {
                tcp = new StreamListener(new IPEndPoint(options.Address, port), s => Accept(s, Carrier.Tcp), Fault);
                return;
            }
            catch (System.Net.Sockets.SocketException) when (attempt < attempts)
            {
                _ = udp.CloseAsync();
            }
        }
    }

    private IPEndPoint? ListensAt(Carrier carrier) => carrier switch
    {
        Carrier.Udp => udp?.Local,
        Carrier.Tcp => tcp?.Local,
        _ => tls?.Local,
    };
}
