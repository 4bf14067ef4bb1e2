using System.Collections.Concurrent;
using System.Globalization;
using McConformance.McSystem.Configuration;
using McConformance.McSystem.External;
using McConformance.Wire.State;
using McConformance.Wire.Time;

namespace McConformance.Host;

/// <summary>The MC systems that run side by side in this process, each with an id. Thread safe.</summary>
/// <param name="log">Log.</param>
/// <param name="state">Where they keep what a restart must not lose; null where in memory alone.</param>
/// <param name="shared">Where nodes keep it in place of that, by their host names; null where nowhere.</param>
internal sealed class HostedSystems(Log log, StateFolder? state, Func<string, IStateStore>? shared = null) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ServedLives> systems = new();
    private int last;

    /// <summary>How many run.</summary>
    public int Count => systems.Count;

    /// <summary>What each tells of itself.</summary>
    public IReadOnlyList<ProvisionedSystem> All => [.. systems.Select(s => s.Value.Describe(s.Key))];

    /// <summary>Starts those that ran when the process ended. They wait for no neighbour: that may be down as
    /// well.</summary>
    public async Task ResumeAsync(CancellationToken cancellation)
    {
        if (state is null) return;
        foreach (var (id, file) in state.Remembered())
        {
            last = Math.Max(last, id);
            await StartAsync(id.ToString(CultureInfo.InvariantCulture), file, isResumed: true, cancellation);
        }
    }

    /// <summary>Starts the MC system of the configuration file.</summary>
    public Task AddConfiguredAsync(McSystemFile file, CancellationToken cancellation) =>
        StartAsync(file.System.Domain, state?.Complete(file.System.Domain, file) ?? file, isResumed: false, cancellation);

    /// <summary>Makes and starts an MC system.</summary>
    /// <exception cref="ArgumentException">The file holds what is not allowed.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">A port is taken.</exception>
    public async Task<ProvisionedSystem> AddAsync(McSystemFile file, CancellationToken cancellation)
    {
        var id = Interlocked.Increment(ref last).ToString(CultureInfo.InvariantCulture);
        return await StartAsync(id, state?.Complete(id, file) ?? file, isResumed: false, cancellation);
    }

    /// <summary>Tells an MC system of the others, and remembers it.</summary>
    public async Task JoinAsync(string id, ServedLives system, JoinRequest request, CancellationToken cancellation)
    {
        await system.JoinAsync(request, cancellation);
        state?.Join(id, request);
    }

    private async Task<ProvisionedSystem> StartAsync(string id, McSystemFile file, bool isResumed, CancellationToken cancellation)
    {
        var system = new ServedLives(
            file, new ShiftableTime(), state?.StoreOf(id) ?? shared, state is null ? null : () => state.Close(id));
        try
        {
            await system.StartAsync(awaitsNeighbours: !isResumed, cancellation);
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }

        systems[id] = system;
        log.Write(isResumed ? "resumed" : "provisioned", ("id", id), ("system", system.Domain));
        return system.Describe(id);
    }

    /// <summary>One crashes; see <see cref="ServedLives.CrashAsync"/>.</summary>
    public async Task CrashAsync(string id, ServedLives system)
    {
        await system.CrashAsync();
        log.Write("crashed", ("id", id), ("system", system.Domain));
    }

    /// <summary>One starts again; see <see cref="ServedLives.StartAgainAsync"/>.</summary>
    public async Task StartAgainAsync(string id, ServedLives system, CancellationToken cancellation)
    {
        await system.StartAgainAsync(cancellation);
        log.Write("started", ("id", id), ("system", system.Domain));
    }

    /// <summary>One of them; null where none has the id.</summary>
    public ServedLives? Find(string id) => systems.GetValueOrDefault(id);

    /// <summary>Ends one.</summary>
    /// <returns>False where none has the id.</returns>
    public async Task<bool> RemoveAsync(string id)
    {
        if (!systems.TryRemove(id, out var system)) return false;
        await system.DisposeAsync();
        state?.Forget(id);
        log.Write("disposed", ("id", id), ("system", system.Domain));
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // their state stays
        foreach (var system in systems.Values) await system.DisposeAsync();
    }
}
