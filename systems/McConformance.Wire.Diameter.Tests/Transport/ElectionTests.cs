using System.Net;
using System.Net.Sockets;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Diameter.Templates;
using McConformance.Wire.Diameter.Tests.Peers;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Diameter.Tests.Transport;

/// <summary>Both ends connect at once, step by step (RFC 6733 5.6.4). The node is hss.b.example.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class ElectionTests
{
    private readonly World world = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    [TearDown]
    public async Task End()
    {
        listener.Dispose();
        await world.DisposeAsync();
    }

    [Test]
    public async Task The_node_with_the_higher_identity_keeps_the_connection_it_accepted()
    {
        var (node, opened, _) = await BeginAsync("aaa.a.example");
        using var mine = await RawPeer.ConnectAsync(node);
        await mine.SendAsync(Cer("aaa.a.example"));
        (await mine.ReadAsync())!.ResultCode().Should().Be(2001);
        (await opened.ReadAsync()).Should().BeNull("the connection that the winner opened ends");
        node.Node.OpenPeers.Should().ContainSingle();
    }

    [Test]
    public async Task The_node_with_the_lower_identity_keeps_the_connection_it_opened()
    {
        var (node, opened, cer) = await BeginAsync("zzz.a.example");
        using var mine = await RawPeer.ConnectAsync(node);
        await mine.SendAsync(Cer("zzz.a.example"));
        await world.SeesAsync("the second CER", (r, m) =>
            r.Link.To == node.Party && m is { Command: 257, IsRequest: true });
        await opened.SendAsync(
            Rfc6733Messages.CapabilitiesExchangeAnswer(new DiameterDraft(), Own("zzz.a.example"), cer, 2001).Octets);
        (await mine.ReadAsync()).Should().BeNull("the loser's other connection ends without CEA");
        await World.Within(node.Node.WhenConnectedAsync(new DiameterIdentity("zzz.a.example"), default),
            "the peer is open");
    }

    [Test]
    public async Task Where_the_connection_it_opened_fails_the_accepted_one_is_taken()
    {
        var (node, opened, _) = await BeginAsync("zzz.a.example");
        using var mine = await RawPeer.ConnectAsync(node);
        await mine.SendAsync(Cer("zzz.a.example"));
        await world.SeesAsync("the second CER", (r, m) =>
            r.Link.To == node.Party && m is { Command: 257, IsRequest: true });
        opened.Dispose();
        (await mine.ReadAsync())!.ResultCode().Should().Be(2001);
    }

    [Test]
    public async Task An_answer_from_somebody_else_is_no_answer()
    {
        var (node, opened, cer) = await BeginAsync("zzz.a.example");
        await opened.SendAsync(
            Rfc6733Messages.CapabilitiesExchangeAnswer(new DiameterDraft(), Own("evil.a.example"), cer, 2001).Octets);
        (await opened.ReadAsync()).Should().BeNull();
        node.Node.OpenPeers.Should().BeEmpty();
    }

    [Test]
    public async Task A_CER_that_is_not_answered_is_given_up()
    {
        var (node, opened, _) = await BeginAsync("zzz.a.example");
        world.Time.Advance(TimeSpan.FromSeconds(10.1));
        (await opened.ReadAsync()).Should().BeNull();
        node.Node.OpenPeers.Should().BeEmpty();
    }

    private static Capabilities Own(string host) => RawPeer.Own with { Host = new DiameterIdentity(host) };

    private static byte[] Cer(string host) =>
        Rfc6733Messages.CapabilitiesExchangeRequest(new DiameterDraft(), Own(host), 1, 1).Octets.ToArray();

    /// <summary>The node has connected to the peer and its CER is there, not answered.</summary>
    private async Task<(Station Node, RawPeer Opened, DiameterMessage Cer)> BeginAsync(string host)
    {
        listener.Start();
        var node = world.Add("hss.b.example");
        node.Node.AddPeer(new DiameterPeerOptions
        {
            Host = new DiameterIdentity(host),
            Address = (IPEndPoint)listener.LocalEndpoint,
            Initiates = true,
        });
        var opened = await RawPeer.AcceptAsync(listener);
        var cer = (await opened.ReadAsync())!;
        (cer.Command, cer.IsRequest).Should().Be((257u, true));
        return (node, opened, cer);
    }
}
