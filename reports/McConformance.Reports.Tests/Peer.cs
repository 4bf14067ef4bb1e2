using System.Diagnostics;

namespace McConformance.Reports.Tests;

/// <summary>Programs of others that read what we write; a test without them is skipped, with the reason.</summary>
internal static class Peer
{
    public static string[] Tshark(byte[] capture, params string[] arguments)
    {
        var path = Path.Combine(Path.GetTempPath(), $"mc-{Guid.NewGuid():N}.pcapng");
        File.WriteAllBytes(path, capture);
        try
        {
            return Run("tshark", ["-r", path, "-n", .. arguments]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static string Run(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore($"{program} is not installed here");
            throw;
        }

        using (process)
        {
            var (errors, output) = (new System.Text.StringBuilder(), new System.Text.StringBuilder());
            process.ErrorDataReceived += (_, e) => errors.AppendLine(e.Data);
            process.OutputDataReceived += (_, e) => output.AppendLine(e.Data);
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
            if (!process.WaitForExit(TimeSpan.FromSeconds(30)))
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"{program} did not end within 30 s");
            }

            process.WaitForExit(); // until both streams are read to their ends
            process.ExitCode.Should().Be(0, errors.ToString());
            return output.ToString();
        }
    }
}
