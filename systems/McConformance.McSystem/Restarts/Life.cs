using System.Collections.Concurrent;
using McConformance.Wire.State;

namespace McConformance.McSystem.Restarts;

/// <summary>What the nodes of one MC system keep from life to life: tables by node and name. Memory in place of a disk.</summary>
internal sealed class KeptMemory
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, string>> tables = new();

    /// <summary>A table of a node.</summary>
    public ConcurrentDictionary<string, string> Of(string node, string table) => tables.GetOrAdd($"{node}/{table}", _ => new());
}

/// <summary>One life of an MC system: what its nodes write is kept until the life ends, and nothing after.</summary>
/// <param name="memory">What outlives it.</param>
/// <param name="forgets">Name of tables that are not kept; null for none.</param>
internal sealed class Life(KeptMemory memory, string? forgets)
{
    private volatile bool isOver;

    /// <summary>Ends it: code that still runs keeps nothing any more.</summary>
    public void End() => isOver = true;

    /// <summary>Where a node keeps its state.</summary>
    public IStateStore StoreOf(string node) => new Store(this, node);

    private sealed class Store(Life life, string node) : IStateStore
    {
        public IStateTable Open(string name) => new Table(life, name == life.Forgotten ? new() : life.Memory.Of(node, name));
    }

    private KeptMemory Memory => memory;

    private string? Forgotten => forgets;

    private sealed class Table(Life life, ConcurrentDictionary<string, string> entries) : IStateTable, IDisposable
    {
        private IReadOnlyList<StateChange>? first;

        public IReadOnlyList<StateChange> News()
        {
            if (first is not null) return [];
            return first = [.. entries.Select(e => new StateChange(e.Key, e.Value))];
        }

        public void Write(string key, string? value)
        {
            if (life.isOver) return;
            if (value is null) entries.TryRemove(key, out _);
            else entries[key] = value;
        }

        /// <summary>There is no other instance.</summary>
        public IDisposable Enter() => this;

        public void Dispose()
        {
        }
    }
}
