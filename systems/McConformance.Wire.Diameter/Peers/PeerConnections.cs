using System.Net;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Transport;
using McConformance.Wire.Identities;
using McConformance.Wire.Transport;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>The peer table, and what the state machine of each peer does to connections: RFC 6733 5.1 to 5.6.</summary>
internal sealed partial class PeerConnections : IConnectionOwner
{
    private static readonly TimeSpan GoodbyeTime = TimeSpan.FromMilliseconds(500);
    private readonly Dictionary<DiameterIdentity, Peer> peers = new(IdentityComparer.Instance);
    private readonly Dictionary<DiameterIdentity, Peer>.AlternateLookup<ReadOnlySpan<byte>> byOctets;
    private readonly HashSet<DiameterConnection> all = [];
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DiameterNode node;
    private readonly Listeners listeners;
    private bool isStarted;

    public PeerConnections(DiameterNode node)
    {
        this.node = node;
        byOctets = peers.GetAlternateLookup<ReadOnlySpan<byte>>();
        listeners = new Listeners(node, this, stopping.Token);
    }

    public IEnumerable<Peer> Peers => peers.Values;

    public IPEndPoint? ListeningAt { get; private set; }

    public IPEndPoint? ListeningProtectedAt { get; private set; }

    private DiameterNodeOptions Options => node.Options;

    public Peer? Find(DiameterIdentity host) => peers.GetValueOrDefault(host);

    public Peer? Find(ReadOnlySpan<byte> host) => byOctets.TryGetValue(host, out var peer) ? peer : null;

    public void Add(DiameterPeerOptions options)
    {
        if (!peers.TryGetValue(options.Host, out var peer))
            peers[options.Host] = peer = new Peer(node, options, isConfigured: true);
        else (peer.Options, peer.IsConfigured) = (options, true);
        if (isStarted && peer.Initiates && peer.State == PeerState.Closed && !node.IsStopped) peer.On(PeerEvent.Start);
    }

    public void Forget(Peer peer) => peers.Remove(peer.Options.Host);

    public void Start()
    {
        if (Options.Listen is { } plain) ListeningAt = listeners.Listen(plain, Carrier.Tcp);
        if (Options.ListenProtected is { } secure) ListeningProtectedAt = listeners.Listen(secure, Carrier.Tls);
        lock (node.Gate)
        {
            isStarted = true;
            foreach (var peer in peers.Values.ToArray())
                if (peer.Initiates && peer.State == PeerState.Closed) peer.On(PeerEvent.Start);
        }
    }

    /// <summary>Says goodbye to every open peer, waits a moment for the answers, and closes what is left.</summary>
    public async Task StopAsync()
    {
        listeners.Close();
        lock (node.Gate)
        {
            foreach (var peer in peers.Values.ToArray())
            {
                node.Wheel.Cancel(peer);
                peer.On(PeerEvent.Stop);
            }

            foreach (var connection in all.Where(c => c.State is not Peer).ToArray()) connection.Close();
            if (all.Count == 0) drained.TrySetResult();
        }

        await stopping.CancelAsync().ConfigureAwait(false);
        try
        {
            await drained.Task.WaitAsync(GoodbyeTime).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // a peer that does not answer is not waited for
        }

        DiameterConnection[] left;
        lock (node.Gate)
        {
            left = [.. all];
            foreach (var peer in peers.Values) node.Wheel.Cancel(peer);
        }

        foreach (var connection in left) connection.Close();
    }

    /// <summary>The actions of RFC 6733 5.6.2, in the order of the enumeration.</summary>
    public void Do(Peer peer, PeerActions actions)
    {
        if ((actions & PeerActions.ISndConnReq) != 0) Connect(peer);
        if ((actions & PeerActions.ISndCer) != 0) SendCapabilitiesRequest(peer);
        if ((actions & PeerActions.IDisc) != 0)
        {
            var initiated = peer.Initiated;
            peer.Initiated = null;
            peer.Attempt++;
            Release(initiated);
        }

        if ((actions & PeerActions.RDisc) != 0)
        {
            var accepted = peer.Accepted;
            peer.Accepted = null;
            Release(accepted);
        }

        if ((actions & PeerActions.RSndCea) != 0 && peer.Accepted is { } open)
            Reply(open, BaseMessages.CapabilitiesAnswer(node, open.Local.Address, peer.PendingCer,
                new CapabilityRefusal(Rfc6733.DIAMETER_SUCCESS)));
        if ((actions & PeerActions.SndDpr) != 0)
            Reply(peer.Connection,
                BaseMessages.DisconnectRequest(
                    node, peer.NextHopByHop(), node.Routing.NextEndToEnd(), peer.DisconnectCause));

        // of two connections the one stays that the node with the higher identity accepted (RFC 6733 5.6.4)
        if ((actions & PeerActions.Elect) != 0 &&
            string.Compare(node.Host.Value, peer.Options.Host.Value, StringComparison.OrdinalIgnoreCase) > 0)
            peer.On(PeerEvent.WinElection);
    }

