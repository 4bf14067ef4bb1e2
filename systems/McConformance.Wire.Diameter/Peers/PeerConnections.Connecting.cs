using System.Net;
using McConformance.Wire.Diameter.Transport;
using McConformance.Wire.Transport;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>Opening connections.</summary>
internal sealed partial class PeerConnections
{
    private void Connect(Peer peer)
    {
        peer.Attempt++;
        if (peer.Options.Address is { } address) _ = ConnectAsync(peer, address, peer.Attempt);
        else peer.On(PeerEvent.IRcvConnNack);
    }

    private async Task ConnectAsync(Peer peer, IPEndPoint address, int attempt)
    {
        try
        {
            var connection = await OpenAsync(peer, address, attempt).ConfigureAwait(false);
            if (connection is not null) await connection.ReadAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (StreamConnection.IsOfTheNetwork(e))
        {
            lock (node.Gate)
            {
                if (peer.Attempt == attempt) peer.On(PeerEvent.IRcvConnNack);
            }
        }
    }

    /// <summary>No message is on the wire while a connection is made and secured, until the CER is.</summary>
    private async Task<DiameterConnection?> OpenAsync(Peer peer, IPEndPoint address, int attempt)
    {
        Options.Links.Hold();
        try
        {
            var tls = peer.Options.IsProtected ? Options.TlsClient?.Invoke(peer.Options.Host) : null;
            var (socket, stream) = await StreamConnector
                .ConnectAsync(Options.Links, Options.Self, WireProtocol.Diameter, address, tls, stopping.Token)
                .ConfigureAwait(false);
            var connection = new DiameterConnection(socket, stream, this, Options.MessageOctetsMax);
            Attach(connection, Options.Links.Named(peer.Options.Host.Value));
            if (Connected(peer, connection, attempt)) return connection;
            connection.Close();
            return null;
        }
        finally
        {
            Options.Links.Release();
        }
    }

    private bool Connected(Peer peer, DiameterConnection connection, int attempt)
    {
        lock (node.Gate)
        {
            if (peer.Attempt != attempt ||
                peer.State is not (PeerState.WaitConnAck or PeerState.WaitConnAckElect)) return false;
            if (!Enter(connection, peer)) return false;
            peer.Initiated = connection;
            peer.On(PeerEvent.IRcvConnAck);
            return true;
        }
    }
}
