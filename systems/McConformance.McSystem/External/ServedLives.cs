using McConformance.McSystem.Configuration;
using McConformance.McSystem.Restarts;
using McConformance.Wire;
using McConformance.Wire.State;
using McConformance.Wire.Time;
using McConformance.Wire.Transport;

namespace McConformance.McSystem.External;

/// <summary>An MC system that stands alone in its process, over all of its lives: it can be told to crash, and to start
/// again with what it has kept, where its file says <c>mayCrash</c>. Thread safe.</summary>
public sealed class ServedLives : IAsyncDisposable
{
    /// <summary>Neighbours may be down themselves.</summary>
    private static readonly TimeSpan MeetTime = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FreeTime = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly ShiftableTime time;
    private readonly Func<string, IStateStore?>? storeOf;
    private readonly Action? putAway;
    private McSystemFile file;
    private IReadOnlyList<RelaySettings> relays = [];
    private Life? life;
    private ServedMcSystem? running;
    private ProvisionedSystem? told;
    private bool isGone;

    /// <summary>Nothing is made yet.</summary>
    /// <param name="file">What it is.</param>
    /// <param name="time">Its clock, which goes on while it is down.</param>
    /// <param name="storeOf">Where a node, named by its host, keeps what a restart must not lose; null where in memory
    /// alone: that of this object, where the file says <c>mayCrash</c>, and else that of the node.</param>
    /// <param name="putAway">Closes what <paramref name="storeOf"/> has opened, when it has crashed; null for
    /// nothing.</param>
    /// <exception cref="IOException">No port is free.</exception>
    public ServedLives(
        McSystemFile file, ShiftableTime time, Func<string, IStateStore?>? storeOf = null, Action? putAway = null)
    {
        (this.time, this.putAway) = (time, putAway);
        this.file = file.MayCrash ? file.Completed(null) : file;
        this.storeOf = storeOf ?? (file.MayCrash ? new KeptMemory().StoreOf : null);
    }

    /// <summary>Its domain.</summary>
    public string Domain => file.System.Domain;

    /// <summary>What runs now.</summary>
    /// <exception cref="IOException">It has crashed.</exception>
    public ServedMcSystem Running => running ?? throw new IOException(
        $"{Domain} has crashed and does not run: start it again (the action start) before anything else");

    /// <summary>Where its nodes listen and what topology hiding covers.</summary>
    /// <param name="id">Name to give it.</param>
    /// <exception cref="IOException">It has crashed before it had told.</exception>
    public ProvisionedSystem Describe(string id) => (told ??= Running.Describe(id)) with { Id = id };

    /// <summary>Its first life begins.</summary>
    /// <param name="awaitsNeighbours">See <see cref="ServedMcSystem.AwaitsNeighbours"/>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ArgumentException">The file holds what TS 23.280 does not allow; says what.</exception>
    /// <exception cref="InvalidDataException">Something in the file cannot be used; says what and where.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">A port is taken.</exception>
    /// <exception cref="TimeoutException">A neighbour could not be reached.</exception>
    public async Task StartAsync(bool awaitsNeighbours, CancellationToken cancellation) =>
        running = await MakeAsync(awaitsNeighbours, static _ => Task.CompletedTask, cancellation)
            .ConfigureAwait(false);

    /// <summary>See <see cref="ServedMcSystem.JoinAsync"/>; what is told is known after a crash too.</summary>
    /// <exception cref="IOException">It has crashed.</exception>
    public async Task JoinAsync(JoinRequest request, CancellationToken cancellation)
    {
        await Running.JoinAsync(request, cancellation).ConfigureAwait(false);
        await turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            file = file.With(request);
            if (request.Relays.Count > 0) relays = request.Relays;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Puts its clock forward; timers that fall due on the way fire.</summary>
    /// <exception cref="ArgumentException">Clocks do not go so.</exception>
    public Task<ClockAnswer> ForwardAsync(ClockRequest request) => running?.ForwardAsync(request)
        ?? new ServedClock(time, new LinkBook(time)).ForwardAsync(request);

    /// <summary>It crashes: what is only in memory is lost, nothing is kept any more, and its connections are cut
    /// without a word. Does nothing where it is down.</summary>
    /// <exception cref="NotOfferedException">Its file does not say <c>mayCrash</c>.</exception>
    public async Task CrashAsync()
    {
        RefuseUnlessKept();
        await turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (running is not { } dying) return;
            told ??= dying.Describe("");
            running = null;
            // in this order: nothing is sent any more that is not kept
            dying.Sever();
            life!.End();
            await dying.DisposeAsync().ConfigureAwait(false);
            putAway?.Invoke();
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>It starts again where it listened, with what it had kept. Does nothing where it runs.</summary>
    /// <exception cref="NotOfferedException">Its file does not say <c>mayCrash</c>.</exception>
    /// <exception cref="TimeoutException">Somebody has taken one of its ports meanwhile, or its entities do not find
    /// each other.</exception>
    public async Task StartAgainAsync(CancellationToken cancellation)
    {
        RefuseUnlessKept();
        await turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (isGone) throw new IOException($"{Domain} has been taken away");
            if (running is not null) return;
            await WhenFreeAsync(cancellation).ConfigureAwait(false);
            running = await MakeAsync(awaitsNeighbours: false, RecallAsync, cancellation).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }

        async Task RecallAsync(ServedMcSystem made)
        {
            if (relays.Count > 0)
                await made.JoinAsync(new JoinRequest { Relays = [.. relays] }, cancellation).ConfigureAwait(false);
            await made.MeetAsync(MeetTime, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await turn.WaitAsync().ConfigureAwait(false);
        isGone = true;
        if (running is not null) await running.DisposeAsync().ConfigureAwait(false);
        turn.Release();
    }

    private async Task<ServedMcSystem> MakeAsync(
        bool awaitsNeighbours, Func<ServedMcSystem, Task> then, CancellationToken cancellation)
    {
        life = file.MayCrash ? new Life(storeOf!) : null;
        var made = new ServedMcSystem(file, time, life is null ? storeOf : life.StoreOf)
        {
            AwaitsNeighbours = awaitsNeighbours,
        };
        try
        {
            await made.StartAsync(cancellation).ConfigureAwait(false);
            await then(made).ConfigureAwait(false);
            return made;
        }
        catch
        {
            await made.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The operating system gives sockets up a little later.</summary>
    private async Task WhenFreeAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(FreeTime);
        int[] ports = [.. told!.Endpoints.Select(e => e.Port).Distinct()];
        try
        {
            await FreePorts.WhenFreeAsync(file.Listen.Address, ports, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"{Domain} cannot start again: somebody else has taken one of its ports "
                + string.Join(", ", ports));
        }
    }

    private void RefuseUnlessKept()
    {
        if (!file.MayCrash) throw new NotOfferedException(
            $"{Domain} was not made to crash: neither its state nor its ports would be kept; give its file mayCrash");
    }
}
