using System.Text;
using McConformance.Wire;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Entities.SipCore;

/// <summary>
/// P-CSCF: the edge of the SIP core towards UEs (TS 24.229 5.2.2). Adds Path and P-Visited-Network-ID, says whether a REGISTER came on the
/// flow that was authenticated, keeps CK and IK from the UE, and where topology is hidden, the inner nodes' names too.
/// </summary>
public sealed class ProxyCscf : ISipUser, ISipClientUser, IAsyncDisposable
{
    /// <summary>How many UEs' flows are remembered; the oldest is forgotten first, and its UE is challenged anew.</summary>
    private const int FlowsMax = 65_536;
    private readonly ProxyCscfOptions options;
    private readonly byte[] domain;
    private readonly FlowAssociations associations = new(FlowsMax);
    private readonly RegisteredFlows registered = new(FlowsMax);
    private SipDestination inward;

    /// <summary>Makes a P-CSCF.</summary>
    public ProxyCscf(ProxyCscfOptions options)
    {
        this.options = options;
        domain = Encoding.ASCII.GetBytes(options.Domain);
        Endpoint = new SipEndpoint(options.Endpoint, this);
    }

    /// <summary>Its SIP endpoint.</summary>
    public SipEndpoint Endpoint { get; }

    /// <summary>Binds the sockets.</summary>
    /// <param name="interrogatingCscf">Where REGISTER requests for the own domain go.</param>
    public void Start(SipDestination interrogatingCscf)
    {
        inward = interrogatingCscf;
        Endpoint.Start();
    }

    /// <summary>Its address, as other CSCFs reach it.</summary>
    public SipDestination Destination => new(Carrier.Udp, Endpoint.AddressOf(Carrier.Udp));

    void ISipUser.OnRequest(SipServerTransaction transaction)
    {
        if (!Forwarding.IsForwardable(transaction)) return;
        if (transaction.Request.Method == SipMethod.Register) Register(transaction);
        else if (TopRoute.IsOwn(transaction.Request, Endpoint) && TopRoute.UserOf(transaction.Request).SequenceEqual("term"u8)) Terminate(transaction);
        else Originate(transaction);
    }

    void ISipUser.OnAck(SipMessage ack, SipFlow flow)
    {
    }

    void ISipUser.OnStrayResponse(SipMessage response, SipFlow flow)
    {
    }

