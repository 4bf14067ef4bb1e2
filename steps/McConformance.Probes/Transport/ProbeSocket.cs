using System.Net;
using System.Net.Sockets;

namespace McConformance.Probes.Transport;

/// <summary>Datagrams to one endpoint.</summary>
internal static class ProbeSocket
{
    /// <summary>A UDP socket that takes datagrams of that endpoint alone, and learns that nobody listens
    /// there.</summary>
    public static Socket Udp(IPEndPoint to)
    {
        var socket = new Socket(to.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(to);
        return socket;
    }
}
