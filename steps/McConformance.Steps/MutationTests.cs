using System.Diagnostics;
using System.Globalization;
using McConformance.Mutation;
using McConformance.Steps.Rejudged;

namespace McConformance.Steps;

/// <summary>
/// Faults in the checks themselves: how many do scenarios, deviants and variants find? Each is carried out once; then
/// its recording is judged again with each fault that <c>reports/mutation.sh</c> has put into the assembly of checks.
/// </summary>
[TestFixture, Category("mutation"), NonParallelizable]
public sealed class MutationTests
{
    [Test]
    public async Task Faults_in_checks_are_found()
    {
        if (Environment.GetEnvironmentVariable("MC_MUTATION") is not { Length: > 0 } folder)
        {
            Assert.Ignore("reports/mutation.sh checks runs it, with faults in the assembly of checks");
            return;
        }

        var mutants = MutantSwitch.Find(typeof(Checks.Judgement).Assembly);
        var begun = Stopwatch.GetTimestamp();
        var (keeping, rejudging, carriedOut, learned) = await LearnAsync(folder, mutants);
        var all = Mutant.Read(Path.Combine(folder, "mutation-report.json"), out var sources);
        var byUnits = MutationTable.ReadKilled(Path.Combine(folder, "units.tsv"));
        foreach (var file in all.GroupBy(m => m.File))
        {
            var types = mutants.TypesIn(sources[file.Key]);
            var constant = (await mutants.InConstantsAsync(types)).ToHashSet();
            foreach (var mutant in file.Where(MutationTable.IsToBeFound))
            {
                // what a unit test finds needs no scenario
                if (byUnits.Contains(mutant.Id)) (mutant.Result, mutant.By) = ("killed", "(unit tests)");
                else
                    await rejudging.JudgeAsync(
                        mutant, constant.Contains(mutant.Id) ? types : [], file.Select(m => m.Id));
            }

            // what is known so far can be read while the rest goes on
            await MutationTable.WriteAsync(folder, all, "not at the end");
        }

        await MutationTable.WriteAsync(folder, all, string.Create(
            CultureInfo.InvariantCulture,
            $"{keeping.Kept.Count} scenarios kept in {carriedOut.TotalSeconds:F0} s " +
            $"({keeping.Left.Count} left out), {rejudging.Again} Then steps judge again " +
            $"({rejudging.Gone.Count} cannot), learned in {learned.TotalSeconds:F0} s, " +
            $"the whole took {Stopwatch.GetElapsedTime(begun).TotalSeconds:F0} s"));
        Assert.That(rejudging.Again, Is.Positive);
    }

    /// <summary>What Then steps judge by themselves. What they look at is kept as well; those that act on systems, or
    /// ask what users are told, are carried out anew with each fault that is in them.</summary>
    [Test]
    public async Task Faults_in_Then_steps_are_found()
    {
        if (Environment.GetEnvironmentVariable("MC_MUTATION_STEPS") is not { Length: > 0 } folder)
        {
            Assert.Ignore("reports/mutation.sh steps runs it, with faults in this assembly");
            return;
        }

        var mutants = MutantSwitch.Find(typeof(MutationTests).Assembly);
        var begun = Stopwatch.GetTimestamp();
        var (keeping, rejudging, _, _) = await LearnAsync(folder, mutants);
        var live = new LiveRuns(keeping.Kept, rejudging, mutants);
        var judging = new List<Mutant>();
        var all = Mutant.Read(Path.Combine(folder, "mutation-report.json"), out var sources);
        foreach (var file in all.GroupBy(m => m.File))
        {
            var places = new JudgingPlaces(sources[file.Key]);
            var types = mutants.TypesIn(sources[file.Key]);
            var constant = (await mutants.InConstantsAsync(types)).ToHashSet();
            foreach (var mutant in file.Where(MutationTable.IsToBeFound))
            {
                if (!places.Has(mutant.Line) && !rejudging.Covers(mutant)) continue;
                judging.Add(mutant);
                IReadOnlyList<Type> made = constant.Contains(mutant.Id) ? types : [];
                await rejudging.JudgeAsync(mutant, made, file.Select(m => m.Id));
                if (mutant.Result != "killed") await live.JudgeAsync(mutant, places.MethodAt(mutant.Line), made);
            }

            await MutationTable.WriteAsync(folder, judging, "not at the end");
        }

        await MutationTable.WriteAsync(folder, judging, string.Create(
            CultureInfo.InvariantCulture,
            $"{keeping.Kept.Count} scenarios kept ({keeping.Left.Count} left out), {rejudging.Again} Then steps " +
            $"judge again ({rejudging.Gone.Count} cannot), {live.Count} scenarios carried out anew, " +
            $"the whole took {Stopwatch.GetElapsedTime(begun).TotalSeconds:F0} s"));
        Assert.That(rejudging.Again, Is.Positive);
    }

    /// <summary>Everything is carried out once, and judged again without faults; how long each took.</summary>
    private static async Task<(Keeping, Rejudging, TimeSpan CarriedOut, TimeSpan Learned)> LearnAsync(
        string folder, MutantSwitch mutants)
    {
        Repository.UseCatalogue();
        var keeping = new Keeping();
        var begun = Stopwatch.GetTimestamp();
        await keeping.KeepAsync();
        var carriedOut = Stopwatch.GetElapsedTime(begun);
        var rejudging = new Rejudging(keeping.Kept, mutants);
        await rejudging.LearnAsync();
        var learned = Stopwatch.GetElapsedTime(begun) - carriedOut;
        await File.WriteAllLinesAsync(Path.Combine(folder, "gone.txt"), rejudging.Gone);
        await File.WriteAllLinesAsync(Path.Combine(folder, "left.txt"), keeping.Left.Order(StringComparer.Ordinal));
        return (keeping, rejudging, carriedOut, learned);
    }
}
