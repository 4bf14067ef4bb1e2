using System.Net;
using System.Net.Sockets;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>Which flow a message takes: datagram peers and connections, found or made.</summary>
public sealed partial class SipEndpoint
{
    private readonly Dictionary<IPEndPoint, SipFlow> peers = [];
    private readonly Dictionary<SocketAddress, SipFlow> peersBySocketAddress = [];
    private readonly Dictionary<(Carrier Carrier, IPEndPoint Remote), SipConnection> streams = [];

    /// <summary>The flow that a message to this destination takes: the one given if it is open, else a connection that
    /// is open to the address, else a new one (RFC 3261 18.1.1). A new connection is bound at once, and connects by
    /// and by.</summary>
    /// <exception cref="SocketException">No local port is free.</exception>
    /// <exception cref="ObjectDisposedException">The endpoint is closed.</exception>
    public SipFlow FlowTo(in SipDestination to)
    {
        if (to.Flow is { IsOpen: true } given) return given;
        var at = options.Detour?.Invoke(to.Carrier, to.Address) ?? to.Address;
        lock (Gate)
        {
            ObjectDisposedException.ThrowIf(closed, this);
            if (to.Carrier == Carrier.Udp)
                return peers.TryGetValue(at, out var known) ? known : Remember(at);
            return streams.TryGetValue((to.Carrier, at), out var open) && open.IsOpen
                ? open.Flow
                : Connect(to.Carrier, at).Flow;
        }
    }

    /// <summary>The flow by which a server transaction's responses go (RFC 3261 18.2.2, RFC 3581 4).</summary>
    internal SipFlow ReplyFlow(SipServerTransaction transaction) =>
        FlowTo(transaction.Reply);

    private SipFlow FlowOf(SocketAddress from)
    {
        if (peersBySocketAddress.TryGetValue(from, out var known)) return known;
        var remote = (IPEndPoint)Udp.Local.Create(from);
        return peers.TryGetValue(remote, out known) ? known : Remember(remote);
    }

    private SipFlow Remember(IPEndPoint remote)
    {
        if (peers.Count >= options.DatagramPeersMax)
        {
            // a flood of senders; whoever matters comes again
            peers.Clear();
            peersBySocketAddress.Clear();
        }

        var flow = new SipFlow(options.Links, options.Self, Udp, remote);
        peers[remote] = flow;
        peersBySocketAddress[remote.Serialize()] = flow;
        return flow;
    }

    private SipConnection Connect(Carrier carrier, IPEndPoint remote)
    {
        var socket = SipConnection.Bind(options.Address, remote);
        options.Links.Place(options.Self, WireProtocol.Sip, carrier, (IPEndPoint)socket.LocalEndPoint!);
        return Open(socket, carrier, remote, accepted: false);
    }

    private void Accept(Socket socket, Carrier carrier)
    {
        lock (Gate)
        {
            if (!closed && connections.Count < options.ConnectionsMax)
            {
                Open(socket, carrier, (IPEndPoint)socket.RemoteEndPoint!, accepted: true);
                return;
            }
        }

        socket.Dispose();
    }

    private SipConnection Open(Socket socket, Carrier carrier, IPEndPoint remote, bool accepted)
    {
        var connection = new SipConnection(options, this, socket, carrier, remote, accepted);
        connections.Add(connection);
        streams[(carrier, remote)] = connection;
        connection.Start();
        return connection;
    }

    void IStreamUser.OnFault(Exception fault) => Fault(fault);

    void IStreamUser.OnClosed(SipConnection connection, bool orderly)
    {
        lock (Gate)
        {
            connections.Remove(connection);
            var key = (connection.Flow.Carrier, connection.Flow.Remote);
            if (streams.TryGetValue(key, out var latest) && latest == connection) streams.Remove(key);
            if (closed) return;
            // an orderly end leaves the peer free to answer on a connection of its own (RFC 3261 18.2.2), if it can
            // reach us
            if (orderly && ListensAt(connection.Flow.Carrier) is not null) return;
            foreach (var client in Clients.All())
                if (client.Flow == connection.Flow) client.On(TransactionEvent.TransportError);
        }
    }
}
