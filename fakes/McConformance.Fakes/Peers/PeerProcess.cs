using System.Diagnostics;
using System.Text;

namespace McConformance.Fakes.Peers;

/// <summary>A real peer from a Debian package, run as a process. What it prints is kept for the message when it fails; it ends with the scenario.</summary>
public sealed class PeerProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();

    private PeerProcess(Process process) => this.process = process;

    /// <summary>What it printed so far.</summary>
    public string Output
    {
        get { lock (output) return output.ToString(); }
    }

    /// <summary>True once it has ended.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>Exit code, once it has ended.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>Whether a tool is on this machine's PATH.</summary>
    public static bool IsInstalled(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Concat(["/usr/sbin", "/usr/bin"]).Any(folder => File.Exists(Path.Combine(folder, tool)));

    /// <summary>Starts a tool.</summary>
    public static PeerProcess Start(string tool, IEnumerable<string> arguments, string folder)
    {
        var info = new ProcessStartInfo(tool) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
        var peer = new PeerProcess(new Process { StartInfo = info });
        peer.process.OutputDataReceived += (_, e) => peer.Note(e.Data);
        peer.process.ErrorDataReceived += (_, e) => peer.Note(e.Data);
        peer.process.Start();
        peer.process.StandardInput.Close();
        peer.process.BeginOutputReadLine();
        peer.process.BeginErrorReadLine();
        return peer;
    }

    /// <summary>Waits for its end.</summary>
    /// <exception cref="TimeoutException">It did not end in time; says what it printed.</exception>
    public async Task<int> EndAsync(TimeSpan limit)
    {
        using var timer = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(timer.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{process.StartInfo.FileName} did not end within {limit.TotalSeconds} s; it printed:\n{Output}");
        }

        return process.ExitCode;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // ended by itself meanwhile
        }

        process.Dispose();
        return default;
    }

    private void Note(string? line)
    {
        if (line is null) return;
        lock (output) output.AppendLine(line);
    }
}
