using System.Diagnostics;
using System.Text.Json;

namespace McConformance.Steps.ExternalRuns;

/// <summary>The command <c>mcsystem</c> as a process of its own, with an operator port that the system chose.</summary>
internal sealed class McSystemProcess : IAsyncDisposable
{
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(30);
    private readonly Process process;

    private McSystemProcess(Process process, Uri operatorPort) => (this.process, OperatorPort) = (process, operatorPort);

    /// <summary>Where it is provisioned.</summary>
    public Uri OperatorPort { get; }

    /// <summary>Starts one.</summary>
    /// <exception cref="InvalidOperationException">It ended, or is not built.</exception>
    public static async Task<McSystemProcess> StartAsync(params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Program, .. arguments]) info.ArgumentList.Add(argument);
        var process = Process.Start(info)!;
        // the log is read away, so that a full pipe does not stop it
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var ready = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"{Program} ended before it was ready");
        using var told = JsonDocument.Parse(ready);
        return new McSystemProcess(process, new Uri(told.RootElement.GetProperty("operator").GetString()!));
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

    /// <summary>Built beside this assembly, with the same configuration.</summary>
    private static string Program
    {
        get
        {
            var framework = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(
                Repository.Root, "systems", "McConformance.Host", "bin", framework.Parent!.Name, framework.Name, "McConformance.Host.dll");
        }
    }
}
