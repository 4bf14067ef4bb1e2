using System.Net;
using System.Net.Sockets;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Templates;
using McConformance.Wire.Diameter.Tests.Peers;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Diameter.Tests.Transport;

/// <summary>A peer that writes whatever octets a test likes.</summary>
internal sealed class RawPeer : IDisposable
{
    private readonly TcpClient client;
    private readonly List<byte> received = [];

    private RawPeer(TcpClient client) => this.client = client;

    public static Capabilities Own { get; } = new(
        new DiameterIdentity("raw.a.example"), new DiameterIdentity("a.example"), IPAddress.Loopback, "raw",
            [16777216]);

    public static byte[] Cer =>
        Rfc6733Messages.CapabilitiesExchangeRequest(new DiameterDraft(), Own, 1, 1).Octets.ToArray();

    public static async Task<RawPeer> ConnectAsync(Station to)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(to.Node.ListeningAt);
        return new RawPeer(client);
    }

    /// <summary>Takes the next connection that a node opens.</summary>
    public static async Task<RawPeer> AcceptAsync(TcpListener listener) =>
        new(await World.Within(listener.AcceptTcpClientAsync(), "the node connects"));

    /// <summary>Connects and has its capabilities taken.</summary>
    public static async Task<RawPeer> OpenAsync(Station to)
    {
        var peer = await ConnectAsync(to);
        await peer.SendAsync(Cer);
        (await peer.ReadAsync())!.ResultCode().Should().Be(2001);
        return peer;
    }

    public Task SendAsync(ReadOnlyMemory<byte> octets) => client.GetStream().WriteAsync(octets).AsTask();

    /// <summary>The next message, or null where the connection ended.</summary>
    public Task<DiameterMessage?> ReadAsync() =>
        World.Within(ReadNextAsync(), "a message comes or the connection ends");

    public void Dispose() => client.Dispose();

    private async Task<DiameterMessage?> ReadNextAsync()
    {
        var buffer = new byte[4096];
        while (true)
        {
            var message = new DiameterMessage();
            if (message.TryIndex(received.ToArray(), out var length) == System.Buffers.OperationStatus.Done)
            {
                received.RemoveRange(0, length);
                return message;
            }

            try
            {
                var count = await client.GetStream().ReadAsync(buffer);
                if (count == 0) return null;
                received.AddRange(buffer[..count]);
            }
            catch (IOException)
            {
                return null;
            }
        }
    }
}
