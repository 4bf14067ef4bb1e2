namespace McConformance.Wire.Diameter.Peers;

/// <summary>States of RFC 3539 3.4.1.</summary>
internal enum WatchdogState
{
    /// <summary>Never connected.</summary>
    Initial,

    /// <summary>Connected and heard of.</summary>
    Okay,

    /// <summary>A watchdog stayed unanswered for Tw: what waited went elsewhere, nothing new is sent.</summary>
    Suspect,

    /// <summary>The connection is gone.</summary>
    Down,

    /// <summary>Connected again, not yet trusted.</summary>
    Reopen,
}

/// <summary>What happens.</summary>
internal enum WatchdogEvent
{
    ConnectionUp,
    ConnectionDown,
    ReceiveDwa,
    ReceiveOther,
    TimerExpires,
}

/// <summary>What is done about it.</summary>
[Flags]
internal enum WatchdogActions
{
    None = 0,
    SetWatchdog = 1,
    SendWatchdog = 2,
    Failover = 4,
    Failback = 8,
    CloseConnection = 16,
}

/// <summary>The watchdog of one peer (RFC 3539 3.4.1): three variables and a table. No clock.</summary>
internal sealed class PeerWatchdog
{
    private const int DwasToTrust = 3;

    public WatchdogState State { get; private set; }

    /// <summary>A DWR is not answered yet.</summary>
    public bool Pending { get; private set; }

    /// <summary>Watchdogs answered since the connection came back; -1 once one was not.</summary>
    public int NumDwa { get; private set; }

    public WatchdogActions On(WatchdogEvent what)
    {
        if (what == WatchdogEvent.ReceiveDwa) Pending = false;
        return (State, what) switch
        {
            (WatchdogState.Initial, WatchdogEvent.ConnectionUp) => To(WatchdogState.Okay, WatchdogActions.SetWatchdog),
            (WatchdogState.Down, WatchdogEvent.ConnectionUp) => Reopen(),
            (WatchdogState.Initial, WatchdogEvent.ConnectionDown) => WatchdogActions.None,
            (WatchdogState.Okay, WatchdogEvent.ConnectionDown) => To(WatchdogState.Down, WatchdogActions.Failover),
            (_, WatchdogEvent.ConnectionDown) => To(WatchdogState.Down, WatchdogActions.None),
            (WatchdogState.Okay, WatchdogEvent.ReceiveDwa or WatchdogEvent.ReceiveOther) => WatchdogActions.SetWatchdog,
            (WatchdogState.Okay, WatchdogEvent.TimerExpires) => Pending
                ? To(WatchdogState.Suspect, WatchdogActions.Failover | WatchdogActions.SetWatchdog)
                : Ask(),
            (WatchdogState.Suspect, WatchdogEvent.ReceiveDwa or WatchdogEvent.ReceiveOther) =>
                To(WatchdogState.Okay, WatchdogActions.Failback | WatchdogActions.SetWatchdog),
            (WatchdogState.Suspect, WatchdogEvent.TimerExpires) =>
                To(WatchdogState.Down, WatchdogActions.CloseConnection),
            (WatchdogState.Reopen, WatchdogEvent.ReceiveDwa) => CountDwa(),
            (WatchdogState.Reopen, WatchdogEvent.TimerExpires) when !Pending => Ask(),
            (WatchdogState.Reopen, WatchdogEvent.TimerExpires) when NumDwa < 0 =>
                To(WatchdogState.Down, WatchdogActions.CloseConnection),
            (WatchdogState.Reopen, WatchdogEvent.TimerExpires) => Doubt(),
            _ => WatchdogActions.None,
        };
    }

    private WatchdogActions Reopen()
    {
        NumDwa = 0;
        State = WatchdogState.Reopen;
        return Ask();
    }

    private WatchdogActions Ask()
    {
        Pending = true;
        return WatchdogActions.SendWatchdog | WatchdogActions.SetWatchdog;
    }

    private WatchdogActions Doubt()
    {
        NumDwa = -1;
        return WatchdogActions.SetWatchdog;
    }

    private WatchdogActions CountDwa() =>
        ++NumDwa == DwasToTrust ? To(WatchdogState.Okay, WatchdogActions.Failback) : WatchdogActions.None;

    private WatchdogActions To(WatchdogState next, WatchdogActions actions)
    {
        State = next;
        if (next is WatchdogState.Down or WatchdogState.Okay) Pending = false;
        return actions;
    }
}
