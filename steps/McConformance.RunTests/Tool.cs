using System.Diagnostics;

namespace McConformance.RunTests;

/// <summary>Runs the dotnet command and keeps what it prints.</summary>
internal static class Tool
{
    /// <summary>Runs to the end.</summary>
    /// <param name="folder">Working folder.</param>
    /// <param name="arguments">Of dotnet.</param>
    /// <param name="environment">Added to this process's own.</param>
    /// <returns>Exit code and everything printed.</returns>
    public static (int Code, string Output) Run(
        string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var dotnet = Environment.ProcessPath is { } own && IsDotnet(own) ? own : "dotnet";
        var start = new ProcessStartInfo(dotnet, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, gate) = (new System.Text.StringBuilder(), new Lock());
        void Keep(object sender, DataReceivedEventArgs line)
        {
            lock (gate)
                if (line.Data is not null) output.AppendLine(line.Data);
        }

        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return (process.ExitCode, output.ToString());
    }

    private static bool IsDotnet(string path) => Path.GetFileNameWithoutExtension(path) == "dotnet";
}
