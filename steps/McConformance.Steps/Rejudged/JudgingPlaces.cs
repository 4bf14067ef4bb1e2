using System.Text.RegularExpressions;

namespace McConformance.Steps.Rejudged;

/// <summary>Which lines of a file of step definitions judge: Then steps, and what they call to come to a verdict. What
/// only acts (Given, When, and what they call) does not.</summary>
internal sealed partial class JudgingPlaces
{
    private readonly List<(int First, int Last, string Method)> places = [];

    /// <summary>Those of one file.</summary>
    /// <param name="source">Its text. Members are indented by four columns, as everywhere here.</param>
    public JudgingPlaces(string source)
    {
        var lines = source.Split('\n');
        var first = 0;
        for (var at = 1; at <= lines.Length; at++)
        {
            if (at < lines.Length && !(BeginsMember().IsMatch(lines[at]) && lines[at - 1].Trim() is "" or "{"))
                continue;
            var text = string.Join('\n', lines[first..at]);
            if (Judges().IsMatch(text)) places.Add((first + 1, at, NameOf(text)));
            first = at;
        }
    }

    /// <summary>Whether a line, from 1, is in one.</summary>
    public bool Has(int line) => places.Exists(p => line >= p.First && line <= p.Last);

    /// <summary>Name of the Then step's method that a line is in; empty where it is in what several may call.</summary>
    public string MethodAt(int line) => places.Find(p => line >= p.First && line <= p.Last).Method ?? "";

    private static string NameOf(string text) =>
        ThenMethod().Match(text) is { Success: true } found ? found.Groups["name"].Value : "";

    [GeneratedRegex(@"^( {4})?(\[|///|private|public|internal|extension)")]
    private static partial Regex BeginsMember();

    [GeneratedRegex(@"\[Then\(|\bJudge\w*\(|\b[Cc]laim\b|\bJudgement\b")]
    private static partial Regex Judges();

    [GeneratedRegex(@"\[Then\([^\n]*\n(?:\s+\[[^\n]*\n|\s{8,}[^\n]*\n)*\s+public [^\n(]*?(?<name>\w+)\(")]
    private static partial Regex ThenMethod();
}
