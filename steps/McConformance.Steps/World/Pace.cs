using System.Diagnostics;
using McConformance.Wire;
using McConformance.Wire.Time;

namespace McConformance.Steps.World;

/// <summary>
/// Waits without sleeping through timers: while the systems work, it waits; when the wire is quiet and nothing has
/// ended, it puts the scenario's clock forward to the next timer. Every wait has an end and says what it waited for.
/// </summary>
/// <param name="clock">The scenario's clock.</param>
/// <param name="links">Tells whether anything moves.</param>
public sealed class Pace(ShiftableTime clock, LinkBook links)
{
    private static readonly TimeSpan RealTimeMax = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan HeldMax = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongTime = TimeSpan.FromMinutes(10);

    /// <summary>Less than a Diameter watchdog waits at least (RFC 3539 3.4.1: 30 s less 2 s of jitter), so that none fires
    /// twice in one step.</summary>
    private static readonly TimeSpan Coarse = TimeSpan.FromSeconds(25);

    /// <summary>How many looks in a row must find the wire quiet.</summary>
    private const int QuietLooks = 2;

    /// <summary>How many times in a row no timer may be found before a wait is given up.</summary>
    private const int StuckLooks = 50;

    /// <summary>How many, where a message was sent that nobody took up: into a port that speaks another protocol, or a closed one.</summary>
    private const int QuietLooksUnanswered = 200;

    /// <summary>Somebody else keeps his own time: everything is waited for as it comes, or with his clock.</summary>
    public bool IsRealTime => Foreign is not null;

    /// <summary>How time passes then; null where nobody does.</summary>
    internal RealTime? Foreign { get; init; }

    /// <summary>Waits until a task of the systems ends.</summary>
    /// <param name="task">What ends.</param>
    /// <param name="what">The same in words, for the error.</param>
    /// <param name="skipMax">How far the clock may be put forward in all.</param>
    /// <exception cref="TimeoutException">It did not end.</exception>
    public async Task UntilAsync(Task task, string what, TimeSpan skipMax)
    {
        if (Foreign is { } foreign)
        {
            await foreign.UntilAsync(task, what, skipMax);
            return;
        }

        var begun = Stopwatch.GetTimestamp();
        var shifted = clock.Shifted;
        for (var stuck = 0; !task.IsCompleted;)
        {
            await QuietAsync(task, what, begun);
            if (task.IsCompleted) break;
            var left = skipMax - (clock.Shifted - shifted);
            var skipped = left > TimeSpan.Zero && clock.SkipToNextTimer(left);

            // a timer that fires by itself at this moment is not armed again yet: look more than once before giving up
            stuck = skipped ? 0 : stuck + 1;
            if (left <= TimeSpan.Zero || stuck > StuckLooks)
            {
                var passed = (clock.Shifted - shifted).TotalSeconds;
                throw new TimeoutException($"waited for {what}: nothing moves any more after {passed:F1} s of the systems' time");
            }
        }

        await task;
    }

    /// <summary>Waits until nothing moves any more; timers are left alone.</summary>
    public Task SettleAsync() => Foreign?.SettleAsync() ?? QuietAsync(null, "the wire to fall quiet", Stopwatch.GetTimestamp());

    /// <summary>The same after a change that servers tell each other of: where nobody sees that, it is given more
    /// time.</summary>
    public Task SpreadAsync() => Foreign?.SpreadAsync() ?? SettleAsync();

    /// <summary>Lets time pass for the systems, timer by timer, so that what one sets off is over before the next.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        if (Foreign is { } foreign)
        {
            await foreign.PassAsync(time);
            return;
        }

        var end = clock.Shifted + time;
        while (true)
        {
            // each step has its own limit: how many there are is known
            await QuietAsync(null, $"{time} to pass", Stopwatch.GetTimestamp());
            var left = end - clock.Shifted;
            if (left <= TimeSpan.Zero) return;
            // over long times the timers of some seconds are taken together: an hour is a thousand watchdogs
            if (time > LongTime) clock.AdvanceUntilNew(left < Coarse ? left : Coarse);
            else if (!clock.SkipToNextTimer(left)) clock.Advance(left);
        }
    }

    private async Task QuietAsync(Task? orUntil, string what, long begun)
    {
        using var timer = new PeriodicTimer(Look);
        var heldSince = Stopwatch.GetTimestamp();
        for (var (quiet, before) = (0, -1L); quiet < (links.InFlight <= 0 ? QuietLooks : QuietLooksUnanswered);)
        {
            if (orUntil is { IsCompleted: true }) return;
            if (Stopwatch.GetElapsedTime(begun) > RealTimeMax) throw new TimeoutException(
                $"waited for {what} for {RealTimeMax.TotalSeconds} s; {links.InFlight} messages under way, {links.Activity} events, clock ahead by {clock.Shifted}, next timer in {clock.UntilNextTimer()}");
            await timer.WaitForNextTickAsync();
            // timers go first in a busy pool: a look counts only when the work that stood before it has had its turn
            await Busy.InTurnAsync();
            var now = links.Activity;
            // a peer that never ends a handshake must not stop the scenario's time for ever
            if (links.Held == 0) heldSince = Stopwatch.GetTimestamp();
            var isHeld = Stopwatch.GetElapsedTime(heldSince) < HeldMax && links.Held > 0;
            quiet = now == before && clock.Firing == 0 && !isHeld ? quiet + 1 : 0;
            before = now;
        }
    }
}
