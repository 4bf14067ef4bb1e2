using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using McConformance.Wire.Transport;

namespace McConformance.Fakes.Transport;

/// <summary>Stands where an external entity listens, and is wrong in one way: it answers otherwise, or ends when it has
/// taken a few messages. Nothing else tells it from the entity behind it: it has its address, on another
/// port.</summary>
/// <param name="text">In the answers, octet by octet; empty where they stay as they are.</param>
/// <param name="other">What takes its place.</param>
public sealed class WrongBox(string text, string other) : IAsyncDisposable
{
    private readonly ConcurrentBag<Socket> sockets = [];
    private int changed;
    private int taken;

    /// <summary>How many connections and datagrams it takes before it ends; by itself it never does.</summary>
    public int Takes { get; init; } = int.MaxValue;

    /// <summary>How many answers were changed.</summary>
    public int Changed => changed;

    /// <summary>True once it has ended.</summary>
    public bool HasEnded => taken > Takes;

    /// <summary>Takes the place of the endpoints of one kind in the answer of an operator port.</summary>
    public string Replace(string answer, string kind)
    {
        if (answer.Length == 0 || JsonNode.Parse(answer) is not JsonObject told
            || told["endpoints"] is not JsonArray endpoints) return answer;
        foreach (var endpoint in endpoints.Where(e => (string?)e!["kind"] == kind))
        {
            var behind = new IPEndPoint(IPAddress.Parse((string)endpoint!["address"]!), (int)endpoint["port"]!);
            endpoint["port"] = (string?)endpoint["transport"] == "udp" ? Datagrams(behind) : Connections(behind);
        }

        return told.ToJsonString();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        End();
        return default;
    }

    private void End()
    {
        foreach (var socket in sockets) socket.Dispose();
    }

    private int Connections(IPEndPoint behind)
    {
        var listener = Opened(SocketType.Stream, new IPEndPoint(behind.Address, FreePorts.Next(behind.Address)));
        listener.Listen();
        _ = AcceptAsync(listener, behind);
        return ((IPEndPoint)listener.LocalEndPoint!).Port;
    }

    private async Task AcceptAsync(Socket listener, IPEndPoint behind) => await UntilClosedAsync(async () =>
    {
        var caller = await listener.AcceptAsync();
        sockets.Add(caller);
        if (!Lives()) return;
        var entity = Opened(SocketType.Stream, new IPEndPoint(IPAddress.Any, 0));
        await entity.ConnectAsync(behind);
        _ = PipeAsync(caller, entity, static octets => octets);
        _ = PipeAsync(entity, caller, Altered);
    });

    /// <summary>What one end closes is closed to the other.</summary>
    private static async Task PipeAsync(Socket from, Socket to, Func<byte[], byte[]> alter)
    {
        var buffer = new byte[65_536];
        await UntilClosedAsync(async () =>
        {
            var count = await from.ReceiveAsync(buffer);
            if (count == 0) throw new ObjectDisposedException("the connection");
            await to.SendAsync(alter(buffer[..count]));
        });
        from.Dispose();
        to.Dispose();
    }

    private int Datagrams(IPEndPoint behind)
    {
        var here = Opened(SocketType.Dgram, new IPEndPoint(behind.Address, FreePorts.Next(behind.Address)));
        _ = PassAsync(here, behind);
        return ((IPEndPoint)here.LocalEndPoint!).Port;
    }

    private async Task PassAsync(Socket here, IPEndPoint behind)
    {
        var callers = new Dictionary<EndPoint, Socket>();
        var buffer = new byte[65_536];
        await UntilClosedAsync(async () =>
        {
            var got = await here.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
            if (!Lives()) return;
            if (!callers.TryGetValue(got.RemoteEndPoint, out var entity))
            {
                callers[got.RemoteEndPoint] = entity = Opened(SocketType.Dgram, new IPEndPoint(IPAddress.Any, 0));
                await entity.ConnectAsync(behind);
                _ = AnswerAsync(entity, here, got.RemoteEndPoint);
            }

            // a SIP answer goes where the Via says (RFC 3261 18.2.2), and it is to come back through here
            var message = Encoding.Latin1.GetString(buffer, 0, got.ReceivedBytes);
            var via = message.Replace($"{got.RemoteEndPoint}", $"{entity.LocalEndPoint}", StringComparison.Ordinal);
            await entity.SendAsync(Encoding.Latin1.GetBytes(via));
        });
    }

    private async Task AnswerAsync(Socket entity, Socket here, EndPoint caller)
    {
        var buffer = new byte[65_536];
        await UntilClosedAsync(async () =>
            await here.SendToAsync(Altered(buffer[..await entity.ReceiveAsync(buffer)]), caller));
    }

    private bool Lives()
    {
        if (Interlocked.Increment(ref taken) <= Takes) return true;
        End();
        return false;
    }

    private byte[] Altered(byte[] octets)
    {
        if (text.Length == 0) return octets;
        var answer = Encoding.Latin1.GetString(octets);
        var wrong = answer.Replace(text, other, StringComparison.Ordinal);
        if (wrong != answer) Interlocked.Increment(ref changed);
        return Encoding.Latin1.GetBytes(wrong);
    }

    private Socket Opened(SocketType type, IPEndPoint at)
    {
        var socket = new Socket(
            AddressFamily.InterNetwork, type, type == SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp);
        sockets.Add(socket);
        socket.Bind(at);
        return socket;
    }

    private static async Task UntilClosedAsync(Func<Task> one)
    {
        try
        {
            while (true) await one();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // it has ended, or one of the two ends has
        }
    }
}
