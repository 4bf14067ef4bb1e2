using System.Collections.Concurrent;
using System.Globalization;
using McConformance.McSystem;
using McConformance.McSystem.Configuration;
using McConformance.Stores;
using McConformance.Wire.Http.Oidc;
using McConformance.Wire.State;
using McConformance.Wire.Transport;

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
        var ports = new Dictionary<string, int>(file.Listen.Ports);
        foreach (var socket in ListeningAddresses.Sockets)
            if (!ports.ContainsKey(socket))
                ports[socket] = before?.Listen.Ports.GetValueOrDefault(socket) is > 0 and var known ? known : FreePorts.Next(file.Listen.Address);
        var key = file.TokenKey ?? before?.TokenKey
            ?? (file.System.Application is null ? null : SigningKey.Create(SignatureAlgorithm.ES256, $"{file.System.Domain}-1").ToPem(withPrivate: true));
        var whole = file with { Listen = file.Listen with { Ports = ports }, TokenKey = key };
        Write(id, whole);
        return whole;
    }

    /// <summary>Remembers what an MC system was told of others. What it was told before still holds.</summary>
    public void Join(string id, JoinRequest request)
    {
        var at = Path.Combine(path, id, FileName);
        if (!File.Exists(at)) return;
        var file = McSystemJson.Read(at, File.ReadAllText(at));
        Write(id, file with
        {
            Peers = [.. file.Peers.Select(p => request.Peers.Find(r => r.Domain == p.Domain) is { } told ? told with { TokenKey = told.TokenKey ?? p.TokenKey } : p)],
            OtherEntities = [.. file.OtherEntities.Where(e =>
                request.OtherEntities.All(r =>
                (r.Node, r.Protocol, r.Transport, r.Side) != (e.Node, e.Protocol, e.Transport, e.Side))),
                .. request.OtherEntities],
            Csc18 = [.. file.Csc18.Where(n => request.Csc18.All(r => r.Host != n.Host)), .. request.Csc18],
        });
    }

    /// <summary>Where the nodes of an MC system keep their state.</summary>
    public Func<string, IStateStore?> StoreOf(string id) => node =>
        journals.GetOrAdd(Path.Combine(path, id, $"{node}.journal"), at => new Journal(at, t => log.Write("cut off", ("what", t)), broken));

    /// <summary>An MC system is taken away, and its state with it.</summary>
    public void Forget(string id)
    {
        var folder = Path.Combine(path, id);
        foreach (var (at, journal) in journals.Where(j => Path.GetDirectoryName(j.Key) == folder).ToArray())
        {
            journal.Dispose();
            journals.TryRemove(at, out _);
        }

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
