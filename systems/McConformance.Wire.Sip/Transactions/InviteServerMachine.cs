using static McConformance.Wire.Sip.Transactions.TransactionAction;
using static McConformance.Wire.Sip.Transactions.TransactionEvent;
using static McConformance.Wire.Sip.Transactions.TransactionState;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>INVITE server transaction (RFC 3261 17.2.1 as changed by RFC 6026 7.1, figure 4 there).</summary>
internal static class InviteServerMachine
{
    /// <summary>The table. Reliable carriers repeat no response (no timer G) and absorb no ACK (I is 0).</summary>
    public static Transition Next(TransactionState state, TransactionEvent on, bool reliable) => (state, on) switch
    {
        (Idle, Start) => new(Proceeding, PassUp | StartTrying),

        (Proceeding, RequestAgain) => new(Proceeding, SendLast),
        (Proceeding, TimerTrying) => new(Proceeding, SendTrying),
        (Proceeding, Provisional) => new(Proceeding, SendResponse | StopRepeat),
        (Proceeding, Success) => new(Accepted, SendResponse | StartL | StopRepeat),
        (Proceeding, Failure) => new(Completed, SendResponse | StartH | (reliable ? StopRepeat : StartG)),

        (Completed, RequestAgain) => new(Completed, SendLast),
        (Completed, TimerG) => new(Completed, SendLast | DoubleG),
        (Completed, Ack) => reliable ? new(Terminated) : new(Confirmed, StartI | StopRepeat),
        (Completed, TimerH) => new(Terminated, TellTimeout),

        (Confirmed, TimerI) => new(Terminated),

        // the user repeats its 2xx itself until the ACK comes (RFC 3261 13.3.1.4); the request is absorbed
        (Accepted, Success) => new(Accepted, SendResponse),
        (Accepted, Ack) => new(Accepted, PassUp),
        (Accepted, TimerL) => new(Terminated),

        // RFC 6026 7.1: the user is told and the state stays, for the peer may come again by another way
        (Proceeding or Completed or Accepted, TransportError) => new(state, TellTransport),
        _ => new(state),
    };
}
