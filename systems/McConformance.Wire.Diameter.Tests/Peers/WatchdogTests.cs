using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Diameter.Tests.Peers;

/// <summary>Watchdog and reconnection on virtual time (RFC 3539 3.4.1, RFC 6733 2.1).</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class WatchdogTests
{
    private readonly World world = new();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task A_quiet_connection_is_asked_after_Tw()
    {
        var (a, b) = await PairAsync();
        world.Time.Advance(TimeSpan.FromSeconds(29));
        world.Recording.Messages.Should().HaveCount(2, "CER and CEA");
        world.Time.Advance(TimeSpan.FromSeconds(2));
        await world.SeesAsync("DWA", (_, m) => m is { Command: 280, IsRequest: false });
        world.Sent(a, b, 280, true).Concat(world.Sent(b, a, 280, true)).Should().NotBeEmpty()
            .And.OnlyContain(m => m.Flags == 0x80);
        a.Node.OpenPeers.Should().Equal(b.Host);
    }

    [Test]
    public async Task A_peer_that_does_not_answer_is_suspected_and_then_left()
    {
        var (a, b) = await PairAsync();
        a.Routes("b.example", b);
        world.Link(b, a).Disturb(new Drops());
        world.Link(a, b).Disturb(new Drops());
        world.Time.Advance(TimeSpan.FromSeconds(31));
        (await a.AskAsync("b.example", answerTime: TimeSpan.FromMilliseconds(20)).Awaiting(x => x)
            .Should().ThrowAsync<FailedException>())
            .Which.Why.Should().Be(DiameterFailure.Timeout, "one watchdog is out, the peer is still trusted");
        world.Time.Advance(TimeSpan.FromSeconds(30));
        (await a.AskAsync("b.example").Awaiting(x => x).Should().ThrowAsync<FailedException>())
            .Which.Why.Should().Be(DiameterFailure.UnableToDeliver, "the peer is suspect");
        a.Node.OpenPeers.Should().NotBeEmpty();
        world.Time.Advance(TimeSpan.FromSeconds(30));
        a.Node.OpenPeers.Should().BeEmpty();
    }

    [Test]
    public async Task What_waits_for_a_silent_peer_goes_to_another_when_it_is_suspected()
    {
        var (a, b) = await PairAsync();
        var other = world.Add("hss2.b.example");
        await World.JoinAsync(a, other);
        a.Routes("b.example", b, other);
        b.Handles = Station.Keeps;
        var asked = b.NextRequestAsync();
        var answer = a.AskAsync("b.example", answerTime: TimeSpan.FromMinutes(10));
        await World.Within(asked, "the request is there");
        world.Link(b, a).Disturb(new Drops());
        world.Time.Advance(TimeSpan.FromSeconds(31));
        await a.AskAsync("b.example", "hss2.b.example"); // the other's answer to the watchdog is here when this one is
        world.Time.Advance(TimeSpan.FromSeconds(30));
        (await answer).Text(264).Should().Be("hss2.b.example");
        world.Sent(a, other, 303, true).Select(m => m.IsRetransmitted).Should().Equal(false, true);
    }

    [Test]
    public async Task A_lost_connection_is_opened_again_after_Tc()
    {
        var (a, b) = await PairAsync();
        a.Routes("b.example", b);
        world.Link(a, b).Sever();
        await a.AskAsync("b.example").Awaiting(x => x).Should().ThrowAsync<FailedException>();
        world.Link(a, b).Heal();
        var again = a.Node.WhenConnectedAsync(b.Host, default);
        await Until(() => b.Node.OpenPeers.Count == 0, "the other end knows");
        world.Time.Advance(TimeSpan.FromSeconds(29));
        again.IsCompleted.Should().BeFalse();
        world.Time.Advance(TimeSpan.FromSeconds(2));
        await World.Within(again, "the connection is open again");
        (await a.AskAsync("b.example")).ResultCode()
            .Should().Be(2001, "a peer that came back is taken where there is no other");
    }

    [Test]
    public async Task The_first_attempts_may_come_sooner_than_the_others()
    {
        var b = world.Add("hss.b.example");
        var a = world.Add("scscf.a.example", o => o with { FirstReconnect = TimeSpan.FromSeconds(16) });
        var failures = 0;
        var failed = new SemaphoreSlim(0);
        a.Node.Disconnected += _ =>
        {
            failures++;
            failed.Release();
        };

        // b knows nothing of a
        a.Node.AddPeer(new DiameterPeerOptions { Host = b.Host, Address = b.Node.ListeningAt, Initiates = true });
        await World.Within(failed.WaitAsync(), "the first attempt failed");
        foreach (var seconds in new[] { 16, 30, 30 })
        {
            var before = failures;
            world.Time.Advance(TimeSpan.FromSeconds(seconds - 1));
            failures.Should().Be(before);
            world.Time.Advance(TimeSpan.FromSeconds(1.1));
            await World.Within(failed.WaitAsync(), $"the attempt after {seconds} s failed");
        }

        world.Sent(b, a, 257, false).Should().HaveCount(4).And.OnlyContain(m => m.ResultCode() == 3010 && m.IsError);
    }

    private static async Task Until(Func<bool> condition, string what)
    {
        var waiting = Task.Run(async () =>
        {
            while (!condition()) await Task.Yield();
        });
        await World.Within(waiting, what);
    }

    private async Task<(Station A, Station B)> PairAsync()
    {
        var (a, b) = (world.Add("scscf.a.example"), world.Add("hss.b.example"));
        await World.JoinAsync(a, b);
        return (a, b);
    }
}
