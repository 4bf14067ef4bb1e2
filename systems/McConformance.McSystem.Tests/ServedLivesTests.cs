using System.Net;
using McConformance.McSystem.Configuration;
using McConformance.McSystem.External;
using McConformance.McSystem.Restarts;
using McConformance.Wire;
using McConformance.Wire.Identities;
using McConformance.Wire.Time;

namespace McConformance.McSystem.Tests;

/// <summary>An MC system in a process of its own that crashes and starts again (features/operator-port.md, crash and
/// start).</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ServedLivesTests
{
    [Test]
    public async Task Comes_up_again_where_it_was()
    {
        await using var lives = await StartAsync(mayCrash: true);
        var before = lives.Describe("1").Endpoints;
        await lives.CrashAsync();
        var edge = new IPEndPoint(before[0].Address, before[0].Port);
        IsFree(edge).Should().BeTrue("it is down");
        await lives.StartAgainAsync(CancellationToken.None);
        IsFree(edge).Should().BeFalse("it is up again");
        lives.Running.Describe("1").Endpoints.Should().Equal(before);
    }

    [Test]
    public async Task Administrators_act_on_it_in_its_next_life()
    {
        await using var lives = await StartAsync(mayCrash: true);
        (await lives.Running.SetOutboundAsync(Mine.Private, enabled: false)).Should().BeTrue();
        await lives.CrashAsync();
        await lives.StartAgainAsync(CancellationToken.None);
        (await lives.Running.SetOutboundAsync(Mine.Private, enabled: true)).Should().BeTrue("the set is known still");
    }

    [Test]
    public async Task Does_nothing_more_while_it_is_down_and_says_what_helps()
    {
        await using var lives = await StartAsync(mayCrash: true);
        await lives.CrashAsync();
        await lives.CrashAsync();
        lives.Invoking(l => l.Running).Should().Throw<IOException>()
            .WithMessage("a.example has crashed and does not run: start it again (the action start)*");
        (await lives.ForwardAsync(new ClockRequest(5))).UntilNextTimer.Should().BeNull("none of its timers is left");
    }

    [Test]
    public async Task Is_not_started_twice()
    {
        await using var lives = await StartAsync(mayCrash: true);
        var first = lives.Running;
        await lives.StartAgainAsync(CancellationToken.None);
        lives.Running.Should().BeSameAs(first);
    }

    [Test]
    public async Task One_whose_file_does_not_say_so_cannot_crash()
    {
        await using var lives = await StartAsync(mayCrash: false);
        await FluentActions.Awaiting(lives.CrashAsync).Should().ThrowAsync<NotOfferedException>()
            .WithMessage("a.example was not made to crash: *give its file mayCrash");
        await lives.Awaiting(l => l.StartAgainAsync(CancellationToken.None)).Should()
            .ThrowAsync<NotOfferedException>();
        lives.Running.Should().NotBeNull("it still runs");
    }

    [Test]
    public void What_a_dead_one_writes_is_not_kept()
    {
        var memory = new KeptMemory();
        var life = new Life(memory.StoreOf);
        var table = life.StoreOf("n")!.Open("t");
        table.Write("a", "1");
        life.End();
        table.Write("a", "2");
        table.Write("b", "3");
        var next = new Life(memory.StoreOf).StoreOf("n")!.Open("t");
        next.News().Select(c => (c.Key, c.Value)).Should().Equal(("a", "1"));
    }

    [Test]
    public void What_it_forgets_is_lost_and_nothing_else()
    {
        var memory = new KeptMemory();
        var store = new Life(memory.StoreOf, "lost").StoreOf("n")!;
        store.Open("lost").Write("a", "1");
        store.Open("kept").Write("b", "2");
        var next = new Life(memory.StoreOf, "lost").StoreOf("n")!;
        next.Open("lost").News().Should().BeEmpty();
        next.Open("kept").News().Should().ContainSingle();
    }

    private static SipIdentitySet Mine { get; } = new(
        new PrivateUserIdentity("mig-1@ims.a.example"), new PublicUserIdentity("sip:mig-1@ims.a.example"));

    private static async Task<ServedLives> StartAsync(bool mayCrash)
    {
        var file = new McSystemFile
        {
            System = new McSystemOptions("a.example", "ims.a.example")
            {
                OutboundSets = [new OutboundSetOptions(Mine, ["ims.b.example"])],
            },
            Peers = [new PeerSystem("b.example", "ims.b.example")],
            MayCrash = mayCrash,
        };
        var lives = new ServedLives(file, new ShiftableTime());
        await lives.StartAsync(awaitsNeighbours: true, CancellationToken.None);
        return lives;
    }

    private static bool IsFree(IPEndPoint at) => Wire.Transport.FreePorts.IsFree(
        at, global::System.Net.Sockets.SocketType.Dgram, global::System.Net.Sockets.ProtocolType.Udp);
}
