using System.Net;
using McConformance.Wire.Diameter.Transport;
using McConformance.Wire.Time;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>States of RFC 6733 5.6, those that wait for something; the watchdog's are RFC 3539's.</summary>
internal enum PeerState
{
    /// <summary>No connection; the one who initiates waits for Tc.</summary>
    Closed,

    /// <summary>Opening the transport connection (Wait-Conn-Ack).</summary>
    AwaitingConnection,

    /// <summary>CER sent (Wait-I-CEA).</summary>
    AwaitingCapabilities,

    /// <summary>Open.</summary>
    Open,

    /// <summary>Open, watchdog sent and not answered yet.</summary>
    AwaitingWatchdog,

    /// <summary>Watchdog not answered for Tw: no new requests, the pending ones went elsewhere (SUSPECT).</summary>
    Suspect,
}

/// <summary>One configured peer and its connection. Runs under the node's gate.</summary>
internal sealed class Peer(DiameterNode node, DiameterPeerOptions options) : TimerNode
{
    private uint nextHopByHop = (uint)System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue);
    private readonly List<TaskCompletionSource> waiting = [];

    public DiameterPeerOptions Options { get; set; } = options;

    public PeerState State { get; private set; }

    public DiameterConnection? Connection { get; private set; }

    public Dictionary<uint, PendingRequest> Pending { get; } = [];

    public bool IsUsable => State is PeerState.Open or PeerState.AwaitingWatchdog;

    public bool IsOpen => State is PeerState.Open or PeerState.AwaitingWatchdog or PeerState.Suspect;

    public uint NextHopByHop() => ++nextHopByHop;

    public Task WhenOpenAsync(CancellationToken cancellation)
    {
        if (IsOpen) return Task.CompletedTask;
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Add(source);
        return source.Task.WaitAsync(cancellation);
    }

    public void Connecting() => State = PeerState.AwaitingConnection;

    public void SentCapabilities(DiameterConnection connection)
    {
        (State, Connection) = (PeerState.AwaitingCapabilities, connection);
        node.Wheel.Schedule(this, node.Options.CapabilitiesTime);
    }

    public void Opened(DiameterConnection connection)
    {
        (State, Connection) = (PeerState.Open, connection);
        node.Wheel.Schedule(this, node.Options.Watchdog);
        foreach (var source in waiting) source.TrySetResult();
        waiting.Clear();
    }

    /// <summary>Any message from the peer shows that it is there (RFC 3539 3.4.1).</summary>
    public void Heard()
    {
        if (!IsOpen) return;
        State = PeerState.Open;
        lastHeard = node.Wheel.Clock.GetTimestamp();
    }

    private long lastHeard;

    public void Closed()
    {
        (State, Connection) = (PeerState.Closed, null);
        if (Options.Initiates && !node.IsStopped) node.Wheel.Schedule(this, node.Options.Reconnect);
        else node.Wheel.Cancel(this);
        node.Tell(this);
    }

    protected override void OnTimer()
    {
        lock (node.Gate)
        {
            if (IsScheduled || node.IsStopped) return;
            switch (State)
            {
                case PeerState.Closed when Options.Initiates:
                    node.Connect(this);
                    break;
                case PeerState.AwaitingConnection or PeerState.AwaitingCapabilities:
                    Connection?.Close();
                    break;
                case PeerState.Open when QuietFor() is var quiet && quiet < node.Options.Watchdog:
                    node.Wheel.Schedule(this, node.Options.Watchdog - quiet);
                    break;
                case PeerState.Open:
                    State = PeerState.AwaitingWatchdog;
                    node.SendWatchdog(this);
                    node.Wheel.Schedule(this, node.Options.Watchdog);
                    break;
                case PeerState.AwaitingWatchdog:
                    State = PeerState.Suspect;
                    node.FailOver(this);
                    node.Wheel.Schedule(this, node.Options.Watchdog);
                    break;
                case PeerState.Suspect:
                    Connection?.Close();
                    break;
            }
        }
    }

    private TimeSpan QuietFor() => lastHeard == 0 ? node.Options.Watchdog : node.Wheel.Clock.GetElapsedTime(lastHeard);
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
