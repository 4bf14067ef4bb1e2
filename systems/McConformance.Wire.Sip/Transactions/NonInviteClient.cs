using McConformance.Wire.Sip.Codec;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>
/// The non-INVITE client machine (RFC 3261 17.1.2, figure 6):
/// <code>
/// Trying      1xx -> Proceeding   final -> Completed   E: send again, doubled up to T2   F: give up
/// Proceeding  1xx stays           final -> Completed   E: send again every T2            F: give up
/// Completed   takes in what comes again, ends after K (T4; at once on reliable carriers)
/// </code>
/// </summary>
internal sealed class NonInviteClient(SipEndpoint endpoint) : SipClientTransaction(endpoint)
{
    internal override void OnResponse(SipMessage response)
    {
        if (Stage is not (SipTransactionState.Trying or SipTransactionState.Proceeding)) return;
        if (response.StatusCode < 200) Stage = SipTransactionState.Proceeding;
        else
        {
            Stage = SipTransactionState.Completed;
            LingerFor(Flow.IsReliable ? TimeSpan.Zero : Timers.T4);
        }

        User.OnResponse(this, response);
    }

    private protected override void Start()
    {
        Stage = SipTransactionState.Trying;
        StartTimers();
    }

    private protected override TimeSpan? NextInterval(TimeSpan last) =>
        Stage == SipTransactionState.Proceeding || 2 * last > Timers.T2 ? Timers.T2 : 2 * last;
}
