using System.Reflection;

namespace McConformance.Mutation;

/// <summary>
/// The faults that Stryker.NET has put into an assembly: all are there, and one at a time is switched on.
/// </summary>
internal sealed class MutantSwitch
{
    private const int None = -1;

    private readonly Assembly assembly;
    private readonly FieldInfo active;
    private readonly FieldInfo capturing;
    private readonly MethodInfo covered;

    private MutantSwitch(Assembly assembly, Type control)
    {
        this.assembly = assembly;
        active = control.GetField("ActiveMutant")!;
        capturing = control.GetField("CaptureCoverage")!;
        covered = control.GetMethod("GetCoverageData")!;
    }

    /// <summary>That of an assembly.</summary>
    /// <exception cref="InvalidOperationException">No faults are in it.</exception>
    public static MutantSwitch Find(Assembly assembly) => new(
        assembly,
        assembly.GetTypes().FirstOrDefault(t => t.Name == "MutantControl") ?? throw new InvalidOperationException(
            $"{assembly.GetName().Name} is as it was written: reports/mutation.sh puts faults in"));

    /// <summary>Which faults lie on the way of some work.</summary>
    public async Task<IReadOnlyList<int>> CoveredAsync(Func<Task> work)
    {
        covered.Invoke(null, null);
        capturing.SetValue(null, true);
        try
        {
            await work();
        }
        finally
        {
            capturing.SetValue(null, false);
        }

        return [.. ((IList<int>[])covered.Invoke(null, null)!)[0]];
    }

    /// <summary>Does some work with one fault.</summary>
    /// <param name="mutant">Its number in the tool's report.</param>
    /// <param name="types">Types whose constants the fault is in;
    /// they are made anew with it, and once more without.</param>
    /// <param name="work">What is done.</param>
    /// <returns>False where a constant cannot be made with the fault: no check that uses it would begin.</returns>
    public async Task<bool> WithAsync(int mutant, IReadOnlyList<Type> types, Func<Task> work)
    {
        active.SetValue(null, mutant);
        try
        {
            if (!Make(types)) return false;
            await work();
            return true;
        }
        finally
        {
            active.SetValue(null, None);
            Make(types);
        }
    }

    /// <summary>Which faults lie in what is made once, when types are first used.</summary>
    public Task<IReadOnlyList<int>> InConstantsAsync(IReadOnlyList<Type> types) => CoveredAsync(() =>
    {
        Make(types);
        return Task.CompletedTask;
    });

    /// <summary>Types that are written down in a file: by name and namespace.</summary>
    /// <param name="source">Text of the file.</param>
    public IReadOnlyList<Type> TypesIn(string source) =>
        [.. assembly.GetTypes()
            .Where(t => t.TypeInitializer is not null && Declares(source, t) && HasConstantsAlone(t))];

    /// <summary>What a run has put into fields would be lost.</summary>
    private static bool HasConstantsAlone(Type type) =>
        type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .All(f => f.IsInitOnly || f.IsLiteral);

    private static bool Declares(string source, Type type) =>
        System.Text.RegularExpressions.Regex.IsMatch(source, $@"\b(class|record|struct)\s+{type.Name}\b")
        && source.Contains($"namespace {type.Namespace};", StringComparison.Ordinal);

    private static unsafe bool Make(IEnumerable<Type> types)
    {
        try
        {
            // reflection would run an initializer once only
            foreach (var type in types) ((delegate*<void>)type.TypeInitializer!.MethodHandle.GetFunctionPointer())();
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
