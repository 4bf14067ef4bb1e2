using System.Net;
using System.Net.Sockets;
using McConformance.Wire.Transport;

namespace McConformance.Steps.World;

/// <summary>
/// An address for each scenario, so that scenarios side by side cannot take each other's ports, and so that ports are
/// found at once: with one address for all, some ten thousand of it soon wait out their TIME-WAIT (RFC 9293 3.6), and
/// the operating system looks at them one by one.
/// </summary>
internal static class ScenarioAddress
{
    private const int FirstNet = 16;
    private const int Nets = 200;
    private const int Hosts = 254;
    private static readonly bool IsWholeNetLocal =
        FreePorts.IsFree(new IPEndPoint(new IPAddress([127, FirstNet, 0, 1]), 0), SocketType.Stream, ProtocolType.Tcp);
    private static int next = Environment.ProcessId * 4001 % (Nets << 16);

    /// <summary>The next one, of 127.16.0.1 to 127.215.255.254; 127.0.0.1 where the machine has no other of its own.
    /// </summary>
    public static IPAddress Next()
    {
        if (!IsWholeNetLocal) return IPAddress.Loopback;
        var (rest, host) = Math.DivRem((uint)Interlocked.Increment(ref next), Hosts);
        return new IPAddress([127, (byte)(FirstNet + rest / 256 % Nets), (byte)(rest % 256), (byte)(1 + host)]);
    }
}
