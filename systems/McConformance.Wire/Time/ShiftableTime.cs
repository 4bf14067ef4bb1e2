namespace McConformance.Wire.Time;

/// <summary>
/// The clock of a scenario: runs as real time does, and can be put forward. Putting it forward fires at once, in order, every
/// timer that falls due on the way, so a 32 s timer costs no 32 s. Thread safe. Never goes back.
/// </summary>
public sealed class ShiftableTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Waiting> timers = [];
    private long shifted;
    private long made;
    private int firing;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How far the clock is ahead of real time.</summary>
    public TimeSpan Shifted => TimeSpan.FromTicks(Interlocked.Read(ref shifted));

    /// <summary>Timers whose callback runs at this moment, on whichever thread. 0 when each timer is either armed or over.</summary>
    public int Firing => Volatile.Read(ref firing);

    /// <inheritdoc/>
    public override long GetTimestamp() =>
        System.GetElapsedTime(0, System.GetTimestamp()).Ticks + Interlocked.Read(ref shifted);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shifted;

    /// <summary>Time until the next timer falls due, or null where none waits. Zero while one fires: it may be about to
    /// be armed again, so nobody knows yet which is the next.</summary>
    public TimeSpan? UntilNextTimer()
    {
        lock (gate)
        {
            if (firing > 0) return TimeSpan.Zero;
            long? next = null;
            foreach (var timer in timers)
                if (timer.Due is { } due && (next is null || due < next)) next = due;
            return next is { } at ? TimeSpan.FromTicks(Math.Max(0, at - GetTimestamp())) : null;
        }
    }

    /// <summary>Puts the clock forward to the next timer, if it falls due within the limit, and fires it. Leaves the
    /// clock where it is while a timer fires.</summary>
    /// <returns>False where no timer waits within the limit; the clock is then unchanged.</returns>
    public bool SkipToNextTimer(TimeSpan limit)
    {
        if (UntilNextTimer() is not { } wait || wait > limit) return false;
        if (wait > TimeSpan.Zero || Firing == 0) Advance(wait);
        return true;
    }

    /// <summary>Puts the clock forward; timers that fall due fire before the call returns, in the order they are due.</summary>
    public void Advance(TimeSpan by) => Advance(by, long.MaxValue);

    /// <summary>The same, but not past a timer that is made on the way: what begins in the meantime, a request that
    /// waits some seconds for its answer, is given real time before its own time runs out.</summary>
    public void AdvanceUntilNew(TimeSpan by)
    {
        long known;
        lock (gate) known = made;
        Advance(by, known);
    }

    private void Advance(TimeSpan by, long known)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var goal = Interlocked.Read(ref shifted) + by.Ticks;
        while (true)
        {
            Waiting? first = null;
            lock (gate)
            {
                // counted in what the clock is put forward by, not in its reading: that one runs on meanwhile
                var left = Math.Max(0, goal - Interlocked.Read(ref shifted));
                var now = GetTimestamp();
                foreach (var timer in timers)
                    if (timer.Due is { } due && due <= now + left && (first is null || due < first.Due)) first = timer;
                if (first?.Number > known) return;
                Interlocked.Add(ref shifted, first is null ? left : Math.Max(0, first.Due!.Value - now));
            }

            if (first is null) return;
            first.Fire();
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Waiting(this, callback, state);
        lock (gate)
        {
            timer.Number = ++made;
            timers.Add(timer);
        }

        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Waiting : ITimer
    {
        private readonly ShiftableTime clock;
        private readonly TimerCallback callback;
        private readonly object? state;
        private readonly ITimer real;
        private TimeSpan period = Timeout.InfiniteTimeSpan;

        public Waiting(ShiftableTime clock, TimerCallback callback, object? state)
        {
            (this.clock, this.callback, this.state) = (clock, callback, state);
            real = System.CreateTimer(static w => ((Waiting)w!).FireIfDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public long? Due { get; private set; }

        /// <summary>How many were made up to this one.</summary>
        public long Number { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            lock (clock.gate)
            {
                period = newPeriod;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.GetTimestamp() + dueTime.Ticks;
                return real.Change(dueTime, Timeout.InfiniteTimeSpan);
            }
        }

        public void Fire()
        {
            lock (clock.gate)
            {
                if (Due is null) return;
                Interlocked.Increment(ref clock.firing);
                var again = period > TimeSpan.Zero;
                Due = again ? clock.GetTimestamp() + period.Ticks : null;
                real.Change(again ? period : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }

            try
            {
                callback(state);
            }
            finally
            {
                Interlocked.Decrement(ref clock.firing);
            }
        }

        public void Dispose()
        {
            lock (clock.gate)
            {
                Due = null;
                clock.timers.Remove(this);
            }

            real.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void FireIfDue()
        {
            lock (clock.gate)
            {
                if (Due is not { } due) return;
                var early = due - clock.GetTimestamp();
                if (early > 0)
                {
                    real.Change(TimeSpan.FromTicks(early), Timeout.InfiniteTimeSpan);
                    return;
                }
            }

            Fire();
        }
    }
}
