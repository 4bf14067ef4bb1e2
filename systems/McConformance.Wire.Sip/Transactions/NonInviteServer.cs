namespace McConformance.Wire.Sip.Transactions;

/// <summary>
/// The non-INVITE server machine (RFC 3261 17.2.2, figure 8):
/// <code>
/// Trying      request again: nothing            1xx -> Proceeding   final -> Completed
/// Proceeding  request again: last 1xx again     1xx stays           final -> Completed
/// Completed   request again: final again; ends after J (64 T1; at once on reliable carriers)
/// </code>
/// </summary>
internal sealed class NonInviteServer(SipEndpoint endpoint) : SipServerTransaction(endpoint)
{
    internal override void OnRetransmission()
    {
        if (Stage != SipTransactionState.Trying) SendAgain();
    }

    private protected override void Start() => Stage = SipTransactionState.Trying;

    private protected override void Responded(int status)
    {
        if (status < 200)
        {
            Stage = SipTransactionState.Proceeding;
            return;
        }

        Stage = SipTransactionState.Completed;
        if (Flow.IsReliable) Terminate();
        else Schedule(Timers.GivesUp);
    }

    private protected override void Expired() => Terminate();
}
