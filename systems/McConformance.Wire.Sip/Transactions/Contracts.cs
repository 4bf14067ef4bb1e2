using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>Why no final response came.</summary>
public enum SipFailure
{
    /// <summary>Timer B or F (RFC 3261 17.1.1.2 and 17.1.2.2).</summary>
    Timeout,

    /// <summary>The carrier broke (RFC 3261 17.1.4).</summary>
    Transport,
}

/// <summary>Who handles what comes to an endpoint (the transaction user). All calls are made with the gate held.</summary>
public interface ISipUser
{
    /// <summary>A new request, not a retransmission; respond now or later.</summary>
    void OnRequest(SipServerTransaction transaction);

    /// <summary>An ACK to a 2xx, which belongs to no transaction (RFC 3261 13.3.1.4).</summary>
    void OnAck(SipMessage ack, SipFlow flow);

    /// <summary>A response that no transaction awaits.</summary>
    void OnStrayResponse(SipMessage response, SipFlow flow);
}

/// <summary>Who sent a request. All calls are made with the gate held.</summary>
public interface ISipClientUser
{
    /// <summary>A provisional or final response; its octets are free again when the call returns.</summary>
    void OnResponse(SipClientTransaction transaction, SipMessage response);

    /// <summary>No final response.</summary>
    void OnFailure(SipClientTransaction transaction, SipFailure why);
}

/// <summary>States of the four machines; a machine uses some of them.</summary>
public enum SipTransactionState
{
    /// <summary>INVITE client: sent, nothing came.</summary>
    Calling,

    /// <summary>Non-INVITE: sent or received, nothing was answered.</summary>
    Trying,

    /// <summary>A provisional response came or went.</summary>
    Proceeding,

    /// <summary>A final response came or went (INVITE: 300 to 699).</summary>
    Completed,

    /// <summary>INVITE server: the ACK came.</summary>
    Confirmed,

    /// <summary>INVITE: a 2xx came or went (RFC 6026).</summary>
    Accepted,

    /// <summary>Over.</summary>
    Terminated,
}
