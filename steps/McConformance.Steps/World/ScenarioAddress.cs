using System.Net;
using McConformance.Wire.Transport;

namespace McConformance.Steps.World;

/// <summary>
/// An address for each scenario, so that scenarios side by side cannot take each other's ports, and so that ports are
/// found at once: with one address for all, some ten thousand of it soon wait out their TIME-WAIT (RFC 9293 3.6), and
/// the operating system looks at them one by one.
/// </summary>
internal static class ScenarioAddress
{
    private static readonly LoopbackAddresses Addresses = new(16, 200);

    /// <summary>The next one, of 127.16.0.1 to 127.215.255.254; 127.0.0.1 where the machine has no other of its own.
    /// </summary>
    public static IPAddress Next() => Addresses.Next();
}
