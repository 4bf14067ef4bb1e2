using System.Text;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Bodies;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Entities.McService;

/// <summary>
/// Short data, one to one, over the signalling plane (TS 24.282 9.2.2.3), to users here and in other MC systems.
/// Towards a user of another MC system
/// this server decides whether its users may send there, and that MC system's whether they may be sent to
/// (TR 23.781 5.1.1, 6.1.1). Whoever
/// sent it is told when it was delivered, or why not. Runs under the endpoint's gate.
/// </summary>
internal sealed class ShortDataDelivery(
    McServiceOptions options, SipEndpoint endpoint, ServiceAuthorization authorization,
        ConfigurationInUse configuration, MigrationAsPartner migrated)
    : ISipClientUser
{
    private const string NotAuthorizedWithSystem = "179 service not authorized with the interconnected system";
    private const string MayTransmit = "allow-transmit-data";
    private readonly McServiceNames names = McServiceNames.Of(options.Service);

    /// <summary>A client served here sends (TS 24.282 9.2.2.3.1).</summary>
    public async Task SentAsync(SipServerTransaction transaction, ServiceBinding sender)
    {
        var bodies = ShortDataBodies.Of(transaction.Request);
        var profile = await configuration.ProfileAsync(sender.User, sender.Profile).ConfigureAwait(false);
        lock (options.Endpoint.Gate)
        {
            // the profile that this MC system provides holds, for those who have migrated to it too
            // (TS 23.280 10.1.1.2)
            if (profile?.Allowed.Contains(MayTransmit) != true
                || !profile.Enabled) Refuse(transaction, 403, "200 user not authorised to transmit data");
            else if (migrated.PrimaryOf(sender.User) is { } home
                && !MayAsMigrated(home.System)) Refuse(transaction, 403, NotAuthorizedWithSystem);
            else if (bodies.Targets.Count != 1 || !McServiceId.TryRead(bodies.Targets[0], out var target))
                Refuse(transaction, 403, "204 unable to determine targeted user for one-to-one SDS");
            else if (bodies.Signalling.Length == 0
                || bodies.Payload.Length == 0) Refuse(transaction, 400, "short data missing");
            else if (target.System == options.System) Deliver(transaction, sender.User, target, bodies);
            else SendOn(transaction, sender.User, target, bodies);
        }
    }

    /// <summary>Another MC system sends on what one of its users sends to one of here.</summary>
    public void Arrived(SipServerTransaction transaction, McServiceInfo info, McSystemId from)
    {
        if (info.RequestUri is not { } uri || !McServiceId.TryRead(uri, out var target)
            || info.CallingUserId is not { } sender)
        {
            Refuse(transaction, 400, "mcdata-request-uri or mcdata-calling-user-id missing");
            return;
        }

        // nobody speaks for users of a third MC system, and nobody is led on through this one
        var isForHere = sender.System == from && target.System == options.System;
        if (!isForHere || !Permits(from, InterconnectionPermissions.McDataIn)) Refuse(transaction, 403,
            NotAuthorizedWithSystem);
        else Deliver(transaction, sender, target, ShortDataBodies.Of(transaction.Request));
    }

    void ISipClientUser.OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode < 200) return;
        var server = (SipServerTransaction)transaction.State!;
        var draft = server.NewResponse(response.StatusCode, response.ReasonPhrase);
        if (response.TryGet(SipHeader.Warning, out var warning)) draft.Line(SipHeader.Warning, warning);
        server.Respond(draft.Finish());
    }

    void ISipClientUser.OnFailure(SipClientTransaction transaction, SipFailure why) =>
        Refuse((SipServerTransaction)transaction.State!, 504, "the next server does not answer");

    private bool Permits(McSystemId system, InterconnectionPermissions what) =>
        options.Partners.FirstOrDefault(p => p.System == system)?.Interconnection.HasFlag(what) == true;

    private bool MayAsMigrated(McSystemId home) =>
        options.Partners.FirstOrDefault(p => p.System == home)?.Migration.HasFlag(MigrationPermissions.McData) == true;

    private void SendOn(SipServerTransaction transaction, McServiceId sender, McServiceId target,
        ShortDataBodies bodies)
    {
        if (!Permits(target.System, InterconnectionPermissions.McDataOut)
            || options.NextHop(target.System) is not { } hop)
            Refuse(transaction, 403, NotAuthorizedWithSystem);
        else Send(transaction, options.PsiOf(target.System), hop, sender, target, bodies);
    }

    private void Deliver(SipServerTransaction transaction, McServiceId sender, McServiceId target,
        ShortDataBodies bodies)
    {
        if (authorization.LatestOf(target) is not { } binding
            || options.SipCore() is not { } core) Refuse(transaction, 480, "user has no service");
        else Send(transaction, binding.PublicIdentity, core, sender, target, bodies);
    }

    private void Send(SipServerTransaction transaction, string to, SipDestination hop, McServiceId sender,
        McServiceId target, ShortDataBodies bodies)
    {
        var info = new McServiceInfo
        {
            Service = options.Service,
            RequestType = ShortData.OneToOne,
            RequestUri = target.Value,
            CallingUserId = sender
        };
        var body = new MultipartBody().Add(info.ContentType, info.ToOctets())
            .Add(ShortData.SignallingContentType, bodies.Signalling).Add(ShortData.PayloadContentType, bodies.Payload);
        var callId = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(10));
        var draft = endpoint.NewRequest(SipMethod.Message, Encoding.ASCII.GetBytes(to), hop);
        draft.Line(SipHeader.MaxForwards).Put(70)
            .Line(SipHeader.From).Put("<").Put(options.Psi).Put(">;tag=").Put(callId[..8])
            .Line(SipHeader.To).Put("<").Put(to).Put(">")
            .Line(SipHeader.CallId).Put(callId)
            .Line(SipHeader.CSeq).Put("1 MESSAGE")
            .Line(SipHeader.PAssertedIdentity).Put("<").Put(options.Psi).Put(">")
            .Line(SipHeader.PAssertedService).Put($"{names.Icsi}.sds");
        endpoint.SendRequest(draft.Finish(Encoding.ASCII.GetBytes(body.ContentType), body.ToOctets()), hop, this,
            transaction);
    }

    private void Refuse(SipServerTransaction transaction, int status, string warning) =>
        transaction.Warn(options, status, ReasonOf(status), warning);

    private static ReadOnlySpan<byte> ReasonOf(int status) => status switch
    {
        400 => "Bad Request"u8,
        480 => "Temporarily Unavailable"u8,
        504 => "Server Time-out"u8,
        _ => "Forbidden"u8,
    };
}
