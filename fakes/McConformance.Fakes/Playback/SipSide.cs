using System.Net;
using System.Text;
using McConformance.Wire;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;
using McConformance.Wire.Time;

namespace McConformance.Fakes.Playback;

/// <summary>SIP of a stand-in: transactions are those of any SIP element, what is said in them is the
/// recording's.</summary>
internal sealed class SipSide : ISide, ISipUser, ISipClientUser
{
    private static readonly HashSet<SipHeader> OfTheTransaction =
        [SipHeader.Via, SipHeader.ContentLength, SipHeader.From, SipHeader.To, SipHeader.CallId, SipHeader.CSeq,
            SipHeader.RecordRoute];

    private readonly PlaybackScript script;
    private readonly PlaybackOptions options;
    private readonly Action<LiveRequest> onRequest;
    private readonly SipEndpoint endpoint;

    public SipSide(PlaybackScript script, PlaybackOptions options, LinkBook links, TimerWheel wheel,
        Action<LiveRequest> onRequest)
    {
        (this.script, this.options, this.onRequest) = (script, options, onRequest);
        var (plain, secure) = (options.PlainAt(WireProtocol.Sip), options.ProtectedAt(WireProtocol.Sip));
        endpoint = new SipEndpoint(
            new SipEndpointOptions
            {
                Self = links.Named(script.Node),
                Links = links,
                Wheel = wheel,
                Gate = new Lock(),
                Address = (plain ?? secure)!.Address,
                UdpPort = plain?.Port ?? 0,
                TcpPort = plain?.Port,
                TlsPort = secure?.Port,
                TlsServer = options.Tls?.Server,
                TlsClient = options.Tls?.Client(
                    [.. script.Messages.SelectMany(m => (string[])[m.To, m.From]).Distinct()]),
                StreamIdle = TimeSpan.FromHours(2),
            },
            this);
    }

    public IPEndPoint? ListeningAt =>
        options.PlainAt(WireProtocol.Sip) is null ? null : endpoint.AddressOf(Carrier.Udp);

    public IPEndPoint? ListeningProtectedAt =>
        options.ProtectedAt(WireProtocol.Sip) is null ? null : endpoint.AddressOf(Carrier.Tls);

    public Task StartAsync(Carryover carryover)
    {
        endpoint.Start();
        foreach (var message in script.Messages.Where(m => m.Protocol == WireProtocol.Sip))
        {
            var isOwn = PlaybackScript.Is(message.From, script.Node);
            carryover.Learn(isOwn ? message.SourceAt : message.DestinationAt, this.AddressFor(message));
            var (other, at) = isOwn ? (message.To, message.DestinationAt) : (message.From, message.SourceAt);
            if (options.PeerAt(other, WireProtocol.Sip) is { } now) carryover.Learn(at, now);
        }

        return Task.CompletedTask;
    }

    public Task<ReadMessage?> AskAsync(Heard recorded, Carryover carryover)
    {
        if (options.PeerAt(recorded.Script.To, WireProtocol.Sip) is not { } at) return Task.FromResult<ReadMessage?>(
            null);
        var (sip, to) = (recorded.Message.Sip!, new SipDestination(CarrierOf(recorded.Script), at));
        var isNew = !recorded.Message.Header(SipHeader.To).Contains(";tag=", StringComparison.OrdinalIgnoreCase);
        // a second play must not fall into the dialogs and transactions of the first
        var callId = recorded.Message.Header(SipHeader.CallId);
        if (isNew && carryover.Apply(callId) == callId) carryover.Learn(callId, Guid.NewGuid().ToString("N"));
        var draft = endpoint.NewRequest(
            Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(sip.StartLine).Split(' ')[0]), carryover.Apply(
                sip.RequestUri), to);
        var isOwnVia = true;
        for (var i = 0; i < sip.HeaderCount; i++)
        {
            if (sip.IdAt(i) == SipHeader.ContentLength) continue;
            if (sip.IdAt(i) != SipHeader.Via || !isOwnVia) PutLine(draft, sip, i, carryover);
            else isOwnVia = false;
        }

        var source = new TaskCompletionSource<ReadMessage?>(TaskCreationOptions.RunContinuationsAsynchronously);
        endpoint.SendRequest(draft.FinishBody(carryover.Apply(sip.Body)), to, this, source);
        return source.Task;
    }

    public void OnRequest(SipServerTransaction transaction) => onRequest(new Request(transaction));

    public void OnAck(SipMessage ack, SipFlow flow)
    {
    }

    public void OnStrayResponse(SipMessage response, SipFlow flow)
    {
    }

    public void OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode < 200) return;
        ((TaskCompletionSource<ReadMessage?>)transaction.State!).TrySetResult(ReadMessage.From(
            response.Octets.ToArray(), WireProtocol.Sip));
    }

    public void OnFailure(SipClientTransaction transaction, SipFailure why) =>
        ((TaskCompletionSource<ReadMessage?>)transaction.State!).TrySetResult(null);

    public ValueTask DisposeAsync() => endpoint.DisposeAsync();

    private Carrier CarrierOf(ScriptMessage recorded) => options.TlsOf(recorded) is not null ? Carrier.Tls
        : recorded.Transport == Carrier.Tls ? Carrier.Tcp : recorded.Transport;

    private static void PutLine(SipDraft draft, SipMessage from, int line, Carryover carryover) =>
        draft.Line(from.NameAt(line)).Put(carryover.Apply(from.ValueAt(line)));

    private sealed class Request(SipServerTransaction transaction)
        : LiveRequest(ReadMessage.From(transaction.Request.Octets.ToArray(), WireProtocol.Sip)!)
    {
        public override void Answer(ReadMessage recorded, Carryover carryover)
        {
            var sip = recorded.Sip!;
            var draft = transaction.NewResponse(sip.StatusCode, sip.ReasonPhrase);
            // the response copies the request's route, whatever that is now (RFC 3261 12.1.1)
            if (sip.Count(SipHeader.RecordRoute) > 0) draft.CopyLines(Message.Sip!, SipHeader.RecordRoute);
            for (var i = 0; i < sip.HeaderCount; i++)
                if (!OfTheTransaction.Contains(sip.IdAt(i))) PutLine(draft, sip, i, carryover);
            draft.FinishBody(carryover.Apply(sip.Body));
            var written = ReadMessage.From(draft.Octets.ToArray(), WireProtocol.Sip)!;
            // the tag that this end gave: its later requests in the dialog bear it
            carryover.Learn(TagIn(recorded), TagIn(written));
            transaction.Respond(draft);
        }

        public override void Refuse(string why) => transaction.Respond(501, "Not In The Recording"u8);

        private static string TagIn(ReadMessage response) =>
            response.Header(SipHeader.To).Split(";tag=") is [_, var tag, ..] ? tag.Split(';')[0] : "";
    }
}
