using System.Net;
using System.Net.Sockets;

namespace McConformance.Fakes.Transport;

/// <summary>Whether somebody takes connections at an address.</summary>
public static class Reach
{
    /// <summary>Opens a connection and closes it.</summary>
    /// <param name="at">Where.</param>
    /// <param name="within">How long it may take; more than zero.</param>
    /// <returns>Why nobody does, in words; null where somebody does.</returns>
    public static async Task<string?> WhyNotAsync(EndPoint at, TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        using var socket = at is IPEndPoint { AddressFamily: var family }
            ? new Socket(family, SocketType.Stream, ProtocolType.Tcp) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(at, limit.Token).ConfigureAwait(false);
            return null;
        }
        catch (SocketException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException)
        {
            return $"no answer within {within.TotalSeconds} s";
        }
    }
}
