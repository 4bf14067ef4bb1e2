using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace McConformance.Wire.Transport;

/// <summary>Opens and accepts transport connections for protocols on streams.</summary>
public static class StreamConnector
{
    /// <summary>Connects from a port of its own, which is made known before the first octet leaves.</summary>
    /// <exception cref="SocketException">No connection.</exception>
    /// <exception cref="IOException">No TLS.</exception>
    /// <param name="links">Where the port is made known.</param>
    /// <param name="self">Who connects.</param>
    /// <param name="protocol">What is spoken.</param>
    /// <param name="to">Whom.</param>
    /// <param name="tls">TLS options; null for plain text.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <param name="from">Own address; null where any will do.</param>
    public static async Task<(Socket Socket, Stream Stream)> ConnectAsync(
        LinkBook links, Party self, WireProtocol protocol, IPEndPoint to, SslClientAuthenticationOptions? tls,
        CancellationToken cancellation, IPAddress? from = null)
    {
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(from ?? AnyOf(to), 0));
            links.Place(self, protocol, tls is null ? Carrier.Tcp : Carrier.Tls, (IPEndPoint)socket.LocalEndPoint!);
            await socket.ConnectAsync(to, cancellation).ConfigureAwait(false);
            var plain = new NetworkStream(socket, ownsSocket: false);
            if (tls is null) return (socket, plain);
            var secure = new SslStream(plain);
            await secure.AuthenticateAsClientAsync(tls, cancellation).ConfigureAwait(false);
            return (socket, secure);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Listens until it is cancelled.</summary>
    public static Socket Listen(IPEndPoint at)
    {
        var socket = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(at);
        socket.Listen(64);
        return socket;
    }

    /// <summary>Secures an accepted connection.</summary>
    public static async Task<Stream> SecureAsync(Socket socket, SslServerAuthenticationOptions? tls, CancellationToken cancellation)
    {
        socket.NoDelay = true;
        var plain = new NetworkStream(socket, ownsSocket: false);
        if (tls is null) return plain;
        var secure = new SslStream(plain);
        await secure.AuthenticateAsServerAsync(tls, cancellation).ConfigureAwait(false);
        return secure;
    }

    private static IPAddress AnyOf(IPEndPoint to) =>
        to.AddressFamily != AddressFamily.InterNetwork ? IPAddress.IPv6Any
        : IPAddress.IsLoopback(to.Address) ? to.Address : IPAddress.Any;
}
