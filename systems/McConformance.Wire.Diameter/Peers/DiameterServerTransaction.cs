using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Transport;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>
/// A request that came, until it is answered. Only with the node's gate held. The object is used again for another
/// request
/// some time after its answer: whoever answered must let go of it.
/// </summary>
public sealed class DiameterServerTransaction
{
    private readonly DiameterNode node;
    private DiameterConnection? connection;
    private DuplicateWindow.Entry? entry;
    private int entryGeneration;

    internal DiameterServerTransaction(DiameterNode node) => this.node = node;

    /// <summary>The request, in a buffer of its own.</summary>
    public DiameterMessage Request { get; } = new();

    /// <summary>The peer it came from: the one that CER named.</summary>
    public DiameterIdentity PeerHost { get; private set; }

    /// <summary>Whatever the user keeps with it.</summary>
    public object? State { get; set; }

    /// <summary>True once an answer was sent.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>Counts uses.</summary>
    internal int Generation { get; private set; }

    internal void Begin(DiameterMessage request, DiameterConnection from, DiameterIdentity peer,
        DuplicateWindow.Entry known)
    {
        Request.Keep(request);
        (connection, PeerHost, entry, entryGeneration, State, IsAnswered) = (from, peer, known, known.Generation, null,
            false);
        Generation++;
    }

    /// <summary>Starts an answer: Session-Id, Result-Code, Origin-Host, Origin-Realm, and what RFC 6733 6.2 has
    /// copied.</summary>
    public DiameterDraft NewAnswer(uint resultCode)
    {
        var draft = Head(resultCode is >= 3000 and < 4000);
        draft.Put(Rfc6733.ResultCode, resultCode);
        return Tail(draft);
    }

    /// <summary>Starts an answer with a vendor's result code.</summary>
    public DiameterDraft NewExperimentalAnswer(uint vendor, uint code)
    {
        var draft = Head(false);
        draft.BeginGroup(Rfc6733.ExperimentalResult).Put(Rfc6733.VendorId, vendor)
            .Put(Rfc6733.ExperimentalResultCode, code).EndGroup();
        return Tail(draft);
    }

    /// <summary>Sends an answer; the draft is the node's from now on. A second answer is not sent.</summary>
    public void Answer(DiameterDraft answer)
    {
        if (!IsAnswered && connection is not null)
        {
            IsAnswered = true;
            connection.Send(answer.Span);
            Settle(answer);
            node.Routing.Retire(this);
        }

        DiameterDraft.Return(answer);
    }

    /// <summary>Answers with an error, with the E bit where it is a protocol error (RFC 6733 7.1.3).</summary>
    public void AnswerError(uint resultCode, string? text)
    {
        var draft = NewAnswer(resultCode);
        if (text is not null) draft.Put(Rfc6733.ErrorMessage, text);
        Answer(draft.Finish());
    }

    /// <summary>For the end point that a request is meant for: answers with the fault that <see
    /// cref="DiameterValidator"/> finds in it
    /// and with Failed-AVP (RFC 6733 7.1.5 and 7.5). An agent on the way does not judge what it only passes
    /// on.</summary>
    /// <returns>True where the request was faulty and is answered now.</returns>
    public bool AnswerFault()
    {
        var fault = DiameterValidator.Check(Request.Span);
        if (fault.IsNone) return false;
        var draft = NewAnswer(fault.ResultCode);
        fault.PutFailedAvp(draft, Request.Span);
        Answer(draft.Finish());
        return true;
    }

    /// <summary>Passes the request on as a proxy agent does (RFC 6733 6.1.9).</summary>
    /// <param name="rewriter">What changes; null for nothing.</param>
    /// <param name="toPeer">The next hop; null routes by host and realm.</param>
    public void Forward(IAvpRewriter? rewriter, DiameterIdentity? toPeer = null)
    {
        if (!Request.IsProxiable) AnswerError(Rfc6733.DIAMETER_UNABLE_TO_DELIVER, "the request must not be proxied");
        else node.Forward(this, rewriter, toPeer);
    }

    /// <summary>Passes an answer back (RFC 6733 6.2.2): own hop-by-hop identifier, everything else as it came or was
    /// rewritten.</summary>
    public void PassBack(DiameterMessage answer, IAvpRewriter? rewriter)
    {
        var draft = DiameterDraft.Rent().Start(answer.Flags, answer.Command, answer.Application, Request.HopByHop,
            Request.EndToEnd);
        AvpCopy.Write(answer, draft, rewriter, dropsLastProxyInfoOf: node.AddsProxyInfo ? node.HostOctets : null);
        Answer(draft.Finish());
    }

    private DiameterDraft Head(bool isProtocolError)
    {
        var flags = (byte)((Request.Flags & 0x40) | (isProtocolError ? 0x20 : 0));
        var draft = DiameterDraft.Rent().Start(flags, Request.Command, Request.Application, Request.HopByHop,
            Request.EndToEnd);
        if (Request.TryFind(Rfc6733.SessionIdCode, 0, out var session)) draft.Copy(session);
        return draft;
    }

    private DiameterDraft Tail(DiameterDraft draft)
    {
        AnswerHead.PutApplication(draft, Request);
        draft.Put(Rfc6733.OriginHost, node.HostOctets).Put(Rfc6733.OriginRealm, node.RealmOctets);
        foreach (var avp in Request.FindAll(Rfc6733.ProxyInfoCode, 0)) draft.Copy(avp);
        return draft;
    }

    private void Settle(DiameterDraft answer)
    {
        if (entry is null || entry.Generation != entryGeneration) return;
        entry.Keep(answer.Span);
        if (entry.Waiting is not { } waiting) return;
        entry.Waiting = null;
        foreach (var (again, request) in waiting) AvpCopy.Repeat(entry.Answer, request, again);
    }
}
