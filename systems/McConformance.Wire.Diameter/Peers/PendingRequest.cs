using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Time;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>A request that awaits its answer: its own, or one that is being forwarded. Used again when done.</summary>
internal sealed class PendingRequest : TimerNode
{
    private readonly DiameterNode node;

    public PendingRequest(DiameterNode node) => this.node = node;

    public DiameterDraft? Draft { get; set; }

    public Peer? Peer { get; set; }

    public uint HopByHop { get; set; }

    public IDiameterClientUser? User { get; set; }

    public object? State { get; set; }

    public DiameterServerTransaction? Forwarded { get; set; }

    /// <summary>Which use of <see cref="Forwarded"/> is meant.</summary>
    public int Generation { get; set; }

    /// <summary>The only next hop that will do, or null.</summary>
    public Identities.DiameterIdentity? ToPeer { get; set; }

    /// <summary>True while the request that was forwarded still waits for its answer.</summary>
    public bool IsCurrent => Forwarded is { IsAnswered: false } forwarded && forwarded.Generation == Generation;

    public TimeSpan AnswerTime { get; set; }

    /// <summary>Counts uses, so that a late timer of an earlier use is known.</summary>
    public bool IsDone { get; set; }

    protected override void OnTimer()
    {
        lock (node.Gate)
        {
            if (IsDone || IsScheduled) return;
            node.TimedOut(this);
        }
    }
}
