using System.Diagnostics;
using McConformance.Wire;

namespace McConformance.Steps.World;

/// <summary>
/// Waiting where somebody else keeps his own time. Where his clock can be put forward, that is done; else what
/// would take longer than a scenario may take cannot be judged.
/// </summary>
/// <param name="links">Tells whether anything moves.</param>
/// <param name="where">What keeps its own time, in words.</param>
internal sealed class RealTime(LinkBook links, string where)
{
    /// <summary>Nothing for so long counts as quiet: an external MC system on this machine answers in a few
    /// milliseconds.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(120);

    /// <summary>How long what ought to come is waited for. Longer than T1 to T4 of a good run, shorter than 64 * T1
    /// (RFC 3261 17.1.1.2).</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    /// <summary>So long it is waited for before clocks are put forward: what only takes a while on a busy machine comes
    /// by itself.</summary>
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);

    /// <summary>So long a change of configuration may take until all servers of an MC system work by it.</summary>
    private static readonly TimeSpan Spreads = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan QuietMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private bool? isOffered;

    /// <summary>What keeps its own time, in words.</summary>
    public string Where => where;

    /// <summary>All clocks together; null where somebody's cannot be put forward by anything.</summary>
    public SharedClock? Shared { get; init; }

    /// <summary>The longest time that is really waited for where a clock cannot be put forward.</summary>
    public required TimeSpan WaitsAtMost { get; init; }

    /// <summary>Why time cannot be made to pass: the action that is missing, in words.</summary>
    public Func<string> Lacks { get; init; } = static () => "whose clock nobody can put forward";

    /// <summary>Waits until a task ends.</summary>
    /// <exception cref="InconclusiveException">It did not, and might still.</exception>
    /// <exception cref="TimeoutException">It did not, and had all the time it may take.</exception>
    public async Task UntilAsync(Task task, string what, TimeSpan most)
    {
        // zero: no timer of the systems is waited for, only that they do it
        var shared = most > TimeSpan.Zero ? await OfferedAsync() : null;
        if (shared is not null && await EndsAsync(task, First) is false) await shared.UntilAsync(task, what, most);
        var longest = shared is null && most > Patience ? WaitsAtMost : Patience;
        var limit = most > TimeSpan.Zero && most < longest ? most : longest;
        if (await EndsAsync(task, limit))
        {
            await task;
            return;
        }

        if (shared is null && most > limit) throw new InconclusiveException(
            $"waited {InWords(limit)} for {what}, which may take {InWords(most)} in {where}, {Lacks()}");
        throw new TimeoutException($"waited {limit.TotalSeconds} s for {what}");
    }

    /// <summary>Waits until nothing has moved for a while.</summary>
    public Task SettleAsync() => QuietAsync(Quiet);

    /// <summary>The same for longer: what is to happen passes where nothing is seen.</summary>
    public Task SpreadAsync() => QuietAsync(Spreads);

    /// <summary>Lets time pass.</summary>
    /// <exception cref="InconclusiveException">It is too much; said at once.</exception>
    public async Task PassAsync(TimeSpan time)
    {
        if (await OfferedAsync() is { } shared)
        {
            await shared.PassAsync(time);
            return;
        }

        if (time > WaitsAtMost) throw new InconclusiveException(
            $"needs {InWords(time)} to pass in {where}, {Lacks()}; the harness waits {InWords(WaitsAtMost)} at most "
            + "(links.waitsAtMost)");
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync();
    }

    private async Task<SharedClock?> OfferedAsync()
    {
        if (Shared is null) return null;
        isOffered ??= await Shared.IsOfferedAsync();
        return isOffered.Value ? Shared : null;
    }

    private async Task QuietAsync(TimeSpan quiet)
    {
        if (await OfferedAsync() is { } shared)
        {
            await shared.QuietAsync(null, quiet, "the wire to fall quiet");
            return;
        }

        using var timer = new PeriodicTimer(Look);
        var (begun, since, before) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp(), links.Activity);
        while (Stopwatch.GetElapsedTime(since) < quiet && Stopwatch.GetElapsedTime(begun) < QuietMax)
        {
            await timer.WaitForNextTickAsync();
            if (links.Activity == before && links.Held == 0) continue;
            (since, before) = (Stopwatch.GetTimestamp(), links.Activity);
        }
    }

    private static async Task<bool> EndsAsync(Task task, TimeSpan limit)
    {
        try
        {
            await task.WaitAsync(limit);
            return true;
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            return false;
        }
    }

    private static string InWords(TimeSpan time) => time.TotalMinutes >= 2 && time.Seconds == 0
        ? $"{time.TotalMinutes:0} minutes" : $"{time.TotalSeconds:0} seconds";
}
