using System.Text;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Entities.Gateway;

/// <summary>
/// Gateway server (TR 23.781 6.3.1): the one point of contact between the MC service servers of its MC system and other MC systems, for
/// all services (TS 23.280 10.6.3.3 steps 4, 5, 8 to 10). Finds the MC system by the domain of the public service identity that is
/// addressed, and for a migration request makes sure that it is the domain of the user's primary MC service ID. The endpoint's gate
/// guards everything.
/// </summary>
public sealed class GatewayServer : ISipUser, ISipClientUser, IAsyncDisposable
{
    private readonly GatewayOptions options;
    private readonly TopologyHiding hiding;

    /// <summary>Makes a gateway server; nothing is bound yet.</summary>
    public GatewayServer(GatewayOptions options)
    {
        this.options = options;
        hiding = new TopologyHiding(options.System.Value, options.InnerNames);
        Endpoint = new SipEndpoint(options.Endpoint, this);
    }

    /// <summary>Its SIP endpoint.</summary>
    public SipEndpoint Endpoint { get; }

    /// <summary>Binds the sockets.</summary>
    public void Start() => Endpoint.Start();

    void ISipUser.OnRequest(SipServerTransaction transaction)
    {
        var request = transaction.Request;
        if (transaction.AnswerUnknown(SipHeader.ProxyRequire)) return;
        if (request.TryGet(SipHeader.MaxForwards, out var hops) && hops.IndexOfAnyExcept((byte)'0') < 0)
            transaction.Respond(483, "Too Many Hops"u8);
        else if (!SipUri.TryRead(request.RequestUri, out var target) || ServiceOf(target) is not { } service)
            transaction.Respond(404, "Not Found"u8);
        else Forward(transaction, new McSystemId(Encoding.ASCII.GetString(target.Host)), service);
    }

    void ISipUser.OnAck(SipMessage ack, SipFlow flow)
    {
    }

    void ISipUser.OnStrayResponse(SipMessage response, SipFlow flow)
    {
    }

    void ISipClientUser.OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode < 200) return;
        var server = (SipServerTransaction)transaction.State!;
        var draft = server.NewResponse(response.StatusCode, response.ReasonPhrase);
        ReadOnlySpan<SipHeader> written = [SipHeader.From, SipHeader.To, SipHeader.CallId, SipHeader.CSeq];
        hiding.CopyLines(draft, response, written);
        server.Respond(draft.FinishBody(hiding.Rewrite(response.Body)));
    }

    void ISipClientUser.OnFailure(SipClientTransaction transaction, SipFailure why)
    {
        var server = (SipServerTransaction)transaction.State!;
        if (why == SipFailure.Timeout) server.Respond(504, "Server Time-out"u8);
        else server.Respond(503, "Service Unavailable"u8);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Endpoint.DisposeAsync();

    private static Wire.Documents.McService? ServiceOf(in SipUri psi)
    {
        foreach (var names in McServiceNames.Each)
            if (psi.User.SequenceEqual(Encoding.ASCII.GetBytes(names.PsiPrefix))) return names.Service;
        return null;
    }

    private void Forward(SipServerTransaction transaction, McSystemId target, Wire.Documents.McService service)
    {
        var isInbound = target == options.System;
        var other = isInbound ? AsserterOf(transaction) : target;
        if (other is not { } system || options.Partners.FirstOrDefault(p => p.System == system) is not { } partner || !partner.Services.Contains(service) ||
            (isInbound && !options.MaySpeakFor(transaction.Flow.PeerCertificate, system)))
        {
            Refuse(transaction);
            return;
        }

        if (!IsForPrimary(transaction.Request, target, service))
        {
            transaction.Respond(404, "Not Found"u8);
            return;
        }

        if ((isInbound ? options.Inward(service) : options.Outward(system, service)) is { } to) Send(transaction, to, isOutbound: !isInbound);
        else Refuse(transaction);
    }

    /// <summary>Steps 4 and 5: a request to authorize migration goes to the MC system of the primary MC service ID, and nowhere else.</summary>
    private bool IsForPrimary(SipMessage request, McSystemId target, Wire.Documents.McService service)
    {
        if (request.Body.IndexOf(Encoding.ASCII.GetBytes(options.Binding.AuthorizationRequest)) < 0) return true;
        return McServiceInfo.TryRead(request.Body.ToArray(), out var info, [], options.Binding) && info.Service == service &&
            (info.Migration?.PrimaryMcServiceId is not { } primary || primary.System == target);
    }

    private void Send(SipServerTransaction transaction, SipDestination to, bool isOutbound)
    {
        var request = transaction.Request;
        var draft = Endpoint.NewRequest(request.MethodName, request.RequestUri, to);
        var left = request.TryGet(SipHeader.MaxForwards, out var value) && System.Buffers.Text.Utf8Parser.TryParse(value, out int stated, out _) ? stated : 70;
        if (isOutbound && options.HidesTopology)
        {
            draft.Line(SipHeader.MaxForwards).Put(left - 1);
            hiding.CopyLines(draft, request, []);
            Endpoint.SendRequest(draft.FinishBody(hiding.Rewrite(request.Body)), to, this, transaction);
            return;
        }

        // nothing to hide: a proxy like any other (RFC 3261 16.6)
        transaction.CopyVias(draft);
        draft.Line(SipHeader.MaxForwards).Put(left - 1);
        for (var i = 0; i < request.HeaderCount; i++)
            if (request.IdAt(i) is not (SipHeader.Via or SipHeader.MaxForwards or SipHeader.ContentLength or SipHeader.Route)) draft.CopyLine(request, i);
        Endpoint.SendRequest(draft.FinishBody(request.Body), to, this, transaction);
    }

    /// <summary>TS 24.379 6.8.2: code 179.</summary>
    private void Refuse(SipServerTransaction transaction) => transaction.Respond(transaction.NewResponse(403, "Forbidden"u8)
        .Line(SipHeader.Warning).Put("399 ").Put(options.System.Value).Put(" \"179 service not authorized with the interconnected system\"").Finish());

    private static McSystemId? AsserterOf(SipServerTransaction transaction) =>
        transaction.Request.TryGet(SipHeader.PAssertedIdentity, out var asserted) && NameAddress.TryRead(asserted, out var identity) &&
        SipUri.TryRead(identity.Uri, out var uri)
            ? new McSystemId(Encoding.ASCII.GetString(uri.Host))
            : null;
}
