namespace McConformance.Wire.Sip.Transactions;

/// <summary>Timer values of RFC 3261 17.1.1.1 and table 4, with the two of RFC 6026 7. All are derived from
/// three.</summary>
public sealed record SipTimers
{
    /// <summary>Estimate of the round trip.</summary>
    public TimeSpan T1 { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait between retransmissions of a non-INVITE request or an INVITE response.</summary>
    public TimeSpan T2 { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Longest that a message stays in the network.</summary>
    public TimeSpan T4 { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>First wait before an INVITE request is sent again; doubles each time. Unreliable carriers
    /// only.</summary>
    public TimeSpan A => T1;

    /// <summary>How long an INVITE client transaction waits for any response.</summary>
    public TimeSpan B => 64 * T1;

    /// <summary>How long it absorbs repeated final responses; at least 32 s over UDP.</summary>
    public TimeSpan D => Longer(64 * T1, TimeSpan.FromSeconds(32));

    /// <summary>First wait before a non-INVITE request is sent again; doubles up to T2.</summary>
    public TimeSpan E => T1;

    /// <summary>How long a non-INVITE client transaction waits for the final response.</summary>
    public TimeSpan F => 64 * T1;

    /// <summary>First wait before an INVITE's final response is sent again; doubles up to T2.</summary>
    public TimeSpan G => T1;

    /// <summary>How long the server waits for the ACK.</summary>
    public TimeSpan H => 64 * T1;

    /// <summary>How long it absorbs repeated ACKs.</summary>
    public TimeSpan I => T4;

    /// <summary>How long a non-INVITE server transaction answers retransmissions.</summary>
    public TimeSpan J => 64 * T1;

    /// <summary>How long a non-INVITE client transaction absorbs repeated responses.</summary>
    public TimeSpan K => T4;

    /// <summary>How long an accepted INVITE absorbs retransmissions (RFC 6026 7.1).</summary>
    public TimeSpan L => 64 * T1;

    /// <summary>How long an accepted INVITE takes further 2xx (RFC 6026 7.2).</summary>
    public TimeSpan M => 64 * T1;

    /// <summary>After how long 100 (Trying) is sent where the user has not answered an INVITE (RFC 3261
    /// 17.2.1).</summary>
    public TimeSpan Trying { get; init; } = TimeSpan.FromMilliseconds(200);

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
