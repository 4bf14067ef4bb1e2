namespace McConformance.Wire.Sip.Transactions;

/// <summary>States of the four transaction machines (RFC 3261 17, RFC 6026 7).</summary>
public enum TransactionState
{
    /// <summary>Made, nothing sent and nothing told.</summary>
    Idle,

    /// <summary>INVITE sent, nothing came back.</summary>
    Calling,

    /// <summary>Non-INVITE sent, or taken and not answered.</summary>
    Trying,

    /// <summary>A provisional response went by, or an INVITE was taken.</summary>
    Proceeding,

    /// <summary>The final response went by; retransmissions are dealt with.</summary>
    Completed,

    /// <summary>The ACK to a final response other than 2xx came.</summary>
    Confirmed,

    /// <summary>A 2xx to INVITE went by (RFC 6026).</summary>
    Accepted,

    /// <summary>Over.</summary>
    Terminated,
}

/// <summary>What can happen to a transaction. Responses are named by their class; <see cref="Failure"/> is 300 to
/// 699.</summary>
internal enum TransactionEvent : byte
{
    None,
    Start,
    Provisional,
    Success,
    Failure,
    RequestAgain,
    Ack,
    TimerA,
    TimerB,
    TimerD,
    TimerE,
    TimerF,
    TimerG,
    TimerH,
    TimerI,
    TimerJ,
    TimerK,
    TimerL,
    TimerM,
    TimerTrying,
    TransportError,
}

/// <summary>What a machine asks of its transaction. Start of a timer replaces the one that ran in its place: A, E, G
/// and Trying share one place, the others the second.</summary>
[Flags]
internal enum TransactionAction
{
    None = 0,
    SendRequest = 1 << 0,
    SendAck = 1 << 1,
    SendTrying = 1 << 2,

    /// <summary>The response that the user just gave.</summary>
    SendResponse = 1 << 3,

    /// <summary>The last response that was sent, if any.</summary>
    SendLast = 1 << 4,
    PassUp = 1 << 5,
    TellTimeout = 1 << 6,
    TellTransport = 1 << 7,
    StartA = 1 << 8,
    DoubleA = 1 << 9,
    StartB = 1 << 10,
    StartD = 1 << 11,
    StartE = 1 << 12,
    DoubleE = 1 << 13,
    LongestE = 1 << 14,
    StartF = 1 << 15,
    StartG = 1 << 16,
    DoubleG = 1 << 17,
    StartH = 1 << 18,
    StartI = 1 << 19,
    StartJ = 1 << 20,
    StartK = 1 << 21,
    StartL = 1 << 22,
    StartM = 1 << 23,
    StartTrying = 1 << 24,

    /// <summary>Stops A, E, G or Trying.</summary>
    StopRepeat = 1 << 25,

    /// <summary>Stops any of the other timers.</summary>
    StopLimit = 1 << 26,
}

/// <summary>Outcome of one event.</summary>
/// <param name="Next">State after it.</param>
/// <param name="Do">What to do, in the order of the flags' numbers.</param>
internal readonly record struct Transition(TransactionState Next, TransactionAction Do = TransactionAction.None);
