using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;

namespace McConformance.Entities.SipCore;

/// <summary>What a CSCF does with the responses to a request that it forwarded and has no part in: passes them back (RFC 3261 16.7), and
/// answers 504 where none comes. The server transaction is the client transaction's state.</summary>
internal sealed class ResponseRelay : ISipClientUser
{
    public static readonly ResponseRelay Instance = new();

    public void OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode != 100) Forwarding.PassBack((SipServerTransaction)transaction.State!, response);
    }

    public void OnFailure(SipClientTransaction transaction, SipFailure why) => TimedOut((SipServerTransaction)transaction.State!);

    /// <summary>Answers 504.</summary>
    public static void TimedOut(SipServerTransaction server) => server.Respond(server.NewResponse(504, "Server Time-out"u8).Finish());
}
