using McConformance.Wire.State;

namespace McConformance.McSystem.Restarts;

/// <summary>One life of an MC system: what its nodes write is kept until the life ends, and nothing after. Thread
/// safe.</summary>
/// <param name="storeOf">Where a node, named by its host, keeps its state; null where in memory alone.</param>
/// <param name="forgets">Name of tables that are not kept; null for none.</param>
internal sealed class Life(Func<string, IStateStore?> storeOf, string? forgets = null)
{
    private readonly Lock gate = new();
    private bool isOver;

    /// <summary>Ends it: code that still runs keeps nothing any more. Nothing is being written when it
    /// returns.</summary>
    public void End()
    {
        lock (gate) isOver = true;
    }

    /// <summary>Where a node keeps its state.</summary>
    public IStateStore? StoreOf(string node) => storeOf(node) is { } lasting ? new Store(this, lasting, node) : null;

    private sealed class Store(Life life, IStateStore lasting, string node) : IStateStore
    {
        public IStateTable Open(string name) => new Table(
            life, name == life.Forgotten ? new KeptMemory().StoreOf(node).Open(name) : lasting.Open(name));
    }

    private string? Forgotten => forgets;

    private sealed class Table(Life life, IStateTable lasting) : IStateTable
    {
        public IReadOnlyList<StateChange> News()
        {
            lock (life.gate) return life.isOver ? [] : lasting.News();
        }

        public void Write(string key, string? value)
        {
            lock (life.gate)
                if (!life.isOver) lasting.Write(key, value);
        }

        public IDisposable Enter() => lasting.Enter();
    }
}
