using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using McConformance.Wire.Transport;

namespace McConformance.Stores.Tests;

/// <summary>A PostgreSQL server of its own, in a folder of its own, run as another user than root; gone when it is disposed of.</summary>
internal sealed class PostgresCluster : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mc-postgres-");
    private readonly string programs;
    private readonly string data;

    private PostgresCluster(string programs)
    {
        this.programs = programs;
        data = Path.Combine(folder.FullName, "data");
        Port = FreePorts.Next(IPAddress.Loopback);
        if (IsRoot) Run("chown", "postgres", folder.FullName);
        Run("initdb", "-D", data, "-A", "trust", "-U", "mc", "--no-sync");
        Run("pg_ctl", "-D", data, "-w", "-t", "60", "-l", Path.Combine(folder.FullName, "log"),
            "-o", $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder.FullName} -c fsync=off", "start");
    }

    /// <summary>Its port on loopback.</summary>
    public int Port { get; }

    /// <summary>As <c>--store</c> takes it.</summary>
    public string Uri => $"postgres://mc@127.0.0.1:{Port}/postgres";

    private static bool IsRoot => Environment.UserName == "root";

    /// <summary>Starts one.</summary>
    /// <returns>Null where PostgreSQL is not installed.</returns>
    public static PostgresCluster? TryStart()
    {
        var programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).LastOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
            : null;
        return programs is null ? null : new PostgresCluster(programs);
    }

    /// <summary>Ends the server at once, as a power cut would.</summary>
    public void Stop() => Run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop");

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            if (File.Exists(Path.Combine(data, "postmaster.pid"))) Stop();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private void Run(string program, params string[] arguments)
    {
        var isOwn = program is "initdb" or "pg_ctl";
        var at = isOwn ? Path.Combine(programs, program) : program;
        var info = IsRoot && isOwn
            ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", at, .. arguments])
            : new ProcessStartInfo(at, arguments);
        // a server that goes on holds on to what it is given
        (info.WorkingDirectory, info.RedirectStandardOutput, info.RedirectStandardError) = (folder.FullName, program != "pg_ctl", program != "pg_ctl");
        using var process = Process.Start(info)!;
        var printed = info.RedirectStandardError ? process.StandardError.ReadToEnd() : "";
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{at} {string.Join(' ', arguments)}: exit code {process.ExitCode}: {printed}");
    }
}
