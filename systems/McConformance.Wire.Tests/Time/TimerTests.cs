using McConformance.Wire.Time;

namespace McConformance.Wire.Tests.Time;

[Parallelizable(ParallelScope.All)]
internal sealed class TimerTests
{
    [Test]
    public void Timers_fire_in_order_when_the_clock_is_put_forward()
    {
        var clock = new ShiftableTime();
        var fired = new List<string>();
        using var wheel = new TimerWheel(clock);
        foreach (var ms in new[] { 32000, 500, 4000, 60000, 1500 }) wheel.Schedule(new Note(fired, $"{ms}"), TimeSpan.FromMilliseconds(ms));

        clock.Advance(TimeSpan.FromSeconds(33));

        fired.Should().Equal("500", "1500", "4000", "32000");
        clock.Advance(TimeSpan.FromSeconds(60));
        fired.Should().HaveCount(5);
    }

    [Test]
    public void A_cancelled_timer_does_not_fire_and_a_rescheduled_one_fires_once()
    {
        var clock = new ShiftableTime();
        var fired = new List<string>();
        using var wheel = new TimerWheel(clock);
        var cancelled = new Note(fired, "cancelled");
        var moved = new Note(fired, "moved");
        wheel.Schedule(cancelled, TimeSpan.FromSeconds(1));
        wheel.Schedule(moved, TimeSpan.FromSeconds(1));
        wheel.Schedule(moved, TimeSpan.FromSeconds(5));
        wheel.Cancel(cancelled);

        clock.Advance(TimeSpan.FromSeconds(2));
        fired.Should().BeEmpty();
        clock.Advance(TimeSpan.FromSeconds(4));
        fired.Should().Equal("moved");
        moved.IsScheduled.Should().BeFalse();
    }

    [Test]
    public void A_timer_whose_callback_still_runs_is_told_of()
    {
        var clock = new ShiftableTime();
        using var entered = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        using var timer = clock.CreateTimer(_ =>
        {
            entered.Set();
            release.Wait(TimeSpan.FromSeconds(10));
        }, null, TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);

        using var later = clock.CreateTimer(_ => { }, null, TimeSpan.FromMinutes(3), Timeout.InfiniteTimeSpan);

        entered.Wait(TimeSpan.FromSeconds(10)).Should().BeTrue();
        clock.Firing.Should().Be(1);
        clock.UntilNextTimer().Should().Be(TimeSpan.Zero, "the one that fires may be armed again before the other");
        clock.SkipToNextTimer(TimeSpan.FromHours(1)).Should().BeTrue();
        clock.Shifted.Should().Be(TimeSpan.Zero);

        release.Set();
        SpinWait.SpinUntil(() => clock.Firing == 0, TimeSpan.FromSeconds(10)).Should().BeTrue();
    }

    [Test]
    public void A_timer_that_schedules_itself_anew_goes_on()
    {
        var clock = new ShiftableTime();
        using var wheel = new TimerWheel(clock);
        var again = new Again(wheel);
        wheel.Schedule(again, TimeSpan.FromMilliseconds(100));
        clock.Advance(TimeSpan.FromSeconds(1.05));
        again.Count.Should().BeInRange(8, 10);
    }

    [Test]
    public void The_wheel_agrees_with_a_sorted_list_for_random_waits()
    {
        var clock = new ShiftableTime();
        using var wheel = new TimerWheel(clock);
        var random = new Random(7);
        var fired = new List<string>();
        var waits = Enumerable.Range(0, 2000).Select(_ => random.Next(1, 120_000)).ToArray();
        foreach (var ms in waits) wheel.Schedule(new Note(fired, $"{ms}"), TimeSpan.FromMilliseconds(ms));

        for (var s = 0; s < 130; s++) clock.Advance(TimeSpan.FromSeconds(1));

        fired.Should().HaveCount(2000);
        var ticks = fired.Select(f => int.Parse(f)).ToArray();
        for (var i = 1; i < ticks.Length; i++) ticks[i].Should().BeGreaterThan(ticks[i - 1] - 1100, "each second fires its own");
    }

