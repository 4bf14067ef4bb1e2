using System.Text.RegularExpressions;

namespace McConformance.Tidy.Tests.Rules;

/// <summary>Calls that nobody makes, with what to use instead. By text: comments and strings count too, which is why
/// none should name them.</summary>
internal static class BannedCalls
{
    private static readonly (string Pattern, string Instead, string AllowedIn)[] Rows =
    [
        (@"\bDateTime(Offset)?\.(Utc)?Now\b", "TimeProvider, so that a scenario's clock can be shifted", ""),
        (@"\bTask\.Delay\(", "TimerWheel, or a wait for what is expected with a deadline", ""),
        (@"\bThread\.Sleep\(", "a wait for what is expected with a deadline", ""),
        (@"\bRandom\.Shared\b|\bnew Random\(\)", "RandomNumberGenerator, or a seeded Random in a test", ""),
        (@"Async\([^;\n]*\)\.Result\b|\b[tT]ask\w*\.Result\b|\.GetAwaiter\(\)\.GetResult\(\)", "await", ""),
        (@"Async\([^;\n]*\)\.Wait\(|\b[tT]ask\w*\.Wait\(", "await", ""),
        (@"\bnew (Socket|TcpClient|TcpListener|UdpClient)\(", "a transport: only those are under a Link", @"/Transport/|/World/|\.Tests/"),
    ];

    /// <summary>Banned calls in a file: "path: call".</summary>
    public static IEnumerable<string> Check(TextFile file)
    {
        foreach (var (pattern, instead, allowedIn) in Rows)
        {
            if (allowedIn.Length > 0 && Regex.IsMatch("/" + file.Path, allowedIn)) continue;
            foreach (var call in Regex.Matches(file.Text, pattern).Select(m => m.Value).Distinct())
                yield return $"{file.Path} calls {call.TrimEnd('(')}; instead: {instead}";
        }
    }
}
