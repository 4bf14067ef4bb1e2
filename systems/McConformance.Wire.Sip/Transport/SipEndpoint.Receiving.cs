using System.Buffers;
using System.Net;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;

namespace McConformance.Wire.Sip.Transport;

/// <summary>Receiving: from octets to a transaction, or to a refusal.</summary>
public sealed partial class SipEndpoint
{
    private readonly TransactionIds ids = new();
    private SipMessage datagram = new();

    /// <summary>The INVITE's transaction that a CANCEL is for (RFC 3261 9.2), or null.</summary>
    public SipServerTransaction? InviteOf(SipServerTransaction cancel)
    {
        lock (Gate) return Servers.Find(ids.OfRequestReceived(cancel.Request, SipMethod.Invite));
    }

    void IStreamUser.OnMessage(ref SipMessage message, ReadOnlyMemory<byte> octets, SipFlow flow)
    {
        lock (Gate)
        {
            if (!closed && flow.Incoming.Arrived(octets.Span, flow)) Dispatch(ref message, flow);
        }
    }

    void IStreamUser.OnBadFraming(FramingFault fault, SipMessage message, ReadOnlyMemory<byte> octets, SipFlow flow)
    {
        lock (Gate)
        {
            if (closed || !flow.Incoming.Arrived(octets.Span, flow)) return;
            if (fault == FramingFault.TooLong) Refuse(message, flow, 413, "Request Entity Too Large"u8);
            else Refuse(message, flow, 400, "Bad Request"u8);
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
            if (!flow.Incoming.Arrived(octets.Span, flow) || octets.Length > options.DatagramOctetsMax) return;
            if (status == OperationStatus.Done) Dispatch(ref datagram, flow);
            else Refuse(datagram, flow, 400, "Bad Request"u8);
        }
    }

    private void Dispatch(ref SipMessage message, SipFlow flow)
    {
        if (message.IsRequest) TakeRequest(ref message, flow);
        else TakeResponse(message, flow);
    }

    private void TakeResponse(SipMessage response, SipFlow flow)
    {
        var id = ids.OfResponse(response);
        if (id.IsEmpty) return;
        if (Clients.Find(id) is { } client) client.Receive(response);
        else TellStray(response, flow);
    }

    private void TakeRequest(ref SipMessage request, SipFlow flow)
    {
        var method = request.Method;
        var id = ids.OfRequestReceived(request, method == SipMethod.Ack ? SipMethod.Invite : method);
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
            Begin(ref request, flow, id);
        }
    }

    private void Begin(ref SipMessage request, SipFlow flow, ReadOnlySpan<byte> id)
    {
        var transaction = ServerPool.Rent();
        transaction.Begin(request.Method, flow, identities.Next());
        Servers.Add(transaction, id);
        transaction.Keep(ref request);
        transaction.On(TransactionEvent.Start);
    }

    // answers without a transaction (RFC 3261 8.2.7): what cannot be read cannot be matched when it comes again
    private void Refuse(SipMessage request, SipFlow flow, int status, ReadOnlySpan<byte> reason)
    {
        if (!request.IsRequest || request.Method == SipMethod.Ack || !ResponseLines.CanBeWritten(request)) return;
        var draft = SipDraft.Rent();
        draft.Response(status, reason);
        ResponseLines.Put(draft, request, flow, identities.Next());
        flow.Send(draft.Finish().Span);
        draft.Return();
    }
}
