using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace McConformance.Fakes.Transport;

/// <summary>Sends any octets, and takes what comes back: nothing is framed, parsed or mended here.</summary>
public sealed class RawPeer : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<int, bool> Ports = new();

    private readonly Socket socket;
    private readonly byte[] buffer = new byte[65_536];
    private readonly int port;

    private RawPeer(Socket socket)
    {
        this.socket = socket;
        // before it connects: whoever takes the connection may ask at once whose it is
        var isV6 = socket.AddressFamily == AddressFamily.InterNetworkV6;
        socket.Bind(new IPEndPoint(isV6 ? IPAddress.IPv6Any : IPAddress.Any, 0));
        port = Local.Port;
        Ports[port] = true;
    }

    /// <summary>Whether such a peer of this process sends from an address, and so no external system.</summary>
    public static bool IsOwn(IPEndPoint at) => Ports.ContainsKey(at.Port);

    /// <summary>Own address, from which it sends.</summary>
    public IPEndPoint Local => (IPEndPoint)socket.LocalEndPoint!;

    /// <summary>True where something has come that was not received yet.</summary>
    public bool HasMore => socket.Poll(0, SelectMode.SelectRead);

    /// <summary>A peer over UDP.</summary>
    public static RawPeer Datagrams(IPEndPoint to)
    {
        var peer = new RawPeer(new Socket(to.AddressFamily, SocketType.Dgram, ProtocolType.Udp));
        peer.socket.Connect(to);
        return peer;
    }

    /// <summary>What an attack has come to where nobody takes connections any more.</summary>
    public const string NoConnection = "no connection taken";

    /// <summary>A peer over TCP, connected; null where nobody takes the connection.</summary>
    public static async Task<RawPeer?> TryConnectAsync(IPEndPoint to)
    {
        try
        {
            return await ConnectAsync(to);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>A peer over TCP, connected.</summary>
    public static async Task<RawPeer> ConnectAsync(IPEndPoint to)
    {
        var peer = new RawPeer(new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
        try
        {
            await peer.socket.ConnectAsync(to);
            return peer;
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends octets; a connection that the other end has closed meanwhile takes none, and that is told by the next read.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> octets)
    {
        try
        {
            while (!octets.IsEmpty) octets = octets[await socket.SendAsync(octets, SocketFlags.None)..];
        }
        catch (SocketException)
        {
            // closed by the other end
        }
    }

    /// <summary>What came next, as text; empty where the connection ended.</summary>
    /// <exception cref="TimeoutException">Neither an answer nor an end came.</exception>
    public async Task<string> ReceiveAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        try
        {
            return Encoding.Latin1.GetString(buffer, 0, await socket.ReceiveAsync(buffer, SocketFlags.None, limit.Token));
        }
        catch (SocketException)
        {
            return "";
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"neither an answer nor the end of the connection came within {patience.TotalSeconds} s");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        Ports.TryRemove(port, out _);
        return default;
    }
}
