using System.Text.RegularExpressions;

namespace McConformance.Tidy.Tests.Rules;

/// <summary>Who may reference whom: the table of the README, chapter "Who may reference whom".</summary>
internal static partial class ReferenceTable
{
    private const string Wires = "Wire(\\.\\w+)?";

    // project, and pattern of what it may reference; names without "McConformance."
    private static readonly (string Project, string May)[] Rows =
    [
        ("Wire", "-"),
        ("Wire\\.\\w+", "Wire"),
        ("Entities", Wires),
        ("McSystem", $"Entities|{Wires}"),
        ("Host", $"McSystem|Stores|{Wires}"),
        ("Stores", "Wire"),
        ("Fakes", Wires),
        ("Checks", Wires),
        ("TestConfiguration", "Wire|Wire.Documents"),
        // connects to external entities and reads what they answer; the command itself stays free of codecs
        ("Probes", $"TestConfiguration|{Wires}"),
        ("RunTests", "Fakes|Probes|TestConfiguration|Wire"),
        ("Steps", $"Checks|Fakes|Host|McSystem|Mutation|Reports|TestConfiguration|{Wires}"),
        ("Reports", $"Checks|{Wires}"),
        ("McReport", $"Reports|Checks|{Wires}"),
        ("Benchmarks", $"Entities|McSystem|{Wires}"),
        ("Mutation|Tidy\\.Tests|Plain\\.TestLogger|Generator\\.SpecFlowPlugin", "-"),
    ];

    /// <summary>References that the table does not allow.</summary>
    public static IEnumerable<string> Check(string project, IEnumerable<string> references)
    {
        var name = Short(project);
        var tested = name.EndsWith(".Tests", StringComparison.Ordinal) && name != "Tidy.Tests" ? name[..^6] : name;
        var row = Rows.FirstOrDefault(r => Regex.IsMatch(tested, $"^({r.Project})$"));
        if (row.May is null) return [$"{project} is not in the table of who may reference whom: add a row"];
        // a test project may reference what it tests and all of what that may
        return references.Where(r => r.StartsWith("McConformance.", StringComparison.Ordinal)).Select(Short)
            .Where(r => r != tested && !IsBuildTool(r) && !Regex.IsMatch(r, $"^({row.May})$"))
            .Select(r => $"{project} references McConformance.{r}");
    }

    /// <summary>Project references of a project file.</summary>
    public static IEnumerable<string> OfProject(string text) =>
        ProjectReference().Matches(text).Select(m => m.Groups[1].Value);

    private static bool IsBuildTool(string name) => name is "Plain.TestLogger" or "Generator.SpecFlowPlugin";

    private static string Short(string project) => project.Replace("McConformance.", "");

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*?([\w.]+)\.csproj""")]
    private static partial Regex ProjectReference();
}
