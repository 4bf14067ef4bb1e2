using System.Net.Sockets;

namespace McConformance.Probes.Transport;

/// <summary>Whether somebody takes connections, whatever is spoken there.</summary>
internal static class Knock
{
    /// <summary>Opens a connection and closes it.</summary>
    /// <param name="host">Name or address.</param>
    /// <param name="port">1 to 65535.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="SocketException">Nobody does.</exception>
    public static async Task AtAsync(string host, int port, CancellationToken cancellation)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host, port, cancellation).ConfigureAwait(false);
    }
}
