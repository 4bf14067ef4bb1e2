using System.Collections.Concurrent;
using McConformance.Entities.UserEquipment;
using McConformance.Entities.UserEquipment.Clients;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Codec;

namespace McConformance.McSystem.Application;

/// <summary>A user with one MC service on a bundled UE, as the user handles it.</summary>
public sealed class BundledMcUser : IMcUser, ISignallingPlane
{
    private readonly BundledUserEquipment ue;
    private readonly Func<string, IMcSystem> systems;
    private readonly ApplicationUserOptions user;
    private readonly string home;
    private readonly Func<string, SipIdentitySet?> identitiesFor;
    private readonly MigrationSequence sequence;
    private readonly ShortDataClient shortData = new($"urn:uuid:{Guid.NewGuid()}");
    private readonly PrivateCallClient calls;
    private readonly AffiliationClient affiliation;
    private readonly ConcurrentQueue<ReceivedShortData> inbox = new();

    internal BundledMcUser(
        BundledUserEquipment ue, Func<string, IMcSystem> systems, ApplicationUserOptions user, string home, McService service,
        Func<string, SipIdentitySet?> identitiesFor)
    {
        (this.ue, this.systems, this.user, this.home, this.identitiesFor) = (ue, systems, user, home, identitiesFor);
        var client = new McServiceClient(service, $"urn:uuid:{Guid.NewGuid()}", BindingSet.InUse.Migration);
        sequence = new MigrationSequence(ue.Identity, ue.Documents, ue.Storage, client, service, this);
        calls = new PrivateCallClient(service, $"urn:uuid:{Guid.NewGuid()}");
        affiliation = new AffiliationClient(service, $"urn:uuid:{Guid.NewGuid()}");
        ue.Clients = m => sequence.Receive(m) ? 200 : Received(m);
    }

    /// <summary>The user's identity at the partner; null before authentication there.</summary>
    public McServiceId? PartnerId => sequence.PartnerId;

    /// <summary>The user's identity at home.</summary>
    public McServiceId PrimaryId => user.McServiceId;

    /// <summary>Access token of the primary; empty before signing in.</summary>
    public string AccessToken => sequence.AccessToken;

    /// <summary>Access token of the partner; empty before authentication there.</summary>
    public string PartnerAccessToken => sequence.PartnerAccessToken;

    /// <summary>Groups that the UE has obtained, with their priority.</summary>
    public IReadOnlyList<GroupDescription> Groups => [.. sequence.Groups.Select(g => g.Description)];

    /// <summary>Their documents.</summary>
    internal IReadOnlyList<GroupDocument> GroupDocuments => sequence.Groups;

    /// <summary>It is always of now.</summary>
    public Task LookAsync() => Task.CompletedTask;

    /// <summary>Name of the partner's profile in use; empty where there is none.</summary>
    public string PartnerProfileName => sequence.PartnerProfile?.Name ?? "";

    /// <summary>Actions that the partner's profile in use allows.</summary>
    public IReadOnlyCollection<string> PartnerActions => sequence.PartnerProfile?.Allowed.ToArray() ?? [];

    /// <summary>Actions that the primary's profile in use allows.</summary>
    public IReadOnlyCollection<string> HomeActions => sequence.PrimaryProfile?.Allowed.ToArray() ?? [];

    /// <summary>What was last said of the verification of an offline migration; null where nothing was.</summary>
    public MigrationExtension? Verification => sequence.Verification;

    /// <summary>Signs in at home.</summary>
    public async Task<UserTold> SignInAsync(string? password = null) =>
        Told(await sequence.SignInAsync(AddressOf(home), user.Name, password ?? user.Password).ConfigureAwait(false));

    /// <summary>Obtains a profile of the primary.</summary>
    public async Task<UserTold> ObtainProfileAsync(byte index) =>
        Told(await sequence.ObtainProfileAsync($"http://cms.{home}/xcap-root/", new ProfileIndex(index)).ConfigureAwait(false));

    /// <summary>Chooses a partner.</summary>
    public Task<UserTold> SelectAsync(string partner) =>
        Task.FromResult(Told(sequence.Select(new McSystemId(partner))));

    /// <summary>Obtains a credential to migrate while the primary cannot be reached.</summary>
    public async Task<UserTold> ObtainOfflineCredentialAsync() =>
        Told(await sequence.ObtainOfflineCredentialAsync().ConfigureAwait(false));

    /// <summary>Presents that credential in another MC system than the chosen one.</summary>
    public async Task<UserTold> PresentElsewhereAsync(string system) =>
        Told(await sequence.PresentElsewhereAsync(AddressOf(system)).ConfigureAwait(false));

