using System.Buffers;
using System.Net;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>Receiving: from octets to a transaction, or to a refusal.</summary>
public sealed partial class SipEndpoint
{
    private readonly TransactionIds ids = new();
    private readonly SipMessage datagram = new();

    /// <summary>The INVITE's transaction that a CANCEL is for (RFC 3261 9.2), or null.</summary>
    public SipServerTransaction? InviteOf(SipServerTransaction cancel)
    {
        lock (Gate) return Servers.Find(ids.OfServer(cancel.Request, SipMethod.Invite));
    }

    void IStreamUser.OnMessage(SipMessage message, ReadOnlyMemory<byte> octets, SipFlow flow)
    {
        lock (Gate)
        {
            if (closed || !flow.Incoming.Arrived(octets.Span, flow)) return;
            Dispatch(message, flow);
            flow.Incoming.Handled();
        }
    }

    void IStreamUser.OnBadFraming(FramingFault fault, SipMessage message, ReadOnlyMemory<byte> octets, SipFlow flow)
    {
        lock (Gate)
        {
            if (closed || !flow.Incoming.Arrived(octets.Span, flow)) return;
            if (fault == FramingFault.TooLong) Refuse(message, flow, 513, "Message Too Large"u8);
            else Refuse(message, flow, 400, "Bad Request"u8);
            flow.Incoming.Handled();
        }
    }

    private void OnDatagram(ReadOnlyMemory<byte> octets, SocketAddress from)
    {
        // keep-alives of one or two line ends, or of zeros, are no messages
        if (octets.Span.IndexOfAnyExcept("\r\n\0"u8) < 0) return;
        var status = datagram.TryIndex(octets, stream: false, out _);
        lock (Gate)
        {
            if (closed) return;
            var flow = FlowOf(from);
            if (!flow.Incoming.Arrived(octets.Span, flow)) return;
            if (octets.Length <= options.DatagramOctetsMax)
            {
                if (status == OperationStatus.Done) Dispatch(datagram, flow);
                else Refuse(datagram, flow, 400, "Bad Request"u8);
            }

            flow.Incoming.Handled();
        }
    }

    private void Dispatch(SipMessage message, SipFlow flow)
    {
        foreach (var answered in Answered) answered.ReleaseRequest();
        Answered.Clear();
        if (message.IsRequest) TakeRequest(message, flow);
        else TakeResponse(message, flow);
    }

    private void TakeResponse(SipMessage response, SipFlow flow)
    {
        var id = ids.OfClient(response);
        if (id.IsEmpty) return;
        if (Clients.Find(id) is { } client) client.Receive(response);
        else TellStray(response, flow);
    }

    private void TakeRequest(SipMessage request, SipFlow flow)
    {
        var method = request.Method;
        if (!RequestSanity.IsSound(request, out var status))
        {
            Refuse(request, flow, status, RequestSanity.ReasonOf(status));
            return;
        }

        var id = ids.OfServer(request, method == SipMethod.Ack ? SipMethod.Invite : method);
        if (id.IsEmpty)
        {
            Refuse(request, flow, 400, "Bad Request"u8);
            return;
        }

        var known = Servers.Find(id);
        if (method == SipMethod.Ack)
        {
            if (known is null) TellAck(request, flow);
            else known.ReceiveAck(request);
        }
        else if (known is not null)
        {
            known.On(TransactionEvent.RequestAgain);
        }
        else
        {
            Begin(request, flow, id);
        }
    }

    private void Begin(SipMessage request, SipFlow flow, ReadOnlySpan<byte> id)
    {
        var transaction = ServerPool.Rent();
        transaction.Begin(request, flow, identities.Next());
        Servers.Add(transaction, id);
        transaction.On(TransactionEvent.Start);
    }

    // answers without a transaction (RFC 3261 8.2.7): what cannot be read cannot be matched when it comes again
    private void Refuse(SipMessage request, SipFlow flow, int status, ReadOnlySpan<byte> reason)
    {
        if (!request.IsRequest || request.Method == SipMethod.Ack || !ResponseLines.CanBeWritten(request)) return;
        var draft = SipDraft.Rent().Response(status, reason);
        ResponseLines.Put(draft, request, flow, identities.Next());
        flow.Send(draft.Finish().Written);
        SipDraft.Return(draft);
    }
}
