namespace McConformance.Wire.Time;

/// <summary>Something that can wait on a <see cref="TimerWheel"/>. One wait at a time.</summary>
public abstract class TimerNode
{
    internal TimerNode? Next;
    internal TimerNode? Previous;
    internal long DueTick;
    internal int Slot = -1;

    /// <summary>True between <see cref="TimerWheel.Schedule"/> and firing or cancelling.</summary>
    public bool IsScheduled => Volatile.Read(ref Slot) >= 0;

    /// <summary>Runs when the time has come, on a pool thread, without the wheel's lock. A cancel on another thread may come
    /// too late to stop it: check the state first.</summary>
    protected abstract void OnTimer();

    internal void Fire() => OnTimer();
}

/// <summary>
/// Timers for protocol machines: O(1) to start and stop, none allocated. A hashed wheel of 4096 slots of 10 ms; only the next
/// node that falls due arms a timer of the <see cref="TimeProvider"/>, so an idle system costs nothing. Thread safe.
/// </summary>
public sealed class TimerWheel : IDisposable
{
    private const int Slots = 4096;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    /// <summary>A clock's timer takes no more than 49 days.</summary>
    private static readonly TimeSpan ArmedMax = TimeSpan.FromDays(40);
    private readonly TimerNode?[] slots = new TimerNode?[Slots];
    private readonly ulong[] occupied = new ulong[Slots / 64];
    private readonly TimeProvider time;
    private readonly long origin;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private long done;
    private long armed = long.MaxValue;
    private int count;
    private List<TimerNode>? spare;

    /// <summary>Makes a wheel on a clock.</summary>
    public TimerWheel(TimeProvider time)
    {
        this.time = time;
        origin = time.GetTimestamp();
        timer = time.CreateTimer(static w => ((TimerWheel)w!).Turn(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The clock the wheel turns on.</summary>
    public TimeProvider Clock => time;

    /// <summary>Starts or restarts a wait.</summary>
    /// <param name="node">What waits.</param>
    /// <param name="due">From now; at least one tick of 10 ms, rounded up to a tick.</param>
    public void Schedule(TimerNode node, TimeSpan due)
    {
        lock (gate)
        {
            if (node.Slot >= 0) Unlink(node);
            node.DueTick = Now() + Math.Max(1, (due.Ticks + Tick.Ticks - 1) / Tick.Ticks) + 1;
            Enter(node);
            if (node.DueTick < armed) Arm(node.DueTick);
        }
    }

    /// <summary>Stops a wait; does nothing where there is none.</summary>
    public void Cancel(TimerNode node)
    {
        if (!node.IsScheduled) return;
        lock (gate)
        {
            if (node.Slot >= 0) Unlink(node);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    private long Now() => time.GetElapsedTime(origin).Ticks / Tick.Ticks;

    private void Turn()
    {
        // a list of its own for each turn: a node may be scheduled anew, and fall due anew, while this turn still fires
        var due = Interlocked.Exchange(ref spare, null) ?? [];
        lock (gate)
        {
            armed = long.MaxValue;
            var now = Now();
            if (now - done > Slots) done = now - Slots;
            while (done < now) Collect((int)(++done & (Slots - 1)), now, due);
            if (count > 0) Arm(NextDue());
        }

        foreach (var node in due) node.Fire();
        due.Clear();
        Volatile.Write(ref spare, due);
    }

    private void Collect(int slot, long now, List<TimerNode> due)
    {
        for (var node = slots[slot]; node is not null;)
        {
            var next = node.Next;
            if (node.DueTick <= now)
            {
                Unlink(node);
                due.Add(node);
            }

            node = next;
        }
    }

    /// <summary>When the next node falls due. A slot in use may hold only what is due in a later round.</summary>
    private long NextDue()
    {
        var later = long.MaxValue;
        for (var ahead = 1L; ahead <= Slots; ahead++)
        {
            var slot = (int)((done + ahead) & (Slots - 1));
            var word = occupied[slot >> 6] >> (slot & 63);
            if (word == 0)
            {
                ahead += 63 - (slot & 63);
                continue;
            }

            ahead += System.Numerics.BitOperations.TrailingZeroCount(word);
            if (ahead > Slots) break;
            for (var node = slots[(done + ahead) & (Slots - 1)]; node is not null; node = node.Next)
            {
                if (node.DueTick <= done + ahead) return done + ahead;
                later = Math.Min(later, node.DueTick);
            }
        }

        return later;
    }

    private void Arm(long tick)
    {
        armed = tick;
        var wait = TimeSpan.FromTicks(tick * Tick.Ticks) - time.GetElapsedTime(origin);
        var due = wait < TimeSpan.Zero ? TimeSpan.Zero : wait < ArmedMax ? wait : ArmedMax;
        timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private void Enter(TimerNode node)
    {
        var slot = (int)(node.DueTick & (Slots - 1));
        node.Previous = null;
        node.Next = slots[slot];
        if (node.Next is not null) node.Next.Previous = node;
        slots[slot] = node;
        occupied[slot >> 6] |= 1UL << (slot & 63);
        count++;
        Volatile.Write(ref node.Slot, slot);
    }

    private void Unlink(TimerNode node)
    {
        var slot = node.Slot;
        if (node.Previous is null) slots[slot] = node.Next;
        else node.Previous.Next = node.Next;
        if (node.Next is not null) node.Next.Previous = node.Previous;
        if (slots[slot] is null) occupied[slot >> 6] &= ~(1UL << (slot & 63));
        node.Next = node.Previous = null;
        count--;
        Volatile.Write(ref node.Slot, -1);
    }
}
