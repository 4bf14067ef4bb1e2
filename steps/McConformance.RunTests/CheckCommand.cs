using McConformance.Probes;
using McConformance.TestConfiguration;

namespace McConformance.RunTests;

/// <summary>-Check: which endpoints work, and what to mend.</summary>
/// <param name="output">Where the table goes.</param>
internal sealed class CheckCommand(TextWriter output)
{
    /// <summary>Connects to all, and prints; true where all work.</summary>
    /// <exception cref="BadCallException">The configuration has nothing to connect to.</exception>
    public async Task<bool> RunAsync(Ixit ixit, string configuration, TimeSpan deadline)
    {
        var check = new EndpointCheck(ixit, deadline);
        var asking = check.RunOperatorPortsAsync(CancellationToken.None);
        EndpointVerdict[] verdicts = [.. await check.RunAsync(CancellationToken.None), .. await asking];
        var equipment = ixit.UserEquipment.Where(u => u is { Mode: EntityMode.External, OperatorPort: null }).ToArray();
        if (verdicts.Length == 0 && equipment.Length == 0)
        {
            throw new BadCallException(
                $"{configuration} has no entity of mode external, so there is nothing to connect to; see features/profiles");
        }

        var rows = verdicts.Select(v => (IReadOnlyList<string>)[v.Works ? "works" : "MEND", v.Whose,
            v.Place, v.Says])
            .Concat(equipment.Select(u => (IReadOnlyList<string>)["-", $"{u.Name}'s UE", "-",
                "comes by itself: nothing to connect to"]));
        ConsoleTable.Print(output, ["", "entity", "endpoint", "what was seen"], [.. rows]);
        var broken = verdicts.Where(v => !v.Works).ToArray();
        if (broken.Length > 0) output.WriteLine();
        foreach (var verdict in broken)
            output.WriteLine($"{verdict.Whose} at {verdict.Place}: {verdict.Says}; {verdict.Mend}.");
        output.WriteLine(
            $"{verdicts.Length - broken.Length} passed, {broken.Length} failed, {equipment.Length} skipped");
        return broken.Length == 0;
    }
}
