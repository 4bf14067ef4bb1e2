namespace McConformance.Wire;

/// <summary>
/// Tells a link book that something is being done which no message shows: the handling of a request, but for the times in which it waits
/// for somebody else. Whoever lets a scenario's time pass can then tell a slow machine from a peer that does not answer.
/// </summary>
public static class Busy
{
    private static readonly AsyncLocal<LinkBook?> Current = new();

    /// <summary>Runs something that is being done.</summary>
    public static async Task WhileAsync(LinkBook links, Func<Task> work)
    {
        links.Hold();
        Current.Value = links;
        try
        {
            await work().ConfigureAwait(false);
        }
        finally
        {
            Current.Value = null;
            links.Release();
        }
    }

    /// <summary>Goes to the end of the pool's common queue, and so lets all that stands there have its turn; work that
    /// a pool thread adds would otherwise go before it.</summary>
    public static Task InTurnAsync() => Task.Factory.StartNew(
        static () => { }, CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default);

    /// <summary>Waits for somebody else in the middle of it.</summary>
    public static async Task<T> WaitAsync<T>(Task<T> other)
    {
        if (other.IsCompleted || Current.Value is not { } links) return await other.ConfigureAwait(false);
        links.Release();
        try
        {
            return await other.ConfigureAwait(false);
        }
        finally
        {
            links.Hold();
        }
    }
}
