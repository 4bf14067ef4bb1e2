using System.Diagnostics;
using McConformance.Fakes.Peers;

namespace McConformance.Steps.ExternalRuns;

/// <summary>
/// Three network namespaces: the harness with the UEs, and one for each MC system. Each MC system has a cable to the
/// harness and none to the
/// other, and the harness forwards nothing: what passes between them passes through relays.
/// </summary>
internal sealed class NetworkNamespaces : IAsyncDisposable
{
    /// <summary>Of the harness; both MC systems reach it.</summary>
    public const string HarnessAddress = "10.77.0.1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly string prefix = $"mcc{Environment.ProcessId}";

    /// <summary>Name of one: <c>harness</c>, <c>primary</c>, <c>partner</c>.</summary>
    public string NameOf(string role) => $"{prefix}-{role}";

    /// <summary>Address of an MC system.</summary>
    public static string AddressOf(string role) => role == "primary" ? "10.77.1.2" : "10.77.2.2";

    /// <summary>Makes them.</summary>
    /// <returns>Why they cannot be made; null where they are.</returns>
    public async Task<string?> MakeAsync()
    {
        if (!PeerProcess.IsInstalled("ip")) return "ip is not on this machine (Debian package iproute2)";
        foreach (var role in (string[])["harness", "primary", "partner"])
        {
            if (await IpAsync("netns", "add", NameOf(role)) is
                { } refused) return $"network namespaces are not permitted here: {refused}";
            await MustAsync("-n", NameOf(role), "link", "set", "lo", "up");
        }

        await MustAsync("-n", NameOf("harness"), "addr", "add", $"{HarnessAddress}/32", "dev", "lo");
        foreach (var (role, net) in ((string, int)[])[("primary", 1), ("partner", 2)])
        {
            var made = await IpAsync(
                "link", "add", $"to-{role}", "netns", NameOf("harness"), "type", "veth", "peer", "name", "out",
                    "netns", NameOf(role));
            if (made is not null) return $"no cable can be laid between network namespaces here: {made}";
            await MustAsync("-n", NameOf("harness"), "addr", "add", $"10.77.{net}.1/24", "dev", $"to-{role}");
            await MustAsync("-n", NameOf("harness"), "link", "set", $"to-{role}", "up");
            await MustAsync("-n", NameOf(role), "addr", "add", $"10.77.{net}.2/24", "dev", "out");
            await MustAsync("-n", NameOf(role), "link", "set", "out", "up");
            await MustAsync("-n", NameOf(role), "route", "add", "default", "via", $"10.77.{net}.1");
        }

        return null;
    }

    /// <summary>Starts a program in one of them.</summary>
    public PeerProcess Start(string role, IEnumerable<string> words) =>
        PeerProcess.Start("ip", ["netns", "exec", NameOf(role), .. words], Repository.Root);

    /// <summary>Starts <c>mcsystem</c> with an operator port in one of them; completes when it is ready.</summary>
    /// <exception cref="TimeoutException">It is not; says what it printed.</exception>
    public async Task<PeerProcess> StartSystemAsync(string role, int port)
    {
        var at = AddressOf(role);
        var process = Start(role, ["dotnet", McSystemProcess.Program, "--operator", $"{at}:{port}", "--listen", at]);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var begun = Stopwatch.GetTimestamp(); !process.Output.Contains("\"ready\":true",
            StringComparison.Ordinal); await timer.WaitForNextTickAsync())
        {
            if (!process.HasEnded && Stopwatch.GetElapsedTime(begun) < Patience) continue;
            var output = process.Output;
            await process.DisposeAsync();
            throw new TimeoutException($"mcsystem did not become ready; it printed: {output}");
        }

        return process;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var role in (string[])["harness", "primary", "partner"]) await IpAsync("netns", "del", NameOf(role));
    }

    private static async Task MustAsync(params string[] words)
    {
        if (await IpAsync(words) is { } refused) throw new InvalidOperationException(
            $"ip {string.Join(' ', words)}: {refused}");
    }

    /// <summary>What it said against it; null where it did it.</summary>
    private static async Task<string?> IpAsync(params string[] words)
    {
        await using var ip = PeerProcess.Start("ip", words, Repository.Root);
        var code = await ip.EndAsync(Patience);
        return code == 0 ? null : $"{ip.Output.Trim()} (exit code {code})";
    }
}