    /// <summary>Takes charge of a connection; false where the node stops.</summary>
    public bool Enter(DiameterConnection connection, object state)
    {
        if (node.IsStopped) return false;
        all.Add(connection);
        connection.State = state;
        return true;
    }

    public void Attach(DiameterConnection connection, Party other)
    {
        connection.Outgoing = Options.Links.Between(Options.Self, other, WireProtocol.Diameter);
        connection.Incoming = Options.Links.Between(other, Options.Self, WireProtocol.Diameter);
    }

    public void OnMessage(DiameterConnection connection, DiameterMessage message)
    {
        lock (node.Gate)
        {
            switch (connection.State)
            {
                case Stranger stranger:
                    TakeCapabilitiesRequest(stranger, message);
                    break;
                case Peer peer when connection == peer.Initiated &&
                    peer.State is PeerState.WaitICea or PeerState.WaitReturns:
                    TakeCapabilitiesAnswer(peer, connection, message);
                    break;
                case Peer peer when connection == peer.Connection:
                    OpenConnection.Handle(node, peer, connection, message);
                    break;
            }
        }
    }

    public void OnClosed(DiameterConnection connection)
    {
        lock (node.Gate)
        {
            all.Remove(connection);
            if (node.IsStopped && all.Count == 0) drained.TrySetResult();
            switch (connection.State)
            {
                case Stranger stranger:
                    listeners.Forget(stranger);
                    break;
                case Peer peer when connection == peer.Initiated:
                    peer.On(PeerEvent.IPeerDisc);
                    break;
                case Peer peer when connection == peer.Accepted:
                    peer.On(PeerEvent.RPeerDisc);
                    break;
            }
        }
    }

    private static void Release(DiameterConnection? connection)
    {
        if (connection is null) return;
        connection.State = null;
        connection.Close();
    }

    public static void Reply(DiameterConnection? connection, DiameterDraft draft)
    {
        connection?.Send(draft.Span);
        DiameterDraft.Return(draft);
    }

    private void SendCapabilitiesRequest(Peer peer)
    {
        if (peer.Initiated is { } connection)
            Reply(connection, BaseMessages.CapabilitiesRequest(node, connection.Local.Address, peer.NextHopByHop(),
                node.Routing.NextEndToEnd()));
    }

    /// <summary>RFC 6733 5.3: the first message on an accepted connection says who is there.</summary>
    private void TakeCapabilitiesRequest(Stranger stranger, DiameterMessage message)
    {
        var connection = stranger.Connection;
        if (message.Command != Rfc6733.CapabilitiesExchange || !message.IsRequest)
        {
            connection.Close();
            return;
        }

        var refusal = Capability.Judge(message, node, connection);
        if (refusal.Code != Rfc6733.DIAMETER_SUCCESS)
        {
            if (refusal.Code != Capability.NoAnswer)
                Reply(connection, BaseMessages.CapabilitiesAnswer(node, connection.Local.Address, message, refusal));
            connection.Close();
            return;
        }

        message.TryFind(Rfc6733.OriginHostCode, 0, out var origin);
        var host = new DiameterIdentity(origin.Text);
        if (!peers.TryGetValue(host, out var peer))
            peers[host] = peer = new Peer(node, new DiameterPeerOptions { Host = host }, isConfigured: false);
        listeners.Forget(stranger);
        if (peer.Accepted is not null || peer.State is PeerState.ROpen or PeerState.IOpen or PeerState.Closing)
        {
            Release(connection); // R-Reject
            return;
        }

        connection.State = peer;
        peer.Accepted = connection;
        peer.PendingCer.Keep(message);
        Attach(connection, Options.Links.Named(host.Value));
        peer.On(PeerEvent.RConnCer);
    }

    private void TakeCapabilitiesAnswer(Peer peer, DiameterConnection connection, DiameterMessage message)
    {
        var isGranted = message is { Command: Rfc6733.CapabilitiesExchange, IsRequest: false } &&
            message.TryFind(Rfc6733.ResultCodeCode, 0, out var result) && result.Uint32 == Rfc6733.DIAMETER_SUCCESS &&
            message.TryFind(Rfc6733.OriginHostCode, 0, out var origin) &&
                Ascii.EqualsIgnoreCase(origin.Data, peer.HostOctets) &&
            Capability.HasCommonApplication(message, Options.Applications);
        peer.On(isGranted ? PeerEvent.IRcvCea : PeerEvent.IRcvNonCea);
    }
}
