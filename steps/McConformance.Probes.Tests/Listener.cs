using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace McConformance.Probes.Tests;

/// <summary>An entity on loopback, as good or bad as a test wants it: gets what came first, and gives what to answer.
/// Null answers close the connection; an empty answer is silence.</summary>
internal sealed class Listener : IDisposable
{
    public static readonly byte[] Silence = [];
    private readonly Socket socket;
    private readonly CancellationTokenSource stop = new();

    private Listener(Socket socket) => this.socket = socket;

    public int Port => ((IPEndPoint)socket.LocalEndPoint!).Port;

    /// <summary>Over TCP, under TLS where a certificate is given.</summary>
    public static Listener Stream(Func<byte[], byte[]?> answer, X509Certificate2? certificate = null,
        bool wantsClient = false)
    {
        var listener = Bound(SocketType.Stream, ProtocolType.Tcp);
        listener.socket.Listen(8);
        _ = listener.AcceptAsync(answer, certificate, wantsClient);
        return listener;
    }

    /// <summary>Over UDP.</summary>
    public static Listener Datagrams(Func<byte[], byte[]?> answer)
    {
        var listener = Bound(SocketType.Dgram, ProtocolType.Udp);
        _ = listener.ReceiveAsync(answer);
        return listener;
    }

    /// <summary>A port on which nothing listens.</summary>
    public static int ClosedPort()
    {
        using var probe = Bound(SocketType.Stream, ProtocolType.Tcp);
        return probe.Port;
    }

    public void Dispose()
    {
        stop.Cancel();
        socket.Dispose();
        stop.Dispose();
    }

    private static Listener Bound(SocketType type, ProtocolType protocol)
    {
        var socket = new Socket(AddressFamily.InterNetwork, type, protocol);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new Listener(socket);
    }

    private async Task AcceptAsync(Func<byte[], byte[]?> answer, X509Certificate2? certificate, bool wantsClient)
    {
        try
        {
            while (true)
            {
                using var accepted = await socket.AcceptAsync(stop.Token);
                await ServeAsync(accepted, answer, certificate, wantsClient);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // the test is over
        }
    }

    private async Task ServeAsync(
        Socket accepted, Func<byte[], byte[]?> answer, X509Certificate2? certificate, bool wantsClient)
    {
        try
        {
            Stream stream = new NetworkStream(accepted);
            if (certificate is not null)
            {
                var secure = new SslStream(stream);
                await secure.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions
                    {
                        ServerCertificate = certificate,
                        ClientCertificateRequired = wantsClient,
                        RemoteCertificateValidationCallback = (_, shown, _, _) => !wantsClient || shown is not null,
                    },
                    stop.Token);
                stream = secure;
            }

            var buffer = new byte[65_536];
            while (await stream.ReadAsync(buffer, stop.Token) is var length and > 0)
            {
                if (answer(buffer[..length]) is not { } octets) return;
                await stream.WriteAsync(octets, stop.Token);
            }
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            // the probe has gone, or TLS did not come about
        }
    }

    private async Task ReceiveAsync(Func<byte[], byte[]?> answer)
    {
        var buffer = new byte[65_536];
        try
        {
            while (true)
            {
                var got = await socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0),
                    stop.Token);
                if (answer(buffer[..got.ReceivedBytes]) is { Length: > 0 } octets)
                    await socket.SendToAsync(octets, SocketFlags.None, got.RemoteEndPoint, stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // the test is over
        }
    }

    /// <summary>A response to a SIP request, with what RFC 3261 8.2.6 copies from it.</summary>
    public static byte[] Sip(byte[] request, string status)
    {
        var copied = Encoding.ASCII.GetString(request).Split("\r\n")
            .Where(l => l.StartsWith("Via:") || l.StartsWith("From:") || l.StartsWith("To:") || l.StartsWith(
                "Call-ID:") || l.StartsWith("CSeq:"));
        return Encoding.ASCII.GetBytes(
            $"SIP/2.0 {status}\r\n{string.Join("\r\n", copied)}\r\nServer: test\r\nContent-Length: 0\r\n\r\n");
    }

    /// <summary>An HTTP answer.</summary>
    public static byte[] Http(string status, string body) =>
        Encoding.UTF8.GetBytes(
            $"HTTP/1.1 {status}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
}
