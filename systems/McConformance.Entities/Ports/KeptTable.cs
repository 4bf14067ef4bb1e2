using System.Collections;
using System.Diagnostics.CodeAnalysis;
using McConformance.Wire.State;

namespace McConformance.Entities.Ports;

/// <summary>
/// A dictionary that a restart does not empty: what is put into it is in the store before the call returns, so
/// whoever answers
/// afterwards answers nothing that can be lost. Without a store it is a dictionary and no more. With a store that
/// several instances
/// share, each look takes up what the others have written. Guarded by whoever owns it.
/// </summary>
/// <param name="store">Where entries are kept; null where they live in memory alone.</param>
/// <param name="name">Name of the table.</param>
public sealed class KeptTable<TKey, TValue>(IStateStore? store, string name) : IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    private readonly Dictionary<TKey, TValue> entries = [];
    private readonly IStateTable? table = store?.Open(name);

    /// <summary>An entry.</summary>
    /// <exception cref="StateLostException">It could not be kept.</exception>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public TValue this[TKey key]
    {
        get => UpToDate()[key];
        set
        {
            UpToDate();
            table?.Write(StateJson.Write(key), StateJson.Write(value));
            entries[key] = value;
        }
    }

    /// <summary>What the entries hold.</summary>
    public IReadOnlyCollection<TValue> Values => UpToDate().Values;

    /// <summary>How many there are.</summary>
    public int Count => UpToDate().Count;

    /// <summary>Whether there is an entry.</summary>
    public bool ContainsKey(TKey key) => UpToDate().ContainsKey(key);

    /// <summary>Finds an entry.</summary>
    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value) => UpToDate().TryGetValue(key, out value);

    /// <summary>An entry; the default where there is none.</summary>
    public TValue? GetValueOrDefault(TKey key) => UpToDate().GetValueOrDefault(key);

    /// <summary>Takes an entry away.</summary>
    /// <returns>False where there was none.</returns>
    public bool Remove(TKey key) => Remove(key, out _);

    /// <summary>Takes an entry away, and tells what it was.</summary>
    /// <returns>False where there was none.</returns>
    public bool Remove(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (!UpToDate().TryGetValue(key, out value)) return false;
        table?.Write(StateJson.Write(key), null);
        return entries.Remove(key);
    }

    /// <summary>No other instance writes until it is disposed: for what is read, changed and put back.</summary>
    public IDisposable Enter() => table?.Enter() ?? Nothing.Instance;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() => UpToDate().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Dictionary<TKey, TValue> UpToDate()
    {
        if (table is null) return entries;
        foreach (var change in table.News())
        {
            if (change.Value is null) entries.Remove(StateJson.Read<TKey>(change.Key));
            else entries[StateJson.Read<TKey>(change.Key)] = StateJson.Read<TValue>(change.Value);
        }

        return entries;
    }

    private sealed class Nothing : IDisposable
    {
        public static Nothing Instance { get; } = new();

        public void Dispose()
        {
        }
    }
}
