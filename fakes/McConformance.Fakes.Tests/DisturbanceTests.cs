using System.Net;
using McConformance.Fakes.Disturbances;
using McConformance.Wire;
using McConformance.Wire.Time;

namespace McConformance.Fakes.Tests;

/// <summary>Each disturbance does what it says to the messages it is meant for, and to no other; the recording tells.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
internal sealed class DisturbanceTests
{
    private sealed class Sink : IOctetSink
    {
        public List<byte> Arrived { get; } = [];

        public Carrier Carrier { get; init; } = Carrier.Udp;

        public IPEndPoint Local { get; } = new(IPAddress.Loopback, 1);

        public IPEndPoint Remote { get; } = new(IPAddress.Loopback, 2);

        public void Emit(ReadOnlySpan<byte> octets) => Arrived.Add(octets[0]);

        public void Sever() => Arrived.Add(255);
    }

    private readonly ShiftableTime clock = new();
    private readonly Sink sink = new();
    private Recording recording = null!;
    private Link link = null!;

    [SetUp]
    public void MakeLink()
    {
        recording = new Recording(clock);
        var book = new LinkBook(clock, recording);
        link = book.Between(book.Add(new Party("a", EntityKind.Unknown, "")), book.Add(new Party("b", EntityKind.Unknown, "")), WireProtocol.Sip);
        sink.Arrived.Clear();
    }

    private static bool IsOdd(ReadOnlyMemory<byte> octets) => octets.Span[0] % 2 == 1;

    private void Send(params byte[] messages)
    {
        foreach (var message in messages) link.Send([message], sink);
    }

    [Test]
    public void Drops_spare_the_first_and_end_after_their_number()
    {
        link.Disturb(new Drops { Selects = IsOdd, Spares = 1, Times = 1 });
        Send(1, 2, 3, 4, 5);
        sink.Arrived.Should().Equal(1, 2, 4, 5);
        recording.Messages.Select(m => m.Fate).Should().Equal(Fate.Delivered, Fate.Delivered, Fate.Lost, Fate.Delivered, Fate.Delivered);
    }

    [Test]
    public void Duplicates_come_twice()
    {
        link.Disturb(new Duplicates { Selects = IsOdd, Times = 1 });
        Send(1, 2, 3);
        sink.Arrived.Should().Equal(1, 1, 2, 3);
    }

    [Test]
    public void Delays_come_late_and_hold_nothing_else_up()
    {
        link.Disturb(new Delays(TimeSpan.FromSeconds(5)) { Selects = IsOdd, Times = 1 });
        Send(1, 2);
        clock.Advance(TimeSpan.FromSeconds(4));
        sink.Arrived.Should().Equal(2);
        clock.Advance(TimeSpan.FromSeconds(2));
        sink.Arrived.Should().Equal(2, 1);
    }

    [Test]
    public void What_yields_leaves_a_message_to_those_that_came_later()
    {
        link.Disturb(new Loses3());
        link.Disturb(new Duplicates { Selects = IsOdd, Times = 1 });
        Send(3, 3, 2);
        sink.Arrived.Should().Equal(3, 3, 2);
        recording.Messages.Select(m => m.Fate).Should().Equal(
            Fate.Delivered, Fate.Duplicated, Fate.Lost, Fate.Delivered);
    }

    [Test]
    public void Swaps_let_the_second_go_first()
    {
        link.Disturb(new Swaps { Selects = IsOdd });
        Send(1, 2, 3, 5);
        sink.Arrived.Should().Equal(2, 3, 1, 5);
    }

    [Test]
    public void Altered_messages_are_recorded_before_and_after()
    {
        link.Disturb(new Alters("the octet", _ => new byte[] { 9 }) { Selects = IsOdd });
        Send(1, 2);
        sink.Arrived.Should().Equal(9, 2);
        recording.Messages.Select(m => m.Fate).Should().Equal(Fate.Replaced, Fate.Altered, Fate.Delivered);
    }

