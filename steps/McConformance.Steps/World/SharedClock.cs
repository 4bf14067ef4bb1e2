using System.Diagnostics;
using McConformance.Wire;
using McConformance.Wire.Time;

namespace McConformance.Steps.World;

/// <summary>What the clocks of other processes show, taken together.</summary>
/// <param name="UntilNextTimer">Until the first timer of any of them; null where none waits.</param>
/// <param name="Activity">Counts what happens; null where one of them does not count.</param>
/// <param name="UnderWay">Messages sent and not handled yet.</param>
/// <param name="AtWork">Things that are being done.</param>
/// <param name="Abroad">Messages sent to other processes, less those that came from such.</param>
public sealed record ClocksTold(TimeSpan? UntilNextTimer, long? Activity, int UnderWay, int AtWork, long Abroad);

/// <summary>
/// The clocks of all processes of one scenario, put forward together: from timer to timer, and each time only when
/// nothing moves in any of them, nor between them. So what is sent meets the same time wherever it comes.
/// </summary>
/// <param name="clock">The scenario's own.</param>
/// <param name="links">Tells whether anything moves here.</param>
/// <param name="others">Puts the other clocks forward; zero only looks at them. Null where one cannot be.</param>
internal sealed class SharedClock(ShiftableTime clock, LinkBook links, Func<TimeSpan, Task<ClocksTold?>> others)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);

    /// <summary>Nothing for so long counts as quiet, where everybody counts what happens: what is under way is
    /// known.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(4);

    /// <summary>How many looks in a row must find it so at least.</summary>
    private const int QuietLooks = 3;

    /// <summary>The same, where a message is under way: it may have gone to nobody.</summary>
    private static readonly TimeSpan QuietUnanswered = TimeSpan.FromMilliseconds(400);

    /// <summary>More than the clocks drift apart while they are looked at.</summary>
    private static readonly TimeSpan Eve = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan HeldMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LimitOfOne = TimeSpan.FromSeconds(20);

    /// <summary>Less than anybody waits for an answer: one process may hear of the new time after another has acted
    /// on it.</summary>
    private static readonly TimeSpan Coarse = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan SomeTime = TimeSpan.FromMinutes(2);
    private long strays;

    /// <summary>Whether all the clocks can be put forward.</summary>
    public async Task<bool> IsOfferedAsync() => await others(TimeSpan.Zero) is not null;

    /// <summary>Lets time pass.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var end = clock.Shifted + time; ;)
        {
            var next = await QuietAsync(null, TimeSpan.Zero, $"{time} to pass");
            if (end - clock.Shifted is var left && left <= TimeSpan.Zero) return;
            await ForwardAsync(Least(left, next ?? left), Least(left, Step(next ?? left, time)));
        }
    }

    /// <summary>Waits until a task ends; puts the clocks forward to the next timer wherever nothing moves.</summary>
    /// <returns>False where it did not end within the time, or no timer is left.</returns>
    public async Task<bool> UntilAsync(Task task, string what, TimeSpan most)
    {
        for (var begun = clock.Shifted; ;)
        {
            var next = await QuietAsync(task, TimeSpan.Zero, what);
            if (task.IsCompleted) return true;
            var left = most - (clock.Shifted - begun);
            if (next is not { } step || step > left || left <= TimeSpan.Zero) return false;
            await ForwardAsync(step, step);
        }
    }

    /// <summary>Waits until nothing moves in any process, nor between them.</summary>
    /// <param name="orUntil">Ends the wait too; null for nothing.</param>
    /// <param name="uncounted">How long nothing must be seen, where not everybody counts what happens.</param>
    /// <param name="what">For the error.</param>
    /// <returns>Until the next timer of any of them; null where none waits.</returns>
    public async Task<TimeSpan?> QuietAsync(Task? orUntil, TimeSpan uncounted, string what)
    {
        using var timer = new PeriodicTimer(Look);
        var (begun, since, heldSince) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
        for (var (before, looks) = ((-1L, -1L), 0); ;)
        {
            await timer.WaitForNextTickAsync();
            await Busy.InTurnAsync();
            var told = await ToldAsync();
            if (orUntil is { IsCompleted: true }) return null;
            if (Stopwatch.GetElapsedTime(begun) > LimitOfOne) throw new TimeoutException(
                $"waited for {what} for {LimitOfOne.TotalSeconds} s, and something moved all the time: {told}");
            var isAtWork = links.Held + clock.Firing + told.AtWork > 0;
            if (!isAtWork) heldSince = Stopwatch.GetTimestamp();
            // a peer that never ends a handshake must not stop the scenario's time for ever
            isAtWork &= Stopwatch.GetElapsedTime(heldSince) < HeldMax;
            var now = (links.Activity, told.Activity ?? 0);
            if (now != before || isAtWork) (since, looks) = (Stopwatch.GetTimestamp(), 0);
            (before, looks) = (now, looks + 1);
            var flying = links.Abroad + told.Abroad + links.InFlight + told.UnderWay;
            if (looks < QuietLooks || Stopwatch.GetElapsedTime(since) < Needed(told, flying, uncounted)) continue;
            strays = flying;
            return Least(clock.UntilNextTimer(), told.UntilNextTimer);
        }
    }

    private TimeSpan Needed(ClocksTold told, long flying, TimeSpan uncounted)
    {
        // what somebody unknown has sent or kept is known from the last time that nothing moved
        var counted = flying != strays ? QuietUnanswered : Quiet;
        return told.Activity is null && counted < Most(uncounted, RealTime.Quiet) ? Most(uncounted, RealTime.Quiet)
            : counted;
    }

    /// <summary>Timers that fall due soon after the first are taken together: in an hour there are thousands.</summary>
    private static TimeSpan Step(TimeSpan next, TimeSpan whole) => Most(next,
        whole > SomeTime ? Coarse : TimeSpan.FromMilliseconds(10));

    /// <summary>First to right before the next timer, where nothing happens: what that sets off would else come to a
    /// process that has the whole way still before it, and takes it for time without an answer.</summary>
    private async Task ForwardAsync(TimeSpan next, TimeSpan by)
    {
        var still = next - Eve;
        if (still > TimeSpan.Zero)
        {
            await AdvanceAsync(still);
            by -= still;
        }

        await AdvanceAsync(by);
    }

    private async Task AdvanceAsync(TimeSpan by)
    {
        var forward = others(by);
        await Task.Run(() => clock.Advance(by));
        await forward;
    }

    /// <summary>Of one that has gone meanwhile nothing is known any more.</summary>
    private async Task<ClocksTold> ToldAsync() =>
        await others(TimeSpan.Zero) ?? new ClocksTold(null, null, 0, 0, strays - links.Abroad - links.InFlight);

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan? Least(TimeSpan? one, TimeSpan? other) => one is null ? other : other is null ? one
        : Least(one.Value, other.Value);

    private static TimeSpan Most(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
