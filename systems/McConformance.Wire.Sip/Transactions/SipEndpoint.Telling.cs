using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>Calls to the user. What a user throws stops here.</summary>
public sealed partial class SipEndpoint
{
    internal void TellRequest(SipServerTransaction transaction)
    {
        try
        {
            user.OnRequest(transaction);
        }
        catch (Exception e)
        {
            Fault(e);
            if (!transaction.IsAnswered) transaction.Respond(500, "Server Internal Error"u8);
        }
    }

    internal void TellAck(SipMessage ack, SipFlow flow)
    {
        try
        {
            user.OnAck(ack, flow);
        }
        catch (Exception e)
        {
            Fault(e);
        }
    }

    internal void TellServerFailure(SipServerTransaction transaction, SipFailure why)
    {
        try
        {
            user.OnServerFailure(transaction, why);
        }
        catch (Exception e)
        {
            Fault(e);
        }
    }

    internal void TellResponse(ISipClientUser client, SipClientTransaction transaction, SipMessage response)
    {
        try
        {
            client.OnResponse(transaction, response);
        }
        catch (Exception e)
        {
            Fault(e);
        }
    }

    internal void TellFailure(ISipClientUser client, SipClientTransaction transaction, SipFailure why)
    {
        try
        {
            client.OnFailure(transaction, why);
        }
        catch (Exception e)
        {
            Fault(e);
        }
    }

    private void TellStray(SipMessage response, SipFlow flow)
    {
        try
        {
            user.OnStrayResponse(response, flow);
        }
        catch (Exception e)
        {
            Fault(e);
        }
    }

    private void Fault(Exception e) => Faults?.Invoke(e);
}
