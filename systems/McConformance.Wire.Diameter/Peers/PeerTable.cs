namespace McConformance.Wire.Diameter.Peers;

/// <summary>States of a peer (RFC 6733 5.6). I is the connection this node opened, R the one the peer opened.</summary>
internal enum PeerState
{
    /// <summary>No connection; the one who initiates waits for Tc.</summary>
    Closed,

    /// <summary>Opening the connection.</summary>
    WaitConnAck,

    /// <summary>CER sent.</summary>
    WaitICea,

    /// <summary>Opening the connection while the peer's CER is here already.</summary>
    WaitConnAckElect,

    /// <summary>CER sent, the peer's CER is here, and the election is not won.</summary>
    WaitReturns,

    /// <summary>Open on the connection the peer opened.</summary>
    ROpen,

    /// <summary>Open on the connection this node opened.</summary>
    IOpen,

    /// <summary>DPR sent or received.</summary>
    Closing,
}

/// <summary>What happens to a peer (RFC 6733 5.6.1).</summary>
internal enum PeerEvent
{
    Start,
    IRcvConnAck,
    IRcvConnNack,
    RConnCer,
    IRcvCea,
    IRcvNonCea,
    IPeerDisc,
    RPeerDisc,
    WinElection,
    Timeout,
    Stop,
    RcvDpr,
    RcvDpa,
}

/// <summary>What is done about it (RFC 6733 5.6.2). In the order of the bits.</summary>
[Flags]
internal enum PeerActions
{
    None = 0,
    ISndConnReq = 1,
    ISndCer = 2,
    IDisc = 4,
    RDisc = 8,
    RReject = 16,
    RSndCea = 32,
    SndDpr = 64,
    SndDpa = 128,
    Elect = 256,
}

/// <summary>The table of RFC 6733 5.6: state and event to action and next state. Nothing but data.</summary>
internal static class PeerTable
{
    private const PeerActions Error = PeerActions.IDisc | PeerActions.RDisc;

    public static (PeerState Next, PeerActions Actions) Next(PeerState state, PeerEvent what) => (state, what) switch
    {
        (PeerState.Closed, PeerEvent.Start) => (PeerState.WaitConnAck, PeerActions.ISndConnReq),
        (PeerState.Closed, PeerEvent.RConnCer) => (PeerState.ROpen, PeerActions.RSndCea),

        (PeerState.WaitConnAck, PeerEvent.IRcvConnAck) => (PeerState.WaitICea, PeerActions.ISndCer),
        (PeerState.WaitConnAck, PeerEvent.IRcvConnNack) => (PeerState.Closed, PeerActions.None),
        (PeerState.WaitConnAck, PeerEvent.RConnCer) => (PeerState.WaitConnAckElect, PeerActions.None),
        (PeerState.WaitConnAck, PeerEvent.Timeout or PeerEvent.Stop) => (PeerState.Closed, Error),

        (PeerState.WaitICea, PeerEvent.IRcvCea) => (PeerState.IOpen, PeerActions.None),
        (PeerState.WaitICea, PeerEvent.RConnCer) => (PeerState.WaitReturns, PeerActions.Elect),
        (PeerState.WaitICea, PeerEvent.IPeerDisc) => (PeerState.Closed, PeerActions.IDisc),
        (PeerState.WaitICea, PeerEvent.IRcvNonCea or PeerEvent.Timeout or PeerEvent.Stop) => (PeerState.Closed, Error),

        (PeerState.WaitConnAckElect, PeerEvent.IRcvConnAck) =>
            (PeerState.WaitReturns, PeerActions.ISndCer | PeerActions.Elect),
        (PeerState.WaitConnAckElect, PeerEvent.IRcvConnNack) => (PeerState.ROpen, PeerActions.RSndCea),
        (PeerState.WaitConnAckElect, PeerEvent.RPeerDisc) => (PeerState.WaitConnAck, PeerActions.RDisc),
        (PeerState.WaitConnAckElect, PeerEvent.Timeout or PeerEvent.Stop) => (PeerState.Closed, Error),

        (PeerState.WaitReturns, PeerEvent.WinElection) => (PeerState.ROpen, PeerActions.IDisc | PeerActions.RSndCea),
        (PeerState.WaitReturns, PeerEvent.IPeerDisc) => (PeerState.ROpen, PeerActions.IDisc | PeerActions.RSndCea),
        (PeerState.WaitReturns, PeerEvent.IRcvCea) => (PeerState.IOpen, PeerActions.RDisc),
        (PeerState.WaitReturns, PeerEvent.RPeerDisc) => (PeerState.WaitICea, PeerActions.RDisc),

        // the RFC has no row for a refusal here; it ends that connection as a disconnection does
        (PeerState.WaitReturns, PeerEvent.IRcvNonCea) => (PeerState.ROpen, PeerActions.IDisc | PeerActions.RSndCea),
        (PeerState.WaitReturns, PeerEvent.Timeout or PeerEvent.Stop) => (PeerState.Closed, Error),

        (PeerState.ROpen or PeerState.IOpen, PeerEvent.Stop) => (PeerState.Closing, PeerActions.SndDpr),
        (PeerState.ROpen or PeerState.IOpen, PeerEvent.RcvDpr) => (PeerState.Closing, PeerActions.SndDpa),
        (PeerState.ROpen, PeerEvent.RPeerDisc) => (PeerState.Closed, PeerActions.RDisc),
        (PeerState.IOpen, PeerEvent.IPeerDisc) => (PeerState.Closed, PeerActions.IDisc),

        // the watchdog gives up (RFC 3539 3.4.1)
        (PeerState.ROpen or PeerState.IOpen, PeerEvent.Timeout) => (PeerState.Closed, Error),

        // both sides may say goodbye at once
        (PeerState.Closing, PeerEvent.RcvDpr) => (PeerState.Closing, PeerActions.SndDpa),
        (PeerState.Closing, PeerEvent.RcvDpa or PeerEvent.Timeout) => (PeerState.Closed, Error),
        (PeerState.Closing, PeerEvent.IPeerDisc or PeerEvent.RPeerDisc) => (PeerState.Closed, Error),

        (_, PeerEvent.RConnCer) => (state, PeerActions.RReject),
        _ => (state, PeerActions.None),
    };
}
