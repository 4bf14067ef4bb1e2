using McConformance.Wire.Sip.Codec;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>
/// The INVITE client machine (RFC 3261 17.1.1, figure 5, changed by RFC 6026 8.4):
/// <code>
/// Calling     1xx -> Proceeding   2xx -> Accepted   300..699 -> ACK, Completed   A: send again, doubled   B: give up
/// Proceeding  1xx stays           2xx -> Accepted   300..699 -> ACK, Completed
/// Completed   300..699 again: ACK again; ends after D (at once on reliable carriers)
/// Accepted    2xx again: to the user; ends after M
/// </code>
/// </summary>
internal sealed class InviteClient(SipEndpoint endpoint) : SipClientTransaction(endpoint)
{
    private readonly SipEndpoint endpoint = endpoint;
    private SipDraft? acknowledgement;

    internal override void OnResponse(SipMessage response)
    {
        switch (Stage)
        {
            case SipTransactionState.Calling or SipTransactionState.Proceeding:
                Take(response);
                break;
            case SipTransactionState.Completed when response.StatusCode >= 300:
                Flow.Send(acknowledgement!.Written);
                break;
            case SipTransactionState.Accepted when response.StatusCode is >= 200 and < 300:
                User.OnResponse(this, response);
                break;
        }
    }

    private protected override void Start()
    {
        Stage = SipTransactionState.Calling;
        StartTimers();
    }

    private protected override TimeSpan? NextInterval(TimeSpan last) => Stage == SipTransactionState.Calling ? 2 * last : null;

    private void Take(SipMessage response)
    {
        if (response.StatusCode < 200) Stage = SipTransactionState.Proceeding;
        else if (response.StatusCode < 300)
        {
            Stage = SipTransactionState.Accepted;
            LingerFor(Timers.GivesUp);
        }
        else
        {
            acknowledgement = endpoint.NewAcknowledgement(Request!.Octets, response);
            Flow.Send(acknowledgement.Written);
            Stage = SipTransactionState.Completed;
            LingerFor(Flow.IsReliable ? TimeSpan.Zero : Timers.D);
        }

        User.OnResponse(this, response);
    }
}
