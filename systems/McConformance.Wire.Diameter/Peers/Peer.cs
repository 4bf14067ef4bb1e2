using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Transport;
using McConformance.Wire.Time;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>One peer: its state, its connections, its watchdog and what waits for its answers. Runs under the node's
/// gate.</summary>
internal sealed class Peer(DiameterNode node, DiameterPeerOptions options, bool isConfigured) : TimerNode
{
    private readonly List<TaskCompletionSource> waiting = [];
    private readonly PeerWatchdog watchdog = new();
    private uint nextHopByHop = (uint)System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue);
    private long lastHeard;
    private int retries;
    private bool mayReturn = true;
    private bool isWatching;

    public DiameterPeerOptions Options { get; set; } = options;

    /// <summary>Its identity as it stands in messages.</summary>
    public byte[] HostOctets { get; } = System.Text.Encoding.UTF8.GetBytes(options.Host.Value);

    /// <summary>False for one that came unknown and was let in; forgotten when it goes.</summary>
    public bool IsConfigured { get; set; } = isConfigured;

    public PeerState State { get; private set; }

    public WatchdogState WatchdogState => watchdog.State;

    /// <summary>The connection this node opened.</summary>
    public DiameterConnection? Initiated { get; set; }

    /// <summary>The connection the peer opened.</summary>
    public DiameterConnection? Accepted { get; set; }

    /// <summary>The CER that came on <see cref="Accepted"/> and is not answered yet.</summary>
    public DiameterMessage PendingCer { get; } = new();

    /// <summary>For the next DPR.</summary>
    public uint DisconnectCause { get; set; }

    /// <summary>Counts attempts to connect, so that the outcome of one that was given up is known.</summary>
    public int Attempt { get; set; }

    /// <summary>The connection that messages go over, or null.</summary>
    public DiameterConnection? Connection => Accepted is not null && State == PeerState.ROpen ? Accepted
        : State == PeerState.IOpen ? Initiated
        : State == PeerState.Closing ? Initiated ?? Accepted : null;

    public Dictionary<uint, PendingRequest> Pending { get; } = [];

    /// <summary>This node opens the connection, and knows where to.</summary>
    public bool Initiates => Options is { Initiates: true, Address: not null };

    public bool IsOpen => State is PeerState.ROpen or PeerState.IOpen;

    /// <summary>Requests may be sent there.</summary>
    public bool IsUsable => IsOpen && watchdog.State == WatchdogState.Okay;

    /// <summary>Connected again and not yet trusted: taken only where there is nobody else (RFC 3539 3.4.1,
    /// REOPEN).</summary>
    public bool IsUsableInNeed => IsOpen && watchdog.State == WatchdogState.Reopen;

    public uint NextHopByHop() => ++nextHopByHop;

    public Task WhenOpenAsync(CancellationToken cancellation)
    {
        if (IsOpen) return Task.CompletedTask;
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Add(source);
        return source.Task.WaitAsync(cancellation);
    }

    /// <summary>One step of RFC 6733 5.6.</summary>
    public void On(PeerEvent what)
    {
        var before = State;
        var (next, actions) = PeerTable.Next(before, what);
        State = next;
        node.Connections.Do(this, actions);
        if (State != next || next == before) return; // an action led further, or nothing changed
        switch (next)
        {
            case PeerState.WaitConnAck or PeerState.WaitICea or PeerState.WaitConnAckElect:
            case PeerState.WaitReturns or PeerState.Closing:
                isWatching = false;
                node.Wheel.Schedule(this, node.Options.CapabilitiesTime);
                break;
            case PeerState.ROpen or PeerState.IOpen:
                Opened();
                break;
            case PeerState.Closed:
                Closed();
                break;
        }
    }

    /// <summary>Any message from the peer shows that it is there.</summary>
    public void Heard(bool isWatchdogAnswer)
    {
        lastHeard = node.Wheel.Clock.GetTimestamp();
        if (!isWatching) return;
        if (!isWatchdogAnswer && watchdog.State == WatchdogState.Okay) return; // the timer looks at lastHeard
        Do(watchdog.On(isWatchdogAnswer ? WatchdogEvent.ReceiveDwa : WatchdogEvent.ReceiveOther));
    }

    /// <summary>The peer does not want this node to connect by itself (RFC 6733 5.4.3).</summary>
    public void StaysAway() => mayReturn = false;

    protected override void OnTimer()
    {
        lock (node.Gate)
        {
            if (IsScheduled) return;
            if (IsOpen) Watch();
            else if (State != PeerState.Closed) On(PeerEvent.Timeout);
            else if (Initiates && !node.IsStopped) On(PeerEvent.Start);
        }
    }

    private void Opened()
    {
        (retries, mayReturn, isWatching) = (0, true, true);
        lastHeard = node.Wheel.Clock.GetTimestamp();
        Do(watchdog.On(WatchdogEvent.ConnectionUp));
        foreach (var source in waiting) source.TrySetResult();
        waiting.Clear();
    }

    private void Closed()
    {
        isWatching = false;
        node.Wheel.Cancel(this);
        _ = watchdog.On(WatchdogEvent.ConnectionDown); // what waits goes elsewhere below, in whatever state
        if (Initiates && mayReturn && !node.IsStopped)
        {
            node.Wheel.Schedule(this, UntilRetry());
            retries++;
        }

        node.Tell(this);
        if (!node.IsStopped) node.FailOver(this);
        if (!IsConfigured && waiting.Count == 0) node.Connections.Forget(this);
    }

    private TimeSpan UntilRetry()
    {
        var longest = node.Options.Reconnect;
        var wait = node.Options.FirstReconnect ?? longest;
        for (var i = 0; i < retries && wait < longest; i++) wait *= 2;
        return wait < longest ? wait : longest;
    }

    private void Watch()
    {
        if (!isWatching) return;
        var quiet = node.Wheel.Clock.GetElapsedTime(lastHeard);
        if (watchdog.State == WatchdogState.Okay &&
            quiet < node.Options.Watchdog) node.Wheel.Schedule(this, node.Options.Watchdog - quiet);
        else Do(watchdog.On(WatchdogEvent.TimerExpires));
    }

    private void Do(WatchdogActions actions)
    {
        if ((actions & WatchdogActions.CloseConnection) != 0)
        {
            On(PeerEvent.Timeout);
            return;
        }

        if ((actions & WatchdogActions.SetWatchdog) != 0)
        {
            lastHeard = node.Wheel.Clock.GetTimestamp();
            node.Wheel.Schedule(this, node.Options.Watchdog);
        }

        if ((actions & WatchdogActions.Failover) != 0) node.FailOver(this);
        if ((actions & WatchdogActions.SendWatchdog) != 0) node.SendWatchdog(this);
    }
}

/// <summary>A connection that was accepted and has not said who it is; closes itself when it takes too long.</summary>
internal sealed class Stranger(DiameterNode node, DiameterConnection connection) : TimerNode
{
    public DiameterConnection Connection => connection;

    protected override void OnTimer()
    {
        lock (node.Gate)
        {
            if (!IsScheduled && connection.State == this) connection.Close();
        }
    }
}
