using McConformance.Checks;
using McConformance.Checks.Flow;
using McConformance.Steps.Deviations;
using McConformance.Steps.World;
using McConformance.Wire;

namespace McConformance.Steps.Rejudged;

/// <summary>
/// Keeps what each Then step of a scenario looked at, so that it can judge the same recording again when the systems
/// are long gone: each fault in a check is then found, or not, in milliseconds.
/// </summary>
/// <param name="world">Of the scenario; ends with it, but is still asked for facts.</param>
internal sealed class KeptRun(ScenarioWorld world)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly List<KeptStep> steps = [];
    private KeptStep? current;
    private int next;
    private int? end;

    /// <summary>Its Then steps in order; the form of all messages last, where it was judged.</summary>
    public IReadOnlyList<KeptStep> Steps => steps;

    /// <summary>True while a step judges again: nothing may be done to systems then.</summary>
    public bool IsReplaying { get; private set; }

    /// <summary>A step begins.</summary>
    /// <param name="text">The step, as the scenario has it.</param>
    /// <param name="again">Carries it out.</param>
    /// <param name="instances">Classes of step definitions that the scenario has used.</param>
    public void Begin(StepText text, Func<Task> again, IEnumerable<object> instances)
    {
        if (IsReplaying || text.Kind != "Then") return;
        current = new KeptStep(this, text.Text, again, new KeptState(world, instances));
        steps.Add(current);
    }

    /// <summary>A step has looked at the wire.</summary>
    public void Saw(RecordedMessage[] messages, IReadOnlyCollection<UnseenLink> unseen) =>
        current?.Looks.Add((messages, unseen));

    /// <summary>What the step saw when it looked; null where it is not judging again.</summary>
    /// <exception cref="NotSupportedException">It looks more often than before.</exception>
    public Observation? Again()
    {
        if (!IsReplaying) return null;
        if (next >= current!.Looks.Count) throw new NotSupportedException("looks again at what is gone");
        var (messages, unseen) = current.Looks[next++];
        return new Observation(end is { } first && first < messages.Length ? messages[..first] : messages, unseen);
    }

    /// <summary>The form of all messages is judged at the end.</summary>
    public void AddForm(IReadOnlyList<RecordedMessage> messages)
    {
        if (!IsReplaying)
            steps.Add(new KeptStep(this, DeviantRun.FormOfMessages, JudgeAsync, new KeptState(world, [])));

        Task JudgeAsync() =>
            world.JudgeForm(messages) is { } malformed ? throw new VerdictException(malformed) : Task.CompletedTask;
    }

    /// <summary>Judges again.</summary>
    /// <param name="step">One of <see cref="Steps"/>.</param>
    /// <param name="messages">How many messages it sees, from the first; null for all.</param>
    /// <returns>What it came to: "pass", a requirement or clause that failed, or the
    /// type of another exception.</returns>
    public async Task<KeptOutcome> JudgeAgainAsync(KeptStep step, int? messages = null)
    {
        (current, next, end, IsReplaying) = (step, 0, messages, true);
        step.State.Restore(world);
        world.ForgetJudgements();
        try
        {
            await Task.Run(step.Again).WaitAsync(Longest);
            return new KeptOutcome("pass", "", Words(null));
        }
        catch (VerdictException e)
        {
            var judged = e.Judgement;
            return new KeptOutcome(
                $"{judged.Verdict} {judged.Requirement?.Id ?? $"{judged.Clause}"}", Told.By(judged), Words(judged));
        }
        catch (Exception e)
        {
            return new KeptOutcome($"threw {e.GetType().Name}", e.Message, "");
        }
        finally
        {
            (end, IsReplaying) = (null, false);
        }
    }

    private string Words(Judgement? deciding) => string.Join('\n', world.Judgements.Append(deciding)
        .Select(j => j is null ? "" : $"{j.Claim}|{j.Expected}|{j.Actual}|{j.Clause}|{j.MessageNumber}|{j.Link}"));
}

/// <summary>What a Then step came to.</summary>
/// <param name="Verdict">Pass, or the verdict and the requirement that it names, or the exception.</param>
/// <param name="Reason">What readers are told of a verdict that is not pass; empty for pass.</param>
/// <param name="Words">All that readers are told.</param>
internal sealed record KeptOutcome(string Verdict, string Reason, string Words)
{
    /// <summary>Before anything was judged.</summary>
    public static KeptOutcome Nothing { get; } = new("", "", "");

    /// <summary>As required.</summary>
    public static KeptOutcome Passed { get; } = new("pass", "", "");

    /// <summary>The requirement that a fail names; null where it is none.</summary>
    public string? Failed => Verdict.StartsWith("Fail ", StringComparison.Ordinal) ? Verdict["Fail ".Length..] : null;

    /// <summary>It came to no verdict at all.</summary>
    public bool Threw => Verdict.StartsWith("threw ", StringComparison.Ordinal);
}

/// <summary>One Then step that was carried out.</summary>
/// <param name="Run">Its scenario.</param>
/// <param name="Text">As in the feature, arguments put in.</param>
/// <param name="Again">Carries it out again.</param>
/// <param name="State">How things stood before.</param>
internal sealed record KeptStep(KeptRun Run, string Text, Func<Task> Again, KeptState State)
{
    /// <summary>What it saw, each time that it looked.</summary>
    public List<(RecordedMessage[] Messages, IReadOnlyCollection<UnseenLink> Unseen)> Looks { get; } = [];

    /// <summary>What it came to in the scenario, with the systems there.</summary>
    public KeptOutcome Live { get; set; } = KeptOutcome.Nothing;
}
