using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Transport;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>The way of requests and answers through a node (RFC 6733 6). Runs under the node's gate.</summary>
internal sealed class MessageRouting
{
    /// <summary>How many answered transactions rest before the first of them is used again.</summary>
    private const int RestMax = 256;
    private readonly DiameterNode node;
    private readonly RouteTable routes = new();
    private readonly Stack<PendingRequest> idlePending = new();
    private readonly Queue<DiameterServerTransaction> resting = new();
    private readonly DuplicateWindow window;
    private readonly byte[] sessionId;
    private readonly int sessionHead;
    private uint session;
    private uint endToEnd;

    public MessageRouting(DiameterNode node)
    {
        this.node = node;
        var (options, now) = (node.Options, node.Wheel.Clock.GetUtcNow().ToUnixTimeSeconds());
        window = new DuplicateWindow(options.Wheel.Clock, options.DuplicateWindow, options.DuplicatesMax);
        foreach (var route in options.Routes) routes.Add(route);
        var random = (uint)System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue);

        // the upper 12 bits are those of the time, so that a restart does not repeat the last ones (RFC 6733 3)
        endToEnd = (uint)(now << 20) | (random & 0xfffff);
        var head = $"{node.Host};{random};"; // RFC 6733 8.8: identity, high 32 bits, low 32 bits
        sessionHead = System.Text.Encoding.UTF8.GetByteCount(head);
        sessionId = new byte[sessionHead + 10];
        System.Text.Encoding.UTF8.GetBytes(head, sessionId);
    }

    public uint NextEndToEnd() => ++endToEnd;

    /// <summary>A Session-Id nobody had; good until the next call.</summary>
    public ReadOnlySpan<byte> NextSession()
    {
        System.Buffers.Text.Utf8Formatter.TryFormat(++session, sessionId.AsSpan(sessionHead), out var written);
        return sessionId.AsSpan(0, sessionHead + written);
    }

    public PendingRequest RentPending()
    {
        var pending = idlePending.TryPop(out var idle) ? idle : new PendingRequest(node);
        pending.IsDone = false;
        return pending;
    }

    public void Add(DiameterRoute route) => routes.Add(route);

    /// <summary>Sends a request to the best peer (RFC 6733 6.1.4 to 6.1.6).</summary>
    /// <param name="pending">The request.</param>
    /// <param name="notPeer">Not there, for it was there and got no answer; or null.</param>
    public void Route(PendingRequest pending, Peer? notPeer)
    {
        var peer = Choose(pending, notPeer, out var why);
        if (peer is null)
        {
            Fail(pending, why);
            return;
        }

        pending.Peer = peer;
        pending.HopByHop = peer.NextHopByHop();
        pending.Draft!.SetHopByHop(pending.HopByHop);
        if (notPeer is not null) pending.Draft.SetRetransmitted();
        peer.Pending[pending.HopByHop] = pending;
        node.Wheel.Schedule(pending, pending.AnswerTime);
        peer.Connection!.Send(pending.Draft.Span);
    }

    /// <summary>RFC 6733 6.1.9: own hop-by-hop identifier, the previous peer in Route-Record, the rest as it came or as
    /// rewritten.</summary>
    public void Forward(DiameterServerTransaction transaction, IAvpRewriter? rewriter, DiameterIdentity? toPeer)
    {
        var request = transaction.Request;
        var draft = DiameterDraft.Rent().Start(request.Flags, request.Command, request.Application, 0,
            request.EndToEnd);
        AvpCopy.Write(request, draft, rewriter);
        draft.Put(Rfc6733.RouteRecord, transaction.PeerHost.Value);
        if (node.AddsProxyInfo)
            draft.BeginGroup(Rfc6733.ProxyInfo).Put(Rfc6733.ProxyHost, node.HostOctets)
                .Put(Rfc6733.ProxyState, "mc"u8).EndGroup();
        var pending = RentPending();
        (pending.Draft, pending.Forwarded, pending.Generation) = (draft.Finish(), transaction, transaction.Generation);
        (pending.AnswerTime, pending.ToPeer) = (node.Options.AnswerTime, toPeer);
        Route(pending, null);
    }

    /// <summary>A message from an open peer.</summary>
    public void Handle(Peer peer, DiameterConnection connection, DiameterMessage message)
    {
        if (message.IsRequest) HandleRequest(peer, connection, message);
        else HandleAnswer(peer, message);
    }

    /// <summary>RFC 6733 5.5.4: what waits for a peer that is gone goes elsewhere.</summary>
    public void FailOver(Peer peer)
    {
        foreach (var pending in peer.Pending.Values.ToArray())
        {
            if (pending.Peer != peer || !peer.Pending.Remove(pending.HopByHop)) continue;
            node.Wheel.Cancel(pending);
            Route(pending, peer);
        }
    }

    public void Fail(PendingRequest pending, DiameterFailure why)
    {
        var (user, state, forwarded, isCurrent) = (pending.User, pending.State, pending.Forwarded, pending.IsCurrent);
        Release(pending);
        if (forwarded is null) CallClient(user!, new DiameterClientTransaction(state), null, why);
        else if (isCurrent) CallServer(forwarded, Step.Failure, null, why);
    }

    /// <summary>An answered transaction may serve another request, but not at once: its user may still look at
    /// it.</summary>
    public void Retire(DiameterServerTransaction transaction) => resting.Enqueue(transaction);

    private Peer? Choose(PendingRequest pending, Peer? notPeer, out DiameterFailure why)
    {
        why = DiameterFailure.UnableToDeliver;
        if (pending.ToPeer is { } only)
            return node.Connections.Find(only) is { } found && found != notPeer && IsTakenInNeed(found) ? found : null;
        var message = pending.Draft!.Span;
        var avps = new AvpSequence(message[DiameterMessage.HeaderLength..]);
        if (avps.TryFind(Rfc6733.DestinationHostCode, 0, out var host) &&
            node.Connections.Find(host.Data) is { } direct &&
            direct != notPeer && IsTakenInNeed(direct)) return direct;
        var hops = avps.TryFind(Rfc6733.DestinationRealmCode, 0, out var realm)
            ? routes.Find(realm.Data, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(message[8..]))
            : [];
        if (hops.Count == 0)
        {
            why = DiameterFailure.RealmNotServed;
            return null;
        }

        Peer? inNeed = null;
        foreach (var hop in hops)
        {
            if (node.Connections.Find(hop) is not { } peer || peer == notPeer) continue;
            if (peer.IsUsable) return peer;
            if (peer.IsUsableInNeed) inNeed ??= peer;
        }

        return inNeed;
    }

    private static bool IsTakenInNeed(Peer peer) => peer.IsUsable || peer.IsUsableInNeed;

    private void HandleRequest(Peer peer, DiameterConnection connection, DiameterMessage request)
    {
        var fault = RequestCheck.Check(request, node);
        if (!fault.IsNone)
        {
            RequestCheck.Refuse(node, connection, request, fault);
            return;
        }

        request.TryFind(Rfc6733.OriginHostCode, 0, out var origin);
        if (window.IsAgain(origin.Data, request.EndToEnd, out var entry))
        {
            AnswerAgain(entry, connection, request);
            return;
        }

        var transaction = resting.Count > RestMax ? resting.Dequeue() : new DiameterServerTransaction(node);
        transaction.Begin(request, connection, peer.Options.Host, entry);
        CallServer(transaction, Step.Request, null, default);
    }

    private static void AnswerAgain(DuplicateWindow.Entry entry, DiameterConnection connection, DiameterMessage request)
    {
        if (entry.IsAnswered)
        {
            AvpCopy.Repeat(entry.Answer, request, connection);
            return;
        }

        var again = new DiameterMessage();
        again.Keep(request);
        if ((entry.Waiting ??= []).Count < 8) entry.Waiting.Add((connection, again));
    }

    private void HandleAnswer(Peer peer, DiameterMessage answer)
    {
        // late, to nothing that was asked, or to something else (RFC 6733 6.2.1)
        if (!peer.Pending.TryGetValue(answer.HopByHop, out var pending) ||
            pending.Draft!.Command != answer.Command) return;
        var (user, state, forwarded, isCurrent) = (pending.User, pending.State, pending.Forwarded, pending.IsCurrent);
        Release(pending);
        var isSound = RequestCheck.IsReadable(answer);
        if (forwarded is null) CallClient(
            user!, new DiameterClientTransaction(state), isSound ? answer : null, DiameterFailure.Malformed);
        else if (isCurrent) CallServer(
            forwarded, isSound ? Step.ForwardedAnswer : Step.Failure, answer, DiameterFailure.Malformed);
    }

    private void Release(PendingRequest pending)
    {
        node.Wheel.Cancel(pending);
        pending.IsDone = true;
        pending.Peer?.Pending.Remove(pending.HopByHop);
        DiameterDraft.Return(pending.Draft!);
        (pending.Draft, pending.Peer, pending.User, pending.State) = (null, null, null, null);
        (pending.Forwarded, pending.ToPeer) = (null, null);
        idlePending.Push(pending);
    }

    /// <summary>A defect of the user must cost one request, not the connection.</summary>
    private void CallServer(DiameterServerTransaction transaction, Step step, DiameterMessage? answer,
        DiameterFailure why)
    {
        try
        {
            if (step == Step.Request) node.User.OnRequest(transaction);
            else if (step == Step.ForwardedAnswer) node.User.OnForwardedAnswer(transaction, answer!);
            else node.User.OnForwardFailure(transaction, why);
        }
        catch (Exception fault)
        {
            node.Report(fault);
            transaction.AnswerError(Rfc6733.DIAMETER_UNABLE_TO_COMPLY, null);
        }
    }

    private void CallClient(IDiameterClientUser user, DiameterClientTransaction transaction, DiameterMessage? answer,
        DiameterFailure why)
    {
        try
        {
            if (answer is null) user.OnFailure(transaction, why);
            else user.OnAnswer(transaction, answer);
        }
        catch (Exception fault)
        {
            node.Report(fault);
            // whoever waits must not wait for ever: an answer that the user could not bear is none
            if (answer is not null) CallClient(user, transaction, null, DiameterFailure.Malformed);
        }
    }

    private enum Step
    {
        Request,
        ForwardedAnswer,
        Failure,
    }
}
