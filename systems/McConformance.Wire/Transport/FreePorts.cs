using System.Net;
using System.Net.Sockets;

namespace McConformance.Wire.Transport;

/// <summary>Ports for nodes that must be found at the same place after a restart. They lie below those that operating
/// systems give to
/// whoever asks for any, so that nobody is given one while the process is down.</summary>
public static class FreePorts
{
    private const int First = 20_000;
    private const int Count = 8_000;
    private const int FirstLate = First + Count;
    private const int CountLate = 4_000;

    /// <summary>Processes that start at the same time begin at different places.</summary>
    private static int last = (int)((uint)Environment.ProcessId * 397 % Count);

    private static int lastLate = (int)((uint)Environment.ProcessId * 397 % CountLate);

    /// <summary>A port that nobody has at this moment, neither for UDP nor for TCP.</summary>
    /// <exception cref="IOException">All are taken.</exception>
    public static int Next(IPAddress address) => Next(address, First, Count, ref last);

    /// <summary>The same for whoever binds it only when other processes have been started, which choose theirs
    /// meanwhile: none of those.</summary>
    /// <exception cref="IOException">All are taken.</exception>
    public static int NextForLater(IPAddress address) => Next(address, FirstLate, CountLate, ref lastLate);

    private static int Next(IPAddress address, int first, int count, ref int counter)
    {
        for (var tries = 0; tries < count; tries++)
        {
            var at = new IPEndPoint(address, first + (int)((uint)Interlocked.Increment(ref counter) % (uint)count));
            if (IsFree(at)) return at.Port;
        }

        throw new IOException($"no port of {first} to {first + count - 1} is free on {address}");
    }

    /// <summary>Completes when the ports can be bound again that somebody has just given up. A program that this
    /// process starts at that moment holds all of its sockets for some milliseconds more.</summary>
    /// <exception cref="OperationCanceledException">They could not be bound in time.</exception>
    public static async Task WhenFreeAsync(
        IPAddress address, IReadOnlyCollection<int> ports, CancellationToken cancellation)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!ports.All(p => IsFree(new IPEndPoint(address, p))))
            await look.WaitForNextTickAsync(cancellation).ConfigureAwait(false);
    }

    private static bool IsFree(IPEndPoint at) =>
        IsFree(at, SocketType.Dgram, ProtocolType.Udp) && IsFree(at, SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Whether it can be bound at this moment.</summary>
    public static bool IsFree(IPEndPoint at, SocketType type, ProtocolType protocol)
    {
        try
        {
            using var probe = new Socket(at.AddressFamily, type, protocol);
            probe.Bind(at);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
