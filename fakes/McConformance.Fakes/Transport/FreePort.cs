using System.Net;
using System.Net.Sockets;

namespace McConformance.Fakes.Transport;

/// <summary>Ports for real peers, which must be told one before they start.</summary>
public static class FreePort
{
    /// <summary>A UDP port on loopback that nobody has at this moment.</summary>
    public static IPEndPoint Udp()
    {
        using var probe = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)probe.Client.LocalEndPoint!;
    }

    /// <summary>A TCP port on loopback that nobody has at this moment.</summary>
    public static IPEndPoint Tcp()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)probe.LocalEndPoint!;
    }
}