    /// <summary>Ends service at home.</summary>
    public async Task<ServiceTold> EndAtHomeAsync() => Told(await sequence.EndAtHomeAsync().ConfigureAwait(false));

    /// <summary>Authenticates to the partner.</summary>
    public async Task<UserTold> AuthenticateAsync() => Told(await sequence.AuthenticateAsync().ConfigureAwait(false));

    /// <summary>Registers at the partner's SIP core.</summary>
    public async Task<UserTold> RegisterAsync() => Told(await sequence.RegisterAsync().ConfigureAwait(false));

    /// <summary>Obtains a profile of the partner.</summary>
    public async Task<UserTold> ObtainPartnerProfileAsync(byte index) => Told(await sequence.ObtainPartnerProfileAsync(new ProfileIndex(index)).ConfigureAwait(false));

    /// <summary>Subscribes to changes of it.</summary>
    public async Task<UserTold> SubscribeAsync() =>
        Told(await sequence.SubscribeToPartnerAsync().ConfigureAwait(false));

    /// <summary>Obtains the groups of that profile.</summary>
    public async Task<UserTold> ObtainGroupsAsync() => Told(await sequence.ObtainGroupsAsync().ConfigureAwait(false));

    /// <summary>Asks for migration service authorization with a profile of the primary.</summary>
    public async Task<ServiceTold> AuthorizeAsync(byte profile) => Told(await sequence.AuthorizeAsync(new ProfileIndex(profile)).ConfigureAwait(false));

    /// <summary>The same with other contents.</summary>
    public async Task<ServiceTold> AuthorizeAsync(MigrationExtension contents, string? token = null) => Told(await sequence.AuthorizeAsync(contents, token).ConfigureAwait(false));

    /// <summary>The same with another body.</summary>
    public async Task<ServiceTold> AuthorizeAsync(ReadOnlyMemory<byte> info, byte profile) => Told(await sequence.AuthorizeAsync(info, new ProfileIndex(profile)).ConfigureAwait(false));

    /// <summary>Ends service at the partner.</summary>
    public async Task<ServiceTold> EndAsync() => Told(await sequence.EndAsync().ConfigureAwait(false));

    /// <summary>Asks for service authorization at home.</summary>
    public async Task<ServiceTold> AuthorizeAtHomeAsync(byte profile)
    {
        var set = identitiesFor(home);
        if (set is null || !(await ue.RegisterOverStreamAsync(systems(home), set.Value, TimeSpan.FromHours(1)).ConfigureAwait(false)).IsRegistered) return new ServiceTold(0, "", null);
        return Told(await sequence.AuthorizeAtHomeAsync(new ProfileIndex(profile)).ConfigureAwait(false));
    }

    /// <summary>Asks the primary for connection details of a partner (TR 23.781 6.2.1 step 1), and keeps what comes
    /// beside what the
    /// primary gave (NOTE 3).</summary>
    /// <param name="body">The request.</param>
    /// <param name="token">Another access token than the user's; null for the user's.</param>
    public async Task<(int StatusCode, string Body)> AskConnectionDetailsAsync(string body, string? token = null)
    {
        var fetched = await ue.Documents.ConnectionDetailsAsync(
            $"cms.{home}", token ?? AccessToken, System.Text.Encoding.UTF8.GetBytes(body), PartnerAccess.ContentType)
                .ConfigureAwait(false);
        if (PartnerAccess.TryRead(fetched.Octets, out var read, [])
            && read is PartnerConnectionResponse { Partner: { } partner })
            ue.Storage.Keep(partner, "connection-details", fetched.Octets);
        return (fetched.StatusCode, System.Text.Encoding.UTF8.GetString(fetched.Octets.Span));
    }

    /// <summary>Fetches any document with a token of the user's.</summary>
    public async Task<UserTold> FetchAsync(string uri, string token)
    {
        var fetched = await ue.Documents.GetAsync(uri, token).ConfigureAwait(false);
        return new UserTold(fetched.IsThere, fetched.StatusCode, "");
    }

    /// <summary>Short data that came, in order: sender and text.</summary>
    public IReadOnlyList<(McServiceId From, string Text)> Inbox => [.. inbox.Select(r => (r.From, r.Data.Text))];

