using System.Diagnostics;
using System.Globalization;
using System.Runtime.Loader;
using McConformance.Mutation;

// what it is given comes from reports/mutation.sh, which says what is wrong with a call
if (args is not [var tests, var mutated, var pattern, var spared, var folder])
{
    Console.Error.WriteLine(
        "mutation: takes the assembly of tests, the name of the one with faults, classes of tests, " +
        "names of tests to leave out (or nothing), and a folder");
    return 2;
}

// the runner of unit tests takes the console's place while it is at work
var errors = Console.Error;
var beside = Path.GetDirectoryName(Path.GetFullPath(tests))!;
AssemblyLoadContext.Default.Resolving += (context, name) =>
    Path.Combine(beside, $"{name.Name}.dll") is var path && File.Exists(path)
        ? context.LoadFromAssemblyPath(path)
        : null;
var mutants = MutantSwitch.Find(
    AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(beside, $"{mutated}.dll")));
var units = new UnitTests(AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.GetFullPath(tests)), pattern, spared);
var begun = Stopwatch.GetTimestamp();
string? failing = null;
await units.FailingAsync();
var usual = Stopwatch.GetTimestamp();
var covered = (await mutants.CoveredAsync(async () => failing = await units.FailingAsync())).ToHashSet();
if (failing is not null)
{
    errors.WriteLine($"mutation: {failing} fails without any fault");
    return 1;
}

units.Expect(Stopwatch.GetElapsedTime(usual));
var all = Mutant.Read(Path.Combine(folder, "mutation-report.json"), out var sources);
foreach (var file in all.GroupBy(m => m.File))
{
    var types = mutants.TypesIn(sources[file.Key]);
    var constant = (await mutants.InConstantsAsync(types)).ToHashSet();
    // constants are made before anybody looks; where nothing else of a file could be put in, the tests tell
    var isUsed = file.Where(MutationTable.IsToBeFound).All(m => constant.Contains(m.Id))
        || file.Any(m => covered.Contains(m.Id));
    foreach (var mutant in file.Where(MutationTable.IsToBeFound))
    {
        var isConstant = constant.Contains(mutant.Id);
        mutant.Result = covered.Contains(mutant.Id) || (isConstant && isUsed) ? "survived" : "uncovered";
        if (mutant.Result == "uncovered") continue;
        string? by = null;
        var isMade = await mutants.WithAsync(
            mutant.Id, isConstant ? types : [], async () => by = await units.FailingAsync());
        if (!isMade) by = "(a constant cannot be made)";
        if (by is not null) (mutant.Result, mutant.By) = ("killed", by);
    }
}

await MutationTable.WriteAsync(folder, all, string.Create(
    CultureInfo.InvariantCulture, $"{units.Count} unit tests in {Stopwatch.GetElapsedTime(begun).TotalSeconds:F0} s"));
// a test that does not end keeps its thread
Environment.Exit(0);
return 0;
