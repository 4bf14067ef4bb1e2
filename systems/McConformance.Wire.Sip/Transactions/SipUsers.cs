using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>Why a transaction failed below the user (RFC 3261 17.1.4, 17.2.4, 8.1.3.1).</summary>
public enum SipFailure
{
    /// <summary>Nobody answered in time: timer B or F for clients, H for servers. Clients treat it as 408.</summary>
    Timeout,

    /// <summary>The message could not be sent, or the connection broke. Clients treat it as 503.</summary>
    Transport,
}

/// <summary>The entity on top of an endpoint. Calls come one at a time, with the gate held, and must not block. An
/// exception is answered by 500 where a request waits, and told by <see cref="SipEndpoint.Faults"/>.</summary>
public interface ISipUser
{
    /// <summary>A new request; never a retransmission. Answer now or later by
    /// <see cref="SipServerTransaction.Respond(SipDraft)"/>. CANCEL comes as any other: see
    /// <see cref="SipEndpoint.InviteOf"/>.</summary>
    void OnRequest(SipServerTransaction transaction);

    /// <summary>An ACK to a 2xx, or one that fits nothing. The view is valid during the call.</summary>
    void OnAck(SipMessage ack, SipFlow flow);

    /// <summary>A response that no transaction waits for: a 2xx to INVITE come late, or a mistake. Valid during the
    /// call.</summary>
    void OnStrayResponse(SipMessage response, SipFlow flow);

    /// <summary>The response could not be delivered, or no ACK came.</summary>
    void OnServerFailure(SipServerTransaction transaction, SipFailure why)
    {
    }
}

/// <summary>Whoever sent a request. Calls come one at a time, with the gate held, and must not block.</summary>
public interface ISipClientUser
{
    /// <summary>A response, provisional or final; never a retransmission, save of 2xx to INVITE. Valid during the
    /// call. After a final one let go of the transaction.</summary>
    void OnResponse(SipClientTransaction transaction, SipMessage response);

    /// <summary>There will be no response. Never called from within the call that sent the request.</summary>
    void OnFailure(SipClientTransaction transaction, SipFailure why);
}
