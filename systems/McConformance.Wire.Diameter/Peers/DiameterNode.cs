using System.Net;
using System.Net.Sockets;
using System.Text;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Transport;
using McConformance.Wire.Identities;
using McConformance.Wire.Time;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>
/// A Diameter node (RFC 6733): peers and their connections, routing by host and realm, hop-by-hop and end-to-end
/// identifiers, fail-over,
/// duplicate detection, and the duties of a proxy agent. What requests mean is its user's business. Connections are in
/// <see cref="Peer"/>, the way of messages in <see cref="MessageRouting"/>. Callbacks run with the gate held, one at a
/// time.
/// </summary>
public sealed class DiameterNode : IAsyncDisposable
{
    private readonly MessageRouting routing;
    private readonly PeerConnections connections;

    /// <summary>Makes a node; nothing is bound yet.</summary>
    public DiameterNode(DiameterNodeOptions options, IDiameterUser user)
    {
        Options = options;
        User = user;
        HostOctets = Encoding.UTF8.GetBytes(options.Host.Value);
        RealmOctets = Encoding.UTF8.GetBytes(options.Realm.Value);
        routing = new MessageRouting(this);
        connections = new PeerConnections(this);
        foreach (var peer in options.Peers) connections.Add(peer);
    }

    /// <summary>What it was configured with.</summary>
    public DiameterNodeOptions Options { get; }

    /// <summary>Own Diameter identity.</summary>
    public DiameterIdentity Host => Options.Host;

    /// <summary>Own realm.</summary>
    public DiameterIdentity Realm => Options.Realm;

    /// <summary>Held during callbacks.</summary>
    public Lock Gate => Options.Gate;

    /// <summary>Where plain connections are accepted.</summary>
    public IPEndPoint ListeningAt =>
        connections.ListeningAt ?? throw new InvalidOperationException($"{Host} accepts no plain connections");

    /// <summary>Where TLS connections are accepted.</summary>
    public IPEndPoint ListeningProtectedAt =>
        connections.ListeningProtectedAt ?? throw new InvalidOperationException($"{Host} accepts no TLS connections");

    /// <summary>A defect in a user's callback: reported here, and answered with 5012.</summary>
    public event Action<Exception>? Faults;

    /// <summary>The connection to a peer ended, or could not be opened. Raised with the gate held.</summary>
    public event Action<DiameterIdentity>? Disconnected;

    /// <summary>Names of the peers whose connections are open.</summary>
    public IReadOnlyList<DiameterIdentity> OpenPeers
    {
        get { lock (Gate) return [.. connections.Peers.Where(p => p.IsOpen).Select(p => p.Options.Host)]; }
    }

    internal IDiameterUser User { get; }

    internal byte[] HostOctets { get; }

    internal byte[] RealmOctets { get; }

    internal TimerWheel Wheel => Options.Wheel;

    internal bool IsStopped { get; private set; }

    internal bool AddsProxyInfo => Options.AddsProxyInfo;

    internal PeerConnections Connections => connections;

    internal MessageRouting Routing => routing;

    /// <summary>Binds its sockets and begins to connect to the peers it initiates to.</summary>
    public void Start() => connections.Start();

    /// <summary>Adds a peer, or replaces its options; connects where the node has started and initiates.</summary>
    public void AddPeer(DiameterPeerOptions peer)
    {
        lock (Gate) connections.Add(peer);
    }

    /// <summary>Adds next hops for a realm, behind those that are there.</summary>
    public void AddRoute(DiameterRoute route)
    {
        lock (Gate) routing.Add(route);
    }

    /// <summary>Ends the connection to a peer with DPR; does nothing where none is open.</summary>
    /// <param name="peer">Whom to leave.</param>
    /// <param name="cause">Disconnect-Cause: 0 REBOOTING, 1 BUSY, 2 DO_NOT_WANT_TO_TALK_TO_YOU (RFC 6733
    /// 5.4.3).</param>
    public void Disconnect(DiameterIdentity peer, uint cause)
    {
        lock (Gate)
        {
            if (connections.Find(peer) is not { IsOpen: true } found) return;
            found.DisconnectCause = cause;
            found.On(PeerEvent.Stop);
        }
    }

    /// <summary>Completes when the connection to a peer is open.</summary>
    public Task WhenConnectedAsync(DiameterIdentity peer, CancellationToken cancellation)
    {
        lock (Gate) return connections.Find(peer)?.WhenOpenAsync(cancellation) ?? throw new InvalidOperationException(
            $"{peer} is no peer of {Host}");
    }

    /// <summary>Starts a request: header, Session-Id, Vendor-Specific-Application-Id, Auth-Session-State
    /// NO_STATE_MAINTAINED, origin and destination.
    /// The caller adds the rest and finishes it.</summary>
    public DiameterDraft NewRequest(uint command, uint application, DiameterIdentity destinationRealm,
        DiameterIdentity? destinationHost)
    {
        var draft = DiameterDraft.Rent();
        lock (Gate)
        {
            draft.Start(0xC0, command, application, 0, routing.NextEndToEnd())
                .Put(Rfc6733.SessionId, routing.NextSession());
        }

        draft.BeginGroup(Rfc6733.VendorSpecificApplicationId).Put(Rfc6733.VendorId, Ts29229.Vendor)
            .Put(Rfc6733.AuthApplicationId, application).EndGroup()
            .Put(Rfc6733.AuthSessionState, 1).Put(Rfc6733.OriginHost, HostOctets).Put(Rfc6733.OriginRealm, RealmOctets);
        if (destinationHost is { } host) draft.Put(Rfc6733.DestinationHost, host.Value);
        return draft.Put(Rfc6733.DestinationRealm, destinationRealm.Value);
    }

    /// <summary>Sends a request; the draft is the node's from now on. The user is called back once, maybe before this
    /// returns.</summary>
    public void Send(DiameterDraft request, IDiameterClientUser user, object? state, TimeSpan? answerTime = null)
    {
        lock (Gate)
        {
            var pending = routing.RentPending();
            (pending.Draft, pending.User, pending.State) = (request, user, state);
            pending.AnswerTime = answerTime ?? Options.AnswerTime;
            routing.Route(pending, null);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        lock (Gate)
        {
            if (IsStopped) return;
            IsStopped = true;
        }

        await connections.StopAsync().ConfigureAwait(false);
    }

    internal void Forward(DiameterServerTransaction transaction, IAvpRewriter? rewriter, DiameterIdentity? toPeer) =>
        routing.Forward(transaction, rewriter, toPeer);

    internal void TimedOut(PendingRequest pending) => routing.Fail(pending, DiameterFailure.Timeout);

    internal void FailOver(Peer peer) => routing.FailOver(peer);

    internal void SendWatchdog(Peer peer)
    {
        var request = BaseMessages.WatchdogRequest(this, peer.NextHopByHop(), routing.NextEndToEnd());
        peer.Connection?.Send(request.Span);
        DiameterDraft.Return(request);
    }

    internal void Tell(Peer peer) => Disconnected?.Invoke(peer.Options.Host);

    internal void Report(Exception fault) => Faults?.Invoke(fault);
}
