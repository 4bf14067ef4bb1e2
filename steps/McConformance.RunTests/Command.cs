using McConformance.TestConfiguration;

namespace McConformance.RunTests;

/// <summary>The whole command: choose, check, build, run, tell.</summary>
/// <param name="output">Where results go.</param>
/// <param name="problems">Where it is told what is wrong with the call.</param>
/// <param name="current">Folder that paths start from.</param>
internal sealed class Command(TextWriter output, TextWriter problems, string current)
{
    private const int Passed = 0, Failed = 1, BadCall = 2;

    /// <summary>Runs, and returns the exit code.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        try
        {
            var call = Arguments.Read(arguments);
            if (!call.Help) return await RunAsync(call, Root.Find(current));
            output.WriteLine(Arguments.Usage);
            return Passed;
        }
        catch (BadCallException e)
        {
            problems.WriteLine($"run-tests: {e.Message}");
            return BadCall;
        }
    }

    private async Task<int> RunAsync(Arguments call, string root)
    {
        var tags = TagExpression.Read(call.Tags);
        var all = Scenarios.Read(root);
        var chosen = FeatureChoice.Of(all, call.Features, root, current).Where(s => tags.Matches(s.Tags)).ToList();
        if (chosen.Count == 0)
        {
            throw new BadCallException(
                $"no scenario is chosen: none of {all.Count} fits {Describe(call)}; -List shows what there is");
        }

        if (call.List) return List(chosen);
        var configuration = call.Configuration is { } given
            ? Path.GetFullPath(given, current) : Path.Combine(root, "features", "bundled-pair.json");
        var ixit = IxitFile.Read(configuration, out var errors);
        foreach (var error in errors) problems.WriteLine(error);
        if (errors.Count > 0 || ixit is null) return BadCall;
        if (call.Check)
            return await new CheckCommand(output).RunAsync(ixit, configuration, call.Deadline) ? Passed : Failed;
        if (ixit.Systems.FirstOrDefault(s => s.IsExternalInPart) is { } external)
        {
            throw new BadCallException(
                $"{configuration}: {external.Domain} has entities of mode external, which this version cannot drive yet: set them to bundled");
        }

        var reports = call.Report is { } folder
            ? Path.GetFullPath(folder, current) : Path.Combine(root, "reports", "out");
        return RunSuite(new Suite(root), all, chosen, configuration, reports, call.Strict);
    }

    private int List(List<Scenario> chosen)
    {
        foreach (var feature in chosen.GroupBy(s => s.File))
        {
            output.WriteLine(feature.Key);
            foreach (var scenario in feature)
                output.WriteLine($"  {scenario.Title}  {string.Join(' ', scenario.Tags)}");
        }

        output.WriteLine($"{chosen.Count} scenarios");
        return Passed;
    }

    private int RunSuite(
        Suite suite, List<Scenario> all, List<Scenario> chosen, string configuration, string reports, bool strict)
    {
        if (suite.Build() is { } failure) return Broken("the suite does not build", failure);
        var names = SuiteNames.Read(suite.Assembly);
        if (all.Find(s => names.Of(s) is null) is { } lacking)
            return Broken($"the built suite lacks \"{lacking.Outline}\" of {lacking.File}", "build it anew");
        output.WriteLine($"running {chosen.Count} of {all.Count} scenarios with {Path.GetFileName(configuration)}");
        output.Flush();
        var begun = TimeProvider.System.GetUtcNow();
        var filter = TestFilter.Of(all, chosen, s => names.Of(s)!.Value);
        var (code, printed, results) = suite.Run(filter, configuration, reports, strict);
        if (results is null) return Broken("the run broke down", printed);
        var summary = Summary.Find(reports, begun);
        return new Outcome(output).Tell(results, summary, chosen.Count, strict, code, printed) ? Passed : Failed;
    }

    private int Broken(string what, string details)
    {
        problems.WriteLine(details.TrimEnd());
        problems.WriteLine($"run-tests: {what}");
        output.WriteLine("0 passed, 1 failed, 0 skipped");
        return Failed;
    }

    private static string Describe(Arguments call) => string.Join(" and ", new[]
    {
        call.Features.Count > 0 ? $"-Features {string.Join(',', call.Features)}" : "",
        call.Tags.Length > 0 ? $"-Tags \"{call.Tags}\"" : "",
    }.Where(t => t.Length > 0));
}
