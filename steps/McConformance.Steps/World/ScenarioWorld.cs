using System.Diagnostics;
using McConformance.Checks;
using McConformance.Checks.Diameter;
using McConformance.Checks.Flow;
using McConformance.Checks.Migration;
using McConformance.Checks.Sip;
using McConformance.Steps.TestConfiguration;
using McConformance.Wire;
using McConformance.Wire.Time;

namespace McConformance.Steps.World;

/// <summary>What the steps of one scenario share: the plan, the systems once they run, what users were told, and the judgements.</summary>
public sealed class ScenarioWorld : IAsyncDisposable
{
    private readonly List<Judgement> judgements = [];
    private readonly List<(Link Link, Disturbance Disturbance)> disturbances = [];
    private readonly List<Func<SystemsUnderTest, Task>> whenStarted = [];
    private readonly List<IAsyncDisposable> fakes = [];
    private static readonly SemaphoreSlim Turn = new(1);
    private SystemsUnderTest? systems;
    private bool hasTurn;
    private Pace? pace;
    private bool isDisposed;

    /// <summary>The scenario's clock.</summary>
    public ShiftableTime Clock { get; } = new();

    /// <summary>What the Given steps agree on.</summary>
    public ScenarioPlan Plan { get; } = new();

    /// <summary>How each user's last registration ended, by name and role of the MC system.</summary>
    public Dictionary<(string User, string Role), RegistrationSeen> Registrations { get; } = [];

    /// <summary>What each user was last told of service.</summary>
    public Dictionary<string, ServiceSeen> Services { get; } = [];

    /// <summary>How each user's last step of the sequence ended.</summary>
    public Dictionary<string, StepSeen> Steps { get; } = [];

    /// <summary>What each user was last told of a document.</summary>
    public Dictionary<string, DocumentSeen> Documents { get; } = [];

    /// <summary>How an administrator's last action ended: a status, 0 where no answer came.</summary>
    public int Administered { get; set; } = -1;

    /// <summary>What a server answered to octets that no proper client sends; null where nothing was sent.</summary>
    public Fakes.Transport.RawHttpAnswer? Answered { get; set; }

    /// <summary>Lists of members that were proposed, by their ids, in order.</summary>
    public List<string> Proposed { get; } = [];

    /// <summary>What came of the last request for connection details.</summary>
    public (int StatusCode, string Body) Connection { get; set; }

    /// <summary>The registration that the scenario speaks of as "the UE".</summary>
    public (string User, string Role) Latest { get; set; } = ("alice", "partner");

    /// <summary>How long it took to bring the systems up; zero where they never were.</summary>
    public TimeSpan UpAfter { get; private set; }

    /// <summary>What was judged so far.</summary>
    public IReadOnlyList<Judgement> Judgements => judgements;

    /// <summary>What was done to links, for the report.</summary>
    public IEnumerable<string> Disturbances => disturbances.Select(d => $"{d.Link}: {d.Disturbance.Description}");

    /// <summary>True once the systems run.</summary>
    public bool IsStarted => systems is not null;

    /// <summary>The systems, which run already.</summary>
    public SystemsUnderTest Running => systems ?? throw new InvalidOperationException("nothing has been started: a When step comes first");

    /// <summary>What was recorded; empty where nothing ever ran.</summary>
    public RecordedMessage[] Messages => systems?.Recording.Messages ?? [];

    /// <summary>A process of somebody else stands between the systems: nothing tells when it is at work, so the
    /// scenario's clock is not put forward over it.</summary>
    internal bool HasRealPeer { get; set; }

    /// <summary>How long a step waits for an answer from outside the scenario's clock.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>When the recording began; null where nothing ever ran.</summary>
    public DateTimeOffset? RecordingStartedAt => systems?.Recording.StartedAt;

    /// <summary>Waiting.</summary>
    public Pace Pace => Kept is { IsReplaying: true } ? throw new NotSupportedException("the systems are gone: nothing can be waited for")
        : pace ?? throw new InvalidOperationException("nothing has been started: a When step comes first");

    /// <summary>Keeps what checks looked at, so that they can judge it again; null where nobody will.</summary>
    internal Rejudged.KeptRun? Kept { get; set; }

    /// <summary>Changes the plan when all steps have agreed on it: makes a wrong system, to test checks.</summary>
    internal Action<ScenarioPlan>? BeforeMade { get; set; }

    /// <summary>Is shown the systems before they start: for faults that are there from the beginning.</summary>
    internal Action<SystemsUnderTest>? WhenMade { get; set; }

