using McConformance.Fakes.Disturbances;
using McConformance.Steps.Deviations;
using McConformance.Steps.World;
using McConformance.Wire;

namespace McConformance.Steps.Sweeps;

/// <summary>What goes wrong with one message.</summary>
internal enum Fault
{
    /// <summary>It is lost.</summary>
    Lost,

    /// <summary>It comes twice.</summary>
    Duplicated,

    /// <summary>It comes 8 s late: after the time limits of HTTP and Diameter, before that of the partner's MC service server.</summary>
    Delayed,

    /// <summary>The receiver's MC system crashes before it is handled, and starts again.</summary>
    CrashBefore,

    /// <summary>The receiver's MC system crashes when it is handled and nothing of it was sent, and starts again.</summary>
    CrashAfter,
}

/// <summary>One procedure with one fault; or with none, to see its flow.</summary>
/// <param name="procedure">The procedure.</param>
/// <param name="forgets">A table that a wrong system does not keep; null for none.</param>
internal sealed class SweepRun(Procedure procedure, string? forgets = null) : IAsyncDisposable
{
    private static readonly TimeSpan RepairTime = TimeSpan.FromMinutes(3);
    private readonly ScenarioWorld world = new();
    private readonly Dictionary<Type, object> instances = [];
    private int crashes;

    /// <summary>What was recorded.</summary>
    public IReadOnlyList<RecordedMessage> Messages => world.Messages;

    /// <summary>The flow of the procedure when nothing goes wrong.</summary>
    public async Task<IReadOnlyList<FlowMessage>> RecordAsync()
    {
        await PrepareAsync();
        var before = world.Messages.Length;
        await CarryOutAsync(procedure.Stimulus);
        await world.ObserveAsync();
        return FlowMessage.Of(OnceOnly(world.Messages[before..]));
    }

    /// <summary>A busy machine may take longer than T1 (RFC 3261 17.1.1.1): what is sent over UDP again is no other
    /// message.</summary>
    private static IEnumerable<RecordedMessage> OnceOnly(IReadOnlyList<RecordedMessage> sent) => sent.Where((m, i) =>
        m.Carrier != Carrier.Udp
        || !sent.Take(i).Any(e => e.Link == m.Link && e.Octets.Span.SequenceEqual(m.Octets.Span)));

    /// <summary>Carries the procedure out with a fault.</summary>
    /// <returns>What does not hold in the end; empty where all does.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(FlowMessage message, Fault fault)
    {
        await PrepareAsync();
        var disturbance = Make(message, fault);
        world.Running.LinkToDisturb(message.From, message.To, message.Protocol).Disturb(disturbance);
        await CarryOutAsync(procedure.Stimulus);
        await world.Pace.SettleAsync();
        // what nobody has taken up by now nobody will: a copy that came to a connection which was closed, for instance
        world.Running.Links.ForgetInFlight();
        if (disturbance is CrashesAfter { IsArmed: true }) Crash(world.Running.Links.Named(message.To));
        await world.Running.WhenUpAsync();
        if (disturbance.Count == 0) return [$"the fault did not happen: no {message}"];
        await world.Pace.PassAsync(RepairTime);
        var invariants = new Invariants(world, CarryOutAsync);
        await procedure.Invariants(invariants);
        return invariants.Broken;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        foreach (var instance in instances.Values) (instance as IDisposable)?.Dispose();
    }

    private async Task PrepareAsync()
    {
        world.BeforeMade = plan => plan.LetRestart(forgets);
        foreach (var step in procedure.Given) await CarryOutAsync(step);
        await world.SystemsAsync();
        await world.ObserveAsync();
    }

    private Task CarryOutAsync(StepText step) => StepDefinition.Of(step).InvokeAsync(step, instances, world);

    private Disturbance Make(FlowMessage message, Fault fault)
    {
        var (selects, spares) = ((Func<ReadOnlyMemory<byte>, bool>)message.Is, message.Count - 1);
        if (fault == Fault.Lost) return new Drops { Selects = selects, Spares = spares, Times = 1 };
        if (fault == Fault.Duplicated) return new Duplicates { Selects = selects, Spares = spares, Times = 1 };
        if (fault == Fault.Delayed) return new Delays(TimeSpan.FromSeconds(8)) { Selects = selects, Spares = spares, Times = 1 };
        if (fault == Fault.CrashBefore) return new CrashesBefore(Crash) { Selects = selects, Spares = spares, Times = 1 };
        var after = new CrashesAfter(Crash) { Selects = selects, Spares = spares, Times = 1 };
        world.Running.DisturbAllFrom(message.To, after.Answers);
        return after;
    }

    private void Crash(Party node)
    {
        if (Interlocked.Increment(ref crashes) == 1) world.Running.CrashAndRestart(node.System);
    }
}
