using static McConformance.Wire.Sip.Transactions.TransactionAction;
using static McConformance.Wire.Sip.Transactions.TransactionEvent;
using static McConformance.Wire.Sip.Transactions.TransactionState;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>INVITE client transaction (RFC 3261 17.1.1 as changed by RFC 6026 7.2, figure 5 there).</summary>
internal static class InviteClientMachine
{
    /// <summary>The table. Reliable carriers send nothing again (no timer A) and have nothing to absorb (D is
    /// 0).</summary>
    public static Transition Next(TransactionState state, TransactionEvent on, bool reliable) => (state, on) switch
    {
        (Idle, Start) => new(Calling, SendRequest | StartB | (reliable ? None : StartA)),

        (Calling, TimerA) => new(Calling, SendRequest | DoubleA),
        (Calling, TimerB) => new(Terminated, TellTimeout),
        (Calling, Provisional) => new(Proceeding, PassUp | StopRepeat | StopLimit),
        (Calling, Success) => new(Accepted, PassUp | StartM | StopRepeat),
        (Calling, Failure) => Refused(reliable),
        (Calling, TransportError) => new(Terminated, TellTransport),

        (Proceeding, Provisional) => new(Proceeding, PassUp),
        (Proceeding, Success) => new(Accepted, PassUp | StartM),
        (Proceeding, Failure) => Refused(reliable),
        // not in the figure: no timer runs here, so a lost connection would leave the transaction for ever
        (Proceeding, TransportError) => new(Terminated, TellTransport),

        (Completed, Failure) => new(Completed, SendAck),
        (Completed, TimerD) => new(Terminated),
        (Completed, TransportError) => new(Terminated, TellTransport),

        (Accepted, Success) => new(Accepted, PassUp),
        (Accepted, TimerM) => new(Terminated),
        _ => new(state),
    };

    private static Transition Refused(bool reliable) =>
        reliable ? new(Terminated, SendAck | PassUp) : new(Completed, SendAck | PassUp | StartD | StopRepeat);

    private const TransactionAction None = TransactionAction.None;
}
