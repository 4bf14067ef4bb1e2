using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

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

    /// <summary>Opens TLS as far as it goes, and closes it: what is to be known is told to the callback of the
    /// options.</summary>
    /// <param name="at">Where.</param>
    /// <param name="options">What is shown, and who judges the other's certificate.</param>
    /// <param name="within">How long it may take; more than zero.</param>
    public static async Task OpenTlsAsync(EndPoint at, SslClientAuthenticationOptions options, TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(at, limit.Token).ConfigureAwait(false);
            await using var stream = new SslStream(new NetworkStream(socket));
            await stream.AuthenticateAsClientAsync(options, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException
            or OperationCanceledException)
        {
            // a handshake that was refused, by either end
        }
    }
}
