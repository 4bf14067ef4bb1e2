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
/// I-CSCF: asks the SIP database which S-CSCF serves, and forwards to it (TS 24.229 5.3.1 for REGISTER, 5.3.2 for other requests).
/// </summary>
public sealed class InterrogatingCscf : ISipUser, IDiameterClientUser, IDiameterUser, IAsyncDisposable
{
    private readonly InterrogatingCscfOptions options;
    private SipDestination anyServingCscf;

    /// <summary>Makes an I-CSCF.</summary>
    public InterrogatingCscf(InterrogatingCscfOptions options)
    {
        this.options = options;
        Endpoint = new SipEndpoint(options.Endpoint, this);
        Node = new DiameterNode(options.Diameter, this);
    }

    /// <summary>Its SIP endpoint.</summary>
    public SipEndpoint Endpoint { get; }

    /// <summary>Its Diameter node.</summary>
    public DiameterNode Node { get; }

    /// <summary>Its address, as other CSCFs reach it.</summary>
    public SipDestination Destination => new(Carrier.Udp, Endpoint.AddressOf(Carrier.Udp));

    /// <summary>Binds the sockets.</summary>
    /// <param name="servingCscf">The S-CSCF for users to whom none is assigned.</param>
    public void Start(SipDestination servingCscf)
    {
        anyServingCscf = servingCscf;
        Endpoint.Start();
        Node.Start();
    }

    void ISipUser.OnRequest(SipServerTransaction transaction)
    {
        if (!Forwarding.IsForwardable(transaction)) return;
        if (transaction.Request.Method == SipMethod.Register) AskForAuthorization(transaction);
        else AskForLocation(transaction);
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

    void IDiameterClientUser.OnAnswer(DiameterClientTransaction transaction, DiameterMessage answer)
    {
        var server = (SipServerTransaction)transaction.State!;
        var result = CxResult.Of(answer);
        if (!result.IsSuccess)
        {
            var (status, reason) = server.Request.Method == SipMethod.Register ? result.Registering : result.Calling;
            server.Respond(server.NewResponse(status, reason).Finish());
            return;
        }

        var to = anyServingCscf;
        if (answer.TryFind(Ts29229.ServerNameCode, Ts29229.Vendor, out var name) && TopRoute.TryAddress(name.Data, out var assigned)) to = assigned;
        Forward(server, to);
    }

    void IDiameterClientUser.OnFailure(DiameterClientTransaction transaction, DiameterFailure why) =>
        ResponseRelay.TimedOut((SipServerTransaction)transaction.State!);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Endpoint.DisposeAsync().ConfigureAwait(false);
        await Node.DisposeAsync().ConfigureAwait(false);
    }

    private void AskForAuthorization(SipServerTransaction transaction)
    {
        var identities = RegisterIdentities.Of(transaction.Request);
        if (identities is null)
        {
            transaction.Respond(transaction.NewResponse(400, "Bad Request"u8).Finish());
            return;
        }

        var isLeaving = Expiry.OfRequest(transaction.Request) == 0;
        var request = Node.NewRequest(Ts29229.UserAuthorization, Ts29229.Application, options.Realm, null)
            .Put(Rfc6733.UserName, identities.Private)
            .Put(Ts29229.PublicIdentity, identities.Public)
            .Put(Ts29229.VisitedNetworkIdentifier, VisitedNetwork(transaction.Request))
            .Put(Ts29229.UserAuthorizationType, isLeaving ? Ts29229.DE_REGISTRATION : Ts29229.INITIAL_REGISTRATION);
        Node.Send(request.Finish(), this, transaction);
    }

    private void AskForLocation(SipServerTransaction transaction)
    {
        var request = Node.NewRequest(Ts29229.LocationInfo, Ts29229.Application, options.Realm, null)
            .Put(Ts29229.PublicIdentity, RegisterIdentities.WithoutParameters(transaction.Request.RequestUri));
        Node.Send(request.Finish(), this, transaction);
    }

    private void Forward(SipServerTransaction server, SipDestination to)
    {
        var request = server.Request;
        var draft = Forwarding.Begin(Endpoint, server, request.RequestUri, to)
            .CopyRest(request, SipHeader.Route);
        Endpoint.SendRequest(draft.FinishWith(request), to, ResponseRelay.Instance, server);
    }

    private static ReadOnlySpan<byte> VisitedNetwork(SipMessage request) =>
        request.TryGet(SipHeader.PVisitedNetworkId, out var value) ? value.Trim((byte)'"') : default;
}
