using System.Reflection;
using McConformance.Steps.World;

namespace McConformance.Steps.Rejudged;

/// <summary>What users and administrators of a scenario had been told at one moment: checks compare with it.</summary>
internal sealed class KeptState
{
    private readonly (string, string) latest;
    private readonly int administered;
    private readonly Fakes.Transport.RawHttpAnswer? answered;
    private readonly (int, string) connection;
    private readonly Action[] tables;

    /// <summary>Takes down how things stand.</summary>
    /// <param name="world">Of the scenario.</param>
    /// <param name="instances">Classes of step definitions: some keep what they have sent and what came back.</param>
    public KeptState(ScenarioWorld world, IEnumerable<object> instances)
    {
        latest = world.Latest;
        administered = world.Administered;
        answered = world.Answered;
        connection = world.Connection;
        tables =
        [
            Back(world.Registrations), Back(world.Services), Back(world.Steps), Back(world.Documents),
            Back(world.Proposed), .. instances.SelectMany(i => Back(i)),
        ];
    }

    /// <summary>Puts them back.</summary>
    public void Restore(ScenarioWorld world)
    {
        world.Latest = latest;
        world.Administered = administered;
        world.Answered = answered;
        world.Connection = connection;
        foreach (var table in tables) table();
    }

    private static IEnumerable<Action> Back(object instance)
    {
        foreach (var field in instance.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic))
        {
            var held = field.GetValue(instance);
            yield return () => field.SetValue(instance, held);
        }
    }

    private static Action Back<T>(ICollection<T> table)
    {
        T[] held = [.. table];
        return () =>
        {
            table.Clear();
            foreach (var one in held) table.Add(one);
        };
    }
}
