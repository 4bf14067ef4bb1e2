using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace McConformance.Wire.Sip.Transport;

/// <summary>The one UDP socket of an endpoint: sends at once, receives in a loop that allocates nothing per
/// datagram.</summary>
internal sealed class UdpSocket
{
    private const int KernelBufferOctets = 4 * 1024 * 1024;
    private const int SioUdpConnReset = -1744830452;
    private const int SparesMax = 128;
    private static readonly ConcurrentBag<byte[]> Spares = [];
    private readonly Socket socket;
    private readonly Action<ReadOnlyMemory<byte>, SocketAddress> take;
    private readonly Action<Exception> fault;
    private Task receiving = Task.CompletedTask;

    /// <summary>Binds.</summary>
    /// <param name="at">Port 0 lets the system choose.</param>
    /// <param name="take">Called for each datagram; octets and address are valid during the call.</param>
    /// <param name="fault">Told of exceptions that escape <paramref name="take"/>.</param>
    public UdpSocket(IPEndPoint at, Action<ReadOnlyMemory<byte>, SocketAddress> take, Action<Exception> fault)
    {
        (this.take, this.fault) = (take, fault);
        socket = new Socket(at.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveBufferSize = KernelBufferOctets,
            SendBufferSize = KernelBufferOctets,
        };
        // without this Windows reports a closed port of any peer as a failure of our own socket
        if (OperatingSystem.IsWindows()) socket.IOControl(SioUdpConnReset, [0, 0, 0, 0], null);
        socket.Bind(at);
        Local = (IPEndPoint)socket.LocalEndPoint!;
    }

    /// <summary>Own address.</summary>
    public IPEndPoint Local { get; }

    /// <summary>Begins to receive.</summary>
    public void Start() => receiving = ReceiveAsync();

    /// <summary>Sends one datagram; false where the system refuses it, for instance as too long.</summary>
    public bool Send(ReadOnlySpan<byte> octets, SocketAddress to)
    {
        try
        {
            return socket.SendTo(octets, SocketFlags.None, to) == octets.Length;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Closes the socket and waits for the loop to end.</summary>
    public Task CloseAsync()
    {
        socket.Dispose();
        return receiving;
    }

    private async Task ReceiveAsync()
    {
        // in no context of the caller: a step that fails takes its context away, and nobody would begin here
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        // large and pinned: a socket that is closed leaves its own to the next
        if (!Spares.TryTake(out var buffer))
            buffer = GC.AllocateUninitializedArray<byte>(ushort.MaxValue + 1, pinned: true);
        await ReceiveAllAsync(buffer).ConfigureAwait(false);
        if (Spares.Count < SparesMax) Spares.Add(buffer);
    }

    private async Task ReceiveAllAsync(byte[] buffer)
    {
        var from = new SocketAddress(Local.AddressFamily);
        while (true)
        {
            try
            {
                var length = await socket.ReceiveFromAsync(buffer, SocketFlags.None, from).ConfigureAwait(false);
                take(buffer.AsMemory(0, length), from);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.MessageSize)
            {
                // a datagram of ours found no listener, or a peer's was longer than any may be: neither ends the loop
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }
            catch (Exception e)
            {
                fault(e);
            }
        }
    }
}
