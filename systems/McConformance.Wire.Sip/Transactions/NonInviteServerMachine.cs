using static McConformance.Wire.Sip.Transactions.TransactionAction;
using static McConformance.Wire.Sip.Transactions.TransactionEvent;
using static McConformance.Wire.Sip.Transactions.TransactionState;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>Server transaction of every method but INVITE and ACK (RFC 3261 17.2.2, figure 8).</summary>
internal static class NonInviteServerMachine
{
    /// <summary>The table. Reliable carriers repeat nothing, so J is 0 there.</summary>
    public static Transition Next(TransactionState state, TransactionEvent on, bool reliable) => (state, on) switch
    {
        (Idle, Start) => new(Trying, PassUp),

        // a repeated request is discarded until there is something to answer it with
        (Trying, Provisional) => new(Proceeding, SendResponse),
        (Trying, Success or Failure) => Final(reliable),

        (Proceeding, RequestAgain) => new(Proceeding, SendLast),
        (Proceeding, Provisional) => new(Proceeding, SendResponse),
        (Proceeding, Success or Failure) => Final(reliable),
        (Proceeding, TransportError) => new(Terminated, TellTransport),

        // further responses of the user are discarded
        (Completed, RequestAgain) => new(Completed, SendLast),
        (Completed, TimerJ) => new(Terminated),
        (Completed, TransportError) => new(Terminated, TellTransport),
        _ => new(state),
    };

    private static Transition Final(bool reliable) =>
        reliable ? new(Terminated, SendResponse) : new(Completed, SendResponse | StartJ);
}
