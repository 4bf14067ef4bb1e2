using System.Net;
using System.Net.Sockets;
using McConformance.TestConfiguration;

namespace McConformance.Probes.Transport;

/// <summary>The way to an endpoint: its name, a connection, and TLS.</summary>
internal static class Reach
{
    /// <summary>Looks up where an endpoint is.</summary>
    /// <exception cref="ProbeException">The name is unknown.</exception>
    public static async Task<IPAddress> ResolveAsync(EndpointEntry endpoint, Doing doing,
        CancellationToken cancellation)
    {
        doing.Begin($"looking up \"{endpoint.Address}\"", "mend \"address\", or the name service of this machine");
        try
        {
            var found = await Dns.GetHostAddressesAsync(endpoint.Address, cancellation).ConfigureAwait(false);
            if (found.Length > 0) return found[0];
        }
        catch (SocketException)
        {
            // told below: the kinds of failure differ between systems
        }
        catch (ArgumentException)
        {
            // no name at all: too long, for instance
        }

        throw new ProbeException(
            $"the name \"{endpoint.Address}\" does not resolve",
                "mend \"address\", or add the name to the name service");
    }

    /// <summary>Connects, and secures the connection where the endpoint is said to speak TLS.</summary>
    /// <exception cref="ProbeException">Says why not.</exception>
    public static async Task<ProbeConnection> ConnectAsync(
        ProbeTarget target, IPAddress address, Doing doing, CancellationToken cancellation)
    {
        var at = new IPEndPoint(address, target.Endpoint.Port);
        doing.Begin($"connecting to {at}", "a firewall drops it, or \"address\" is another machine's: mend either");
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await ConnectAsync(socket, at, cancellation).ConfigureAwait(false);
            // owned: whoever gives up closes the stream, and a read under way ends with it
            var plain = new NetworkStream(socket, ownsSocket: true);
            if (target.Endpoint.Transport != "tls") return new ProbeConnection(socket, plain, "");
            doing.Begin("the TLS handshake", "it listens and speaks no TLS there: mend \"port\" or \"transport\"");
            var (secure, told) = await TlsHandshake.RunAsync(target, plain, cancellation).ConfigureAwait(false);
            return new ProbeConnection(socket, secure, told);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task ConnectAsync(Socket socket, IPEndPoint at, CancellationToken cancellation)
    {
        try
        {
            await socket.ConnectAsync(at, cancellation).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            throw e.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => new ProbeException(
                    $"nothing listens at {at}: connection refused",
                        "start the entity, or mend \"address\" and \"port\""),
                SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NetworkDown =>
                    new ProbeException(
                    $"there is no way to {at}: {Words(e.SocketErrorCode)}",
                        "mend \"address\", or the routes of this machine"),
                _ => new ProbeException($"no connection to {at}: {Words(e.SocketErrorCode)}",
                    "mend \"address\" and \"port\""),
            };
        }
    }

    private static string Words(SocketError error) => error switch
    {
        SocketError.HostUnreachable => "host unreachable",
        SocketError.NetworkUnreachable => "network unreachable",
        SocketError.TimedOut => "the system gave up waiting",
        _ => error.ToString(),
    };
}
