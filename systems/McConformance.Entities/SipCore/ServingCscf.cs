using System.Text;
using McConformance.Wire;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Entities.SipCore;

/// <summary>
/// S-CSCF: registrar of the SIP core (TS 24.229 5.4). Registration is in <see cref="SignallingPlaneRegistration"/>, the bindings in
/// <see cref="RegistrationStore"/>; this is the face, and the way of other requests to a registered UE.
/// </summary>
public sealed class ServingCscf : ISipUser, IDiameterUser, IAsyncDisposable
{
    private readonly SignallingPlaneRegistration registration;
    private readonly byte[] domain;
    private readonly Lock gate;
    private readonly Dictionary<string, SipDestination> applicationServers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes an S-CSCF.</summary>
    public ServingCscf(ServingCscfOptions options)
    {
        gate = options.Endpoint.Gate;
        domain = Encoding.ASCII.GetBytes(options.Domain);
        Endpoint = new SipEndpoint(options.Endpoint, this);
        Node = new DiameterNode(options.Diameter, this);
        registration = new SignallingPlaneRegistration(options, Endpoint, Node);
    }

    /// <summary>Its SIP endpoint.</summary>
    public SipEndpoint Endpoint { get; }

    /// <summary>Its Diameter node.</summary>
    public DiameterNode Node { get; }

    /// <summary>Its address, as other CSCFs reach it.</summary>
    public SipDestination Destination => new(Carrier.Udp, Endpoint.AddressOf(Carrier.Udp));

    /// <summary>Binds the sockets.</summary>
    public void Start()
    {
        Endpoint.Start();
        Node.Start();
    }

    /// <summary>Makes a public service identity known that an application server stands behind (SIP-2; TS 24.229 5.4.3.2).</summary>
    public void AddApplicationServer(string identity, SipDestination at)
    {
        lock (gate) applicationServers[identity] = at;
    }

    void ISipUser.OnRequest(SipServerTransaction transaction)
    {
        if (transaction.Request.Method == SipMethod.Register) registration.Begin(transaction);
        else if (!Forwarding.IsForwardable(transaction)) return;
        else if (TopRoute.IsOwn(transaction.Request, Endpoint) && TopRoute.UserOf(transaction.Request).SequenceEqual("orig"u8)) Originate(transaction);
        else Route(transaction);
    }

    void ISipUser.OnAck(SipMessage ack, SipFlow flow)
    {
    }

    void ISipUser.OnStrayResponse(SipMessage response, SipFlow flow)
    {
    }

    void IDiameterUser.OnRequest(DiameterServerTransaction transaction)
    {
        if (!transaction.AnswerFault()) transaction.AnswerError(Rfc6733.DIAMETER_COMMAND_UNSUPPORTED, null);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        registration.Stop();
        await Endpoint.DisposeAsync().ConfigureAwait(false);
        await Node.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A request of a UE served here (TS 24.229 5.4.3.2): its asserted identity must be registered.</summary>
    private void Originate(SipServerTransaction transaction)
    {
        var request = transaction.Request;
        if (!request.TryGet(SipHeader.PAssertedIdentity, out var asserted) || !NameAddress.TryRead(asserted, out var identity) ||
            registration.Store.ContactOf(Encoding.UTF8.GetString(identity.Uri)) is null)
        {
            transaction.Respond(transaction.NewResponse(403, "Forbidden"u8).Finish());
            return;
        }

        Route(transaction);
    }

    /// <summary>By the Request-URI: to an application server, or to a user who is registered here.</summary>
    private void Route(SipServerTransaction transaction)
    {
        var request = transaction.Request;
        var target = Encoding.UTF8.GetString(RegisterIdentities.WithoutParameters(request.RequestUri));
        if (!applicationServers.TryGetValue(target, out var at))
        {
            Terminate(transaction);
            return;
        }

        var to = at.ForSize(request.Octets.Length);
        var draft = Forwarding.Begin(Endpoint, transaction, request.RequestUri, to).CopyRest(request, SipHeader.Route);
        Endpoint.SendRequest(draft.FinishWith(request), to, ResponseRelay.Instance, transaction);
    }

    /// <summary>A request to a user registered here: Request-URI becomes the contact, Route the Path (TS 24.229 5.4.3.3, RFC 3327 5.3).</summary>
    private void Terminate(SipServerTransaction transaction)
    {
        var request = transaction.Request;
        var identity = Encoding.UTF8.GetString(RegisterIdentities.WithoutParameters(request.RequestUri));
        if (registration.Store.ContactOf(identity) is not { } binding)
        {
            // nobody of this name can be registered here, or nobody is at the moment
            var isOwn = SipUri.TryRead(request.RequestUri, out var asked) && System.Text.Ascii.EqualsIgnoreCase(asked.Host, domain);
            transaction.Respond(isOwn
                ? transaction.NewResponse(480, "Temporarily Unavailable"u8).Finish()
                : transaction.NewResponse(404, "Not Found"u8).Finish());
            return;
        }

        var uri = Encoding.UTF8.GetBytes(binding.Uri);
        if (!TryNextHop(binding, uri, out var hopTo))
        {
            transaction.Respond(transaction.NewResponse(500, "Server Internal Error"u8).Finish());
            return;
        }

        var to = hopTo.ForSize(request.Octets.Length);
        var draft = Forwarding.Begin(Endpoint, transaction, uri, to).CopyRest(request, SipHeader.Route);
        foreach (var hop in binding.Path) draft.Line(SipHeader.Route, hop);
        Endpoint.SendRequest(draft.FinishWith(request), to, ResponseRelay.Instance, transaction);
    }

    private static bool TryNextHop(ContactBinding binding, byte[] contact, out SipDestination to)
    {
        to = default;
        return binding.Path.Length == 0
            ? TopRoute.TryAddress(contact, out to)
            : NameAddress.TryRead(binding.Path[0], out var route) && TopRoute.TryAddress(route.Uri, out to);
    }
}