    void ISipClientUser.OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        var server = (SipServerTransaction)transaction.State!;
        if (response.StatusCode == 100) return;
        if (server.Request.Method != SipMethod.Register) Forwarding.PassBack(server, response);
        else if (response.StatusCode == 401) Challenge(server, response);
        else Conclude(server, response);
    }

    void ISipClientUser.OnFailure(SipClientTransaction transaction, SipFailure why) =>
        ResponseRelay.TimedOut((SipServerTransaction)transaction.State!);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Endpoint.DisposeAsync();

    /// <summary>TS 24.229 5.2.2.1.</summary>
    private void Register(SipServerTransaction transaction)
    {
        var request = transaction.Request;
        if (!SipUri.TryRead(request.RequestUri, out var uri) || !System.Text.Ascii.EqualsIgnoreCase(uri.Host, domain))
        {
            transaction.Respond(transaction.NewResponse(404, "Not Found"u8).Finish());
            return;
        }

        var own = Endpoint.AddressOf(Carrier.Udp);
        var draft = Forwarding.Begin(Endpoint, transaction, request.RequestUri, inward)
            .CopyRest(request, SipHeader.Authorization)
            .Line(SipHeader.Path).Put("<sip:term@").Put(own.ToString()).Put(";lr>")
            .Line(SipHeader.Require).Put("path")
            .Line(SipHeader.PVisitedNetworkId).PutQuoted(options.Domain)
            .Line(SipHeader.PChargingVector).Put("icid-value=").Put(Guid.NewGuid().ToString("N"));
        if (request.TryGet(SipHeader.Authorization, out var authorization))
        {
            draft.Line(SipHeader.Authorization).PutWithoutParameter(authorization, "integrity-protected"u8)
                .Put(",integrity-protected=\"").Put(associations.Protection(authorization, transaction.Flow)).Put("\"");
        }

        Endpoint.SendRequest(draft.FinishWith(request), inward, this, transaction);
    }

    /// <summary>TS 24.229 5.2.2.1: the UE never sees IK and CK.</summary>
    private void Challenge(SipServerTransaction server, SipMessage response)
    {
        associations.Challenged(server);
        var draft = server.NewForwardedResponse(response).CopyRestOfResponse(response, SipHeader.WwwAuthenticate);
        if (response.TryGet(SipHeader.WwwAuthenticate, out var challenge))
            draft.Line(SipHeader.WwwAuthenticate).PutWithoutParameters(challenge, "ik"u8, "ck"u8);
        server.Respond(draft.FinishWith(response));
    }

    private void Conclude(SipServerTransaction server, SipMessage response)
    {
        associations.Concluded(server, response.StatusCode);
        registered.Concluded(server, response);
        if (!options.HidesTopology || response.StatusCode is < 200 or >= 300)
        {
            Forwarding.PassBack(server, response);
            return;
        }

        // what stands in for the S-CSCF is this node's own name: a request that comes back with it is sent on to the S-CSCF (TS 23.280 5.2.x.7)
        var draft = server.NewForwardedResponse(response).CopyRestOfResponse(response, SipHeader.ServiceRoute);
        if (response.Count(SipHeader.ServiceRoute) > 0)
            draft.Line(SipHeader.ServiceRoute).Put("<sip:orig@").Put(Endpoint.AddressOf(Carrier.Udp).ToString()).Put(";lr>");
        server.Respond(draft.FinishWith(response));
    }

    /// <summary>A request from a UE (TS 24.229 5.2.6.3): taken on a flow only that a UE is registered on. Goes by the Service-Route that
    /// the S-CSCF gave, with an identity of the UE asserted, and nothing that the UE asserts itself.</summary>
    private void Originate(SipServerTransaction transaction)
    {
        var request = transaction.Request;
        if (registered.Find(transaction.Flow) is not { } user || !user.TryNextHop(request.Octets.Length, out var to))
        {
            transaction.Respond(transaction.NewResponse(403, "Forbidden"u8).Finish());
            return;
        }

        var draft = Forwarding.Begin(Endpoint, transaction, request.RequestUri, to);
        for (var i = 0; i < request.HeaderCount; i++)
        {
            if (request.IdAt(i) is not (SipHeader.Via or SipHeader.MaxForwards or SipHeader.ContentLength or SipHeader.Route
                or SipHeader.PAssertedIdentity or SipHeader.PPreferredIdentity or SipHeader.PChargingVector)) draft.CopyLine(request, i);
        }

        foreach (var hop in user.ServiceRoute) draft.Line(SipHeader.Route, hop);
        draft.Line(SipHeader.PAssertedIdentity).Put("<").Put(user.Assert(request)).Put(">")
            .Line(SipHeader.PChargingVector).Put("icid-value=").Put(Guid.NewGuid().ToString("N"));
        Endpoint.SendRequest(draft.FinishWith(request), to, this, transaction);
    }

    /// <summary>A request from inside for a registered UE: goes to the contact in its Request-URI (TS 24.229 5.2.6.4).</summary>
    private void Terminate(SipServerTransaction transaction)
    {
        var request = transaction.Request;
        if (!TopRoute.TryAddress(request.RequestUri, out var contact))
        {
            transaction.Respond(transaction.NewResponse(403, "Forbidden"u8).Finish());
            return;
        }

        var draft = Forwarding.Begin(Endpoint, transaction, request.RequestUri, contact)
            .CopyRest(request, SipHeader.Route);
        Endpoint.SendRequest(draft.FinishWith(request), contact, this, transaction);
    }
}
