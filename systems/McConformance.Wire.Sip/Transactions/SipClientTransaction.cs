using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>
/// A request on its way and the wait for its answer (RFC 3261 17.1). Made by <see cref="SipEndpoint.SendRequest"/>.
/// Touch it only with the gate held, and no longer once a final response or a failure was told.
/// </summary>
public sealed class SipClientTransaction : SipTransaction
{
    private ISipClientUser user = null!;
    private SipMessage? response;
    private byte[] request = [];
    private byte[]? ack;
    private int requestOctets;
    private int ackOctets;

    internal SipClientTransaction(SipEndpoint endpoint)
        : base(endpoint)
    {
    }

    /// <summary>The request as it was sent. Valid until the transaction ends.</summary>
    public ReadOnlyMemory<byte> RequestOctets => request.AsMemory(0, requestOctets);

    /// <summary>Takes up a request; the octets are copied.</summary>
    internal void Begin(SipMethod method, SipFlow flow, ReadOnlySpan<byte> octets, ISipClientUser by, object? state)
    {
        Reset();
        if (request.Length > 0) Endpoint.Octets.Return(request);
        if (ack is not null) Endpoint.Octets.Return(ack);
        (ack, ackOctets) = (null, 0);
        (Method, Flow, user, State) = (method, flow, by, state);
        request = Endpoint.Octets.Rent(octets.Length);
        octets.CopyTo(request);
        requestOctets = octets.Length;
    }

    /// <summary>Takes a response that bears this transaction's identity.</summary>
    internal void Receive(SipMessage message)
    {
        response = message;
        On(message.StatusCode switch
        {
            < 200 => TransactionEvent.Provisional,
            < 300 => TransactionEvent.Success,
            _ => TransactionEvent.Failure,
        });
        response = null;
    }

    private protected override Transition Next(TransactionEvent on) => Method == SipMethod.Invite
        ? InviteClientMachine.Next(Phase, on, Flow.IsReliable)
        : NonInviteClientMachine.Next(Phase, on, Flow.IsReliable);

    private protected override void Send(TransactionAction what)
    {
        if ((what & TransactionAction.SendRequest) != 0) SendBy(Flow, request.AsSpan(0, requestOctets));
        if ((what & TransactionAction.SendAck) == 0) return;
        if (ack is null) WriteAck();
        SendBy(Flow, ack.AsSpan(0, ackOctets));
    }

    private protected override void Tell(TransactionAction what)
    {
        if ((what & TransactionAction.PassUp) != 0) Endpoint.TellResponse(user, this, response!);
        else if ((what & TransactionAction.TellTimeout) != 0) Endpoint.TellFailure(user, this, SipFailure.Timeout);
        else if ((what & TransactionAction.TellTransport) != 0) Endpoint.TellFailure(user, this, SipFailure.Transport);
    }

    private protected override void End()
    {
        Stop();
        Endpoint.Clients.Remove(this);
        Endpoint.ClientPool.Return(this);
    }

    private void WriteAck()
    {
        var draft = Endpoint.NewHopRequest(SipMethod.Ack, RequestOctets, response);
        ackOctets = draft.Written.Length;
        ack = Endpoint.Octets.Rent(ackOctets);
        draft.Written.CopyTo(ack);
        SipDraft.Return(draft);
    }
}
