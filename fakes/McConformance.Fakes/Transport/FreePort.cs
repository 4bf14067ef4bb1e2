using System.Net;
using System.Net.Sockets;

namespace McConformance.Fakes.Transport;

/// <summary>Ports for real peers, which must be told one before they start. They lie below those that the operating system
/// gives out by itself, so that nobody is given one while the peer starts.</summary>
public static class FreePort
{
    private const int First = 12_000;
    private const int Count = 18_000;
    private static int next = Environment.ProcessId * 401 % Count;

    /// <summary>A UDP port on loopback that nobody has at this moment; 12000 to 29999.</summary>
    /// <exception cref="InvalidOperationException">All are taken.</exception>
    public static IPEndPoint Udp() => Find(SocketType.Dgram, ProtocolType.Udp);

    /// <summary>A TCP port on loopback that nobody has at this moment; 12000 to 29999.</summary>
    /// <exception cref="InvalidOperationException">All are taken.</exception>
    public static IPEndPoint Tcp() => Find(SocketType.Stream, ProtocolType.Tcp);

    private static IPEndPoint Find(SocketType type, ProtocolType protocol)
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var at = new IPEndPoint(IPAddress.Loopback, First + (int)((uint)Interlocked.Increment(ref next) % Count));
            using var probe = new Socket(AddressFamily.InterNetwork, type, protocol);
            try
            {
                probe.Bind(at);
                return at;
            }
            catch (SocketException)
            {
                // somebody's: the next one
            }
        }

        throw new InvalidOperationException($"no port of {First} to {First + Count - 1} is free on {IPAddress.Loopback}");
    }
}