    /// <summary>Does something as soon as the systems run: at once, where they do.</summary>
    public Task WhenStartedAsync(Func<SystemsUnderTest, Task> action)
    {
        if (systems is not null) return action(systems);
        whenStarted.Add(action);
        return Task.CompletedTask;
    }

    /// <summary>Puts a disturbance on a link, named by its ends.</summary>
    public Task DisturbAsync(string from, string to, WireProtocol protocol, Disturbance disturbance) => WhenStartedAsync(s =>
    {
        var link = disturbance.TakesArrivals
            ? s.LinkToCut(from, to, protocol) : s.LinkToDisturb(from, to, protocol);
        link.Disturb(disturbance);
        disturbances.Add((link, disturbance));
        return Task.CompletedTask;
    });

    /// <summary>The systems, started when first asked for. Those that have crashed since are up again.</summary>
    /// <exception cref="ArgumentException">The configuration is refused.</exception>
    public async Task<SystemsUnderTest> SystemsAsync()
    {
        if (systems is not null)
        {
            // and its neighbours know: how long that takes, here or on the network, says nothing of what comes next
            if (await systems.WhenAgainUpAsync()) await Pace.SettleAsync();
            return systems;
        }

        var begun = Stopwatch.GetTimestamp();
        BeforeMade?.Invoke(Plan);
        if (Plan.HasFixedEntities)
        {
            await Turn.WaitAsync();
            hasTurn = true;
        }

        var made = new SystemsUnderTest(Plan, Clock);
        systems = made;
        WhenMade?.Invoke(made);
        pace = new Pace(Clock, made.Links) { Foreign = ForeignTimeOf(made) };
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await made.StartAsync(limit.Token);
        UpAfter = Stopwatch.GetElapsedTime(begun);
        foreach (var action in whenStarted) await action(made);
        return made;
    }

    /// <summary>What was seen so far, once nothing moves any more.</summary>
    public async Task<Observation> ObserveAsync()
    {
        if (Kept?.Again() is { } again) return again;
        await SystemsAsync();
        await Pace.SettleAsync();
        await Running.LookAtDisplaysAsync();
        var (messages, unseen) = (Messages, Running.Unseen);
        Kept?.Saw(messages, unseen);
        return new Observation(messages, unseen);
    }

    /// <summary>A fake that ends with the scenario.</summary>
    public T Keep<T>(T fake) where T : IAsyncDisposable
    {
        fakes.Add(fake);
        return fake;
    }

    /// <summary>Before steps judge what they have judged once.</summary>
    internal void ForgetJudgements() => judgements.Clear();

    /// <summary>Takes a judgement down; the scenario goes on.</summary>
    public void Note(Judgement judgement) => judgements.Add(judgement);

    /// <summary>Takes a judgement down; a fail ends the scenario.</summary>
    /// <exception cref="VerdictException">The verdict is not pass.</exception>
    public void Judge(Judgement judgement)
    {
        judgements.Add(judgement);
        if (judgement.Verdict != Verdict.Pass) throw new VerdictException(judgement);
    }

    /// <summary>What is judged of every scenario at its end: the form of all that systems and UEs sent.</summary>
    /// <returns>A fail, or null.</returns>
    public Judgement? JudgeForm(IEnumerable<RecordedMessage> messages)
    {
        RecordedMessage[] sent = [.. messages];
        Kept?.AddForm(sent);
        var seen = new Observation(sent);
        return IsWellFormed.Judge(seen, Plan.Users.Values.Where(u => !u.IsExternal).Select(u => SystemsUnderTest.PartyOf(u.Name))) ??
            DiameterIsWellFormed.Judge(seen) ?? DocumentsFollowTheirSchemas.Judge(seen);
    }

    /// <summary>Null where everything is on the scenario's clock.</summary>
    private RealTime? ForeignTimeOf(SystemsUnderTest made)
    {
        var most = Configured.Ixit.Links.WaitsAtMost;
        if (HasRealPeer) return new RealTime(made.Links, "a real peer") { WaitsAtMost = most };
        return !made.HasExternal ? null : new RealTime(made.Links, made.ExternalInWords)
        {
            WaitsAtMost = most,
            Shared = new SharedClock(Clock, made.Links, made.ForwardOthersAsync),
            Lacks = () => made.ClockLacks,
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (isDisposed) return;
        isDisposed = true;
        foreach (var fake in fakes) await fake.DisposeAsync();
        if (systems is not null) await systems.DisposeAsync();
        if (hasTurn) Turn.Release();
    }
}

/// <summary>Carries a judgement out of a step: the scenario ends with its verdict.</summary>
public sealed class VerdictException(Judgement judgement) : Exception(judgement.Reason)
{
    /// <summary>What was judged.</summary>
    public Judgement Judgement => judgement;
}
