using Event = McConformance.Entities.McService.VerificationEvent;
using State = McConformance.Entities.McService.VerificationState;

namespace McConformance.Entities.McService;

/// <summary>What is awaited for a user who migrated offline (TR 23.781 5.2.10).</summary>
internal enum VerificationState
{
    /// <summary>The next attempt to reach the primary.</summary>
    AwaitingAttempt,

    /// <summary>The primary's answer.</summary>
    AwaitingPrimary,

    /// <summary>Nothing: the migration is an ordinary one now.</summary>
    Verified,

    /// <summary>Nothing: there is no service any more.</summary>
    Ended,
}

/// <summary>What can happen to such a user.</summary>
internal enum VerificationEvent
{
    /// <summary>It is time to ask.</summary>
    AttemptDue,

    /// <summary>The primary did not answer in time, or cannot be reached.</summary>
    NoAnswer,

    /// <summary>The primary has recorded the migration.</summary>
    PrimaryConfirms,

    /// <summary>The primary, or a gateway server on the way, says no.</summary>
    PrimaryRefuses,

    /// <summary>The primary says that migrated service has ended, of which it does not know yet in which state it
    /// is.</summary>
    EndNotified,

    /// <summary>The time that the agreement allows without verification is over.</summary>
    TimeOver,

    /// <summary>The client has ended its service.</summary>
    ClientLeaves,
}

/// <summary>What is then done, in the order of the bits.</summary>
[Flags]
internal enum VerificationAction
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Migration service authorization towards the primary, under a new transaction: answers to those
    /// before count no more.</summary>
    Ask = 1,

    /// <summary>The next attempt is scheduled.</summary>
    TryLater = 2,

    /// <summary>The ordinary profile takes the place of the restricted one.</summary>
    GiveOrdinaryProfile = 4,

    /// <summary>Service is taken away.</summary>
    EndService = 8,

    /// <summary>An attempt may have been recorded without the answer arriving: the primary is told that there is no
    /// service.</summary>
    TellPrimary = 16,

    /// <summary>The user is told.</summary>
    TellUser = 32,
}

/// <summary>
/// The machine of unverified service, OWN MIG-OFF-3: state, event, actions, next state. What is not in it cannot
/// happen in that state, or comes too late, and changes nothing.
/// </summary>
internal static class VerificationTable
{
    private const VerificationAction Confirm = VerificationAction.GiveOrdinaryProfile | VerificationAction.TellUser;
    private const VerificationAction Refuse = VerificationAction.EndService | VerificationAction.TellUser;
    private const VerificationAction Leave = VerificationAction.EndService | VerificationAction.TellPrimary;
    private const VerificationAction RunOut = Leave | VerificationAction.TellUser;

    private static readonly Dictionary<(State, Event), (VerificationAction, State)> Rows = new()
    {
        [(State.AwaitingAttempt, Event.AttemptDue)] = (VerificationAction.Ask, State.AwaitingPrimary),
        // what the primary knows decides: it may undo an answer that did not arrive, or the user may be at home
        [(State.AwaitingAttempt, Event.EndNotified)] = (VerificationAction.Ask, State.AwaitingPrimary),
        // an answer that comes late to the last attempt
        [(State.AwaitingAttempt, Event.PrimaryConfirms)] = (Confirm, State.Verified),
        [(State.AwaitingAttempt, Event.PrimaryRefuses)] = (Refuse, State.Ended),
        [(State.AwaitingAttempt, Event.TimeOver)] = (RunOut, State.Ended),
        [(State.AwaitingAttempt, Event.ClientLeaves)] = (Leave, State.Ended),
        [(State.AwaitingPrimary, Event.NoAnswer)] = (VerificationAction.TryLater, State.AwaitingAttempt),
        [(State.AwaitingPrimary, Event.EndNotified)] = (VerificationAction.Ask, State.AwaitingPrimary),
        [(State.AwaitingPrimary, Event.PrimaryConfirms)] = (Confirm, State.Verified),
        [(State.AwaitingPrimary, Event.PrimaryRefuses)] = (Refuse, State.Ended),
        [(State.AwaitingPrimary, Event.TimeOver)] = (RunOut, State.Ended),
        [(State.AwaitingPrimary, Event.ClientLeaves)] = (Leave, State.Ended),
    };

    /// <summary>The row of a state and an event.</summary>
    public static (VerificationAction Actions, State Next) Find(State state, Event happened) =>
        Rows.TryGetValue((state, happened), out var row) ? row : (VerificationAction.None, state);
}