    [Test]
    public void A_severed_link_loses_everything_and_cuts_streams_until_it_is_healed()
    {
        link.Sever();
        Send(1);
        link.Heal();
        Send(2);
        sink.Arrived.Should().Equal(255, 2);
    }

    /// <summary>Somebody else's node has sent it, and nobody in the harness has seen it yet.</summary>
    [Test]
    public void Crashes_strike_when_a_message_of_somebody_else_arrives()
    {
        var book = new LinkBook(clock, recording);
        var theirs = book.Add(new Party("theirs", EntityKind.Unknown, "", IsBundled: false));
        var own = book.Add(new Party("own", EntityKind.Unknown, ""));
        var (from, to) = (book.Between(theirs, own, WireProtocol.Sip), book.Between(own, theirs, WireProtocol.Sip));
        List<string> crashed = [];
        var after = new CrashesAfter(p => crashed.Add(p.Name)) { Times = 1 };
        to.Disturb(after);
        from.Disturb(after.Answers);
        from.Arrived([1], sink).Should().BeTrue("it has been sent nothing yet");
        to.Send([2], sink);
        from.Arrived([3], sink).Should().BeFalse();
        crashed.Should().Equal("theirs");
        from.Disturb(new CrashesBefore(p => crashed.Add(p.Name)) { Times = 1 });
        from.Arrived([4], sink).Should().BeFalse();
        from.Arrived([5], sink).Should().BeTrue();
        crashed.Should().Equal("theirs", "own");
        recording.Messages.Select(m => m.Fate).Should().Equal(
            Fate.Delivered, Fate.Delivered, Fate.Lost, Fate.Lost, Fate.Delivered);
    }

    /// <summary>As a busy machine may: they fall due together, and the last one gets the processor first.</summary>
    [Test]
    public void A_bad_network_keeps_the_order_of_a_stream_whichever_timer_fires_first()
    {
        var (time, book, on, stream) = BadStream(reorderPercent: 50);
        for (byte message = 1; message <= 4; message++) on.Send([message], stream);
        book.Held.Should().Be(4);
        time.Fire();
        stream.Arrived.Should().Equal(1, 2, 3, 4);
        book.Held.Should().Be(0);
    }

    [Test]
    public void What_is_done_to_a_message_is_done_on_a_bad_network_too()
    {
        var (time, _, on, stream) = BadStream(reorderPercent: 0);
        on.Disturb(new Drops { Selects = m => m.Span[0] == 2 });
        for (byte message = 1; message <= 3; message++) on.Send([message], stream);
        stream.Arrived.Should().BeEmpty("the network is slow");
        time.Fire();
        stream.Arrived.Should().Equal(1, 3);
    }

    private static (LastFirst Time, LinkBook Book, Link On, Sink Stream) BadStream(int reorderPercent)
    {
        var time = new LastFirst();
        var book = new LinkBook(time);
        var on = book.Between(book.Add(new Party("a", EntityKind.Unknown, "")),
            book.Add(new Party("b", EntityKind.Unknown, "")), WireProtocol.Diameter);
        on.Disturb(new BadNetwork(
            book, new BadNetworkOptions(TimeSpan.FromMilliseconds(100), 0, reorderPercent), 1));
        return (time, book, on, new Sink { Carrier = Carrier.Tcp });
    }

    private sealed class LastFirst : TimeProvider
    {
        private readonly List<Action> timers = [];

        public override long GetTimestamp() => 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan due, TimeSpan period)
        {
            timers.Add(() => callback(state));
            return System.CreateTimer(static _ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public void Fire()
        {
            for (var last = timers.Count - 1; last >= 0; last--) timers[last]();
        }
    }

    private sealed class Loses3 : Disturbance
    {
        public Loses3() => Selects = o => o.Span[0] == 3;

        public override bool Yields => true;

        public override string Description => "loses 3";

        protected override void Apply(Link on, ReadOnlyMemory<byte> octets, IOctetSink to) =>
            on.Lose(octets.Span, to, "3");
    }
}
