using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using McConformance.Wire.Diameter.Transport;
using McConformance.Wire.Transport;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>Accepts connections. Who comes is a stranger until its CER is here, and there are only so many of
/// those.</summary>
internal sealed class Listeners(DiameterNode node, PeerConnections connections, CancellationToken stopping)
{
    private readonly List<Socket> sockets = [];
    private int strangers;

    private DiameterNodeOptions Options => node.Options;

    public IPEndPoint Listen(IPEndPoint at, Carrier carrier)
    {
        var listener = StreamConnector.Listen(at);
        sockets.Add(listener);
        var bound = (IPEndPoint)listener.LocalEndPoint!;
        Options.Links.Place(Options.Self, WireProtocol.Diameter, carrier, bound);
        _ = AcceptAsync(listener, carrier == Carrier.Tls ? Options.TlsServer : null);
        return bound;
    }

    public void Close()
    {
        foreach (var socket in sockets) socket.Dispose();
    }

    /// <summary>It has said who it is, or is gone.</summary>
    public void Forget(Stranger stranger)
    {
        Interlocked.Decrement(ref strangers);
        node.Wheel.Cancel(stranger);
    }

    private async Task AcceptAsync(Socket listener, SslServerAuthenticationOptions? tls)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptAsync(stopping).ConfigureAwait(false);
                if (Interlocked.Increment(ref strangers) <= Options.StrangersMax)
                {
                    _ = WelcomeAsync(socket, tls);
                    continue;
                }

                Interlocked.Decrement(ref strangers);
                socket.Dispose();
            }
            catch (Exception e) when (e is ObjectDisposedException or OperationCanceledException or
                SocketException
            {
                SocketErrorCode: SocketError.OperationAborted or SocketError.Interrupted
                        or SocketError.InvalidArgument,
            })
            {
                return; // stopped listening
            }
            catch (SocketException)
            {
                // one that was gone before it was accepted: others may come
            }
        }
    }

    private async Task WelcomeAsync(Socket socket, SslServerAuthenticationOptions? tls)
    {
        DiameterConnection? connection = null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(Options.CapabilitiesTime);
        try
        {
            var stream = await StreamConnector.SecureAsync(socket, tls, limit.Token).ConfigureAwait(false);
            connection = new DiameterConnection(socket, stream, connections, Options.MessageOctetsMax);
            connections.Attach(connection,
                Options.Links.At(WireProtocol.Diameter, connection.Carrier, connection.Remote));
        }
        catch (Exception e) when (StreamConnection.IsOfTheNetwork(e))
        {
            Interlocked.Decrement(ref strangers);
            socket.Dispose();
            return;
        }

        if (Enter(connection)) await connection.ReadAsync().ConfigureAwait(false);
        else connection.Close();
    }

    private bool Enter(DiameterConnection connection)
    {
        lock (node.Gate)
        {
            var stranger = new Stranger(node, connection);
            if (!connections.Enter(connection, stranger))
            {
                Interlocked.Decrement(ref strangers);
                return false;
            }

            node.Wheel.Schedule(stranger, Options.CapabilitiesTime);
            return true;
        }
    }
}
