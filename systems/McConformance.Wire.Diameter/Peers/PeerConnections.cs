using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Transport;
using McConformance.Wire.Identities;
using McConformance.Wire.Transport;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>The peer table and its connections: RFC 6733 5.1 to 5.6.</summary>
internal sealed class PeerConnections(DiameterNode node) : IConnectionOwner
{
    /// <summary>Stands for a refusal that tells the other end nothing.</summary>
    private const uint NoAnswer = 0;
    private readonly Dictionary<DiameterIdentity, Peer> peers = [];
    private readonly HashSet<DiameterConnection> all = [];
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Socket> listeners = [];
    private int strangers;
    private bool isStarted;

    public IEnumerable<Peer> Peers => peers.Values;

    public IPEndPoint? ListeningAt { get; private set; }

    public IPEndPoint? ListeningProtectedAt { get; private set; }

    private DiameterNodeOptions Options => node.Options;

    public Peer? Find(DiameterIdentity host) => peers.GetValueOrDefault(host);

    public void Add(DiameterPeerOptions options)
    {
        if (!peers.TryGetValue(options.Host, out var peer)) peers[options.Host] = peer = new Peer(node, options);
        else peer.Options = options;
        if (isStarted && options.Initiates && peer.State == PeerState.Closed) Connect(peer);
    }

    public void Start()
    {
        if (Options.Listen is { } plain) ListeningAt = Listen(plain, Carrier.Tcp);
        if (Options.ListenProtected is { } secure) ListeningProtectedAt = Listen(secure, Carrier.Tls);
        lock (node.Gate)
        {
            isStarted = true;
            foreach (var peer in peers.Values)
                if (peer.Options.Initiates) Connect(peer);
        }
    }

    /// <summary>RFC 6733 5.6, I-Snd-Conn-Req.</summary>
    public void Connect(Peer peer)
    {
        if (peer.Options.Address is not { } address || node.IsStopped) return;
        peer.Connecting();
        _ = ConnectAsync(peer, address);
    }

    public async Task StopAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        foreach (var listener in listeners) listener.Dispose();
        DiameterConnection[] open;
        lock (node.Gate)
        {
            foreach (var peer in peers.Values.Where(p => p.IsOpen))
            {
                var goodbye = BaseMessages.DisconnectRequest(node, peer.NextHopByHop(), node.Routing.NextEndToEnd(), 0);
                peer.Connection!.Send(goodbye.Span);
                DiameterDraft.Return(goodbye);
            }

            foreach (var peer in peers.Values) node.Wheel.Cancel(peer);
            open = [.. all];
        }

