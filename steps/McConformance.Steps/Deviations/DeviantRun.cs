using System.Diagnostics;
using McConformance.Checks;
using McConformance.Checks.Flow;
using McConformance.Checks.Sip;
using McConformance.Fakes.Deviations;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;

namespace McConformance.Steps.Deviations;

/// <summary>What one step of a deviant run was judged to be.</summary>
/// <param name="Step">Its text.</param>
/// <param name="Judgement">A fail.</param>
/// <param name="After">How long after the scenario began, in real time.</param>
internal sealed record Caught(string Step, Judgement Judgement, TimeSpan After)
{
    /// <summary>Id of the requirement, or the clause of a finding.</summary>
    public string Requirement => Judgement.Requirement?.Id ?? $"{Judgement.Clause}";
}

/// <summary>
/// One scenario with a wrong system. The fault is there from the first When step on, and before only where it lies in
/// what happens when the systems start. The scenario goes on behind a step that fails, to see which others do.
/// </summary>
internal sealed class DeviantRun(Deviation deviation) : IAsyncDisposable
{
    /// <summary>Stands for what is judged of every scenario at its end.</summary>
    public const string FormOfMessages = "(form of messages)";

    /// <summary>Where an answer never comes, that is the fault: nobody need wait long for it.</summary>
    private readonly ScenarioWorld world = new()
    {
        Patience = TimeSpan.FromSeconds(deviation.How == "silence" ? 1 : 10),
    };

    private readonly Dictionary<Type, object> instances = [];
    private readonly List<Caught> caught = [];
    private readonly long begun = Stopwatch.GetTimestamp();
    private Deviates? deviates;
    private bool isPolicyApplied;
    private bool hasBegun;

    /// <summary>The scenario's own.</summary>
    public ScenarioWorld World => world;

    /// <summary>Steps that failed, in order.</summary>
    public IReadOnlyList<Caught> Caught => caught;

    /// <summary>Whether the fault happened at all.</summary>
    public bool Happened => isPolicyApplied || deviates is { Happened: > 0 };

    /// <summary>Carries the scenario out.</summary>
    public async Task RunAsync(ScenarioText scenario)
    {
        world.BeforeMade = ChangePlan;
        world.WhenMade = Install;
        foreach (var step in scenario.Steps)
        {
            hasBegun |= step.Kind == "When";
            if (hasBegun && deviates is not null) deviates.IsArmed = true;
            await CarryOutAsync(step);
        }

        var messages = world.Messages;
        await world.DisposeAsync();
        if (caught.Count == 0 && world.JudgeForm(messages) is { } malformed)
            caught.Add(new Caught(FormOfMessages, malformed, Stopwatch.GetElapsedTime(begun)));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        foreach (var instance in instances.Values) (instance as IDisposable)?.Dispose();
    }

    private async Task CarryOutAsync(StepText step)
    {
        try
        {
            await StepDefinition.Of(step).InvokeAsync(step, instances, world);
        }
        catch (VerdictException e) when (e.Judgement.Verdict == Verdict.Fail)
        {
            caught.Add(new Caught(step.Text, e.Judgement, Stopwatch.GetElapsedTime(begun)));
        }
    }

    private void ChangePlan(ScenarioPlan plan)
    {
        if (!deviation.IsPolicy) return;
        Policies.Apply(deviation.What, plan, deviation.With);
        isPolicyApplied = true;
    }

    private void Install(SystemsUnderTest systems)
    {
        if (deviation.IsPolicy) return;
        var (message, spares, times) = Which(deviation.Message);
        var isFromTheStart =
            deviation.How == "repeat-header" || message.StartsWith("capabilities", StringComparison.Ordinal);
        deviates = new Deviates(deviation, systems.Links, Messages.Selector(message).Selects)
        {
            Spares = spares,
            Times = times,
            IsArmed = hasBegun || isFromTheStart,
        };
        systems.DisturbAll(l => deviation.IsOn(l.From.Name, l.To.Name), deviates);
    }

    /// <summary>Reads <c>second challenge</c>.</summary>
    private static (string Message, int Spares, int Times) Which(string message) => message.Split(' ', 2) switch
    {
        ["first", var rest] => (rest, 0, 1),
        ["second", var rest] => (rest, 1, 1),
        ["later", var rest] => (rest, 1, int.MaxValue),
        _ => (message, 0, int.MaxValue),
    };
}
