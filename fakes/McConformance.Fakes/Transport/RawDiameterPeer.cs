using System.Net;
using System.Text;
using McConformance.Wire.Diameter.Codec;

namespace McConformance.Fakes.Transport;

/// <summary>A Diameter peer that exchanges capabilities (RFC 6733 5.3), and then sends any octets.</summary>
public sealed class RawDiameterPeer : IAsyncDisposable
{
    private const uint Cx = 16777216;
    private const uint Sh = 16777217;
    private const uint Vendor3gpp = 10415;
    private readonly RawPeer peer;
    private readonly List<byte> received = [];

    private RawDiameterPeer(RawPeer peer) => this.peer = peer;

    /// <summary>Connects and exchanges capabilities for Cx and Sh.</summary>
    /// <param name="to">Where.</param>
    /// <param name="host">Origin-Host, which the other end must know.</param>
    /// <param name="realm">Origin-Realm.</param>
    /// <param name="patience">How long it waits for the answer.</param>
    /// <exception cref="InvalidOperationException">The other end does not let it in.</exception>
    public static async Task<RawDiameterPeer> ConnectAsync(IPEndPoint to, string host, string realm, TimeSpan patience)
    {
        var made = new RawDiameterPeer(await RawPeer.ConnectAsync(to));
        var answer = await made.AskAsync(Capabilities(host, realm), patience);
        var message = new DiameterMessage();
        if (message.TryIndex(answer, out _) == System.Buffers.OperationStatus.Done &&
            message.TryFind(268, 0, out var result) && result.Uint32 == 2001) return made;
        await made.DisposeAsync();
        throw new InvalidOperationException($"the precondition does not hold: {host} was not let in");
    }

    /// <summary>Sends octets.</summary>
    /// <returns>The next answer; empty where the connection ended.</returns>
    /// <exception cref="TimeoutException">Neither came.</exception>
    public async Task<byte[]> AskAsync(byte[] octets, TimeSpan patience)
    {
        await peer.SendAsync(octets);
        while (true)
        {
            if (Take() is { } message)
            {
                if ((message[4] & 0x80) == 0) return message;
                continue; // a request of the other end: a watchdog
            }

            var more = Encoding.Latin1.GetBytes(await peer.ReceiveAsync(patience));
            if (more.Length == 0) return [];
            received.AddRange(more);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => peer.DisposeAsync();

    private byte[]? Take()
    {
        if (received.Count < 4) return null;
        var length = (received[1] << 16) | (received[2] << 8) | received[3];
        if (length < DiameterMessage.HeaderLength || received.Count < length) return null;
        var message = received[..length].ToArray();
        received.RemoveRange(0, length);
        return message;
    }

    private static byte[] Capabilities(string host, string realm)
    {
        var draft = DiameterDraft.Rent().Start(0x80, 257, 0, 1, 1)
            .Avp(264, 0, 0x40, Encoding.ASCII.GetBytes(host)).Avp(296, 0, 0x40, Encoding.ASCII.GetBytes(realm))
            .Avp(257, 0, 0x40, [0, 1, 127, 0, 0, 1]).Avp(266, 0, 0x40, [0, 0, 0, 0]).Avp(269, 0, 0, "peer"u8);
        foreach (var application in (uint[])[Cx, Sh])
        {
            var group = DiameterDraft.Rent().Start(0, 0, 0, 0, 0)
                .Avp(266, 0, 0x40, Octets(Vendor3gpp)).Avp(258, 0, 0x40, Octets(application));
            draft.Avp(260, 0, 0x40, group.Span[DiameterMessage.HeaderLength..]);
        }

        return draft.Finish().Span.ToArray();
    }

    private static byte[] Octets(uint value) =>
        [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
