using System.Net;
using System.Net.Sockets;
using McConformance.Wire;
using McConformance.Wire.Transport;

namespace McConformance.Fakes.Relays.Transport;

/// <summary>
/// A relay for UDP: one socket towards the client, one towards the server. What the server sends goes to where the
/// client was last
/// heard from, or, before that, to where it is said to be.
/// </summary>
public sealed class DatagramRelay : IAsyncDisposable
{
    private readonly RelayOptions options;
    private readonly Socket towardsClient;
    private readonly Socket towardsServer;
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;
    private IPEndPoint? client;

    /// <summary>Listens at once.</summary>
    /// <param name="options">The link.</param>
    /// <param name="client">Where the client listens, for servers that send first; null where it is not known.</param>
    /// <exception cref="SocketException">The address is taken.</exception>
    public DatagramRelay(RelayOptions options, IPEndPoint? client = null)
    {
        (this.options, this.client) = (options, client);
        towardsClient = Bound(options.Listen);
        var any = options.Target.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
        towardsServer = Bound(new IPEndPoint(IPAddress.IsLoopback(options.Target.Address) ? options.Target.Address
            : any, 0));
        running = Task.WhenAll(ReceiveAsync(towardsClient, FromClient), ReceiveAsync(towardsServer, FromServer));
    }

    /// <summary>Where the client must send to.</summary>
    public IPEndPoint ListeningAt => (IPEndPoint)towardsClient.LocalEndPoint!;

    /// <summary>Where the server sees the client, and must send to.</summary>
    public IPEndPoint SendingFrom => (IPEndPoint)towardsServer.LocalEndPoint!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        towardsClient.Dispose();
        towardsServer.Dispose();
        await running.ConfigureAwait(false);
        stop.Dispose();
    }

    private static Socket Bound(IPEndPoint at)
    {
        var socket = new Socket(at.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(at);
        return socket;
    }

    private async Task ReceiveAsync(Socket socket, Action<ReadOnlyMemory<byte>, IPEndPoint> pass)
    {
        var buffer = new byte[65_536];
        var from = new IPEndPoint(((IPEndPoint)socket.LocalEndPoint!).Address, 0);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var got = await socket.ReceiveFromAsync(buffer, SocketFlags.None, from, stop.Token).ConfigureAwait(
                    false);
                pass(buffer.AsMemory(0, got.ReceivedBytes), (IPEndPoint)got.RemoteEndPoint);
            }
            catch (Exception e) when (StreamConnection.IsOfTheNetwork(e))
            {
                // stopped, or a datagram before this one found nobody (ICMP)
            }
        }
    }

    private void FromClient(ReadOnlyMemory<byte> datagram, IPEndPoint from)
    {
        Volatile.Write(ref client, from);
        Pass(options.FromClient, datagram, new Way(towardsServer, from, options.Target));
    }

    private void FromServer(ReadOnlyMemory<byte> datagram, IPEndPoint from)
    {
        // what somebody else sends to this port is none of the link
        if (Volatile.Read(ref client) is { } to && from.Equals(options.Target))
            Pass(options.FromServer, datagram, new Way(towardsClient, from, to));
    }

    private static void Pass(Link link, ReadOnlyMemory<byte> datagram, Way way)
    {
        if (datagram.Span.IndexOfAnyExcept((byte)'\r', (byte)'\n', (byte)0) < 0) way.Emit(datagram.Span);
        else link.Send(datagram.Span, way);
    }

    private sealed class Way(Socket socket, IPEndPoint from, IPEndPoint to) : IOctetSink
    {
        public Carrier Carrier => Carrier.Udp;

        public IPEndPoint Local => from;

        public IPEndPoint Remote => to;

        public void Emit(ReadOnlySpan<byte> octets)
        {
            try
            {
                socket.SendTo(octets, to);
            }
            catch (Exception e) when (StreamConnection.IsOfTheNetwork(e))
            {
                // datagrams may be lost
            }
        }

        public void Sever()
        {
        }
    }
}
