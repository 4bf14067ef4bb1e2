using System.Net;
using McConformance.Wire.Transport;

namespace McConformance.Fakes.Transport;

/// <summary>Addresses on loopback for real peers, which must be told one before they start.</summary>
public static class FreePort
{
    /// <summary>A UDP port that nobody has at this moment.</summary>
    /// <exception cref="IOException">All are taken.</exception>
    public static IPEndPoint Udp() => Tcp();

    /// <summary>A TCP port that nobody has at this moment.</summary>
    /// <exception cref="IOException">All are taken.</exception>
    public static IPEndPoint Tcp() => new(IPAddress.Loopback, FreePorts.Next(IPAddress.Loopback));
}
