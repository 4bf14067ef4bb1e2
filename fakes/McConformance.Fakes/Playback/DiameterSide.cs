using System.Net;
using McConformance.Wire;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Identities;
using McConformance.Wire.Time;

namespace McConformance.Fakes.Playback;

/// <summary>Diameter of a stand-in: connections and identifiers are those of any Diameter node (RFC 6733), what is
/// said over them is the
/// recording's.</summary>
internal sealed class DiameterSide : ISide, IDiameterUser, IDiameterClientUser
{
    /// <summary>AVPs that a node writes itself.</summary>
    private static readonly HashSet<uint> OfTheNode =
        [Rfc6733.SessionIdCode, Rfc6733.ProxyInfoCode, Rfc6733.RouteRecordCode];

    /// <summary>AVPs that every request of a node begins with.</summary>
    private static readonly HashSet<uint> OfEveryRequest =
    [
        Rfc6733.SessionIdCode, Rfc6733.VendorSpecificApplicationIdCode, Rfc6733.AuthSessionStateCode,
        Rfc6733.OriginHostCode, Rfc6733.OriginRealmCode, Rfc6733.DestinationHostCode, Rfc6733.DestinationRealmCode,
        Rfc6733.RouteRecordCode,
    ];

    private readonly PlaybackScript script;
    private readonly PlaybackOptions options;
    private readonly Action<LiveRequest> onRequest;
    private readonly DiameterNode node;

    public DiameterSide(PlaybackScript script, PlaybackOptions options, LinkBook links, TimerWheel wheel,
        Action<LiveRequest> onRequest)
    {
        (this.script, this.options, this.onRequest) = (script, options, onRequest);
        node = new DiameterNode(
            new DiameterNodeOptions
            {
                Self = links.Named(script.Node),
                Links = links,
                Wheel = wheel,
                Gate = new Lock(),
                Host = new DiameterIdentity(Own(Rfc6733.OriginHostCode) ?? script.Node),
                Realm = new DiameterIdentity(Own(Rfc6733.OriginRealmCode) ?? script.Node[(script.Node.IndexOf('.',
                    StringComparison.Ordinal) + 1)..]),
                Listen = options.PlainAt(WireProtocol.Diameter),
                ListenProtected = options.ProtectedAt(WireProtocol.Diameter),
                TlsServer = options.Tls?.Server,
                TlsClient = options.Tls is { } tls ? h => tls.Client(h.Value) : null,
                AcceptsUnknownPeers = true,
                Applications = [.. Read().Select(m => m.Diameter!.Application).Where(a => a != 0).Distinct()],
                AnswerTime = options.AnswerTime,
                FirstReconnect = TimeSpan.FromSeconds(1),
            },
            this);
    }

    public IPEndPoint? ListeningAt => options.PlainAt(WireProtocol.Diameter) is null ? null : node.ListeningAt;

    public IPEndPoint? ListeningProtectedAt =>
        options.ProtectedAt(WireProtocol.Diameter) is null ? null : node.ListeningProtectedAt;

    /// <summary>Connects to those to whom the recorded entity did.</summary>
    public Task StartAsync(Carryover carryover)
    {
        foreach (var message in script.Messages.Where(m => m.Protocol == WireProtocol.Diameter &&
            PlaybackScript.Is(m.From, script.Node)))
        {
            if (ReadMessage.From(message) is not { IsRequest: true, Diameter: { } said } || options.PeerAt(message.To,
                WireProtocol.Diameter) is not { } at) continue;
            var peer = new DiameterIdentity(message.To);
            if (said.Command == Rfc6733.CapabilitiesExchange)
                node.AddPeer(new DiameterPeerOptions
                {
                    Host = peer,
                    Address = at,
                    Initiates = true,
                    IsProtected = options.TlsOf(message) is not null,
                });
            if (said.TryFind(Rfc6733.DestinationRealmCode, 0, out var realm))
                node.AddRoute(new DiameterRoute(new DiameterIdentity(realm.Text), [peer]));
        }

        node.Start();
        return Task.CompletedTask;
    }

    public Task<ReadMessage?> AskAsync(Heard recorded, Carryover carryover)
    {
        var said = recorded.Message.Diameter!;
        DiameterIdentity? host =
            said.TryFind(Rfc6733.DestinationHostCode, 0, out var h) ? new DiameterIdentity(h.Text) : null;
        var realm =
            said.TryFind(Rfc6733.DestinationRealmCode, 0, out var r) ? new DiameterIdentity(r.Text) : node.Realm;
        var draft = node.NewRequest(said.Command, said.Application, realm, host);
        foreach (var avp in said.Avps)
            if (!OfEveryRequest.Contains(avp.Code)) draft.Copy(avp);
        var source = new TaskCompletionSource<ReadMessage?>(TaskCreationOptions.RunContinuationsAsynchronously);
        node.Send(draft.Finish(), this, source);
        return source.Task;
    }

    public void OnRequest(DiameterServerTransaction transaction) => onRequest(new Request(transaction, node.Gate));

    public void OnAnswer(DiameterClientTransaction transaction, DiameterMessage answer) =>
        ((TaskCompletionSource<ReadMessage?>)transaction.State!).TrySetResult(ReadMessage.From(
            answer.Octets.ToArray(), WireProtocol.Diameter));

    public void OnFailure(DiameterClientTransaction transaction, DiameterFailure why) =>
        ((TaskCompletionSource<ReadMessage?>)transaction.State!).TrySetResult(null);

    public ValueTask DisposeAsync() => node.DisposeAsync();

    private IEnumerable<ReadMessage> Read() =>
        script.Messages.Where(m => m.Protocol == WireProtocol.Diameter).Select(ReadMessage.From).OfType<ReadMessage>();

    /// <summary>What the recorded entity said of itself.</summary>
    private string? Own(uint code) => script.Messages
        .Where(m => m.Protocol == WireProtocol.Diameter && PlaybackScript.Is(m.From, script.Node))
        .Select(m => ReadMessage.From(m)?.Diameter is { } d && d.TryFind(code, 0, out var avp) ? avp.Text : null)
        .FirstOrDefault(t => t is not null);

    private sealed class Request(DiameterServerTransaction transaction, Lock gate)
        : LiveRequest(ReadMessage.From(transaction.Request.Octets.ToArray(), WireProtocol.Diameter)!)
    {
        public override void Answer(ReadMessage recorded, Carryover carryover)
        {
            var (said, asked) = (recorded.Diameter!, Message.Diameter!);
            var draft = DiameterDraft.Rent().Start(said.Flags, said.Command, said.Application, asked.HopByHop,
                asked.EndToEnd);
            if (asked.TryFind(Rfc6733.SessionIdCode, 0, out var session)) draft.Copy(session);
            foreach (var avp in said.Avps)
                if (!OfTheNode.Contains(avp.Code)) draft.Copy(avp);
            foreach (var avp in asked.FindAll(Rfc6733.ProxyInfoCode, 0)) draft.Copy(avp);
            lock (gate) transaction.Answer(draft.Finish());
        }

        public override void Refuse(string why)
        {
            lock (gate) transaction.AnswerError(Rfc6733.DIAMETER_UNABLE_TO_COMPLY, why);
        }
    }
}
