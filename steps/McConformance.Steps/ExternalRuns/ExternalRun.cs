using System.Net;
using McConformance.Checks;
using McConformance.Steps.Deviations;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;

namespace McConformance.Steps.ExternalRuns;

/// <summary>One scenario in which other processes run some of the MC systems.</summary>
/// <param name="operatorPorts">Their operator ports, by domain.</param>
internal sealed class ExternalRun(IReadOnlyDictionary<string, Uri> operatorPorts) : IAsyncDisposable
{
    private readonly ScenarioWorld world = new();
    private readonly Dictionary<Type, object> instances = [];
    private readonly List<string> unseen = [];

    /// <summary>What is changed in the plan besides.</summary>
    public Action<ScenarioPlan> Change { get; init; } = static _ => { };

    /// <summary>Is shown the systems before they start.</summary>
    public Action<SystemsUnderTest> WhenMade { get; init; } = static _ => { };

    /// <summary>The entities that they run; empty for whole MC systems.</summary>
    public IReadOnlyList<string> Entities { get; init; } = [];

    /// <summary>What is done as soon as the systems run.</summary>
    public Func<Task>? WhenStarted { get; init; }

    /// <summary>External entities that were gone when the scenario was over, a sentence for each.</summary>
    public IReadOnlyList<string> Silent { get; private set; } = [];

    /// <summary>What was judged and seen.</summary>
    public IEnumerable<Judgement> Judgements => world.Judgements;

    /// <summary>What was sent and seen.</summary>
    public IReadOnlyList<RecordedMessage> Messages { get; private set; } = [];

    /// <summary>Why steps could not be judged.</summary>
    public IReadOnlyList<string> Unseen => unseen;

    /// <summary>Where a node listens; null where nobody has told, or nothing runs yet.</summary>
    public IPEndPoint? AddressOf(string node, WireProtocol protocol, bool isOverTls) =>
        world.IsStarted ? world.Running.AddressOf(node, protocol, isOverTls) : null;

    /// <summary>Carries the scenario out; goes on behind steps that cannot be judged.</summary>
    public async Task RunAsync(ScenarioText scenario)
    {
        Prepare();
        if (WhenStarted is { } begun) await world.WhenStartedAsync(_ => begun());
        await GoOnAsync(scenario.Steps);
        await EndAsync();
    }

    /// <summary>The world of the run, for what no step does.</summary>
    public ScenarioWorld World => world;

    /// <summary>Prepares the plan: the systems are those of other processes, where they are.</summary>
    public void Prepare()
    {
        world.WhenMade = WhenMade;
        world.BeforeMade = plan =>
        {
            foreach (var (domain, port) in operatorPorts)
            {
                if (Entities.Count == 0) plan.UseExternal(domain, port);
                else plan.UseExternal(domain, port, Entities);
            }

            Change(plan);
        };
    }

    /// <summary>Carries out further steps; ends in front of those that follow a Given or When that nobody could
    /// judge.</summary>
    public async Task GoOnAsync(IEnumerable<StepText> steps)
    {
        foreach (var step in steps)
        {
            try
            {
                await StepDefinition.Of(step).InvokeAsync(step, instances, world);
            }
            catch (UnseenException e)
            {
                unseen.Add(e.Message);
                // as the hooks have it: without a stimulus or a precondition nothing that follows means anything
                if (step.Kind != "Then") return;
            }
            catch (VerdictException e) when (e.Judgement.Verdict == Verdict.Fail)
            {
                // is among the judgements
            }
        }
    }

    /// <summary>Ends the systems, and judges the form of all that was sent.</summary>
    public async Task EndAsync()
    {
        if (world.IsStarted) Silent = await world.Running.SilentAsync();
        Messages = world.Messages;
        var messages = Messages;
        await world.DisposeAsync();
        if (world.JudgeForm(messages) is { } malformed) world.Note(malformed);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        foreach (var instance in instances.Values) (instance as IDisposable)?.Dispose();
    }
}
