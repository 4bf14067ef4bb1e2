using System.Net;
using System.Net.Sockets;
using System.Text;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;

namespace McConformance.Wire.Sip.Tests.Transport;

/// <summary>Endpoints over real UDP sockets with virtual time.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DatagramTests
{
    private const string Register =
        "REGISTER sip:partner.example SIP/2.0\r\n" +
        "Via: SIP/2.0/UDP ue.example:{0};branch=z9hG4bK{1};rport\r\n" +
        "From: <sip:a@partner.example>;tag=1\r\nTo: <sip:a@partner.example>\r\n" +
        "Call-ID: {1}\r\nCSeq: 1 REGISTER\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";

    [Test]
    public async Task Request_is_answered()
    {
        await using var world = new SipWorld();

        world.Alice.Send(SipMethod.Register, world.Core.At(Carrier.Udp));

        (await world.Core.HearsAsync("the request")).Should().Be("Register");
        (await world.Alice.HearsAsync("the response")).Should().Be("200");
        world.Lines().Should().Equal("Delivered REGISTER sip:partner.example SIP/2.0", "Delivered SIP/2.0 200 OK");
        world.Links.InFlight.Should().Be(0);
    }

    [Test]
    public async Task A_port_from_which_somebody_has_connected_is_not_listened_at()
    {
        await using var world = new SipWorld();
        var others = new Party("mcptt.example", EntityKind.ServingCscf, "example");
        for (var port = 1024; port <= ushort.MaxValue; port += 2)
            world.Links.Place(others, WireProtocol.Sip, Carrier.Tcp, new IPEndPoint(IPAddress.Loopback, port));

        for (var i = 0; i < 8; i++)
        {
            await using var node = new SipNode(
                world, $"scscf{i}.example", EntityKind.ServingCscf, o => o with { TcpPort = 0 });
            (node.At(Carrier.Tcp).Address.Port % 2).Should().Be(1, "the even ones are taken");
        }
    }

    [Test]
    public async Task Response_carries_tag_and_what_the_request_had()
    {
        await using var world = new SipWorld();
        using var peer = Peer.Udp();

        await peer.SendAsync(string.Format(Register, peer.Port, "abc"), world.Core.At(Carrier.Udp).Address);
        var answer = await peer.ReceiveAsync("the response");

        answer.Should().StartWith("SIP/2.0 200 OK\r\n");
        // RFC 3581 4: the rport that was asked for is filled in, and received goes with it
        answer.Should().Contain(
            $"Via: SIP/2.0/UDP ue.example:{peer.Port};branch=z9hG4bKabc;rport={peer.Port};received=127.0.0.1\r\n");
        answer.Should().Contain("From: <sip:a@partner.example>;tag=1\r\n").And.Contain("Call-ID: abc\r\n")
            .And.Contain("CSeq: 1 REGISTER\r\n").And.MatchRegex("To: <sip:a@partner.example>;tag=[0-9a-f]{16}\r\n");
    }

    [Test]
    public async Task Response_goes_to_the_sent_by_port_where_no_rport_is_asked_for()
    {
        await using var world = new SipWorld();
        using var sender = Peer.Udp();
        using var listener = Peer.Udp();
        var request = string.Format(Register, listener.Port, "noport").Replace(";rport", "");

        await sender.SendAsync(request, world.Core.At(Carrier.Udp).Address);
        var answer = await listener.ReceiveAsync("the response at the sent-by port");

        answer.Should().Contain(
            $"Via: SIP/2.0/UDP ue.example:{listener.Port};branch=z9hG4bKnoport;received=127.0.0.1\r\n");
    }

    [Test]
    public async Task Lost_request_is_sent_again_after_T1_then_twice_T1()
    {
        await using var world = new SipWorld();
        world.ToCore.Disturb(new Loses { Times = 2 });

        world.Alice.Send(SipMethod.Register, world.Core.At(Carrier.Udp));
        SkipTimers(world, 2);

        (await world.Alice.HearsAsync("the response")).Should().Be("200");
        world.Lines().Should().Equal(
            "Lost REGISTER sip:partner.example SIP/2.0", "Lost REGISTER sip:partner.example SIP/2.0",
            "Delivered REGISTER sip:partner.example SIP/2.0", "Delivered SIP/2.0 200 OK");
        Waits(world, Fate.Lost, Fate.Delivered).Take(2).Should().SatisfyRespectively(
            first => first.Should().BeInRange(500, 700), second => second.Should().BeInRange(1000, 1200));
    }

    [Test]
    public async Task Lost_response_is_sent_again_by_the_transaction_and_not_by_the_user()
    {
        await using var world = new SipWorld();
        world.ToAlice.Disturb(new Loses { Times = 1 });

        world.Alice.Send(SipMethod.Register, world.Core.At(Carrier.Udp));
        (await world.Core.HearsAsync("the request")).Should().Be("Register");
        SkipTimers(world, 1);

        (await world.Alice.HearsAsync("the second response")).Should().Be("200");
        world.Core.Requests.Should().Be(1);
        var responses = world.Recording.Messages.Where(m => m.Link == world.ToAlice).ToArray();
        responses.Should().HaveCount(2);
        responses[1].Octets.ToArray().Should().Equal(responses[0].Octets.ToArray());
    }

    [Test]
    public async Task Silence_is_a_timeout_after_32_s_and_eleven_requests()
    {
        await using var world = new SipWorld();
        world.ToCore.Disturb(new Loses());

        world.Alice.Send(SipMethod.Register, world.Core.At(Carrier.Udp));
        while (world.Alice.HasHeardNothing) world.Time.SkipToNextTimer(TimeSpan.FromMinutes(1)).Should().BeTrue();

        (await world.Alice.HearsAsync("the failure")).Should().Be("Timeout");
        world.Time.Shifted.TotalSeconds.Should().BeInRange(30, 33);
        Waits(world, Fate.Lost).Select(ms => (int)Math.Floor(ms / 500) * 500)
            .Should().Equal(500, 1000, 2000, 4000, 4000, 4000, 4000, 4000, 4000, 4000);
        world.Alice.Endpoint.TransactionsOpen.Should().Be(0);
    }

    [Test]
    public async Task Malformed_register_gets_400_and_the_endpoint_goes_on()
    {
        await using var world = new SipWorld();
        using var peer = Peer.Udp();
        var bad = string.Format(Register, peer.Port, "bad").Replace("Content-Length: 0", "Content-Length: 999");

        await peer.SendAsync(bad, world.Core.At(Carrier.Udp).Address);
        (await peer.ReceiveAsync("the refusal")).Should().StartWith("SIP/2.0 400 Bad Request\r\n");
        world.Core.Requests.Should().Be(0);

        await peer.SendAsync(string.Format(Register, peer.Port, "good"), world.Core.At(Carrier.Udp).Address);
        (await peer.ReceiveAsync("the answer")).Should().StartWith("SIP/2.0 200 OK\r\n");
    }

    [Test]
    public async Task Rubbish_is_dropped_and_others_are_served()
    {
        await using var world = new SipWorld();
        using var peer = Peer.Udp();
        var core = world.Core.At(Carrier.Udp).Address;
        var random = new Random(3261);
        for (var i = 0; i < 200; i++)
        {
            var octets = new byte[random.Next(0, 1200)];
            random.NextBytes(octets);
            await peer.SendAsync(octets, core);
        }

        await peer.SendAsync(string.Format(Register, peer.Port, "after"), core);

        (await peer.ReceiveAsync("the answer")).Should().StartWith("SIP/2.0 200 OK\r\n");
        world.Core.Requests.Should().Be(1);
    }

    [Test]
    public async Task Datagram_of_64_kB_is_carried_whole()
    {
        await using var world = new SipWorld();
        var bodyOctets = 0;
        world.Core.Answer = t =>
        {
            bodyOctets = t.Request.Body.Length;
            t.Respond(200, "OK"u8);
        };

        world.Alice.Send(SipMethod.Message, world.Core.At(Carrier.Udp), bodyOctets: 65_000);

        (await world.Alice.HearsAsync("the response")).Should().Be("200");
        bodyOctets.Should().Be(65_000);
    }

    [Test]
    public async Task Datagram_that_the_system_refuses_is_a_transport_failure()
    {
        await using var world = new SipWorld();

        world.Alice.Send(SipMethod.Message, world.Core.At(Carrier.Udp), bodyOctets: 66_000);

        (await world.Alice.HearsAsync("the failure")).Should().Be("Transport");
        world.Links.InFlight.Should().Be(0);
    }

    [Test]
    public async Task Exception_of_the_user_is_answered_500_and_told()
    {
        await using var world = new SipWorld();
        world.Core.Answer = _ => throw new InvalidOperationException("the entity fell");

        world.Alice.Send(SipMethod.Register, world.Core.At(Carrier.Udp));

        (await world.Core.HearsAsync("the fault")).Should().Be("fault the entity fell");
        (await world.Alice.HearsAsync("the response")).Should().Be("500");
        world.Core.Answer = t => t.Respond(200, "OK"u8);
        world.Alice.Send(SipMethod.Register, world.Core.At(Carrier.Udp));
        (await world.Alice.HearsAsync("the next response")).Should().Be("200");
    }

    [Test]
    public async Task Answer_may_come_later_from_another_thread()
    {
        await using var world = new SipWorld();
        var waiting = new TaskCompletionSource<SipServerTransaction>();
        world.Core.Answer = waiting.SetResult;

        world.Alice.Send(SipMethod.Register, world.Core.At(Carrier.Udp));
        var transaction = await waiting.Task.WaitAsync(TimeSpan.FromSeconds(10));
        transaction.Respond(401, "Unauthorized"u8);
        transaction.Respond(200, "OK"u8);

        (await world.Alice.HearsAsync("the response")).Should().Be("401");
        world.Lines().Should().HaveCount(2, "a second final response is discarded");
    }

    [Test]
    public async Task Response_without_a_transaction_is_told_as_stray()
    {
        await using var world = new SipWorld();
        using var peer = Peer.Udp();

        await peer.SendAsync(
            "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP x;branch=z9hG4bKnone\r\n" +
            "From: <sip:a@b>;tag=1\r\nTo: <sip:a@b>;tag=2\r\n" +
            "Call-ID: 1\r\nCSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n", world.Alice.At(Carrier.Udp).Address);

        (await world.Alice.HearsAsync("the stray response")).Should().Be("stray 200");
    }

    [Test]
    public async Task Ended_transactions_are_forgotten_when_their_timers_have_run()
    {
        await using var world = new SipWorld();
        world.Alice.Send(SipMethod.Register, world.Core.At(Carrier.Udp));
        (await world.Alice.HearsAsync("the response")).Should().Be("200");
        (world.Alice.Endpoint.TransactionsOpen, world.Core.Endpoint.TransactionsOpen).Should().Be((1, 1));

        world.Time.Advance(TimeSpan.FromSeconds(5.1));
        (world.Alice.Endpoint.TransactionsOpen, world.Core.Endpoint.TransactionsOpen).Should()
            .Be((0, 1), "K is 5 s and J is 32 s");
        world.Time.Advance(TimeSpan.FromSeconds(27.1));
        world.Core.Endpoint.TransactionsOpen.Should().Be(0);
    }

    [Test]
    public async Task Disposal_frees_the_port()
    {
        var world = new SipWorld();
        var at = world.Core.At(Carrier.Udp).Address;

        await world.DisposeAsync();

        using var again = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        again.Invoking(s => s.Bind(at)).Should().NotThrow();
    }

    private static void SkipTimers(SipWorld world, int count)
    {
        for (var i = 0; i < count; i++) world.Time.SkipToNextTimer(TimeSpan.FromSeconds(5)).Should().BeTrue();
    }

    private static double[] Waits(SipWorld world, params Fate[] fates)
    {
        var at = world.Recording.Messages.Where(m => m.Link == world.ToCore && fates.Contains(m.Fate))
            .Select(m => m.At).ToArray();
        return [.. at.Zip(at.Skip(1), (a, b) => (b - a).TotalMilliseconds)];
    }
}
