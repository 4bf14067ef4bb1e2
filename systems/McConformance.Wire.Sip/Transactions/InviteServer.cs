namespace McConformance.Wire.Sip.Transactions;

/// <summary>
/// The INVITE server machine (RFC 3261 17.2.1, figure 7, changed by RFC 6026 8.5):
/// <code>
/// Proceeding  request again: last 1xx again      1xx stays   2xx -> Accepted   300..699 -> Completed
/// Completed   request again: final again   ACK -> Confirmed   G: final again, doubled up to T2 (UDP)   H: ends
/// Confirmed   takes in ACKs, ends after I (T4; at once on reliable carriers)
/// Accepted    request again: nothing   2xx again: sent   ends after L
/// </code>
/// </summary>
internal sealed class InviteServer(SipEndpoint endpoint) : SipServerTransaction(endpoint)
{
    private TimeSpan interval;
    private TimeSpan left;

    internal override void OnRetransmission()
    {
        if (Stage is SipTransactionState.Proceeding or SipTransactionState.Completed) SendAgain();
    }

    internal override void OnAck()
    {
        if (Stage != SipTransactionState.Completed) return;
        Stage = SipTransactionState.Confirmed;
        if (Flow.IsReliable) Terminate();
        else Schedule(Timers.T4);
    }

    private protected override void Start() => Stage = SipTransactionState.Proceeding;

    private protected override void Responded(int status)
    {
        if (status < 200) return;
        if (status < 300)
        {
            if (Stage == SipTransactionState.Accepted) return;
            Stage = SipTransactionState.Accepted;
            Schedule(Timers.GivesUp);
            return;
        }

        Stage = SipTransactionState.Completed;
        (interval, left) = (Timers.T1, Timers.GivesUp);
        Schedule(Flow.IsReliable ? left : interval);
    }

    private protected override void Expired()
    {
        if (Stage != SipTransactionState.Completed || Flow.IsReliable || left <= interval)
        {
            Terminate();
            return;
        }

        SendAgain();
        left -= interval;
        interval = 2 * interval > Timers.T2 ? Timers.T2 : 2 * interval;
        Schedule(interval < left ? interval : left);
    }
}
