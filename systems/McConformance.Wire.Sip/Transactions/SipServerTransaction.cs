using System.Buffers.Text;
using System.Net;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>
/// A request that came in and waits for its answer (RFC 3261 17.2). Touch it only with the gate held. After the final
/// response let go of it; a late <see cref="Respond(SipDraft)"/> is discarded.
/// </summary>
public sealed class SipServerTransaction : SipTransaction
{
    private static readonly SipMessage Gone = new();
    private SipMessage request = Gone;
    private SipMessage? ack;
    private byte[] last = [];
    private int lastOctets;
    private bool answeredFinally;

    internal SipServerTransaction(SipEndpoint endpoint)
        : base(endpoint)
    {
    }

    /// <summary>The request. Valid until the gate is let go of after the final response, and empty some time after;
    /// copy what is needed longer.</summary>
    public SipMessage Request => request;

    /// <summary>True once a final response was given.</summary>
    public bool IsAnswered => answeredFinally;

    /// <summary>Where its responses go.</summary>
    internal SipDestination Reply { get; private set; }

    /// <summary>Tag that this end puts into To where the request has none.</summary>
    internal ulong Tag { get; private set; }

    /// <summary>A response with Via, From, To, Call-ID and CSeq of the request (RFC 3261 8.2.6.2). To gets a tag where
    /// it has none and the status is above 100; all responses of one transaction get the same.</summary>
    /// <param name="status">100 to 699.</param>
    /// <param name="reason">Reason phrase, UTF-8.</param>
    public SipDraft NewResponse(int status, ReadOnlySpan<byte> reason)
    {
        var draft = SipDraft.Rent().Response(status, reason);
        ResponseLines.Put(draft, request, Flow, status > 100 ? Tag : 0);
        return draft;
    }

    /// <summary>Begins a proxy's copy of a response from further on (RFC 3261 16.7 step 9): its status line, and the
    /// Via lines that the request came with. The caller copies the other lines and the body.</summary>
    public SipDraft NewForwardedResponse(SipMessage response)
    {
        var draft = SipDraft.Rent().Response(response.StatusCode, response.ReasonPhrase);
        CopyVias(draft);
        return draft;
    }

    /// <summary>Writes the request's Via lines into a request that a proxy sends on, below the proxy's own; the
    /// topmost with <c>received</c> and <c>rport</c> as RFC 3261 18.2.1 and RFC 3581 4 have it.</summary>
    public void CopyVias(SipDraft draft) => ResponseLines.PutVias(draft, request, Flow);

    /// <summary>Gives a finished response, provisional or final, and takes the draft over. One that comes after the
    /// final one is discarded, save that 2xx to INVITE may be repeated.</summary>
    public void Respond(SipDraft response)
    {
        lock (Endpoint.Gate)
        {
            if (Phase != TransactionState.Terminated) Answer(StatusOf(response.Written), response.Written);
            SipDraft.Return(response);
        }
    }

    /// <summary>Writes and gives a response without further headers.</summary>
    public void Respond(int status, ReadOnlySpan<byte> reason) => Respond(NewResponse(status, reason).Finish());

    internal void Begin(SipMessage received, SipFlow flow, ulong tag)
    {
        Reset();
        // not at the end before: over streams that comes within Respond, and the user may read on in the request
        if (last.Length > 0) Endpoint.Octets.Return(last);
        (last, lastOctets, State, answeredFinally) = ([], 0, null, false);
        request = Endpoint.Views.TryPop(out var view) ? view : new SipMessage();
        request.Keep(received);
        (Method, Flow, Tag) = (received.Method, flow, tag);
        Reply = ReplyTo(received, flow);
    }

    /// <summary>Lets go of the request: what waits for J or H is then small. Called between two messages, when no user
    /// looks.</summary>
    internal void ReleaseRequest()
    {
        if (request != Gone) Endpoint.Views.Push(request);
        request = Gone;
    }

    internal void ReceiveAck(SipMessage message)
    {
        ack = message;
        On(TransactionEvent.Ack);
        ack = null;
    }

    private protected override Transition Next(TransactionEvent on) => Method == SipMethod.Invite
        ? InviteServerMachine.Next(Phase, on, Flow.IsReliable)
        : NonInviteServerMachine.Next(Phase, on, Flow.IsReliable);

    private protected override void Send(TransactionAction what)
    {
        if ((what & TransactionAction.SendTrying) != 0) Respond(100, "Trying"u8);
        else if ((what & (TransactionAction.SendResponse | TransactionAction.SendLast)) != 0 && lastOctets > 0)
            SendBy(Endpoint.ReplyFlow(this), last.AsSpan(0, lastOctets));
    }

    private protected override void Tell(TransactionAction what)
    {
        if ((what & TransactionAction.PassUp) != 0)
        {
            if (ack is null) Endpoint.TellRequest(this);
            else Endpoint.TellAck(ack, Flow);
        }
        else if ((what & TransactionAction.TellTimeout) != 0) Endpoint.TellServerFailure(this, SipFailure.Timeout);
        else if ((what & TransactionAction.TellTransport) != 0) Endpoint.TellServerFailure(this, SipFailure.Transport);
    }

    private protected override void End()
    {
        Stop();
        Endpoint.Servers.Remove(this);
        Endpoint.ServerPool.Return(this);
    }

    // RFC 3261 18.2.2, RFC 3581 4: by the connection, or to where the datagram came from; without rport to the port in
    // Via
    private static SipDestination ReplyTo(SipMessage request, SipFlow flow)
    {
        var port = PortUnlessStated(flow.Carrier);
        if (request.TryGet(SipHeader.Via, out var line) && TransactionIds.TryReadTop(line, out var via))
        {
            if (!flow.IsReliable && via.TryGetParameter("rport"u8, out _)) return SipDestination.By(flow);
            if (via.Port != 0) port = via.Port;
        }

        if (port == flow.Remote.Port) return SipDestination.By(flow);
        var at = new IPEndPoint(flow.Remote.Address, port);
        return new SipDestination(flow.Carrier, at, flow.IsReliable ? flow : null);
    }

    private static int PortUnlessStated(Carrier carrier) => carrier == Carrier.Tls ? 5061 : 5060;

    private static int StatusOf(ReadOnlySpan<byte> response) =>
        response.Length > 11 && Utf8Parser.TryParse(response.Slice(8, 3), out int status, out _) ? status : 500;

    private void Answer(int status, ReadOnlySpan<byte> octets)
    {
        var repeats = Phase == TransactionState.Accepted && status is >= 200 and < 300;
        if (answeredFinally && !repeats) return;
        if (last.Length < octets.Length)
        {
            if (last.Length > 0) Endpoint.Octets.Return(last);
            last = Endpoint.Octets.Rent(octets.Length);
        }

        octets.CopyTo(last);
        lastOctets = octets.Length;
        if (status >= 200 && !answeredFinally)
        {
            answeredFinally = true;
            Endpoint.Answered.Add(this);
        }

        On(status switch
        {
            < 200 => TransactionEvent.Provisional,
            < 300 => TransactionEvent.Success,
            _ => TransactionEvent.Failure,
        });
    }
}
