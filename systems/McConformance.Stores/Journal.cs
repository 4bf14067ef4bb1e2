using McConformance.Wire.State;

namespace McConformance.Stores;

/// <summary>
/// Keeps the state of one node in a file of its own that only grows: each change is a checksummed record at its end,
/// on the disk
/// before the call returns. When most of the file is outdated it is written anew. Thread safe; one process at a time.
/// </summary>
public sealed class Journal : IStateStore, IDisposable
{
    /// <summary>How many outdated records a journal may hold besides as many as are in force.</summary>
    internal const int OutdatedMax = 1000;

    private static readonly byte[] Magic = "McState1"u8.ToArray();
    private readonly Lock gate = new();
    private readonly string path;
    private readonly Action<string>? broken;
    private readonly Dictionary<string, Dictionary<string, string>> live = new(StringComparer.Ordinal);
    private FileStream file;
    private int outdated;
    private bool isBroken;

    /// <summary>Opens a journal, or makes one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="told">Is told what an operator should know: that a write was cut off when the process
    /// ended.</param>
    /// <exception cref="InvalidDataException">The file is no journal, or is damaged in the middle; says what to
    /// do.</exception>
    /// <exception cref="IOException">Another process has it, or it cannot be read.</exception>
    /// <param name="broken">Is told when state cannot be kept any more.</param>
    public Journal(string path, Action<string>? told = null, Action<string>? broken = null)
    {
        (this.path, this.broken) = (path, broken);
        file = OpenFile(path);
        try
        {
            var end = Load(told);
            if (end < file.Length) file.SetLength(end);
            file.Position = end;
            if (IsWorthwhile) Compact();
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Octets of the file.</summary>
    public long Length
    {
        get
        {
            lock (gate) return file.Length;
        }
    }

    private int Live => live.Values.Sum(t => t.Count);

    private bool IsWorthwhile => outdated > OutdatedMax + Live;

    /// <inheritdoc/>
    public IStateTable Open(string name)
    {
        lock (gate) return new Table(this, name, [.. live.GetValueOrDefault(name)?.Select(e => new StateChange(e.Key, e.Value)) ?? []]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate) file.Dispose();
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            // nobody else may open it: two writers would each cut off what the other wrote
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new IOException($"{path} cannot be opened: does another process use the same state? ({e.Message})", e);
        }
    }

    /// <summary>Reads what there is.</summary>
    /// <returns>Where the next record goes.</returns>
    private long Load(Action<string>? told)
    {
        var octets = new byte[file.Length];
        file.ReadExactly(octets);
        if (octets.Length < Magic.Length)
        {
            if (!Magic.AsSpan().StartsWith(octets)) throw new InvalidDataException($"{path} is no journal; take it away");
            file.Position = 0;
            file.Write(Magic);
            file.Flush(flushToDisk: true);
            return Magic.Length;
        }

        if (!octets.AsSpan().StartsWith(Magic)) throw new InvalidDataException($"{path} is no journal; take it away");
        var at = Magic.Length;
        while (at < octets.Length)
        {
            var length = Record.TryRead(octets.AsSpan(at), out var fields);
            if (length < 0)
            {
                throw new InvalidDataException(
                    $"{path} is damaged at octet {at} of {octets.Length}, before its end: bring back a copy, or take it away to start with an empty state");
            }

            if (length == 0)
            {
                told?.Invoke($"{path}: the last {octets.Length - at} octets are a write that was cut off; nobody was told that it is kept, and it is left out");
                break;
            }

            Apply(fields[0], fields[1], fields.Length == 3 ? fields[2] : null);
            at += length;
        }

        return at;
    }

    private void Apply(string table, string key, string? value)
    {
        if (!live.TryGetValue(table, out var entries)) live[table] = entries = new Dictionary<string, string>(StringComparer.Ordinal);
        if (value is null) outdated += entries.Remove(key) ? 2 : 1;
        else
        {
            if (!entries.TryAdd(key, value)) outdated++;
            entries[key] = value;
        }
    }

    private void Append(string table, string key, string? value)
    {
        lock (gate)
        {
            if (isBroken) throw new StateLostException($"{path} could not be written before");
            try
            {
                file.Write(Record.Write(table, key, value));
                file.Flush(flushToDisk: true);
                Apply(table, key, value);
                if (IsWorthwhile) Compact();
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or UnauthorizedAccessException)
            {
                isBroken = true;
                broken?.Invoke($"{path} cannot be written: {e.Message}");
                throw new StateLostException($"{path} cannot be written: {e.Message}", e);
            }
        }
    }

    /// <summary>Writes what is in force into a new file, which takes the place of the old one once it is on the
    /// disk.</summary>
    private void Compact()
    {
        var next = new FileStream(path + ".new", FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        next.Write(Magic);
        foreach (var (table, entries) in live)
            foreach (var (key, value) in entries) next.Write(Record.Write(table, key, value));
        next.Flush(flushToDisk: true);
        File.Move(path + ".new", path, overwrite: true);
        file.Dispose();
        (file, outdated) = (next, 0);
    }

    private sealed class Table(Journal journal, string name, IReadOnlyList<StateChange> first) : IStateTable, IDisposable
    {
        private IReadOnlyList<StateChange> news = first;

        public IReadOnlyList<StateChange> News()
        {
            var now = news;
            news = [];
            return now;
        }

        public void Write(string key, string? value) => journal.Append(name, key, value);

        /// <summary>There is no other instance.</summary>
        public IDisposable Enter() => this;

        public void Dispose()
        {
        }
    }
}
