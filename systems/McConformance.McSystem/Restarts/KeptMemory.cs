using System.Collections.Concurrent;
using McConformance.Wire.State;

namespace McConformance.McSystem.Restarts;

/// <summary>What the nodes of one MC system keep from life to life: tables by node and name. Memory in place of a
/// disk.</summary>
internal sealed class KeptMemory
{
    private readonly ConcurrentDictionary<(string Node, string Table), ConcurrentDictionary<string, string>> tables =
        new();

    /// <summary>Where a node, named by its host, keeps its state.</summary>
    public IStateStore StoreOf(string node) => new Store(this, node);

    private sealed class Store(KeptMemory memory, string node) : IStateStore
    {
        public IStateTable Open(string name) => new Table(memory.tables.GetOrAdd((node, name), static _ => new()));
    }

    private sealed class Table(ConcurrentDictionary<string, string> entries) : IStateTable, IDisposable
    {
        private bool isRead;

        public IReadOnlyList<StateChange> News()
        {
            if (isRead) return [];
            isRead = true;
            return [.. entries.Select(e => new StateChange(e.Key, e.Value))];
        }

        public void Write(string key, string? value)
        {
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
