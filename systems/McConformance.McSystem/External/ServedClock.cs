using McConformance.McSystem.Configuration;
using McConformance.Wire;
using McConformance.Wire.Time;

namespace McConformance.McSystem.External;

/// <summary>The clock of what runs in this process, as its operator port shows it and puts it forward.</summary>
/// <param name="clock">The clock.</param>
/// <param name="links">Tells what is under way.</param>
internal sealed class ServedClock(ShiftableTime clock, LinkBook links)
{
    /// <summary>A day: nothing that TS 23.280 asks for lasts longer, and the token of a user no more than
    /// that.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromDays(1);

    /// <summary>Puts it forward, and says what there is to wait for.</summary>
    /// <exception cref="ArgumentException">It is to go back, or more than a day ahead.</exception>
    public async Task<ClockAnswer> ForwardAsync(ClockRequest request)
    {
        if (!(request.Forward >= 0 && request.Forward <= Most.TotalSeconds))
            throw new ArgumentException(
                $"$.forward: expected 0 to {Most.TotalSeconds} s, found {request.Forward}: a clock only goes forward");
        clock.Advance(TimeSpan.FromSeconds(request.Forward));
        // what the timers have set off waits in the pool's common queue, and counts only when it has had its turn
        await Busy.InTurnAsync().ConfigureAwait(false);
        return new ClockAnswer
        {
            UntilNextTimer = clock.UntilNextTimer()?.TotalSeconds,
            Activity = links.Activity,
            UnderWay = links.InFlight,
            AtWork = links.Held + clock.Firing,
            Abroad = links.Abroad,
        };
    }
}
