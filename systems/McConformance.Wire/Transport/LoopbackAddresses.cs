using System.Net;
using System.Net.Sockets;

namespace McConformance.Wire.Transport;

/// <summary>Loopback addresses, one for each who asks. Thread safe.</summary>
/// <param name="firstNet">Second octet of the first: 16 for 127.16.0.1.</param>
/// <param name="nets">How many second octets there are, 1 to 256 less the first.</param>
public sealed class LoopbackAddresses(int firstNet, int nets)
{
    private const int Hosts = 254;
    private readonly bool isWholeNetLocal = FreePorts.IsFree(
        new IPEndPoint(new IPAddress([127, (byte)firstNet, 0, 1]), 0), SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Processes that start at the same time begin at different places.</summary>
    private int next = Environment.ProcessId * 4001 % (nets << 16);

    /// <summary>The next one; 127.0.0.1 where the machine has no other of its own.</summary>
    public IPAddress Next()
    {
        if (!isWholeNetLocal) return IPAddress.Loopback;
        var (rest, host) = Math.DivRem((uint)Interlocked.Increment(ref next), Hosts);
        return new IPAddress([127, (byte)(firstNet + rest / 256 % nets), (byte)(rest % 256), (byte)(1 + host)]);
    }
}
