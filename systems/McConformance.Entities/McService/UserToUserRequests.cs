using System.Text;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Bodies;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Entities.McService;

/// <summary>
/// What a user sends to one other, here or in another MC system: short data (TS 24.282 9.2.2.3), and the invitation to
/// a private call
/// (TS 24.379 11.1.1). Towards a user of another MC system this server decides whether its users may, and that MC
/// system's whether they
/// may be reached (TR 23.781 5.1.1, 6.1.1). Whoever sent it is told what became of it. An invitation is led to the
/// other's client and
/// back as far as a refusal goes: calls themselves are not built. Runs under the endpoint's gate.
/// </summary>
internal sealed class UserToUserRequests(
    McServiceOptions options, SipEndpoint endpoint, ServiceAuthorization authorization,
        ConfigurationInUse configuration,
    MigrationAsPartner migrated) : ISipClientUser
{
    private const string NotAuthorizedWithSystem = "179 service not authorized with the interconnected system";
    private readonly McServiceNames names = McServiceNames.Of(options.Service);
    private readonly UserToUserKind kind = UserToUserKind.Of(options.Service);

    /// <summary>A client served here sends.</summary>
    public async Task SentAsync(SipServerTransaction transaction, ServiceBinding sender)
    {
        var bodies = UserToUserBodies.Of(transaction.Request, names);
        var profile = await configuration.ProfileAsync(sender.User, sender.Profile).ConfigureAwait(false);
        lock (options.Endpoint.Gate)
        {
            // the profile that this MC system provides holds, for those who have migrated to it too (TS 23.280
            // 10.1.1.2)
            if (profile?.Allowed.Contains(kind.Action) != true
                || !profile.Enabled) Refuse(transaction, 403, kind.NotAllowed);
            else if (migrated.PrimaryOf(sender.User) is { } home && !MayAsMigrated(home.System))
                Refuse(transaction, 403, NotAuthorizedWithSystem);
            else if (bodies.Targets.Count != 1 || !McServiceId.TryRead(bodies.Targets[0], out var target))
                Refuse(transaction, 403, kind.NoTarget);
            else if (kind.Method == SipMethod.Message
                && bodies.Content.Count < 2) Refuse(transaction, 400, "short data missing");
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
            Refuse(transaction, 400, "request-uri or calling-user-id missing");
            return;
        }

        // nobody speaks for users of a third MC system, and nobody is led on through this one
        var isForHere = sender.System == from && target.System == options.System;
        if (!isForHere || !Permits(from, kind.In)) Refuse(transaction, 403, NotAuthorizedWithSystem);
        else Deliver(transaction, sender, target, UserToUserBodies.Of(transaction.Request, names));
    }

    void ISipClientUser.OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode < 200) return;
        var server = (SipServerTransaction)transaction.State!;
        if (kind.Method == SipMethod.Invite && response.StatusCode < 300)
        {
            // who took the call gets no ACK, and gives up by itself (RFC 3261 13.3.1.4)
            Refuse(server, 501, "calls are not built");
            return;
        }

        var draft = server.NewResponse(response.StatusCode, response.ReasonPhrase);
        if (response.TryGet(SipHeader.Warning, out var warning)) draft.Line(SipHeader.Warning, warning);
        server.Respond(draft.Finish());
    }

    void ISipClientUser.OnFailure(SipClientTransaction transaction, SipFailure why) =>
        Refuse((SipServerTransaction)transaction.State!, 504, "the next server does not answer");

    private bool Permits(McSystemId system, InterconnectionPermissions what) =>
        options.Partners.FirstOrDefault(p => p.System == system)?.Interconnection.HasFlag(what) == true;

    private bool MayAsMigrated(McSystemId home) =>
        options.Partners.FirstOrDefault(p => p.System == home)?.Migration.HasFlag(kind.Migrated) == true;

    private void SendOn(SipServerTransaction transaction, McServiceId sender, McServiceId target,
        UserToUserBodies bodies)
    {
        if (!Permits(target.System, kind.Out) || options.NextHop(target.System) is not { } hop)
            Refuse(transaction, 403, NotAuthorizedWithSystem);
        else Send(transaction, options.PsiOf(target.System), hop, sender, target, bodies);
    }

    private void Deliver(SipServerTransaction transaction, McServiceId sender, McServiceId target,
        UserToUserBodies bodies)
    {
        if (authorization.LatestOf(target) is not { } binding || options.SipCore() is not { } core)
            Refuse(transaction, 480, "user has no service");
        else Send(transaction, binding.PublicIdentity, core, sender, target, bodies);
    }

    private void Send(
        SipServerTransaction transaction, string to, SipDestination hop, McServiceId sender, McServiceId target,
            UserToUserBodies bodies)
    {
        var about = new McServiceInfo { Service = options.Service, RequestUri = target.Value, CallingUserId = sender };
        var info = kind.Info(about);
        var body = new MultipartBody().Add(info.ContentType, info.ToOctets());
        foreach (var (type, octets) in bodies.Content) body.Add(type, octets);
        var callId = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(10));
        var draft = endpoint.NewRequest(kind.Method, Encoding.ASCII.GetBytes(to), hop);
        draft.Line(SipHeader.MaxForwards).Put(70)
            .Line(SipHeader.From).Put("<").Put(options.Psi).Put(">;tag=").Put(callId[..8])
            .Line(SipHeader.To).Put("<").Put(to).Put(">")
            .Line(SipHeader.CallId).Put(callId)
            .Line(SipHeader.CSeq).Put("1 ").Put(SipMethods.NameOf(kind.Method))
            .Line(SipHeader.PAssertedIdentity).Put("<").Put(options.Psi).Put(">")
            .Line(SipHeader.PAssertedService).Put(kind.Method == SipMethod.Message ? $"{names.Icsi}.sds" : names.Icsi);
        if (kind.Method == SipMethod.Invite) draft.Line(SipHeader.Contact).Put("<").Put(options.Psi).Put(">");
        endpoint.SendRequest(draft.Finish(Encoding.ASCII.GetBytes(body.ContentType), body.ToOctets()), hop, this,
            transaction);
    }

    private void Refuse(SipServerTransaction transaction, int status, string warning) =>
        transaction.Warn(options, status, ReasonOf(status), warning);

    private static ReadOnlySpan<byte> ReasonOf(int status) => status switch
    {
        400 => "Bad Request"u8,
        480 => "Temporarily Unavailable"u8,
        501 => "Not Implemented"u8,
        504 => "Server Time-out"u8,
        _ => "Forbidden"u8,
    };
}
