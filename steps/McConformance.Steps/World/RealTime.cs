using System.Diagnostics;
using McConformance.Wire;

namespace McConformance.Steps.World;

/// <summary>Waiting where an MC system of another process keeps its own time. What would take longer than a scenario may take cannot be judged.</summary>
internal static class RealTime
{
    /// <summary>How long a scenario waits for one thing. Longer than T1 to T4 of a good run, shorter than 64 * T1 (RFC 3261 17.1.1.2).</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    /// <summary>Nothing for so long counts as quiet: an external MC system on this machine answers in a few milliseconds.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(120);

    /// <summary>So long a change of configuration may take until all servers of an MC system work by it.</summary>
    private static readonly TimeSpan Spreads = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan QuietMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until a task ends.</summary>
    /// <exception cref="InconclusiveException">It did not, and might still.</exception>
    /// <exception cref="TimeoutException">It did not, and had all the time it may take.</exception>
    public static async Task UntilAsync(Task task, string what, TimeSpan most, string where)
    {
        // zero: no timer of the systems is waited for, only that they do it
        var limit = most > TimeSpan.Zero && most < Patience ? most : Patience;
        try
        {
            await task.WaitAsync(limit);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            if (most > Patience) throw new InconclusiveException(
                $"waited {InWords(limit)} for {what}, which may take {InWords(most)} in {where}, "
                + "whose clock the harness cannot put forward");
            throw new TimeoutException($"waited {limit.TotalSeconds} s for {what}");
        }
    }

    /// <summary>Waits until nothing has moved for a while.</summary>
    public static Task SettleAsync(LinkBook links) => QuietAsync(links, Quiet);

    /// <summary>The same for longer: what is to happen passes where nothing is seen.</summary>
    public static Task SpreadAsync(LinkBook links) => QuietAsync(links, Spreads);

    private static async Task QuietAsync(LinkBook links, TimeSpan quiet)
    {
        using var timer = new PeriodicTimer(Look);
        var (begun, since, before) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp(), links.Activity);
        while (Stopwatch.GetElapsedTime(since) < quiet && Stopwatch.GetElapsedTime(begun) < QuietMax)
        {
            await timer.WaitForNextTickAsync();
            if (links.Activity == before && links.Held == 0) continue;
            (since, before) = (Stopwatch.GetTimestamp(), links.Activity);
        }
    }

    /// <summary>Lets time pass.</summary>
    /// <exception cref="InconclusiveException">It is too much; said at once.</exception>
    public static async Task PassAsync(TimeSpan time, string where)
    {
        if (time > Patience) throw new InconclusiveException(
            $"needs {InWords(time)} to pass in {where}, whose clock the harness cannot put forward");
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync();
    }

    private static string InWords(TimeSpan time) => time.TotalMinutes >= 2 && time.Seconds == 0
        ? $"{time.TotalMinutes:0} minutes" : $"{time.TotalSeconds:0} seconds";
}
