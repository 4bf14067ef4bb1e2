using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Diameter.Templates;
using McConformance.Wire.Diameter.Tests.Codec;
using McConformance.Wire.Diameter.Tests.Peers;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Diameter.Tests.Transport;

/// <summary>What a node does with octets that no node would write, and that it goes on serving others.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class MalformedTests
{
    private readonly World world = new();
    private Station node = null!;

    [SetUp]
    public void Begin()
    {
        node = world.Add("hss.b.example");
        node.Node.AddPeer(new DiameterPeerOptions { Host = new DiameterIdentity("raw.a.example") });
    }

    [TearDown]
    public async Task End()
    {
        node.Faults.Should().BeEmpty();
        await world.DisposeAsync();
    }

    [Test]
    public async Task Takes_messages_octet_by_octet()
    {
        using var peer = await RawPeer.ConnectAsync(node);
        foreach (var octet in RawPeer.Cer) await peer.SendAsync(new[] { octet });
        (await peer.ReadAsync())!.ResultCode().Should().Be(2001);
        foreach (var octet in Mar(1)) await peer.SendAsync(new[] { octet });
        (await peer.ReadAsync())!.ResultCode().Should().Be(2001);
    }

    [Test]
    public async Task Takes_several_messages_in_one_segment()
    {
        using var peer = await RawPeer.ConnectAsync(node);
        await peer.SendAsync(RawPeer.Cer.Concat(Mar(1)).Concat(Mar(2)).Concat(Mar(3)[..100]).ToArray());
        await peer.SendAsync(Mar(3)[100..]);
        var answers = new List<uint>();
        for (var i = 0; i < 4; i++) answers.Add((await peer.ReadAsync())!.HopByHop);
        answers.Should().Equal(1u, 1u, 2u, 3u);
        node.Handled.Should().Be(3);
    }

    [TestCase("00000000", TestName = "A_length_of_zero_ends_the_connection")]
    [TestCase("01000010", TestName = "A_length_below_the_header_ends_the_connection")]
    [TestCase("0100012a", TestName = "A_length_that_is_no_multiple_of_four_ends_the_connection")]
    [TestCase("01ffffff", TestName = "A_length_over_the_limit_ends_the_connection")]
    [TestCase("474554202f20485454502f312e310d0a", TestName = "HTTP_ends_the_connection")]
    public async Task Ends_where_messages_cannot_be_told_apart(string octets)
    {
        using var peer = await RawPeer.OpenAsync(node);
        await peer.SendAsync(Convert.FromHexString(octets));
        (await peer.ReadAsync()).Should().BeNull();
        await ServesOthersAsync();
    }

    [Test]
    public async Task A_first_message_that_is_no_CER_ends_the_connection()
    {
        using var peer = await RawPeer.ConnectAsync(node);
        await peer.SendAsync(Mar(1));
        (await peer.ReadAsync()).Should().BeNull();
        node.Handled.Should().Be(0);
        await ServesOthersAsync();
    }

    [Test]
    public async Task A_connection_without_CER_is_closed_after_its_time()
    {
        using var peer = await RawPeer.ConnectAsync(node);
        await peer.SendAsync(RawPeer.Cer.AsMemory(0, 30));
        using var other = await RawPeer.OpenAsync(node);
        world.Time.Advance(TimeSpan.FromSeconds(10.1));
        (await peer.ReadAsync()).Should().BeNull();
        await other.SendAsync(Mar(1));
        (await other.ReadAsync())!.ResultCode().Should().Be(2001);
    }

    [TestCase("other.a.example", 16777216u, 3010u, TestName = "An_unknown_peer_gets_3010")]
    [TestCase("raw.a.example", 16777999u, 5010u, TestName = "A_peer_without_common_application_gets_5010")]
    [TestCase("raw.a.example", 0xffffffffu, 2001u, TestName = "A_relay_has_every_application_in_common")]
    public async Task Judges_capabilities(string host, uint application, uint result)
    {
        using var peer = await RawPeer.ConnectAsync(node);
        var own = RawPeer.Own with { Host = new DiameterIdentity(host), Applications = [application] };
        await peer.SendAsync(Rfc6733Messages.CapabilitiesExchangeRequest(new DiameterDraft(), own, 5, 6).Octets);
        var answer = (await peer.ReadAsync())!;
        (answer.ResultCode(), answer.IsError, answer.HopByHop, answer.EndToEnd)
            .Should().Be((result, result == 3010, 5u, 6u));
        if (result != 2001) (await peer.ReadAsync()).Should().BeNull("the connection ends");
    }

    [Test]
    public async Task A_second_connection_of_an_open_peer_is_refused()
    {
        using var first = await RawPeer.OpenAsync(node);
        using var second = await RawPeer.ConnectAsync(node);
        await second.SendAsync(RawPeer.Cer);
        (await second.ReadAsync()).Should().BeNull();
        await first.SendAsync(Mar(1));
        (await first.ReadAsync())!.ResultCode().Should().Be(2001);
    }

    //   what is changed: octet = new value                     result  Failed-AVP
    [TestCase("0=02", 5011u, null, TestName = "Another_version_gets_5011")]
    [TestCase("4=e0", 3008u, null, TestName = "A_request_with_E_bit_gets_3008")]
    [TestCase("11=63", 3007u, null, TestName = "An_application_not_served_gets_3007")]
    [TestCase("8=00,9=00,10=00,11=00", 3001u, null, TestName = "An_unknown_command_of_the_base_protocol_gets_3001")]
    [TestCase("25=ff", 5014u, "0000010740000008", TestName = "An_AVP_beyond_the_message_gets_5014")]
    [TestCase("27=07", 5014u, "0000010740000008", TestName = "An_AVP_shorter_than_its_header_gets_5014")]
    [TestCase("22=00,23=ff", 5005u, "0000010740000008", TestName = "A_request_without_Session_Id_gets_5005")]
    public async Task Answers_what_it_can_read(string changes, uint result, string? failed)
    {
        using var peer = await RawPeer.OpenAsync(node);
        var octets = Mar(9);
        foreach (var change in changes.Split(',')) octets[int.Parse(change.Split('=')[0])] = Convert.FromHexString(
            change.Split('=')[1])[0];
        await peer.SendAsync(octets);
        var answer = (await peer.ReadAsync())!;
        (answer.ResultCode(), answer.IsError, answer.HopByHop).Should().Be((result, result < 4000, 9u));
        (answer.TryFind(279, 0, out var avp) ? Convert.ToHexStringLower(avp.Data) : null).Should().Be(failed);
        node.Handled.Should().Be(0);
        await peer.SendAsync(Mar(10));
        (await peer.ReadAsync())!.ResultCode().Should().Be(2001, "the connection lives on");
    }

    [Test]
    public async Task A_bomb_of_groups_is_refused()
    {
        using var peer = await RawPeer.OpenAsync(node);
        await peer.SendAsync(ValidatorTests.Bomb(4000));
        (await peer.ReadAsync())!.ResultCode().Should().Be(5004);
        await ServesOthersAsync();
    }

    [Test]
    public async Task Takes_the_longest_message_and_refuses_a_longer_one()
    {
        using var peer = await RawPeer.OpenAsync(node);
        await peer.SendAsync(Mar(1, padding: (64 * 1024) - Mar(1, 0).Length));
        (await peer.ReadAsync())!.ResultCode().Should().Be(2001);
        await peer.SendAsync(Mar(2, padding: (64 * 1024) - Mar(1, 0).Length + 4));
        (await peer.ReadAsync()).Should().BeNull();
    }

    [Test]
    public async Task Strangers_have_only_so_many_places()
    {
        var small = world.Add("small.b.example", o => o with { StrangersMax = 2 });
        using var first = await RawPeer.ConnectAsync(small);
        using var second = await RawPeer.ConnectAsync(small);
        using var third = await RawPeer.ConnectAsync(small);
        (await third.ReadAsync()).Should().BeNull();
    }

    [Test]
    public async Task A_peer_that_does_not_read_is_left()
    {
        using var peer = await RawPeer.OpenAsync(node);
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        node.Node.Disconnected += _ => gone.TrySetResult();
        var sending = Task.Run(async () =>
        {
            for (var i = 1u; i < 2000 && !gone.Task.IsCompleted; i++) await peer.SendAsync(MarWithProxyInfo(i));
        });
        await World.Within(gone.Task, "the node has enough");
        await World.Within(sending.ContinueWith(_ => { }), "the sender knows");
        await ServesOthersAsync();
    }

    [Test]
    public async Task Answers_nobody_asked_for_are_left_alone()
    {
        using var peer = await RawPeer.OpenAsync(node);
        var octets = Mar(77);
        octets[4] = 0x40;
        await peer.SendAsync(octets);
        await peer.SendAsync(Mar(78));
        (await peer.ReadAsync())!.HopByHop.Should().Be(78);
    }

    private static byte[] Mar(uint number, int padding = -1)
    {
        var user = new SipIdentitySet(new PrivateUserIdentity("v1@b.example"),
            new PublicUserIdentity("sip:v1@b.example"));
        var head = new RequestHead(
            $"raw.a.example;1;{number:x8}", new DiameterIdentity("raw.a.example"), new DiameterIdentity("a.example"),
            new DiameterIdentity("b.example"), HopByHop: number, EndToEnd: number);
        var draft = Ts29229Messages.MultimediaAuthRequest(Ts29229Messages.Start(new DiameterDraft(), 303, head), user,
            "sip:scscf.a.example");
        if (padding >= 0) draft.Avp(4711, 0, 0, new byte[Math.Max(0, padding)]);
        return draft.Finish().Octets.ToArray();
    }

    /// <summary>Proxy-Info is copied into the answer, so that this one is long too.</summary>
    private static byte[] MarWithProxyInfo(uint number)
    {
        var mar = Samples.Message(Mar(number));
        var draft = new DiameterDraft().Start(mar.Flags, mar.Command, mar.Application, mar.HopByHop, mar.EndToEnd);
        foreach (var avp in mar.Avps) draft.Copy(avp);
        var state = new byte[60_000];
        return draft.BeginGroup(Rfc6733.ProxyInfo).Put(Rfc6733.ProxyHost, "raw.a.example")
            .Put(Rfc6733.ProxyState, state).EndGroup()
            .Finish().Octets.ToArray();
    }

    private async Task ServesOthersAsync()
    {
        var other = world.Add("scscf.c.example");
        other.Routes("b.example", node);
        await World.JoinAsync(other, node);
        (await other.AskAsync("b.example")).ResultCode().Should().Be(2001);
    }
}
