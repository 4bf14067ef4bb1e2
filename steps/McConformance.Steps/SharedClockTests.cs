using System.Diagnostics;
using McConformance.Steps.World;
using McConformance.Wire;
using McConformance.Wire.Time;

namespace McConformance.Steps;

/// <summary>Waiting where somebody else keeps his own time.</summary>
[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SharedClockTests
{
    private readonly List<string> fired = [];
    private readonly ShiftableTime own = new();
    private readonly ShiftableTime other = new();

    [Test]
    public async Task Timers_of_all_clocks_fire_in_order()
    {
        await using var first = Timer(own, "own 5", 5);
        await using var second = Timer(other, "other 10", 10);
        await using var third = Timer(own, "own 15", 15);
        await using var late = Timer(other, "other 40", 40);
        await Shared().PassAsync(TimeSpan.FromSeconds(20));
        Assert.That(fired, Is.EqualTo((string[])["own 5", "other 10", "own 15"]));
        Assert.That(other.Shifted, Is.EqualTo(own.Shifted).And.EqualTo(TimeSpan.FromSeconds(20)));
    }

    [Test]
    public async Task What_a_timer_elsewhere_ends_is_waited_for_no_longer()
    {
        var ended = new TaskCompletionSource();
        await using var ends = other.CreateTimer(
            _ => ended.SetResult(), null, TimeSpan.FromSeconds(30), Timeout.InfiniteTimeSpan);
        Assert.That(await Shared().UntilAsync(ended.Task, "it", TimeSpan.FromSeconds(20)), Is.False);
        Assert.That(await Shared().UntilAsync(ended.Task, "it", TimeSpan.FromSeconds(40)), Is.True);
        Assert.That(other.Shifted, Is.LessThan(TimeSpan.FromSeconds(31)));
    }

    [Test]
    public async Task Without_the_action_time_really_passes_up_to_the_limit()
    {
        var real = new RealTime(new LinkBook(own), "partner.example") { WaitsAtMost = TimeSpan.FromSeconds(1) };
        var begun = Stopwatch.GetTimestamp();
        await real.PassAsync(TimeSpan.FromSeconds(0.5));
        Assert.That(Stopwatch.GetElapsedTime(begun), Is.GreaterThan(TimeSpan.FromSeconds(0.4)));
        var told = Assert.ThrowsAsync<InconclusiveException>(() => real.PassAsync(TimeSpan.FromSeconds(90)));
        Assert.That(told!.Message, Is.EqualTo("needs 90 seconds to pass in partner.example, whose clock nobody can "
            + "put forward; the harness waits 1 seconds at most (links.waitsAtMost)"));
    }

    private SharedClock Shared() => new(own, new LinkBook(own), by =>
    {
        other.Advance(by);
        return Task.FromResult<ClocksTold?>(new ClocksTold(other.UntilNextTimer(), 0, 0, 0, 0));
    });

    private ITimer Timer(ShiftableTime clock, string name, int seconds) => clock.CreateTimer(
        _ =>
        {
            lock (fired) fired.Add(name);
        },
        null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
}
