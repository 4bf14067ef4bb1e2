using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace McConformance.Fakes.Tests;

/// <summary>The entity behind the relay: keeps what comes, and answers when it is told to.</summary>
internal sealed class Far : IAsyncDisposable
{
    private readonly Socket socket;
    private readonly X509Certificate2? certificate;
    private readonly ConcurrentQueue<byte> taken = new();
    private readonly CancellationTokenSource stop = new();
    private volatile Socket? accepted;
    private volatile EndPoint? sender;
    private volatile bool hasEnded;

    public Far(X509Certificate2? certificate = null, bool datagrams = false)
    {
        this.certificate = certificate;
        socket = datagrams
            ? new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
            : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        At = (IPEndPoint)socket.LocalEndPoint!;
        if (!datagrams) socket.Listen(4);
        _ = datagrams ? ReceiveAsync() : AcceptAsync();
    }

    public IPEndPoint At { get; }

    public async Task<byte[]> TakeAsync(int length)
    {
        var begun = Stopwatch.GetTimestamp();
        while (taken.Count < length && Stopwatch.GetElapsedTime(begun) < RelayTests.Patience) await Task.Yield();
        return [.. taken];
    }

    public async Task EndedAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        while (!hasEnded && Stopwatch.GetElapsedTime(begun) < RelayTests.Patience) await Task.Yield();
        hasEnded.Should().BeTrue();
    }

    public async Task SendAsync(byte[] octets)
    {
        if (sender is { } to) await socket.SendToAsync(octets, to);
        else await accepted!.SendAsync(octets);
    }

    public void Close() => accepted!.Dispose();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        accepted?.Dispose();
        socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                accepted = await socket.AcceptAsync(stop.Token);
                await ReadAsync(new NetworkStream(accepted));
                hasEnded = true;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task ReadAsync(Stream stream)
    {
        var buffer = new byte[4096];
        try
        {
            if (certificate is not null)
            {
                var secure = new SslStream(stream);
                await secure.AuthenticateAsServerAsync(certificate);
                stream = secure;
            }

            while (await stream.ReadAsync(buffer, stop.Token) is var length and > 0)
                foreach (var octet in buffer[..length]) taken.Enqueue(octet);
        }
        catch (IOException)
        {
            // cut
        }
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var got = await socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0),
                    stop.Token);
                sender = got.RemoteEndPoint;
                foreach (var octet in buffer[..got.ReceivedBytes]) taken.Enqueue(octet);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }
}
