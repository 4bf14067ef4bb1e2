using System.Collections.Concurrent;
using System.Globalization;
using McConformance.McSystem.Configuration;
using McConformance.Stores;
using McConformance.Wire.State;

namespace McConformance.Host;

/// <summary>
/// The folder of <c>--state</c>: a folder for each MC system, in it a journal for each node, and <c>system.json</c>
/// with what was chosen
/// for it when it was first started, its ports above all: the others find it there again. Readable by its owner
/// alone, because
/// subscribers' keys are in it.
/// </summary>
internal sealed class StateFolder : IDisposable
{
    private const string FileName = "system.json";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string path;
    private readonly Log log;
    private readonly Action<string> broken;
    private readonly ConcurrentDictionary<string, Journal> journals = new();

    /// <summary>Opens the folder, or makes it.</summary>
    /// <param name="path">Where.</param>
    /// <param name="log">Log.</param>
    /// <param name="broken">Is told when state cannot be kept any more.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public StateFolder(string path, Log log, Action<string> broken)
    {
        (this.path, this.log, this.broken) = (Path.GetFullPath(path), log, broken);
        Make(this.path);
    }

    /// <summary>What ran when the process ended, by id.</summary>
    /// <exception cref="InvalidDataException">A file cannot be read.</exception>
    public IEnumerable<(int Id, McSystemFile File)> Remembered() =>
        from folder in Directory.EnumerateDirectories(path)
        let file = Path.Combine(folder, FileName)
        where int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _) && File.Exists(file)
        let id = int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture)
        orderby id
        select (id, McSystemJson.Read(file, File.ReadAllText(file)));

    /// <summary>Fills in what a file leaves to choice: as it was chosen the last time, or anew; and remembers
    /// it.</summary>
    public McSystemFile Complete(string id, McSystemFile file)
    {
        var at = Path.Combine(path, id, FileName);
        var before = File.Exists(at) ? McSystemJson.Read(at, File.ReadAllText(at)) : null;
        var whole = file.Completed(before);
        Write(id, whole);
        return whole;
    }

    /// <summary>Remembers what an MC system was told of others. What it was told before still holds.</summary>
    public void Join(string id, JoinRequest request)
    {
        var at = Path.Combine(path, id, FileName);
        if (!File.Exists(at)) return;
        Write(id, McSystemJson.Read(at, File.ReadAllText(at)).With(request));
    }

    /// <summary>Where the nodes of an MC system keep their state.</summary>
    public Func<string, IStateStore?> StoreOf(string id) => node =>
        journals.GetOrAdd(Path.Combine(path, id, $"{node}.journal"), at => new Journal(at, t => log.Write("cut off", ("what", t)), broken));

    /// <summary>Closes the journals of an MC system that has crashed: what it finds when it starts again is what the
    /// disk has.</summary>
    public void Close(string id)
    {
        var folder = Path.Combine(path, id);
        foreach (var (at, journal) in journals.Where(j => Path.GetDirectoryName(j.Key) == folder).ToArray())
        {
            journal.Dispose();
            journals.TryRemove(at, out _);
        }
    }

    /// <summary>An MC system is taken away, and its state with it.</summary>
    public void Forget(string id)
    {
        Close(id);
        var folder = Path.Combine(path, id);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var journal in journals.Values) journal.Dispose();
    }

    private void Write(string id, McSystemFile file)
    {
        var at = Path.Combine(path, id, FileName);
        Make(Path.GetDirectoryName(at)!);
        File.WriteAllText(at + ".new", McSystemJson.Write(file));
        File.Move(at + ".new", at, overwrite: true);
    }

    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnerOnly);
    }
}
