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

    private static readonly TimeSpan QuietMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until a task ends.</summary>
    /// <exception cref="InconclusiveException">It did not, and might still.</exception>
    /// <exception cref="TimeoutException">It did not, and had all the time it may take.</exception>
    public static async Task UntilAsync(Task task, string what, TimeSpan most)
    {
        var limit = most < Patience ? most : Patience;
        try
        {
            await task.WaitAsync(limit);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            if (most > Patience) throw new InconclusiveException($"waited {limit.TotalSeconds} s for {what}, which may take {most.TotalSeconds} s: an external MC system keeps its own time");
            throw new TimeoutException($"waited {limit.TotalSeconds} s for {what}");
        }
    }

    /// <summary>Waits until nothing has moved for a while.</summary>
    public static async Task SettleAsync(LinkBook links)
    {
        using var timer = new PeriodicTimer(Look);
        var (begun, since, before) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp(), links.Activity);
        while (Stopwatch.GetElapsedTime(since) < Quiet && Stopwatch.GetElapsedTime(begun) < QuietMax)
        {
            await timer.WaitForNextTickAsync();
            if (links.Activity == before && links.Held == 0) continue;
            (since, before) = (Stopwatch.GetTimestamp(), links.Activity);
        }
    }

    /// <summary>Lets time pass.</summary>
    /// <exception cref="InconclusiveException">It is too much.</exception>
    public static async Task PassAsync(TimeSpan time)
    {
        if (time > Patience) throw new InconclusiveException($"{time} would have to pass: an external MC system keeps its own time");
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync();
    }
}
