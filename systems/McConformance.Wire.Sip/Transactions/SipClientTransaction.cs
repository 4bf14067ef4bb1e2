using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transport;
using McConformance.Wire.Time;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>
/// A client transaction (RFC 3261 17.1): the base of the INVITE and the non-INVITE machine. Only with the endpoint's gate held.
/// </summary>
public abstract class SipClientTransaction : TimerNode
{
    private readonly SipEndpoint endpoint;
    private TimeSpan interval;
    private long deadline;

    private protected SipClientTransaction(SipEndpoint endpoint) => this.endpoint = endpoint;

    /// <summary>What the sender gave with the request.</summary>
    public object? State { get; internal set; }

    /// <summary>Which state the machine is in.</summary>
    public SipTransactionState Stage { get; private protected set; }

    internal SipFlow Flow { get; private set; } = null!;

    internal ulong Key { get; private set; }

    internal byte[] Branch { get; private set; } = [];

    private protected SipDraft? Request { get; private set; }

    private protected ISipClientUser User { get; private set; } = null!;

    private protected SipTimers Timers => endpoint.Timers;

    internal void Begin(SipDraft request, SipFlow flow, ulong key, byte[] branch, ISipClientUser user, object? state)
    {
        (Request, Flow, Key, Branch, User, State) = (request, flow, key, branch, user, state);
        Start();
        flow.Send(request.Written);
    }

    /// <summary>A response that belongs here.</summary>
    internal abstract void OnResponse(SipMessage response);

    internal void OnBroken()
    {
        if (Stage is SipTransactionState.Terminated or SipTransactionState.Completed or SipTransactionState.Accepted) return;
        Terminate();
        User.OnFailure(this, SipFailure.Transport);
    }

    private protected abstract void Start();

    /// <summary>What a retransmission timer does to its interval; null where nothing is sent again in this state.</summary>
    private protected abstract TimeSpan? NextInterval(TimeSpan last);

    /// <summary>Starts timers A and B, or E and F.</summary>
    private protected void StartTimers()
    {
        deadline = Now() + Ticks(Timers.GivesUp);
        interval = Timers.T1;
        endpoint.Wheel.Schedule(this, Flow.IsReliable ? Timers.GivesUp : interval);
    }

    /// <summary>A state that only waits for its end: timers D, K, M.</summary>
    private protected void LingerFor(TimeSpan time)
    {
        ReleaseRequest();
        if (time <= TimeSpan.Zero) Terminate();
        else endpoint.Wheel.Schedule(this, time);
    }

    private protected void ReleaseRequest()
    {
        if (Request is null) return;
        SipDraft.Return(Request);
        Request = null;
    }

    private protected void Terminate()
    {
        Stage = SipTransactionState.Terminated;
        endpoint.Wheel.Cancel(this);
        ReleaseRequest();
        endpoint.Forget(this);
    }

    /// <inheritdoc/>
    protected override void OnTimer()
    {
        lock (endpoint.Gate)
        {
            if (IsScheduled || Stage == SipTransactionState.Terminated) return;
            if (Stage is SipTransactionState.Completed or SipTransactionState.Accepted) Terminate();
            else if (Now() >= deadline) GiveUp();
            else Retransmit();
        }
    }

    private void GiveUp()
    {
        Terminate();
        User.OnFailure(this, SipFailure.Timeout);
    }

    private void Retransmit()
    {
        if (Flow.IsReliable || NextInterval(interval) is not { } next)
        {
            endpoint.Wheel.Schedule(this, Left());
            return;
        }

        Flow.Send(Request!.Written);
        interval = next;
        var left = Left();
        endpoint.Wheel.Schedule(this, next < left ? next : left);
    }

    private TimeSpan Left() => endpoint.Wheel.Clock.GetElapsedTime(Now(), deadline);

    private long Now() => endpoint.Wheel.Clock.GetTimestamp();

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * endpoint.Wheel.Clock.TimestampFrequency);
}
