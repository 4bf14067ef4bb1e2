using System.Text;
using McConformance.Wire.Documents;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Entities.McService;

/// <summary>
/// MC service server of one service (TS 23.280 7.4.2.3.2): service authorization (TS 23.280 10.6.2, TS 24.379 7.3) and migration
/// service authorization as partner and as primary (TS 23.280 10.6.3.3). This is the face: it tells requests apart. The endpoint's
/// gate guards everything.
/// </summary>
public sealed class McServiceServer : ISipUser, IAsyncDisposable
{
    private readonly McServiceOptions options;
    private readonly McServiceNames names;
    private readonly ServiceAuthorization authorization;
    private readonly MigrationAsPartner partner;
    private readonly MigrationAsPrimary primary;
    private readonly MigrationEndings endings;
    private readonly GroupConfigurations groups;
    private readonly ConfigurationInUse configuration;
    private readonly UserToUserRequests userToUser;
    private readonly GroupAffiliation affiliation;

    /// <summary>Makes a server; nothing is bound yet.</summary>
    public McServiceServer(McServiceOptions provisioned)
    {
        var partners = new PartnersInUse(provisioned.Partners);
        options = provisioned with { Partners = partners };
        names = McServiceNames.Of(options.Service);
        Endpoint = new SipEndpoint(options.Endpoint, this);
        configuration = new ConfigurationInUse(options, Endpoint, partners);
        groups = new GroupConfigurations(options, Endpoint);
        var messages = new MigrationMessages(options, Endpoint);
        endings = new MigrationEndings(options, messages);
        authorization = new ServiceAuthorization(options);
        primary = new MigrationAsPrimary(options, messages, endings, authorization);
        partner = new MigrationAsPartner(options, messages, endings, authorization)
        {
            Authorized = groups.Authorized,
            Notices = new VerificationNotices(options) { ProfileChanged = configuration.Forget },
        };
        affiliation = new GroupAffiliation(options, Endpoint, authorization, groups, partner);
        userToUser = new UserToUserRequests(options, Endpoint, authorization, configuration, partner);
    }

    /// <summary>Its SIP endpoint.</summary>
    public SipEndpoint Endpoint { get; }

    /// <summary>Binds the sockets.</summary>
    public void Start() => Endpoint.Start();

    /// <summary>Subscribes to change notices of the own group management server.</summary>
    public void Subscribe(SipDestination groupManagement)
    {
        lock (options.Endpoint.Gate) groups.Subscribe(groupManagement);
    }

    /// <summary>Fetches the service configuration from the own configuration management server (CSC-5).</summary>
    public Task ConfigureAsync() => configuration.FetchAsync();

    /// <summary>Subscribes to changes of configuration; the SIP core has to be known by then.</summary>
    public void SubscribeToConfiguration()
    {
        lock (options.Endpoint.Gate) configuration.Subscribe();
    }

    /// <summary>After a restart: goes on with what was half done (OWN MIG-DEAUTH). Called when other servers can be
    /// reached.</summary>
    public void Resume()
    {
        if (options.Store is null) return;
        lock (options.Endpoint.Gate)
        {
            endings.Resume(e => e.PartnerSystem == options.System ? partner.IsGone(e.PartnerId) : primary.IsElsewhere(e.PrimaryId, e.PartnerSystem));
            primary.Resume();
            partner.Resume();
        }
    }

    /// <summary>An administrator changes what an own user may do in other MC systems; asked for from the next
    /// migration on.</summary>
    public void Provision(McServiceUser user)
    {
        lock (options.Endpoint.Gate) primary.Provision(user);
    }

    void ISipUser.OnRequest(SipServerTransaction transaction)
    {
        if (transaction.AnswerUnknown(SipHeader.Require)) return;
        switch (transaction.Request.Method)
        {
            case SipMethod.Publish:
                Publish(transaction);
                break;
            case SipMethod.Message or SipMethod.Invite:
                Message(transaction);
                break;
            case SipMethod.Notify:
                if (configuration.Owns(transaction.Request)) configuration.Notified(transaction);
                else groups.Notified(transaction);
                break;
            case SipMethod.Options:
                transaction.Respond(transaction.NewResponse(200,
                    "OK"u8).Line(SipHeader.Allow).Put("PUBLISH, MESSAGE, INVITE, NOTIFY, OPTIONS").Finish());
                break;
            default:
                transaction.Respond(transaction.NewResponse(405,
                    "Method Not Allowed"u8).Line(SipHeader.Allow).Put(
                    "PUBLISH, MESSAGE, INVITE, NOTIFY, OPTIONS").Finish());
                break;
        }
    }