    /// <summary>Sends short data to a user, from the MC system that serves this one.</summary>
    /// <param name="system">Domain of the MC system that serves.</param>
    /// <param name="to">To whom.</param>
    /// <param name="text">What.</param>
    /// <param name="at">When.</param>
    public async Task<ServiceTold> SendShortDataAsync(string system, McServiceId to, string text, DateTimeOffset at)
    {
        var data = new ShortData(at, Guid.NewGuid(), Guid.NewGuid(), text);
        var answer = await sequence.SendAsync(new McSystemId(system), psi =>
            shortData.Send(psi, to, data)).ConfigureAwait(false);
        return new ServiceTold(answer.StatusCode, answer.Header(SipHeader.Warning), null);
    }

    /// <summary>Invites a user to a private call, from the MC system that serves this one.</summary>
    /// <param name="system">Domain of the MC system that serves.</param>
    /// <param name="to">Whom.</param>
    public async Task<ServiceTold> InviteAsync(string system, McServiceId to)
    {
        var answer = await sequence.SendAsync(new McSystemId(system), psi =>
            calls.Invite(psi, to)).ConfigureAwait(false);
        return new ServiceTold(answer.StatusCode, answer.Header(SipHeader.Warning), null);
    }

    /// <summary>Affiliates to a group, from the MC system that serves this user.</summary>
    /// <param name="system">Domain of the MC system that serves.</param>
    /// <param name="group">The group.</param>
    public async Task<ServiceTold> AffiliateAsync(string system, McGroupId group)
    {
        var self = system == home ? PrimaryId : PartnerId ?? PrimaryId;
        var answer = await sequence
            .SendAsync(new McSystemId(system), psi => affiliation.Affiliate(psi, self, group)).ConfigureAwait(false);
        return new ServiceTold(answer.StatusCode, answer.Header(SipHeader.Warning), null);
    }

    /// <summary>Reads a document of a configuration management server.</summary>
    /// <param name="system">Domain of the MC system.</param>
    /// <param name="selector">From the AUID on, escaped.</param>
    /// <param name="token">Access token; empty for none.</param>
    public async Task<DocumentTold> ReadAsync(string system, string selector, string token)
    {
        var read = await ue.Documents.GetAsync($"http://cms.{system}/xcap-root/{selector}",
            token).ConfigureAwait(false);
        return new DocumentTold(read.StatusCode, read.ETag, read.Octets);
    }

    /// <summary>Reads a group of an MC system's group management server (CSC-2).</summary>
    public async Task<DocumentTold> ReadGroupAsync(string system, McGroupId group, string token)
    {
        var at = $"http://gms.{system}/xcap-root/{GroupDocument.Auid}/global/byGroupID/{Uri.EscapeDataString(group.Value)}";
        var read = await ue.Documents.GetAsync(at, token).ConfigureAwait(false);
        return new DocumentTold(read.StatusCode, read.ETag, read.Octets);
    }

    /// <summary>Writes one, where it is still the one of an entity tag.</summary>
    public async Task<DocumentTold> WriteAsync(string system, string selector, string token, string mediaType,
        ReadOnlyMemory<byte> octets, string? tag)
    {
        var written = await ue.Documents.PutAsync($"http://cms.{system}/xcap-root/{selector}", token, mediaType, octets,
            tag).ConfigureAwait(false);
        return new DocumentTold(written.StatusCode, written.ETag, written.Octets);
    }

    async Task<bool> ISignallingPlane.RegisterAsync(MigrationPartner partner)
    {
        var set = partner.SipIdentities ?? identitiesFor(partner.Id.Value);
        return set is { } identities && (await ue.RegisterOverStreamAsync(systems(partner.Id.Value), identities, TimeSpan.FromHours(1)).ConfigureAwait(false)).IsRegistered;
    }

    Task<UserAnswer> ISignallingPlane.SendAsync(McSystemId system, UserRequest request) => ue.SendAsync(systems(system.Value), request);

    /// <summary>What comes for the UE's clients. The status to answer.</summary>
    private int Received(SipMessage request)
    {
        if (request.Method == SipMethod.Notify)
        {
            foreach (var change in ChangeNoticesClient.Read(request)) _ = sequence.ChangedAsync(change);
            return 200;
        }

        if (PrivateCallClient.Read(request) is not null) return SignallingUserAgent.Declined;
        if (request.Method != SipMethod.Message || ShortDataClient.Read(request) is not { } received) return 488;
        inbox.Enqueue(received);
        return 200;
    }

    private static IdentityServerAddress AddressOf(string system) =>
        new(new Uri($"http://idms.{system}/authorize"), new Uri($"http://idms.{system}/token"),
            BundledApplicationPlane.Issuer(system));

    private static UserTold Told(SequenceStep step) => new(step.IsDone, step.StatusCode, step.Reason);

    private static ServiceTold Told(ServiceAnswer answer) => new(answer.StatusCode, answer.Warning, answer.Migration);
}
