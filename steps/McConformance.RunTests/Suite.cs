namespace McConformance.RunTests;

/// <summary>What a run of the suite is told.</summary>
/// <param name="Configuration">Test configuration, full path.</param>
/// <param name="Reports">Folder for reports, full path.</param>
/// <param name="Strict">Inconclusive counts as failed.</param>
/// <param name="Ics">Filled-in conformance statement, full path, or null.</param>
internal sealed record RunSettings(string Configuration, string Reports, bool Strict, string? Ics);

/// <summary>Builds the conformance suite and runs it.</summary>
internal sealed class Suite(string root)
{
    private const string Project = "steps/McConformance.Steps";
    private static readonly string Runner =
        Environment.GetEnvironmentVariable("GherkinRunner") is { Length: > 0 } set ? set : "SpecFlow";

    // both runners report each build and run to their makers unless told otherwise, and so does the SDK
    private static readonly Dictionary<string, string> Quiet = new()
    {
        ["SPECFLOW_TELEMETRY_ENABLED"] = "0",
        ["REQNROLL_TELEMETRY_ENABLED"] = "0",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
    };

    /// <summary>The built suite.</summary>
    public string Assembly => Path.Combine(root, Project, "bin", Runner, "Debug", "net10.0", "McConformance.Steps.dll");

    /// <summary>Restores and builds; the output where that fails, else null.</summary>
    public string? Build()
    {
        var (code, output) = Tool.Run(root, ["build", Project, "-v:q", "-nologo", "-clp:NoSummary"], Quiet);
        return code == 0 && File.Exists(Assembly) ? null : output;
    }

    /// <summary>Runs the tests a filter lets through; results are null where the run broke down.</summary>
    public (int Code, string Output, TestResults? Results) Run(
        string filter, RunSettings run)
    {
        var folder = Directory.CreateTempSubdirectory("mcconformance-");
        try
        {
            var arguments = new List<string>
            {
                "test", Assembly, "--nologo", "--settings", Path.Combine(root, ".runsettings"),
                "--logger", "trx;LogFileName=run.trx", "--results-directory", folder.FullName,
            };
            if (filter.Length > 0) arguments.AddRange(["--", $"NUnit.Where={filter}"]);
            var environment = new Dictionary<string, string>(Quiet)
            {
                ["MC_CONFIGURATION"] = run.Configuration,
                ["MC_REPORT"] = run.Reports,
                ["MC_STRICT"] = run.Strict ? "1" : "0",
                ["MC_ICS"] = run.Ics ?? "",
            };
            var (code, output) = Tool.Run(root, arguments, environment);
            return (code, output, TestResults.Read(Path.Combine(folder.FullName, "run.trx")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