    void ISipUser.OnAck(SipMessage ack, SipFlow flow)
    {
    }

    void ISipUser.OnStrayResponse(SipMessage response, SipFlow flow)
    {
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        lock (options.Endpoint.Gate)
        {
            partner.Stop();
            endings.Stop();
            configuration.Stop();
            groups.Stop();
        }

        await Endpoint.DisposeAsync().ConfigureAwait(false);
    }

    private void Publish(SipServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.TryGet(SipHeader.Event, out var package) && package.StartsWith("presence"u8))
        {
            _ = affiliation.PublishedAsync(transaction, SenderOf(transaction));
            return;
        }

        if (!package.StartsWith("poc-settings"u8))
        {
            transaction.Respond(transaction.NewResponse(489,
                "Bad Event"u8).Line("Allow-Events"u8).Put("poc-settings, presence").Finish());
            return;
        }

        var bodies = McServiceBodies.Of(request, names);
        if (bodies.Info is null)
        {
            if (authorization.Refresh(transaction, bodies.Settings) is { } ended) partner.Left(ended);
            return;
        }

        var findings = new List<DocumentFinding>();
        if (!McServiceInfo.TryRead(bodies.Info, out var info, findings, options.Binding))
            transaction.Warn(options, 400, "Bad Request"u8, McServiceWarnings.Text(findings));
        else if (info.Migration is not null || info.RequestType is not null) partner.Begin(transaction, info, bodies.Settings, findings);
        else if (authorization.Authorize(transaction, info, bodies.Settings, findings) is { } user)
        {
            primary.IsHome(user.McServiceId);
            groups.Authorized(user.Groups);
        }
    }

    private void Message(SipServerTransaction transaction)
    {
        var bodies = McServiceBodies.Of(transaction.Request, names);
        var findings = new List<DocumentFinding>();
        if (bodies.Info is null)
        {
            transaction.Respond(transaction.NewResponse(415, "Unsupported Media Type"u8).Line(SipHeader.Accept).Put(names.InfoContentType).Finish());
            return;
        }

        if (!McServiceInfo.TryRead(bodies.Info, out var info, findings, options.Binding))
        {
            transaction.Warn(options, 400, "Bad Request"u8, McServiceWarnings.Text(findings));
            return;
        }

        var kind = UserToUserKind.Of(options.Service);
        var isUserToUser = transaction.Request.Method == kind.Method && kind.Is(info);
        if (isUserToUser && authorization.BindingOf(transaction) is { } binding)
        {
            _ = userToUser.SentAsync(transaction, binding);
            return;
        }

        if (SenderOf(transaction) is not { } sender)
        {
            transaction.Warn(options, 403, "Forbidden"u8, "179 service not authorized with the interconnected system");
            return;
        }

        var type = info.RequestType ?? info.ResponseType;
        if (isUserToUser) userToUser.Arrived(transaction, info, sender);
        else if (type == options.Binding.AuthorizationRequest) primary.Requested(transaction, info, sender, findings);
        else if (type == options.Binding.AuthorizationResponse) partner.Answered(transaction, info, sender, findings);
        else if (type == options.Binding.DeauthorizationNotification) Ended(transaction, info, sender, findings);
        else transaction.Warn(options, 400, "Bad Request"u8, "request-type unknown");
    }

    private void Ended(SipServerTransaction transaction, McServiceInfo info, McSystemId sender, List<DocumentFinding> findings)
    {
        if (!info.Fits(MigrationForm.DeauthorizationNotification, findings, options.Binding) || findings.Count > 0)
        {
            transaction.Warn(options, 400, "Bad Request"u8, McServiceWarnings.Text(findings));
            return;
        }

        if (info.Migration!.PartnerSystem == options.System) partner.EndedByPrimary(info.Migration, sender);
        else primary.EndedByPartner(info.Migration, sender);
        transaction.Respond(transaction.NewResponse(200, "OK"u8).Finish());
    }

    /// <summary>The MC system that sends, by the asserted identity, where it is configured and its connection does not gainsay it.</summary>
    private McSystemId? SenderOf(SipServerTransaction transaction)
    {
        if (!transaction.Request.TryGet(SipHeader.PAssertedIdentity, out var asserted) || !NameAddress.TryRead(asserted, out var identity) ||
            !SipUri.TryRead(identity.Uri, out var uri)) return null;
        var system = new McSystemId(Encoding.ASCII.GetString(uri.Host));
        return options.Partners.Any(p => p.System == system) && options.MaySpeakFor(transaction.Flow.PeerCertificate, system) ? system : null;
    }
}
