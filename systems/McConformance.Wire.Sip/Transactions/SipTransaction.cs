using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transport;
using McConformance.Wire.Time;
using static McConformance.Wire.Sip.Transactions.TransactionAction;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>
/// What client and server transactions share: identity, flow, state and the two timers that any machine needs at a
/// time. Objects are used again some time after they end; see <see cref="Phase"/>. All members are for callers that
/// hold the gate. </summary>
public abstract class SipTransaction
{
    private readonly Wait repeat;
    private readonly Wait limit;
    private TimeSpan repeatAfter;
    private byte[] id = new byte[96];
    private int idOctets;

    private protected SipTransaction(SipEndpoint endpoint)
    {
        Endpoint = endpoint;
        (repeat, limit) = (new Wait(this), new Wait(this));
    }

    /// <summary>The flow its messages take.</summary>
    public SipFlow Flow { get; internal set; } = null!;

    /// <summary>Method of its request.</summary>
    public SipMethod Method { get; internal set; }

    /// <summary>Where the machine stands. Once <see cref="TransactionState.Terminated"/>, let go of the object: it
    /// will serve another transaction.</summary>
    public TransactionState Phase { get; private protected set; }

    /// <summary>Whatever the user wants to find again.</summary>
    public object? State { get; set; }

    internal SipEndpoint Endpoint { get; }

    internal ReadOnlySpan<byte> Id => id.AsSpan(0, idOctets);

    internal ulong Hash { get; private set; }

    internal SipTransaction? NextOfSameHash { get; set; }

    internal void TakeId(ReadOnlySpan<byte> octets, ulong hash)
    {
        if (octets.Length > id.Length) id = new byte[octets.Length];
        octets.CopyTo(id);
        (idOctets, Hash) = (octets.Length, hash);
    }

    /// <summary>Feeds one event to the machine and does what it says.</summary>
    internal void On(TransactionEvent on)
    {
        if (Phase == TransactionState.Terminated) return;
        var step = Next(on);
        Phase = step.Next;
        if (step.Do != None)
        {
            SetTimers(step.Do);
            Send(step.Do);
            Tell(step.Do);
        }

        // a callback may have ended it meanwhile
        if (step.Next == TransactionState.Terminated) End();
    }

    /// <summary>Stops the timers; nothing is told to anyone.</summary>
    internal void Stop()
    {
        Phase = TransactionState.Terminated;
        repeat.Stop();
        limit.Stop();
    }

    private protected abstract Transition Next(TransactionEvent on);

    private protected abstract void Send(TransactionAction what);

    private protected abstract void Tell(TransactionAction what);

    private protected abstract void End();

    private protected void Reset() => Phase = TransactionState.Idle;

    /// <summary>Lets octets out; a failure comes back as an event a little later, never inside the call.</summary>
    private protected void SendBy(SipFlow flow, ReadOnlySpan<byte> octets)
    {
        var failures = flow.Failures;
        flow.Send(octets);
        if (flow.Failures != failures) repeat.Start(TransactionEvent.TransportError, TimeSpan.Zero);
    }

    private void SetTimers(TransactionAction what)
    {
        const TransactionAction repeats =
            StartA | DoubleA | StartE | DoubleE | LongestE | StartG | DoubleG | StartTrying;
        const TransactionAction limits = StartB | StartD | StartF | StartH | StartI | StartJ | StartK | StartL | StartM;
        if ((what & StopRepeat) != 0) repeat.Stop();
        if ((what & StopLimit) != 0) limit.Stop();
        if ((what & repeats) != 0) SetRepeat(what & repeats);
        if ((what & limits) != 0) SetLimit(what & limits);
    }

    private void SetRepeat(TransactionAction start)
    {
        var timers = Endpoint.Timers;
        var (letter, after) = start switch
        {
            StartA => (TransactionEvent.TimerA, timers.A),
            DoubleA => (TransactionEvent.TimerA, 2 * repeatAfter),
            StartE => (TransactionEvent.TimerE, timers.E),
            DoubleE => (TransactionEvent.TimerE, Shorter(2 * repeatAfter, timers.T2)),
            LongestE => (TransactionEvent.TimerE, timers.T2),
            StartG => (TransactionEvent.TimerG, timers.G),
            DoubleG => (TransactionEvent.TimerG, Shorter(2 * repeatAfter, timers.T2)),
            _ => (TransactionEvent.TimerTrying, timers.Trying),
        };
        repeatAfter = after;
        repeat.Start(letter, after);
    }

    private void SetLimit(TransactionAction start)
    {
        var timers = Endpoint.Timers;
        var (letter, after) = start switch
        {
            StartB => (TransactionEvent.TimerB, timers.B),
            StartD => (TransactionEvent.TimerD, timers.D),
            StartF => (TransactionEvent.TimerF, timers.F),
            StartH => (TransactionEvent.TimerH, timers.H),
            StartI => (TransactionEvent.TimerI, timers.I),
            StartJ => (TransactionEvent.TimerJ, timers.J),
            StartK => (TransactionEvent.TimerK, timers.K),
            StartL => (TransactionEvent.TimerL, timers.L),
            _ => (TransactionEvent.TimerM, timers.M),
        };
        limit.Start(letter, after);
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private sealed class Wait(SipTransaction owner) : TimerNode
    {
        private TransactionEvent letter;

        public void Start(TransactionEvent on, TimeSpan after)
        {
            letter = on;
            owner.Endpoint.Wheel.Schedule(this, after);
        }

        public void Stop()
        {
            if (letter == TransactionEvent.None) return;
            letter = TransactionEvent.None;
            owner.Endpoint.Wheel.Cancel(this);
        }

        protected override void OnTimer()
        {
            lock (owner.Endpoint.Gate)
            {
                // stopped, or started anew, while this call was on its way
                if (letter == TransactionEvent.None || IsScheduled) return;
                var due = letter;
                letter = TransactionEvent.None;
                owner.On(due);
            }
        }
    }
}
