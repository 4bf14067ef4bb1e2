namespace McConformance.Wire.State;

/// <summary>Where one node keeps what it must not lose when its process ends: tables of keys and values, both text. A
/// journal,
/// a database, or memory that outlives the node.</summary>
public interface IStateStore
{
    /// <summary>Opens a table; made where there is none.</summary>
    /// <param name="name">Within the node: <c>groups</c>.</param>
    IStateTable Open(string name);
}

/// <summary>One table. Whoever uses it calls from one thread at a time.</summary>
public interface IStateTable
{
    /// <summary>What was written since the last call, by others or in an earlier life; the first call gives all there
    /// is.
    /// In the order of writing.</summary>
    IReadOnlyList<StateChange> News();

    /// <summary>Writes an entry. What is answered after this call is not lost with the process.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; null takes the entry away.</param>
    /// <exception cref="StateLostException">It could not be kept; nothing must be acknowledged.</exception>
    void Write(string key, string? value);

    /// <summary>Keeps other instances from writing to the table until disposed: for what is read and then
    /// written.</summary>
    IDisposable Enter();
}

/// <summary>An entry became another one.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">What it holds now; null where it is gone.</param>
public readonly record struct StateChange(string Key, string? Value);

/// <summary>State cannot be kept any more: a full disk, a database that is gone. Whoever gets it does not acknowledge
/// what it
/// was about to.</summary>
public sealed class StateLostException(string message, Exception? inner = null) : IOException(message, inner);
