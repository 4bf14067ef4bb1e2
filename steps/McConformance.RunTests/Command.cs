using McConformance.TestConfiguration;
using McConformance.TestConfiguration.Ics;
using McConformance.TestConfiguration.Profiles;

namespace McConformance.RunTests;

/// <summary>The whole command: choose, check, build, run, tell.</summary>
/// <param name="output">Where results go.</param>
/// <param name="problems">Where it is told what is wrong with the call.</param>
/// <param name="current">Folder that paths start from.</param>
internal sealed class Command(TextWriter output, TextWriter problems, string current)
{
    private const int Passed = 0, Failed = 1, BadCall = 2;

    /// <summary>These hold what is other in each scenario, or call entities whose addresses are other ones.</summary>
    private static readonly string[] NeedsOperatorPort =
    [
        "sipCore", "migrationManagementServer", "identityManagementServer", "configurationManagementServer",
        "groupManagementServer", "mcServiceServer", "gatewayServer", "httpProxy",
    ];

    /// <summary>Runs, and returns the exit code.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        try
        {
            var call = Arguments.Read(arguments);
            if (call.Play is not null) return await new PlayCommand(output).RunAsync(call, current) ? Passed : Failed;
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
        var profile = call.Profile is { } named ? ProfileChoice.Read(root, named, problems) : null;
        var apply = profile is null ? all : ProfileChoice.Of(profile, all, root);
        var chosen = FeatureChoice.Of(all, call.Features, root, current)
            .Where(s => tags.Matches(s.Tags) && apply.Contains(s)).ToList();
        if (chosen.Count == 0)
        {
            throw new BadCallException(
                $"no scenario is chosen: none of {all.Count} fits {Describe(call)}; -List shows what there is");
        }

        if (call.List) return List(chosen, profile);
        var configuration = call.Configuration is { } given
            ? Path.GetFullPath(given, current) : Path.Combine(root, "features", "bundled-pair.json");
        var ixit = IxitFile.Read(configuration, out var errors);
        foreach (var error in errors) problems.WriteLine(error);
        if (errors.Count > 0 || ixit is null) return BadCall;
        if (call.Check)
            return await new CheckCommand(output).RunAsync(ixit, configuration, call.Deadline) ? Passed : Failed;
        var reports = call.Report is { } folder
            ? Path.GetFullPath(folder, current) : Path.Combine(root, "reports", "out");
        if (call.WritesIcs) return Tell(IcsCommand.Write(root, reports, ixit.Capabilities));
        if (call.Provisioning) return Provision(ixit, root, chosen, reports);
        var ics = call.Ics is { } filled ? Path.GetFullPath(filled, current) : null;
        var answers = ics is null ? [] : IcsCommand.Read(root, ics, problems);
        if (answers is null) return BadCall;
        RefuseExternal(ixit, configuration);
        foreach (var obstacle in ixit.Obstacles) problems.WriteLine(obstacle);
        if (ixit.Obstacles.Count > 0) return BadCall;
        var run = new RunSettings(configuration, reports, call.Strict, ics);
        return RunSuite(new Suite(root), all, chosen, run, Questionnaire.Inconsistent(answers, ixit.Capabilities));
    }

    private static void RefuseExternal(Ixit ixit, string configuration)
    {
        foreach (var system in ixit.Systems)
        {
            if (system.ExternalEntities.Contains("diameterProxy"))
                throw new BadCallException(
                    $"{configuration}: {system.Domain}: the Diameter proxy is external, which this version cannot drive by "
                    + "itself: set it to bundled, or all entities of the MC system to external");
            if (system.OperatorPort is null
                && system.ExternalEntities.FirstOrDefault(NeedsOperatorPort.Contains) is { } needing)
                throw new BadCallException(
                    $"{configuration}: {system.Domain}: {needing} is external, and each scenario needs "
                    + $"other things of it: give {system.Domain} an \"operatorPort\" (features/operator-port.md)");
        }

        RefuseExternalUserEquipment(ixit, configuration);
    }

    private static void RefuseExternalUserEquipment(Ixit ixit, string configuration)
    {
        var external = ixit.UserEquipment.Where(u => u.Mode == EntityMode.External);
        if (external.FirstOrDefault() is not { } ue) return;
        if (external.FirstOrDefault(u => u.OperatorPort is null) is { } silent)
            throw new BadCallException(
                $"{configuration}: {silent.Name}'s UE is external, and somebody must press its buttons: give it an "
                + "\"operatorPort\" (features/operator-port.md)");
        if (ixit.Systems.FirstOrDefault(s => s.OperatorPort is not null || s.IsExternalInPart) is { } system)
            throw new BadCallException(
                $"{configuration}: {ue.Name}'s UE is external, and so is {system.Domain} in part: nobody would see "
                + "what passes between the two; set one of them to bundled");
    }

    private int Tell(string text)
    {
        output.WriteLine(text);
        return Passed;
    }

    private int Provision(Ixit ixit, string root, List<Scenario> chosen, string reports)
    {
        new ProvisioningCommand(output).Run(ixit, root, chosen, reports);
        return Passed;
    }

    private int List(List<Scenario> chosen, Profile? profile)
    {
        if (profile is not null) ProfileChoice.Tell(profile, output);
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
        Suite suite, List<Scenario> all, List<Scenario> chosen, RunSettings run, IReadOnlyList<string> inconsistent)
    {
        if (suite.Build() is { } failure) return Broken("the suite does not build", failure);
        var names = SuiteNames.Read(suite.Assembly);
        if (all.Find(s => names.Of(s) is null) is { } lacking)
            return Broken($"the built suite lacks \"{lacking.Outline}\" of {lacking.File}", "build it anew");
        output.WriteLine($"running {chosen.Count} of {all.Count} scenarios with {Path.GetFileName(run.Configuration)}");
        output.Flush();
        var begun = TimeProvider.System.GetUtcNow();
        var filter = TestFilter.Of(all, chosen, s => names.Of(s)!.Value);
        var (code, printed, results) = suite.Run(filter, run);
        if (results is null) return Broken("the run broke down", printed);
        var summary = Summary.Find(run.Reports, begun);
        foreach (var told in inconsistent) output.WriteLine($"{Path.GetFileName(run.Ics)}: {told}");
        var isWell = new Outcome(output).Tell(results, summary, chosen.Count, run.Strict, code, printed);
        // a statement that contradicts the specification or the configuration is no pass, whatever the scenarios say
        return isWell && inconsistent.Count == 0 ? Passed : Failed;
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
        call.Profile is { } profile ? $"-Profile {profile}" : "",
        call.Tags.Length > 0 ? $"-Tags \"{call.Tags}\"" : "",
    }.Where(t => t.Length > 0));
}
