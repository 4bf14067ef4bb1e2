using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace McConformance.Steps.ExternalRuns;

/// <summary>The command <c>mcsystem</c> as a process of its own, with an operator port that the system chose.</summary>
internal sealed class McSystemProcess : IAsyncDisposable
{
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(30);
    private readonly Process process;

    private readonly Uri? operatorPort;
    private readonly IReadOnlyList<ReadyEndpoint> endpoints;

    private McSystemProcess(Process process, ReadyLine ready) =>
        (this.process, operatorPort, endpoints) = (process, ready.Operator,
            [.. ready.Systems.Concat(ready.UserEquipment ?? []).SelectMany(s => s.Endpoints)]);

    /// <summary>Where it is provisioned.</summary>
    /// <exception cref="InvalidOperationException">It was started without an operator port.</exception>
    public Uri OperatorPort => operatorPort ?? throw new InvalidOperationException("it has no operator port");

    /// <summary>What the entities of its file are, in the order of their endpoints.</summary>
    public IEnumerable<string> Kinds => endpoints.Select(e => e.Kind);

    /// <summary>Where an entity of its file listens first.</summary>
    public IPEndPoint At(string kind)
    {
        var found = endpoints.First(e => e.Kind == kind);
        return new IPEndPoint(IPAddress.Parse(found.Address), found.Port);
    }

    /// <summary>Starts one.</summary>
    /// <exception cref="InvalidOperationException">It ended, or is not built.</exception>
    public static async Task<McSystemProcess> StartAsync(params string[] arguments)
    {
        var process = Launch(arguments);
        // the log is read away, so that a full pipe does not stop it
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var ready = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"{Program} ended before it was ready");
        return new McSystemProcess(process, JsonSerializer.Deserialize<ReadyLine>(ready, JsonSerializerOptions.Web)!);
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>Exit code, and what it wrote.</returns>
    public static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Launch(arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        using var limit = new CancellationTokenSource(EndsWithin);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, output, await error);
    }

    /// <summary>Asks it to end, as an operating system does.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        using (var signal = Process.Start("kill", ["-TERM", $"{process.Id}"])) await signal.WaitForExitAsync();
        using var limit = new CancellationTokenSource(EndsWithin);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    /// <summary>Ends it as a power cut does: at once, with nothing put away (SIGKILL).</summary>
    public async Task KillAsync()
    {
        process.Kill();
        using var limit = new CancellationTokenSource(EndsWithin);
        await process.WaitForExitAsync(limit.Token);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
        return default;
    }

    private static Process Launch(string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Program, .. arguments]) info.ArgumentList.Add(argument);
        return Process.Start(info)!;
    }

    private sealed record ReadyLine(Uri? Operator, List<ReadySystem> Systems, List<ReadySystem>? UserEquipment);

    private sealed record ReadySystem(List<ReadyEndpoint> Endpoints);

    private sealed record ReadyEndpoint(string Kind, string Address, int Port);

    /// <summary>Built beside this assembly, with the same configuration.</summary>
    public static string Program
    {
        get
        {
            var framework = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(
                Repository.Root, "systems", "McConformance.Host", "bin", framework.Parent!.Name, framework.Name, "McConformance.Host.dll");
        }
    }
}