        foreach (var connection in open) connection.Close();
    }

    public void OnMessage(DiameterConnection connection, DiameterMessage message)
    {
        lock (node.Gate)
        {
            switch (connection.State)
            {
                case Peer { State: PeerState.AwaitingCapabilities } peer:
                    TakeCapabilitiesAnswer(peer, connection, message);
                    break;
                case Peer peer:
                    peer.Heard();
                    Handle(peer, connection, message);
                    break;
                case Stranger stranger:
                    TakeCapabilitiesRequest(stranger, message);
                    break;
            }
        }
    }

    public void OnClosed(DiameterConnection connection)
    {
        lock (node.Gate)
        {
            all.Remove(connection);
            if (connection.State is Stranger stranger)
            {
                strangers--;
                node.Wheel.Cancel(stranger);
            }

            if (connection.State is not Peer peer || peer.Connection != connection) return;
            peer.Closed();
            if (!node.IsStopped) node.Routing.FailOver(peer);
        }
    }

    private void Handle(Peer peer, DiameterConnection connection, DiameterMessage message)
    {
        switch (message.Command)
        {
            case Rfc6733.DeviceWatchdog when message.IsRequest:
                Reply(connection, BaseMessages.Answer(node, message, Rfc6733.DIAMETER_SUCCESS).Finish());
                break;
            case Rfc6733.DisconnectPeer when message.IsRequest:
                Reply(connection, BaseMessages.Answer(node, message, Rfc6733.DIAMETER_SUCCESS).Finish());
                connection.Close();
                break;
            case Rfc6733.CapabilitiesExchange when message.IsRequest:
                var (code, text) = Judge(message, connection);
                Reply(connection, BaseMessages.CapabilitiesAnswer(node, connection.Local.Address, message, code, text));
                break;
            case Rfc6733.DeviceWatchdog or Rfc6733.DisconnectPeer or Rfc6733.CapabilitiesExchange:
                break;
            default:
                node.Routing.Handle(peer, connection, message);
                break;
        }
    }

    private IPEndPoint Listen(IPEndPoint at, Carrier carrier)
    {
        var listener = StreamConnector.Listen(at);
        listeners.Add(listener);
        var bound = (IPEndPoint)listener.LocalEndPoint!;
        Options.Links.Place(Options.Self, WireProtocol.Diameter, carrier, bound);
        _ = AcceptAsync(listener, carrier == Carrier.Tls ? Options.TlsServer : null);
        return bound;
    }

    private async Task AcceptAsync(Socket listener, SslServerAuthenticationOptions? tls)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                var socket = await listener.AcceptAsync(stopping.Token).ConfigureAwait(false);
                if (Volatile.Read(ref strangers) < Options.StrangersMax) _ = WelcomeAsync(socket, tls);
                else socket.Dispose();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // stopped listening
        }
    }

    private async Task WelcomeAsync(Socket socket, SslServerAuthenticationOptions? tls)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        limit.CancelAfter(Options.CapabilitiesTime);
        try
        {
            var stream = await StreamConnector.SecureAsync(socket, tls, limit.Token).ConfigureAwait(false);
            var connection = new DiameterConnection(socket, stream, this, Options.MessageOctetsMax);
            var from = Options.Links.At(WireProtocol.Diameter, connection.Carrier, connection.Remote);
            Attach(connection, from);
            lock (node.Gate)
            {
                strangers++;
                all.Add(connection);
                var stranger = new Stranger(node, connection);
                connection.State = stranger;
                node.Wheel.Schedule(stranger, Options.CapabilitiesTime);
            }

            await connection.ReadAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (StreamConnection.IsOfTheNetwork(e))
        {
            socket.Dispose();
        }
    }

    private async Task ConnectAsync(Peer peer, IPEndPoint address)
    {
        DiameterConnection? connection = null;
        try
        {
            var tls = peer.Options.IsProtected ? Options.TlsClient?.Invoke(peer.Options.Host) : null;
            var (socket, stream) = await StreamConnector.ConnectAsync(Options.Links, Options.Self, WireProtocol.Diameter, address, tls, stopping.Token).ConfigureAwait(false);
            connection = new DiameterConnection(socket, stream, this, Options.MessageOctetsMax);
            Attach(connection, Options.Links.Named(peer.Options.Host.Value));
            lock (node.Gate)
            {
                connection.State = peer;
                all.Add(connection);
                peer.SentCapabilities(connection);
                Reply(connection, BaseMessages.CapabilitiesRequest(node, connection.Local.Address, peer.NextHopByHop(), node.Routing.NextEndToEnd()));
            }

            await connection.ReadAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (StreamConnection.IsOfTheNetwork(e))
        {
            lock (node.Gate)
            {
                if (connection is null) peer.Closed();
            }
        }
    }

    private void Attach(DiameterConnection connection, Party other)
    {
        connection.Outgoing = Options.Links.Between(Options.Self, other, WireProtocol.Diameter);
        connection.Incoming = Options.Links.Between(other, Options.Self, WireProtocol.Diameter);
    }

    /// <summary>RFC 6733 5.3, R-Conn-CER.</summary>
    private void TakeCapabilitiesRequest(Stranger stranger, DiameterMessage message)
    {
        var connection = stranger.Connection;
        if (message.Command != Rfc6733.CapabilitiesExchange || !message.IsRequest)
        {
            connection.Close();
            return;
        }

        var (code, text) = Judge(message, connection);
        message.TryFind(Rfc6733.OriginHostCode, 0, out var origin);
        var host = new DiameterIdentity(origin.Text);
        if (code != NoAnswer) Reply(connection, BaseMessages.CapabilitiesAnswer(node, connection.Local.Address, message, code, text));
        if (code != Rfc6733.DIAMETER_SUCCESS)
        {
            connection.Close();
            return;
        }

        if (!peers.TryGetValue(host, out var peer)) peers[host] = peer = new Peer(node, new DiameterPeerOptions { Host = host });
        if (!WinsOver(peer))
        {
            connection.Close();
            return;
        }

        node.Wheel.Cancel(stranger);
        strangers--;
        connection.State = peer;
        Attach(connection, Options.Links.Named(host.Value));
        peer.Opened(connection);
    }

    /// <summary>RFC 6733 5.6.4: of two connections the one stays that the node with the higher identity accepted.</summary>
    private bool WinsOver(Peer peer)
    {
        if (peer.IsOpen) return false;
        if (peer.State != PeerState.AwaitingCapabilities || peer.Connection is not { } initiated) return true;
        if (string.Compare(node.Host.Value, peer.Options.Host.Value, StringComparison.OrdinalIgnoreCase) < 0) return false;
        initiated.State = null;
        initiated.Close();
        return true;
    }

    private void TakeCapabilitiesAnswer(Peer peer, DiameterConnection connection, DiameterMessage message)
    {
        var isGranted = message is { Command: Rfc6733.CapabilitiesExchange, IsRequest: false } &&
            message.TryFind(Rfc6733.ResultCodeCode, 0, out var result) && result.Uint32 == Rfc6733.DIAMETER_SUCCESS &&
            message.TryFind(Rfc6733.OriginHostCode, 0, out var origin) && new DiameterIdentity(origin.Text) == peer.Options.Host &&
            CapabilitiesCheck.HasCommonApplication(message, Options.Applications);
        if (isGranted) peer.Opened(connection);
        else connection.Close();
    }

    private (uint Code, string? Text) Judge(DiameterMessage request, DiameterConnection connection)
    {
        if (request.ReadableTo() < request.Span.Length) return (Rfc6733.DIAMETER_INVALID_AVP_LENGTH, null);
        if (!request.TryFind(Rfc6733.OriginHostCode, 0, out var origin)) return (Rfc6733.DIAMETER_MISSING_AVP, "Origin-Host");
        var host = new DiameterIdentity(origin.Text);
        if (!peers.TryGetValue(host, out var peer) && !Options.AcceptsUnknownPeers) return (Rfc6733.DIAMETER_UNKNOWN_PEER, $"{host} is not configured");
        if (peer is { Options.IsProtected: true } && connection.Carrier != Carrier.Tls) return (Rfc6733.DIAMETER_NO_COMMON_SECURITY, "TLS is required");
        if (!IsProven(host, connection)) return (NoAnswer, null);
        return CapabilitiesCheck.HasCommonApplication(request, Options.Applications)
            ? (Rfc6733.DIAMETER_SUCCESS, null)
            : (Rfc6733.DIAMETER_NO_COMMON_APPLICATION, null);
    }

    /// <summary>RFC 6733 13.1: who comes with a certificate must be who it names.</summary>
    private static bool IsProven(DiameterIdentity host, DiameterConnection connection) =>
        connection.Carrier != Carrier.Tls || (connection.PeerCertificate is { } certificate && certificate.MatchesHostname(host.Value));

    private static void Reply(DiameterConnection connection, DiameterDraft draft)
    {
        connection.Send(draft.Span);
        DiameterDraft.Return(draft);
    }
}
