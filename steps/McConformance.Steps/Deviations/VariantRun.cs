using McConformance.Fakes.Variants;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;

namespace McConformance.Steps.Deviations;

/// <summary>One scenario with lawful systems that write otherwise. Ends at the first step that fails: it must
/// not.</summary>
internal sealed class VariantRun(Variant? variant) : IAsyncDisposable
{
    private readonly ScenarioWorld world = new();
    private readonly Dictionary<Type, object> instances = [];
    private readonly Varies? varies = variant is null ? null : new Varies(variant);

    /// <summary>The scenario's own.</summary>
    public ScenarioWorld World => world;

    /// <summary>How many messages were written otherwise.</summary>
    public int Happened => varies?.Happened ?? 0;

    /// <summary>Carries the scenario out.</summary>
    /// <returns>What was wrong, or null.</returns>
    public async Task<string?> RunAsync(ScenarioText scenario)
    {
        world.WhenMade = Install;
        foreach (var step in scenario.Steps)
        {
            try
            {
                await StepDefinition.Of(step).InvokeAsync(step, instances, world);
            }
            catch (Exception e) when (e is VerdictException or TimeoutException or InvalidOperationException)
            {
                return $"{scenario.Title}: {step.Text} -> {e.Message}";
            }
        }

        var messages = world.Messages;
        await world.DisposeAsync();
        return world.JudgeForm(messages) is { } malformed ? $"{scenario.Title}: form of messages -> {malformed.Reason}"
            : null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        foreach (var instance in instances.Values) (instance as IDisposable)?.Dispose();
    }

    private void Install(SystemsUnderTest systems)
    {
        if (varies is not null) systems.DisturbAll(variant!.IsOn, varies);
    }
}
