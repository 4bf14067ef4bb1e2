using System.Buffers.Binary;
using System.Text;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Transport;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>The way of requests and answers through a node (RFC 6733 6). Runs under the node's gate.</summary>
internal sealed class MessageRouting(DiameterNode node)
{
    private readonly Dictionary<DiameterIdentity, List<DiameterIdentity>> routes = [];
    private readonly Stack<PendingRequest> idlePending = new();
    private readonly Stack<DiameterServerTransaction> idleTransactions = new();
    private readonly DuplicateWindow window = new();
    private readonly string sessionHead = $"{node.Host};{(uint)System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue)};";
    private uint session;
    private uint endToEnd = (uint)System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue);

    public uint NextEndToEnd() => ++endToEnd;

    public string NextSession() => $"{sessionHead}{++session}";

    public PendingRequest RentPending()
    {
        var pending = idlePending.TryPop(out var idle) ? idle : new PendingRequest(node);
        pending.IsDone = false;
        return pending;
    }

    public void Add(DiameterRoute route)
    {
        if (!routes.TryGetValue(route.Realm, out var hops)) routes[route.Realm] = hops = [];
        foreach (var hop in route.Peers)
            if (!hops.Contains(hop)) hops.Add(hop);
    }

    /// <summary>Sends a request to the best peer (RFC 6733 6.1.4 to 6.1.6).</summary>
    /// <param name="pending">The request.</param>
    /// <param name="toPeer">Only there, or null.</param>
    /// <param name="notPeer">Not there, or null.</param>
    public void Route(PendingRequest pending, DiameterIdentity? toPeer, Peer? notPeer)
    {
        var peer = Choose(pending.Draft!, toPeer, notPeer, out var why);
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

    /// <summary>RFC 6733 6.1.9: own hop-by-hop identifier, the previous peer in Route-Record, the rest as it came or as rewritten.</summary>
    public void Forward(DiameterServerTransaction transaction, IAvpRewriter? rewriter, DiameterIdentity? toPeer)
    {
        var request = transaction.Request;
        var draft = DiameterDraft.Rent().Start(request.Flags, request.Command, request.Application, 0, request.EndToEnd);
        AvpCopy.Write(request, draft, rewriter);
        draft.Put(Rfc6733.RouteRecord, transaction.PeerHost.Value);
        if (node.AddsProxyInfo)
            draft.BeginGroup(Rfc6733.ProxyInfo).Put(Rfc6733.ProxyHost, node.HostOctets).Put(Rfc6733.ProxyState, "mc"u8).EndGroup();
        var pending = RentPending();
        (pending.Draft, pending.Forwarded, pending.AnswerTime) = (draft.Finish(), transaction, node.Options.AnswerTime);
        Route(pending, toPeer, null);
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
            peer.Pending.Remove(pending.HopByHop);
            node.Wheel.Cancel(pending);
            Route(pending, null, peer);
        }
    }

    public void Fail(PendingRequest pending, DiameterFailure why)
    {
        var (user, state, forwarded) = (pending.User, pending.State, pending.Forwarded);
        Release(pending);
        if (forwarded is not null) Call(forwarded, t => node.User.OnForwardFailure(t, why));
        else CallClient(user!, new DiameterClientTransaction(state), null, why);
    }

    private Peer? Choose(DiameterDraft draft, DiameterIdentity? toPeer, Peer? notPeer, out DiameterFailure why)
    {
        why = DiameterFailure.UnableToDeliver;
        if (toPeer is { } only) return node.Connections.Find(only) is { IsUsable: true } found && found != notPeer ? found : null;
        var avps = new AvpSequence(draft.Span[DiameterMessage.HeaderLength..]);
        if (avps.TryFind(Rfc6733.DestinationHostCode, 0, out var host) &&
            node.Connections.Find(new DiameterIdentity(host.Text)) is { } direct && direct != notPeer && direct.IsUsable) return direct;
        if (!avps.TryFind(Rfc6733.DestinationRealmCode, 0, out var realm) || !routes.TryGetValue(new DiameterIdentity(realm.Text), out var hops))
        {
            why = DiameterFailure.RealmNotServed;
            return null;
        }

        foreach (var hop in hops)
            if (node.Connections.Find(hop) is { IsUsable: true } peer && peer != notPeer) return peer;
        return null;
    }

    private void HandleRequest(Peer peer, DiameterConnection connection, DiameterMessage request)
    {
        var (refusal, failed) = RequestCheck.Check(request, node);
        if (refusal != 0)
        {
            RequestCheck.Refuse(node, connection, request, refusal, failed);
            return;
        }

        request.TryFind(Rfc6733.OriginHostCode, 0, out var origin);
        if (window.Enter(DuplicateWindow.KeyOf(origin.Data, request.EndToEnd), out var entry) is { } before)
        {
            AnswerAgain(before, connection, request.HopByHop);
            return;
        }

        var transaction = idleTransactions.TryPop(out var idle) ? idle : new DiameterServerTransaction(node);
        transaction.Begin(request, connection, peer.Options.Host, entry);
        Call(transaction, node.User.OnRequest);
    }

    private static void AnswerAgain(DuplicateWindow.Entry entry, DiameterConnection connection, uint hopByHop)
    {
        if (!entry.IsAnswered)
        {
            (entry.Waiting ??= []).Add((connection, hopByHop));
            return;
        }

        BinaryPrimitives.WriteUInt32BigEndian(entry.Answer[12..], hopByHop);
        connection.Send(entry.Answer);
    }

    private void HandleAnswer(Peer peer, DiameterMessage answer)
    {
        if (!peer.Pending.Remove(answer.HopByHop, out var pending)) return; // late, or to nothing that was asked (RFC 6733 6.2.1)
        var (user, state, forwarded) = (pending.User, pending.State, pending.Forwarded);
        Release(pending);
        if (forwarded is null) CallClient(user!, new DiameterClientTransaction(state), answer, default);
        else if (!forwarded.IsAnswered) Call(forwarded, t => node.User.OnForwardedAnswer(t, answer));
    }

    private void Release(PendingRequest pending)
    {
        node.Wheel.Cancel(pending);
        pending.IsDone = true;
        pending.Peer?.Pending.Remove(pending.HopByHop);
        DiameterDraft.Return(pending.Draft!);
        (pending.Draft, pending.Peer, pending.User, pending.State, pending.Forwarded) = (null, null, null, null, null);
        idlePending.Push(pending);
    }

    /// <summary>A defect of the user must cost one request, not the connection.</summary>
    private void Call(DiameterServerTransaction transaction, Action<DiameterServerTransaction> action)
    {
        try
        {
            action(transaction);
        }
        catch (Exception fault)
        {
            node.Report(fault);
            transaction.AnswerError(Rfc6733.DIAMETER_UNABLE_TO_COMPLY, null);
        }
    }

    private void CallClient(IDiameterClientUser user, DiameterClientTransaction transaction, DiameterMessage? answer, DiameterFailure why)
    {
        try
        {
            if (answer is null) user.OnFailure(transaction, why);
            else user.OnAnswer(transaction, answer);
        }
        catch (Exception fault)
        {
            node.Report(fault);
        }
    }
}
