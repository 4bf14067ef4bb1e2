using System.Globalization;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transport;
using McConformance.Wire.Time;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>
/// A server transaction (RFC 3261 17.2): the base of the INVITE and the non-INVITE machine. Only with the endpoint's gate held.
/// </summary>
public abstract class SipServerTransaction : TimerNode
{
    private static readonly SipMessage Gone = new();
    private readonly SipEndpoint endpoint;
    private SipMessage? request;
    private SipDraft? last;

    private protected SipServerTransaction(SipEndpoint endpoint) => this.endpoint = endpoint;

    /// <summary>The request, in a buffer of its own; empty some time after the final response.</summary>
    public SipMessage Request => request ?? Gone;

    /// <summary>The way the request came.</summary>
    public SipFlow Flow { get; private set; } = null!;

    /// <summary>Whatever the user keeps with it.</summary>
    public object? State { get; set; }

    /// <summary>True once a final response was given.</summary>
    public bool IsAnswered => Stage is SipTransactionState.Completed or SipTransactionState.Accepted or SipTransactionState.Confirmed or SipTransactionState.Terminated;

    /// <summary>Which state the machine is in.</summary>
    public SipTransactionState Stage { get; private protected set; }

    internal ulong Key { get; private set; }

    internal byte[] Branch { get; private set; } = [];

    private protected SipTimers Timers => endpoint.Timers;

    private protected SipFlow ResponseFlow { get; private set; } = null!;

    internal void Begin(SipMessage message, SipFlow flow, SipFlow responseFlow, ulong key, byte[] branch)
    {
        request = endpoint.RentMessage();
        request.Keep(message);
        (Flow, ResponseFlow, Key, Branch) = (flow, responseFlow, key, branch);
        Start();
    }

    /// <summary>Starts a response (RFC 3261 8.2.6): every Via as received, From, To with a tag, Call-ID, CSeq.</summary>
    public SipDraft NewResponse(int status, ReadOnlySpan<byte> reason)
    {
        var draft = SipDraft.Rent().Response(status, reason);
        CopyVias(draft);
        draft.CopyLines(Request, SipHeader.From);
        if (Request.TryGet(SipHeader.To, out var to))
        {
            draft.Line(SipHeader.To, to);
            if (status > 100 && NameAddress.TryRead(to, out var address) && !address.TryGetParameter("tag"u8, out _))
                draft.Put(";tag="u8).PutHex(BitConverter.GetBytes(Key));
        }

        return draft.CopyLines(Request, SipHeader.CallId).CopyLines(Request, SipHeader.CSeq);
    }

    /// <summary>Starts a response that a proxy passes back (RFC 3261 16.7): status and reason of the one that came, and the Vias of the request.
    /// The caller copies the other lines.</summary>
    public SipDraft NewForwardedResponse(SipMessage response)
    {
        var draft = SipDraft.Rent().Response(response.StatusCode, response.ReasonPhrase);
        CopyVias(draft);
        return draft;
    }

    /// <summary>Copies the request's Vias: the topmost with received and rport where RFC 3261 18.2.1 and RFC 3581 4 want them.</summary>
    public void CopyVias(SipDraft draft)
    {
        var isFirst = true;
        for (var i = 0; i < Request.HeaderCount; i++)
        {
            if (Request.IdAt(i) != SipHeader.Via) continue;
            if (isFirst) WriteTopVia(draft, Request.ValueAt(i));
            else draft.CopyLine(Request, i);
            isFirst = false;
        }
    }

    /// <summary>Gives a response; the draft is the endpoint's from now on. A second final response is not sent.</summary>
    public void Respond(SipDraft response)
    {
        var status = SipEndpoint.StatusOf(response.Written);
        if (IsAnswered && !(Stage == SipTransactionState.Accepted && status is >= 200 and < 300))
        {
            SipDraft.Return(response);
            return;
        }

        ResponseFlow.Send(response.Written);
        if (last is not null) SipDraft.Return(last);
        last = response;
        Responded(status);
        if (status >= 200) ReleaseRequest();
    }

    /// <summary>The request again.</summary>
    internal abstract void OnRetransmission();

    /// <summary>An ACK to a final response other than 2xx.</summary>
    internal virtual void OnAck()
    {
    }

    private protected abstract void Start();

    private protected abstract void Responded(int status);

    private protected abstract void Expired();

    private protected void SendAgain()
    {
        if (last is not null) ResponseFlow.Send(last.Written);
    }

    private protected void Schedule(TimeSpan time) => endpoint.Wheel.Schedule(this, time);

    private protected void Terminate()
    {
        Stage = SipTransactionState.Terminated;
        endpoint.Wheel.Cancel(this);
        if (last is not null) SipDraft.Return(last);
        last = null;
        ReleaseRequest();
        endpoint.Forget(this);
    }

    /// <inheritdoc/>
    protected override void OnTimer()
    {
        lock (endpoint.Gate)
        {
            if (!IsScheduled && Stage != SipTransactionState.Terminated) Expired();
        }
    }

    private void ReleaseRequest()
    {
        if (request is not null) endpoint.ReturnLater(request);
        request = null;
    }

    private void WriteTopVia(SipDraft draft, ReadOnlySpan<byte> line)
    {
        var end = SipValues.EndOfValue(line);
        var value = line[..end];
        draft.Line(SipHeader.Via);
        if (!ViaValue.TryRead(value, out var via) || via.TryGetParameter("received"u8, out _))
        {
            draft.Put(line);
            return;
        }

        var wantsPort = via.TryGetParameter("rport"u8, out _);
        draft.PutWithoutParameter(value, "rport"u8);
        Span<char> text = stackalloc char[64];
        Flow.Remote.Address.TryFormat(text, out var length);
        var isSame = via.Host.Length == length && System.Text.Ascii.Equals(via.Host, text[..length]);
        if (wantsPort) draft.Put(";rport="u8).Put(Flow.Remote.Port);
        if (wantsPort || !isSame) draft.Put(";received="u8).Put(Flow.Remote.Address.ToString());
        draft.Put(line[end..]);
    }
}
