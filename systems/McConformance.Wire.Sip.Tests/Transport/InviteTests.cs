using System.Text;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;

namespace McConformance.Wire.Sip.Tests.Transport;

/// <summary>INVITE transactions over real sockets with virtual time.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class InviteTests
{
    [Test]
    public async Task Invite_that_nobody_answers_at_once_gets_100_by_itself()
    {
        await using var world = new SipWorld();
        world.Core.Answer = _ => { };

        world.Alice.Send(SipMethod.Invite, world.Core.At(Carrier.Udp));
        (await world.Core.HearsAsync("the request")).Should().Be("Invite");
        world.Time.Advance(TimeSpan.FromMilliseconds(250));

        (await world.Alice.HearsAsync("the provisional response")).Should().Be("100");
        Text(world.Recording.Messages[^1]).Should().Contain("To: <sip:alice@partner.example>\r\n", "100 needs no tag");
    }

    [Test]
    public async Task Refused_invite_is_acknowledged_by_the_transaction()
    {
        await using var world = new SipWorld();
        world.Core.Answer = t => t.Respond(486, "Busy Here"u8);

        world.Alice.Send(SipMethod.Invite, world.Core.At(Carrier.Udp));

        (await world.Alice.HearsAsync("the response")).Should().Be("486");
        using var deadline = new CancellationTokenSource(10_000);
        var ack = await world.Recording.FirstAsync(m => m.Octets.Span.StartsWith("ACK "u8), deadline.Token);
        var (invite, text) = (Text(world.Recording.Messages[0]), Text(ack));
        Line(text, "Via").Should().Be(Line(invite, "Via"), "RFC 3261 17.1.1.3: the same topmost Via");
        Line(text, "To").Should().MatchRegex("^To: <sip:alice@partner.example>;tag=[0-9a-f]{16}$");
        Line(text, "CSeq").Should().Be("CSeq: 1 ACK");
        text.Should().StartWith("ACK sip:partner.example SIP/2.0\r\n");
        world.Core.HasHeardNothing.Should().BeFalse();
        (await world.Core.HearsAsync("the request")).Should().Be("Invite");
        world.Core.HasHeardNothing.Should().BeTrue("the ACK ends in the transaction");
    }

    [Test]
    public async Task Refusal_is_repeated_until_the_acknowledgement_comes()
    {
        await using var world = new SipWorld();
        world.Core.Answer = t => t.Respond(486, "Busy Here"u8);
        world.ToCore.Disturb(new Loses { Selects = m => m.Span.StartsWith("ACK "u8), Times = 2 });

        world.Alice.Send(SipMethod.Invite, world.Core.At(Carrier.Udp));
        (await world.Alice.HearsAsync("the response")).Should().Be("486");
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var seen = world.Recording.Count;
            world.Time.SkipToNextTimer(TimeSpan.FromSeconds(2)).Should().BeTrue();
            // the response again, and the ACK that it calls forth
            await world.Recording.FirstAsync(m => m.Number >= seen + 2, new CancellationTokenSource(10_000).Token);
        }

        world.Recording.Messages.Select(m => $"{m.Fate} {SipWorld.FirstLine(m.Octets.Span)[..7]}").Should().Equal(
            "Delivered INVITE ", "Delivered SIP/2.0", "Lost ACK sip", "Delivered SIP/2.0", "Lost ACK sip",
            "Delivered SIP/2.0", "Delivered ACK sip");
        world.Alice.HasHeardNothing.Should().BeTrue("the user hears a refusal once");
    }

    [Test]
    public async Task Missing_acknowledgement_is_told_to_the_server_after_32_s()
    {
        await using var world = new SipWorld();
        world.Core.Answer = t => t.Respond(486, "Busy Here"u8);
        world.ToCore.Disturb(new Loses { Selects = m => m.Span.StartsWith("ACK "u8) });

        world.Alice.Send(SipMethod.Invite, world.Core.At(Carrier.Udp));
        (await world.Core.HearsAsync("the request")).Should().Be("Invite");
        world.Time.Advance(TimeSpan.FromSeconds(33));

        (await world.Core.HearsAsync("the failure")).Should().Be("server Timeout");
    }

    [Test]
    public async Task Accepted_invite_passes_every_2xx_and_its_acknowledgement_to_the_users()
    {
        await using var world = new SipWorld();
        SipServerTransaction? accepted = null;
        world.Core.Answer = t =>
        {
            accepted = t;
            t.Respond(200, "OK"u8);
        };

        world.Alice.Send(SipMethod.Invite, world.Core.At(Carrier.Udp));
        (await world.Alice.HearsAsync("the response")).Should().Be("200");
        accepted!.Respond(200, "OK"u8);
        (await world.Alice.HearsAsync("the repeated response")).Should().Be("200");
        var to = world.Core.At(Carrier.Udp);
        world.Alice.Endpoint.SendStateless(world.Alice.Draft(SipMethod.Ack, to), to);

        (await world.Core.HearsAsync("the request")).Should().Be("Invite");
        (await world.Core.HearsAsync("the acknowledgement")).Should().Be("Ack");
        world.Core.Requests.Should().Be(1);
    }

    [Test]
    public async Task Cancel_finds_its_invite()
    {
        await using var world = new SipWorld();
        world.Core.Answer = t =>
        {
            if (t.Method == SipMethod.Invite)
            {
                t.Respond(180, "Ringing"u8);
                return;
            }

            t.Respond(200, "OK"u8);
            world.Core.Endpoint.InviteOf(t)!.Respond(487, "Request Terminated"u8);
        };
        var to = world.Core.At(Carrier.Udp);
        var invite = world.Alice.Send(SipMethod.Invite, to);
        (await world.Alice.HearsAsync("ringing")).Should().Be("180");

        world.Alice.Endpoint.SendRequest(world.Alice.Endpoint.NewCancel(invite), to, world.Alice, null);

        (await world.Alice.HearsAsync("the answer to CANCEL")).Should().Be("200");
        (await world.Alice.HearsAsync("the answer to INVITE")).Should().Be("487");
    }

    [Test]
    public async Task Repeated_request_of_a_client_from_before_RFC_3261_is_recognised_without_a_branch()
    {
        await using var world = new SipWorld();
        using var peer = Peer.Udp();
        var request = "OPTIONS sip:partner.example SIP/2.0\r\n" + $"Via: SIP/2.0/UDP 127.0.0.1:{peer.Port}\r\n" +
            "From: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: old\r\nCSeq: 7 OPTIONS\r\nContent-Length: 0\r\n\r\n";

        await peer.SendAsync(request, world.Core.At(Carrier.Udp).Address);
        var first = await peer.ReceiveAsync("the response");
        await peer.SendAsync(request, world.Core.At(Carrier.Udp).Address);
        var second = await peer.ReceiveAsync("the response again");
        await peer.SendAsync(request.Replace("7 OPTIONS", "8 OPTIONS"), world.Core.At(Carrier.Udp).Address);
        await peer.ReceiveAsync("the response to the next");

        second.Should().Be(first);
        first.Should().Contain($"Via: SIP/2.0/UDP 127.0.0.1:{peer.Port}\r\n", "nothing needs to be marked");
        world.Core.Requests.Should().Be(2);
    }

    private static string Text(RecordedMessage message) => Encoding.ASCII.GetString(message.Octets.Span);

    private static string Line(string message, string name) =>
        message.Split("\r\n").Single(l => l.StartsWith(name + ":", StringComparison.Ordinal));
}
