using System.Collections.Concurrent;
using System.Globalization;
using McConformance.McSystem.Configuration;
using McConformance.McSystem.External;

namespace McConformance.Host;

/// <summary>The MC systems that run side by side in this process, each with an id. Thread safe.</summary>
internal sealed class HostedSystems(Log log) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ServedMcSystem> systems = new();
    private int last;

    /// <summary>How many run.</summary>
    public int Count => systems.Count;

    /// <summary>What each tells of itself.</summary>
    public IReadOnlyList<ProvisionedSystem> All => [.. systems.Select(s => s.Value.Describe(s.Key))];

    /// <summary>Makes and starts an MC system.</summary>
    /// <exception cref="ArgumentException">The file holds what is not allowed.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">A port is taken.</exception>
    public async Task<ProvisionedSystem> AddAsync(McSystemFile file, CancellationToken cancellation)
    {
        var system = new ServedMcSystem(file, TimeProvider.System);
        try
        {
            await system.StartAsync(cancellation);
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }

        var id = Interlocked.Increment(ref last).ToString(CultureInfo.InvariantCulture);
        systems[id] = system;
        log.Write("provisioned", ("id", id), ("system", system.Domain));
        return system.Describe(id);
    }

    /// <summary>One of them; null where none has the id.</summary>
    public ServedMcSystem? Find(string id) => systems.GetValueOrDefault(id);

    /// <summary>Ends one.</summary>
    /// <returns>False where none has the id.</returns>
    public async Task<bool> RemoveAsync(string id)
    {
        if (!systems.TryRemove(id, out var system)) return false;
        await system.DisposeAsync();
        log.Write("disposed", ("id", id), ("system", system.Domain));
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var id in systems.Keys) await RemoveAsync(id);
    }
}
