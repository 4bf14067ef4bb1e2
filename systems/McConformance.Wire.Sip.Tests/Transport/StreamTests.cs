using System.Net;
using System.Net.Sockets;
using System.Text;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;
using static McConformance.Wire.Sip.Tests.Transport.StreamSamples;

namespace McConformance.Wire.Sip.Tests.Transport;

/// <summary>Endpoints over real TCP and TLS connections with virtual time.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class StreamTests
{
    [TestCase(Carrier.Tcp)]
    [TestCase(Carrier.Tls)]
    public async Task Request_is_answered_on_the_same_connection_by_a_known_party(Carrier carrier)
    {
        await using var world = new SipWorld(Streams);

        world.Alice.Send(SipMethod.Register, world.Core.At(carrier));
        (await world.Alice.HearsAsync("the response")).Should().Be("200");
        world.Alice.Send(SipMethod.Options, world.Core.At(carrier));
        (await world.Alice.HearsAsync("the second response")).Should().Be("200");

        world.Lines().Should().Equal(
            "Delivered REGISTER sip:partner.example SIP/2.0", "Delivered SIP/2.0 200 OK",
            "Delivered OPTIONS sip:partner.example SIP/2.0", "Delivered SIP/2.0 200 OK");
        world.Recording.Messages.Select(m => m.Link.ToString()).Distinct().Should().Equal(
            "alice.example -> pcscf.example (SIP-1)", "pcscf.example -> alice.example (SIP-1)");
        (world.Alice.Endpoint.ConnectionsOpen, world.Core.Endpoint.ConnectionsOpen).Should().Be((1, 1));
        (world.Alice.Endpoint.TransactionsOpen, world.Core.Endpoint.TransactionsOpen).Should().Be((0, 0));
    }

    [Test]
    public async Task Endpoint_that_only_connects_writes_its_connection_into_via()
    {
        await using var world = new SipWorld(o => o.Self.Kind == EntityKind.ProxyCscf ? Streams(o) : o);

        world.Alice.Send(SipMethod.Register, world.Core.At(Carrier.Tcp));

        (await world.Alice.HearsAsync("the response")).Should().Be("200");
        var request = world.Recording.Messages[0];
        Encoding.ASCII.GetString(request.Octets.Span).Should()
            .Contain($"\r\nVia: SIP/2.0/TCP {request.Source};branch=z9hG4bK");
    }

    [Test]
    public async Task Message_in_segments_of_one_octet_is_put_together()
    {
        await using var world = new SipWorld(Streams);
        using var peer = await Peer.TcpAsync(world.Core.At(Carrier.Tcp).Address);

        foreach (var octet in Encoding.ASCII.GetBytes(Message("one", body: "hello"))) await peer.SendAsync([octet]);

        (await peer.ReadUntilAsync("\r\n\r\n")).Should().StartWith("SIP/2.0 200 OK\r\n")
            .And.Contain("Call-ID: one\r\n");
    }

    [Test]
    public async Task Several_messages_and_pings_in_one_segment_are_taken_apart()
    {
        await using var world = new SipWorld(Streams);
        using var peer = await Peer.TcpAsync(world.Core.At(Carrier.Tcp).Address);

        await peer.SendAsync("\r\n" + Message("one") + "\r\n\r\n" + Message("two", body: "body") + Message("three"));

        var answers = await peer.ReadUntilAsync("SIP/2.0 200 OK", times: 3);
        answers = await peer.ReadUntilAsync("\r\n\r\n", times: 3);
        answers.Should().ContainAll("Call-ID: one\r\n", "Call-ID: two\r\n", "Call-ID: three\r\n");
        answers.Should().Contain("\r\n\r\n\r\nSIP/2.0", "the double line end is answered by one (RFC 5626 3.5.1)");
        world.Core.Requests.Should().Be(3);
    }

    [Test]
    public async Task Ping_over_tls_is_answered()
    {
        await using var world = new SipWorld(Streams);
        using var peer = await Peer.TlsAsync(world.Core.At(Carrier.Tls).Address);

        await peer.SendAsync("\r\n\r\n");

        (await peer.ReadUntilAsync("\r\n")).Should().Be("\r\n");
    }

    [Test]
    public async Task Stream_message_over_the_limit_gets_513_and_the_connection_ends()
    {
        await using var world = new SipWorld(o => Streams(o) with { StreamMessageOctetsMax = 10_000 });
        using var peer = await Peer.TcpAsync(world.Core.At(Carrier.Tcp).Address);

        var header = Message("big").Replace("Content-Length: 0", "Content-Length: 20000");
        await peer.SendAsync(header + new string('x', 20_000));

        (await ReadToEndAsync(peer, world)).Should().StartWith("SIP/2.0 513 Message Too Large\r\n");
        await ServesOthers(world);
    }

    [Test]
    public async Task Header_section_without_end_closes_the_connection()
    {
        await using var world = new SipWorld(o => Streams(o) with { StreamMessageOctetsMax = 10_000 });
        using var peer = await Peer.TcpAsync(world.Core.At(Carrier.Tcp).Address);

        await peer.SendAsync("REGISTER sip:x SIP/2.0\r\n" + new string('x', 20_000));

        (await ReadToEndAsync(peer, world)).Should().BeEmpty();
        await ServesOthers(world);
    }

    [TestCase("")]
    [TestCase("Content-Length: -5\r\n")]
    [TestCase("Content-Length: many\r\n")]
    public async Task Message_that_does_not_say_its_length_gets_400_and_the_connection_ends(string length)
    {
        await using var world = new SipWorld(Streams);
        using var peer = await Peer.TcpAsync(world.Core.At(Carrier.Tcp).Address);

        await peer.SendAsync(Message("bad").Replace("Content-Length: 0\r\n", length));

        (await ReadToEndAsync(peer, world)).Should().StartWith("SIP/2.0 400 Bad Request\r\n");
        world.Core.Requests.Should().Be(0);
        await ServesOthers(world);
    }

    [Test]
    public async Task Rubbish_closes_the_connection()
    {
        await using var world = new SipWorld(Streams);
        using var peer = await Peer.TcpAsync(world.Core.At(Carrier.Tcp).Address);

        await peer.SendAsync("GET / HTTP/1.1\r\nHost: pcscf.example\r\n\r\n");

        (await ReadToEndAsync(peer, world)).Should().BeEmpty();
        await ServesOthers(world);
    }

    [Test]
    public async Task Peer_that_begins_a_message_and_does_not_end_it_is_closed_after_ten_seconds()
    {
        await using var world = new SipWorld(Streams);
        using var peer = await Peer.TcpAsync(world.Core.At(Carrier.Tcp).Address);
        await peer.SendAsync(Message("whole") + "REGISTER sip:partner.example SIP/2.0\r\nVia: ");
        await peer.ReadUntilAsync("\r\n\r\n");

        world.Time.Advance(TimeSpan.FromSeconds(9));
        world.Core.Endpoint.ConnectionsOpen.Should().Be(1);
        world.Time.Advance(TimeSpan.FromSeconds(1.2));

        await peer.ReadToEndAsync();
        await ServesOthers(world);
    }

    [Test]
    public async Task Idle_connection_is_closed_after_its_time()
    {
        await using var world = new SipWorld(Streams);
        using var peer = await Peer.TcpAsync(world.Core.At(Carrier.Tcp).Address);
        await peer.SendAsync(Message("one"));
        await peer.ReadUntilAsync("\r\n\r\n");

        world.Time.Advance(TimeSpan.FromSeconds(60));
        await peer.SendAsync(Message("two"));
        await peer.ReadUntilAsync("\r\n\r\n", times: 2);
        world.Time.Advance(TimeSpan.FromSeconds(119));
        world.Core.Endpoint.ConnectionsOpen.Should().Be(1, "119 s have passed since the last message");
        world.Time.Advance(TimeSpan.FromSeconds(2));

        await peer.ReadToEndAsync();
    }

    [TestCase(Carrier.Tcp)]
    [TestCase(Carrier.Tls)]
    public async Task Closed_port_is_a_transport_failure(Carrier carrier)
    {
        await using var world = new SipWorld();
        var nobody = new IPEndPoint(IPAddress.Loopback, FreePort());

        world.Alice.Send(SipMethod.Register, new SipDestination(carrier, nobody));

        (await world.Alice.HearsAsync("the failure")).Should().Be("Transport");
        world.Alice.Endpoint.TransactionsOpen.Should().Be(0);
    }

    [Test]
    public async Task Connection_that_breaks_before_the_answer_is_a_transport_failure()
    {
        await using var world = new SipWorld(Streams);
        world.Core.Answer = t => t.Flow.Sever();

        world.Alice.Send(SipMethod.Register, world.Core.At(Carrier.Tcp));

        (await world.Alice.HearsAsync("the failure")).Should().Be("Transport");
    }

    [Test]
    public async Task Severed_link_fails_the_request_and_a_healed_one_carries_the_next()
    {
        await using var world = new SipWorld(Streams);
        world.Alice.Send(SipMethod.Register, world.Core.At(Carrier.Tcp));
        (await world.Alice.HearsAsync("the response")).Should().Be("200");

        world.ToCore.Sever();
        world.Alice.Send(SipMethod.Register, world.Core.At(Carrier.Tcp));
        (await world.Alice.HearsAsync("the failure")).Should().Be("Transport");
        world.ToCore.Heal();
        world.Alice.Send(SipMethod.Register, world.Core.At(Carrier.Tcp));

        (await world.Alice.HearsAsync("the response after healing")).Should().Be("200");
    }

    [Test]
    public async Task Requests_go_back_on_the_connection_that_the_peer_opened()
    {
        await using var world = new SipWorld(o => o.Self.Kind == EntityKind.ProxyCscf ? Streams(o) : o);
        SipFlow? flow = null;
        world.Core.Answer = t =>
        {
            flow = t.Flow;
            t.Respond(200, "OK"u8);
        };
        world.Alice.Send(SipMethod.Register, world.Core.At(Carrier.Tcp));
        (await world.Alice.HearsAsync("the response")).Should().Be("200");
        (await world.Core.HearsAsync("the request")).Should().Be("Register");

        world.Core.Send(SipMethod.Notify, SipDestination.By(flow!));

        (await world.Alice.HearsAsync("the request the other way")).Should().Be("Notify");
        (await world.Core.HearsAsync("its response")).Should().Be("200");
        world.Core.Endpoint.ConnectionsOpen.Should().Be(1);
    }

    [Test]
    public async Task Connections_over_the_limit_are_closed_at_once()
    {
        await using var world = new SipWorld(o => Streams(o) with { ConnectionsMax = 1 });
        using var first = await Peer.TcpAsync(world.Core.At(Carrier.Tcp).Address);
        await first.SendAsync(Message("first"));
        await first.ReadUntilAsync("\r\n\r\n");

        using var second = await Peer.TcpAsync(world.Core.At(Carrier.Tcp).Address);

        (await second.ReadToEndAsync()).Should().BeEmpty();
    }

    [Test]
    public async Task Large_stream_message_is_carried_whole()
    {
        await using var world = new SipWorld(Streams);
        var bodyOctets = 0;
        world.Core.Answer = t =>
        {
            bodyOctets = t.Request.Body.Length;
            t.Respond(200, "OK"u8);
        };

        world.Alice.Send(SipMethod.Message, world.Core.At(Carrier.Tls), bodyOctets: 1_000_000);

        (await world.Alice.HearsAsync("the response")).Should().Be("200");
        bodyOctets.Should().Be(1_000_000);
    }

    [Test]
    public async Task Disposal_leaves_no_socket()
    {
        var world = new SipWorld(Streams);
        var (tcp, tls) = (world.Core.At(Carrier.Tcp).Address, world.Core.At(Carrier.Tls).Address);
        world.Alice.Send(SipMethod.Register, world.Core.At(Carrier.Tcp));
        (await world.Alice.HearsAsync("the response")).Should().Be("200");

        await world.DisposeAsync();

        (world.Alice.Endpoint.ConnectionsOpen, world.Core.Endpoint.ConnectionsOpen).Should().Be((0, 0));
        foreach (var at in new[] { tcp, tls })
        {
            var connect = async () => await Peer.TcpAsync(at);
            (await connect.Should().ThrowAsync<SocketException>()).Which.SocketErrorCode.Should()
                .Be(SocketError.ConnectionRefused);
        }
    }

    private static async Task<string> ReadToEndAsync(Peer peer, SipWorld world)
    {
        var all = await peer.ReadToEndAsync();
        world.Core.HasHeardNothing.Should().BeTrue();
        return all;
    }

    private static async Task ServesOthers(SipWorld world)
    {
        world.Alice.Send(SipMethod.Options, world.Core.At(Carrier.Tcp));
        (await world.Alice.HearsAsync("the answer to another")).Should().Be("200");
    }
}