    [Test]
    public void Long_waits_are_fired_each_at_its_time_and_wake_nobody_before()
    {
        var clock = new ShiftableTime();
        using var wheel = new TimerWheel(clock);
        var fired = new List<string>();
        var random = new Random(11);
        var waits = Enumerable.Range(0, 300).Select(_ => random.Next(1, 7200)).ToArray();
        foreach (var s in waits) wheel.Schedule(new Note(fired, $"{s}"), TimeSpan.FromSeconds(s));
        wheel.Schedule(new Note(fired, "8640000"), TimeSpan.FromDays(100));

        var skips = 0;
        while (fired.Count < waits.Length && clock.SkipToNextTimer(TimeSpan.FromDays(1))) skips++;

        fired.Should().Equal(waits.Order().Select(s => $"{s}"));
        skips.Should().BeLessThanOrEqualTo(waits.Length, "the wheel wakes when a node falls due, not once a round");
        while (clock.SkipToNextTimer(TimeSpan.FromDays(50)) && skips < 310) skips++;
        fired.Should().EndWith("8640000");
        clock.Shifted.Should().BeCloseTo(TimeSpan.FromDays(100), TimeSpan.FromSeconds(10));
    }

    [Test]
    public void Skipping_goes_to_the_next_timer_only_within_the_limit()
    {
        var clock = new ShiftableTime();
        using var wheel = new TimerWheel(clock);
        var fired = new List<string>();
        wheel.Schedule(new Note(fired, "x"), TimeSpan.FromSeconds(6));
        clock.SkipToNextTimer(TimeSpan.FromSeconds(2)).Should().BeFalse();
        fired.Should().BeEmpty();
        clock.SkipToNextTimer(TimeSpan.FromSeconds(10)).Should().BeTrue();
        fired.Should().Equal("x");
    }

    [Test]
    public void A_wait_that_begins_on_the_way_is_not_over_at_once()
    {
        var clock = new ShiftableTime();
        CancellationTokenSource? late = null;
        using var asks = clock.CreateTimer(
            _ => late = new CancellationTokenSource(TimeSpan.FromSeconds(5), clock), null, TimeSpan.FromSeconds(10),
            Timeout.InfiniteTimeSpan);
        clock.AdvanceUntilNew(TimeSpan.FromSeconds(25));
        late!.IsCancellationRequested.Should().BeFalse("whoever is asked has had no time to answer");
        clock.Shifted.Should().BeCloseTo(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1));

        clock.AdvanceUntilNew(TimeSpan.FromSeconds(15));
        late.IsCancellationRequested.Should().BeTrue("5 s have passed");
        clock.Shifted.Should().BeCloseTo(TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(1));
        late.Dispose();
    }

    [Test]
    public void An_unshifted_clock_fires_by_real_time()
    {
        var clock = new ShiftableTime();
        using var wheel = new TimerWheel(clock);
        using var done = new ManualResetEventSlim();
        wheel.Schedule(new Signal(done), TimeSpan.FromMilliseconds(30));
        done.Wait(TimeSpan.FromSeconds(10)).Should().BeTrue("a timer of 30 ms was awaited for 10 s");
    }

    private sealed class Note(List<string> fired, string name) : TimerNode
    {
        protected override void OnTimer() => fired.Add(name);
    }

    private sealed class Again(TimerWheel wheel) : TimerNode
    {
        public int Count { get; private set; }

        protected override void OnTimer()
        {
            Count++;
            wheel.Schedule(this, TimeSpan.FromMilliseconds(100));
        }
    }

    private sealed class Signal(ManualResetEventSlim done) : TimerNode
    {
        protected override void OnTimer() => done.Set();
    }
}
