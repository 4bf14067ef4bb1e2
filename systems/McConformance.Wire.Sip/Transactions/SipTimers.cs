namespace McConformance.Wire.Sip.Transactions;

/// <summary>Timer values of RFC 3261 Table 4, with RFC 6026; all follow from three.</summary>
public sealed record SipTimers
{
    /// <summary>Round-trip time estimate.</summary>
    public TimeSpan T1 { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest interval between retransmissions of non-INVITE requests and INVITE responses.</summary>
    public TimeSpan T2 { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Longest that a message stays in the network.</summary>
    public TimeSpan T4 { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Timers B, F, H, J, L and M: 64 T1.</summary>
    public TimeSpan GivesUp => 64 * T1;

    /// <summary>Timer D over UDP: at least 32 s.</summary>
    public TimeSpan D => TimeSpan.FromSeconds(32) > GivesUp ? TimeSpan.FromSeconds(32) : GivesUp;
}
