using System.Net;
using System.Net.Sockets;
using System.Text;
using McConformance.Fakes.Transport;

namespace McConformance.Fakes.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class RawMessagesTests
{
    private const string Trying = "SIP/2.0 100 Trying\r\nCSeq: 1 OPTIONS\r\n\r\n";
    private const string Final = "SIP/2.0 400 Bad Request\r\nCSeq: 1 OPTIONS\r\nl : 4\r\n\r\nbody";
    private const string Watchdog = "\x01\0\0\x14\x80\0\x01\x18\0\0\0\0\0\0\0\x01\0\0\0\x01";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(4096)]
    public async Task Messages_come_whole_however_they_are_cut(int segment)
    {
        var (peer, other) = await PairAsync();
        await using var _ = peer;
        using var __ = other;
        var sending = SendAsync(other, $"\r\n{Trying}{Final}\r\n{Watchdog}HTTP/1.1 400", segment);
        var messages = new RawMessages(peer);
        (await messages.ReceiveAsync(Limit)).Should().Be(Trying);
        (await messages.ReceiveAsync(Limit)).Should().Be(Final);
        (await messages.ReceiveAsync(Limit)).Should().Be(Watchdog);
        (await messages.ReceiveAsync(Limit)).Should().StartWith("H", "what is neither is taken as it comes");
        await sending;
    }

    [Test]
    public async Task A_message_that_breaks_off_is_given_as_far_as_it_came()
    {
        var (peer, other) = await PairAsync();
        await using var _ = peer;
        await SendAsync(other, Final[..^2], 4096);
        other.Dispose();
        var messages = new RawMessages(peer);
        (await messages.ReceiveAsync(Limit)).Should().Be(Final[..^2]);
        (await messages.ReceiveAsync(Limit)).Should().BeEmpty("the connection has ended");
    }

    private static async Task SendAsync(Socket to, string text, int segment)
    {
        foreach (var part in Encoding.Latin1.GetBytes(text).Chunk(segment)) await to.SendAsync(part, SocketFlags.None);
    }

    private static async Task<(RawPeer Peer, Socket Other)> PairAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var peer = await RawPeer.ConnectAsync((IPEndPoint)listener.LocalEndPoint!);
        var other = await listener.AcceptAsync();
        other.NoDelay = true;
        return (peer, other);
    }
}
