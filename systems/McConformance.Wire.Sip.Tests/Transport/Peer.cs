using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace McConformance.Wire.Sip.Tests.Transport;

/// <summary>A bare socket that says exactly what the test says.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Socket socket;
    private readonly byte[] buffer = new byte[70_000];
    private readonly StringBuilder received = new();
    private Stream? stream;

    private Peer(Socket socket) => this.socket = socket;

    public int Port => ((IPEndPoint)socket.LocalEndPoint!).Port;

    public static Peer Udp()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new Peer(socket);
    }

    public static async Task<Peer> TcpAsync(IPEndPoint to)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(to);
        return new Peer(socket) { stream = new NetworkStream(socket) };
    }

    public static async Task<Peer> TlsAsync(IPEndPoint to)
    {
        var peer = await TcpAsync(to);
        var tls = new SslStream(peer.stream!, false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync("localhost");
        peer.stream = tls;
        return peer;
    }

    public Task SendAsync(string text, IPEndPoint? to = null) => SendAsync(Encoding.ASCII.GetBytes(text), to);

    public async Task SendAsync(byte[] octets, IPEndPoint? to = null)
    {
        if (to is not null) await socket.SendToAsync(octets, to);
        else await stream!.WriteAsync(octets);
    }

    /// <summary>The next datagram.</summary>
    public async Task<string> ReceiveAsync(string what)
    {
        try
        {
            var length = await socket.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(10));
            return Encoding.ASCII.GetString(buffer, 0, length);
        }
        catch (TimeoutException)
        {
            throw new AssertionException($"the peer waited 10 s for {what}");
        }
    }

    /// <summary>Everything the stream gave until it contains so many times the text.</summary>
    public async Task<string> ReadUntilAsync(string text, int times = 1)
    {
        while (received.ToString().Split(text).Length <= times)
        {
            if (await ReadAsync(text) == 0) throw new AssertionException($"closed before {text}; got {received}");
        }

        return received.ToString();
    }

    /// <summary>Everything until the endpoint closed the stream.</summary>
    public async Task<string> ReadToEndAsync()
    {
        try
        {
            while (await ReadAsync("the end") > 0)
            {
            }
        }
        catch (IOException)
        {
            // reset instead of ended: over either way
        }

        return received.ToString();
    }

    public void Dispose()
    {
        stream?.Dispose();
        socket.Dispose();
    }

    private async Task<int> ReadAsync(string what)
    {
        try
        {
            var length = await stream!.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(10));
            received.Append(Encoding.ASCII.GetString(buffer, 0, length));
            return length;
        }
        catch (TimeoutException)
        {
            throw new AssertionException($"the peer waited 10 s for {what}; got {received}");
        }
    }
}
