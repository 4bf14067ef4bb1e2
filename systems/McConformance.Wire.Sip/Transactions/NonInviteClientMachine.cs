using static McConformance.Wire.Sip.Transactions.TransactionAction;
using static McConformance.Wire.Sip.Transactions.TransactionEvent;
using static McConformance.Wire.Sip.Transactions.TransactionState;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>Client transaction of every method but INVITE (RFC 3261 17.1.2, figure 6).</summary>
internal static class NonInviteClientMachine
{
    /// <summary>The table. Reliable carriers send nothing again (no timer E) and have nothing to absorb (K is
    /// 0).</summary>
    public static Transition Next(TransactionState state, TransactionEvent on, bool reliable) => (state, on) switch
    {
        (Idle, Start) => new(Trying, SendRequest | StartF | (reliable ? None : StartE)),

        (Trying, TimerE) => new(Trying, SendRequest | DoubleE),
        (Trying, TimerF) => new(Terminated, TellTimeout),
        (Trying, Provisional) => new(Proceeding, PassUp),
        (Trying, Success or Failure) => Final(reliable),
        (Trying, TransportError) => new(Terminated, TellTransport),

        (Proceeding, TimerE) => new(Proceeding, SendRequest | LongestE),
        (Proceeding, TimerF) => new(Terminated, TellTimeout),
        (Proceeding, Provisional) => new(Proceeding, PassUp),
        (Proceeding, Success or Failure) => Final(reliable),
        (Proceeding, TransportError) => new(Terminated, TellTransport),

        (Completed, TimerK) => new(Terminated),
        _ => new(state),
    };

    private static Transition Final(bool reliable) =>
        reliable ? new(Terminated, PassUp) : new(Completed, PassUp | StartK | StopRepeat);

    private const TransactionAction None = TransactionAction.None;
}
