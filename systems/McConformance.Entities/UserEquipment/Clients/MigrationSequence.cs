using System.Text;
using McConformance.Wire.Documents;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Entities.UserEquipment.Clients;

using McService = McConformance.Wire.Documents.McService;

/// <summary>What the clients of a UE need of its signalling plane.</summary>
public interface ISignallingPlane
{
    /// <summary>Registers at the SIP core of a partner (TS 23.280 10.1.6.2). False where it was refused.</summary>
    Task<bool> RegisterAsync(MigrationPartner partner);

    /// <summary>Sends through the SIP core of that MC system.</summary>
    Task<UserAnswer> SendAsync(McSystemId system, UserRequest request);
}

/// <summary>Where a step of the sequence ended.</summary>
/// <param name="IsDone">As the user wanted.</param>
/// <param name="StatusCode">HTTP or SIP status that decided; 0 where nothing was sent or no answer came.</param>
/// <param name="Reason">Why not; empty where it is done.</param>
public sealed record SequenceStep(bool IsDone, int StatusCode, string Reason)
{
    internal static SequenceStep Done(int status) => new(true, status, "");
}

/// <summary>
/// Configuration and authorization for migration in the order of TS 23.280 10.1.1.2: the profile of the primary, the choice of a partner that it
/// lists, authentication to the partner, signalling plane migration, the partner's profile, the groups that it lists, service
/// authorization. A step that is taken before its time fails without sending anything. One user on one UE.
/// </summary>
public sealed class MigrationSequence(
    IdentityManagementClient identity, DocumentClient documents, UserEquipmentStorage storage, McServiceClient client, McService service, ISignallingPlane plane)
{
    private readonly McServiceNames names = McServiceNames.Of(service);
    private IdentityServerAddress? home;
    private TokenSet? tokens;
    private TokenSet? partnerTokens;
    private string etag = "";
    private string profileTag = "";
    private ProfileIndex partnerProfileIndex;

    /// <summary>The user's identity at home; null before signing in.</summary>
    public McServiceId? PrimaryId { get; private set; }

    /// <summary>The user's identity at the partner; null before authentication there.</summary>
    public McServiceId? PartnerId { get; private set; }

    /// <summary>The profile of the primary in use: for access information only (TS 23.280 10.1.1.2 NOTE 4).</summary>
    public UserProfile? PrimaryProfile { get; private set; }

    /// <summary>The profile of the partner in use.</summary>
    public UserProfile? PartnerProfile { get; private set; }

    /// <summary>The partner that was chosen.</summary>
    public MigrationPartner? Partner { get; private set; }

    /// <summary>Groups obtained.</summary>
    public IReadOnlyList<GroupDocument> Groups { get; private set; } = [];

    /// <summary>Access token of the primary; empty before signing in.</summary>
    public string AccessToken => tokens?.AccessToken ?? "";

    /// <summary>Access token of the partner; empty before authentication there.</summary>
    public string PartnerAccessToken => partnerTokens?.AccessToken ?? "";

    /// <summary>What was last said of the verification of an offline migration; null where nothing was (TR 23.781
    /// 5.2.10).</summary>
    public MigrationExtension? Verification { get; private set; }

    /// <summary>Authenticates at home.</summary>
    public async Task<SequenceStep> SignInAsync(IdentityServerAddress server, string user, string password)
    {
        var login = await identity.LoginAsync(server, Scopes, user, password).ConfigureAwait(false);
        if (login.Tokens is null) return new SequenceStep(false, login.StatusCode, login.Error.Length > 0 ? login.Error : "authentication failed");
        (home, tokens) = (server, login.Tokens);
        PrimaryId = IdentityManagementClient.ReadClaim(tokens.AccessToken, names.IdClaim) is { } id ? new McServiceId(id) : null;
        storage.SignIn(user);
        return SequenceStep.Done(login.StatusCode);
    }

    /// <summary>Obtains a profile of the primary, or takes the one that is kept from before.</summary>
    public async Task<SequenceStep> ObtainProfileAsync(string xcapRoot, ProfileIndex index)
    {
        if (tokens is null || PrimaryId is not { } user) return Early("signing in");
        var kept = storage.Find(user.System, Name(index));
        var fetched = kept is null ? await documents.UserProfileAsync(xcapRoot, tokens.AccessToken, user, index, service).ConfigureAwait(false) : new FetchedDocument(kept.Value, 200, null);
        if (!fetched.IsThere) return new SequenceStep(false, fetched.StatusCode, "no profile");
        var findings = new List<DocumentFinding>();
        if (!UserProfile.TryRead(fetched.Octets, out var profile, findings)) return new SequenceStep(false, fetched.StatusCode, $"the profile cannot be read: {findings.FirstOrDefault()}");
        PrimaryProfile = profile;
        storage.Keep(user.System, Name(index), fetched.Octets);
        return SequenceStep.Done(fetched.StatusCode);
    }

    /// <summary>Chooses a partner that the profile lists.</summary>
    public SequenceStep Select(McSystemId partner)
    {
        if (PrimaryProfile is null) return Early("obtaining the profile");
        Partner = PrimaryProfile.MigrationTo(partner);
        return Partner is null ? new SequenceStep(false, 0, "the profile does not list the partner") : SequenceStep.Done(0);
    }

    /// <summary>Obtains a credential for the chosen partner, to migrate while the primary cannot be reached (TR
    /// 23.781 5.2.10).</summary>
    public async Task<SequenceStep> ObtainOfflineCredentialAsync()
    {
        if (Partner is null || tokens is null || home is null) return Early("choosing a partner");
        var exchanged = await identity.ExchangeAsync(home, tokens.AccessToken, Partner.IdmsAudience,
            client.OfflineCredentialType).ConfigureAwait(false);
        if (exchanged.Tokens is null) return new SequenceStep(false, exchanged.StatusCode, $"primary: {exchanged.Error}");
        storage.Keep(Partner.Id, OfflineCredential, Encoding.ASCII.GetBytes(exchanged.Tokens.AccessToken));
        return SequenceStep.Done(exchanged.StatusCode);
    }

    /// <summary>Authenticates to the partner by a security token of the primary; where the primary cannot be
    /// reached, by a credential that
    /// was obtained beforehand.</summary>
    public async Task<SequenceStep> AuthenticateAsync()
    {
        if (Partner is null || tokens is null || home is null) return Early("choosing a partner");
        var exchanged = await identity.ExchangeAsync(home, tokens.AccessToken, Partner.IdmsAudience).ConfigureAwait(false);
        if (exchanged.Tokens is not null) return await PresentAsync(exchanged.Tokens.AccessToken).ConfigureAwait(false);
        var kept = exchanged.StatusCode is 0 or >= 500 ? storage.Find(Partner.Id, OfflineCredential) : null;
        return kept is null
            ? new SequenceStep(false, exchanged.StatusCode, $"primary: {exchanged.Error}")
            : await PresentAsync(Encoding.ASCII.GetString(kept.Value.Span)).ConfigureAwait(false);
    }

    /// <summary>Presents the credential for the chosen partner to another identity management server.</summary>
    public async Task<SequenceStep> PresentElsewhereAsync(IdentityServerAddress at)
    {
        if (Partner is null || storage.Find(Partner.Id, OfflineCredential) is not { } kept)
            return Early("obtaining a credential");
        var presented = await identity.PresentAsync(at, Encoding.ASCII.GetString(kept.Span), Scopes)
            .ConfigureAwait(false);
        return presented.IsSuccess
            ? SequenceStep.Done(presented.StatusCode)
            : new SequenceStep(false, presented.StatusCode, $"partner: {presented.Error}");
    }

    private async Task<SequenceStep> PresentAsync(string securityToken)
    {
        var servers = Partner!.Access.Servers;
        var at = new IdentityServerAddress(Plain(servers.IdmsAuthorization), Plain(servers.IdmsToken), Partner.IdmsAudience);
        var presented = await identity.PresentAsync(at, securityToken, Scopes).ConfigureAwait(false);
        if (presented.Tokens is null) return new SequenceStep(false, presented.StatusCode, $"partner: {presented.Error}");
        partnerTokens = presented.Tokens;
        PartnerId = IdentityManagementClient.ReadClaim(partnerTokens.AccessToken, names.IdClaim) is { } id ? new McServiceId(id) : null;
        return PartnerId is null ? new SequenceStep(false, presented.StatusCode, "no identity for the service") : SequenceStep.Done(presented.StatusCode);
    }

    /// <summary>Signalling plane migration.</summary>
    public async Task<SequenceStep> RegisterAsync()
    {
        if (Partner is null || partnerTokens is null) return Early("authenticating to the partner");
        return await plane.RegisterAsync(Partner).ConfigureAwait(false) ? SequenceStep.Done(200) : new SequenceStep(false, 0, "signalling plane registration failed");
    }

    /// <summary>Obtains a profile of the partner.</summary>
    public async Task<SequenceStep> ObtainPartnerProfileAsync(ProfileIndex index)
    {
        if (Partner is null || partnerTokens is null || PartnerId is not { } user) return Early("authenticating to the partner");
        var fetched = await documents.UserProfileAsync(Partner.Access.CmsXcapRoot, partnerTokens.AccessToken, user, index, service).ConfigureAwait(false);
        if (!fetched.IsThere) return new SequenceStep(false, fetched.StatusCode, "no profile");
        var findings = new List<DocumentFinding>();
        if (!UserProfile.TryRead(fetched.Octets, out var profile, findings)) return new SequenceStep(false, fetched.StatusCode, $"the profile cannot be read: {findings.FirstOrDefault()}");
        (PartnerProfile, profileTag) = (profile, fetched.ETag?.Trim('"') ?? "");
        partnerProfileIndex = index;
        storage.Keep(Partner.Id, Name(index), fetched.Octets);
        return SequenceStep.Done(fetched.StatusCode);
    }

    /// <summary>Obtains the groups that the partner's profile lists, from the partner.</summary>
    public async Task<SequenceStep> ObtainGroupsAsync()
    {
        if (PartnerProfile is null || partnerTokens is null) return Early("obtaining the partner's profile");
        var obtained = new List<GroupDocument>();
        var last = 0;
        foreach (var group in PartnerProfile.Groups)
        {
            var fetched = await documents.GroupAsync(Partner!.Access.GmsXcapRoot, partnerTokens.AccessToken, group.Id).ConfigureAwait(false);
            last = fetched.StatusCode;
            if (!fetched.IsThere || !GroupDocument.TryRead(fetched.Octets, out var document, [])) return new SequenceStep(false, last, $"no configuration of {group.Id}");
            obtained.Add(document);
        }

        Groups = obtained;
        return SequenceStep.Done(last);
    }

    /// <summary>Migration service authorization (TS 23.280 10.6.3.3).</summary>
    public Task<ServiceAnswer> AuthorizeAsync(ProfileIndex selected) => AuthorizeAsync(new MigrationExtension
    {
        PartnerMcServiceId = PartnerId,
        PrimaryMcServiceId = PrimaryId,
        UserProfileIndex = selected,
    });

    /// <summary>The same with contents of the caller's own making.</summary>
    public async Task<ServiceAnswer> AuthorizeAsync(MigrationExtension contents, string? token = null)
    {
        if (Partner is null || partnerTokens is null || PartnerProfile is null) return new ServiceAnswer(0, "", null, "");
        var answer = await SendAsync(
            client.Migrate(Psi(Partner.Id), token ?? partnerTokens.AccessToken, contents)).ConfigureAwait(false);
        if (answer.Migration is { IsVerified: not null } told) await VerifiedAsync(told).ConfigureAwait(false);
        return answer;
    }

    /// <summary>Takes a request of the partner's server. False where it is none for this client.</summary>
    public bool Receive(SipMessage message)
    {
        if (client.ReadVerification(message) is not { } told || told.PartnerMcServiceId != PartnerId) return false;
        _ = VerifiedAsync(told);
        return true;
    }

    /// <summary>Verified: the profile is another now (TR 23.781 5.2.10), and is fetched.</summary>
    private async Task VerifiedAsync(MigrationExtension told)
    {
        Verification = told;
        if (told.IsVerified == true) await ObtainPartnerProfileAsync(partnerProfileIndex).ConfigureAwait(false);
    }

    /// <summary>The same with a body of the caller's own making.</summary>
    public Task<ServiceAnswer> AuthorizeAsync(ReadOnlyMemory<byte> info, ProfileIndex selected) => SendAsync(client.WithInfo(Psi(Partner!.Id), info, selected));

    /// <summary>Ends service at the partner.</summary>
    public Task<ServiceAnswer> EndAsync() => SendAsync(client.End(Psi(Partner!.Id), etag));

    /// <summary>Ends service at home.</summary>
    public async Task<ServiceAnswer> EndAtHomeAsync() => PrimaryId is { } user
        ? client.Read(await plane.SendAsync(user.System, client.End(Psi(user.System), "")).ConfigureAwait(false))
        : new ServiceAnswer(0, "", null, "");

    /// <summary>Service authorization at home (TS 23.280 10.6.2).</summary>
    public async Task<ServiceAnswer> AuthorizeAtHomeAsync(ProfileIndex selected)
    {
        if (tokens is null || PrimaryId is not { } user) return new ServiceAnswer(0, "", null, "");
        return client.Read(await plane.SendAsync(user.System, client.Authorize(Psi(user.System), tokens.AccessToken, selected)).ConfigureAwait(false));
    }

    /// <summary>Subscribes to changes of the partner's configuration, which has effect during service (TS 23.280
    /// 10.1.1.2).</summary>
    public async Task<SequenceStep> SubscribeToPartnerAsync()
    {
        if (Partner is null || partnerTokens is null
            || PartnerProfile is null) return Early("obtaining the partner's profile");
        var request = new ChangeNoticesClient(service).Subscribe($"sip:cms@{Partner.Id.Value}",
            partnerTokens.AccessToken, ProfileSelector);
        var answer = await plane.SendAsync(Partner.Id, request).ConfigureAwait(false);
        return answer.StatusCode is >= 200 and < 300
            ? SequenceStep.Done(answer.StatusCode)
            : new SequenceStep(false, answer.StatusCode, "no notices of changes");
    }

    /// <summary>A document changed: the profile in use is obtained anew, where it is the one and is another than was
    /// obtained.</summary>
    public Task ChangedAsync(XcapChange change)
    {
        if (PartnerProfile is not { } profile || change.NewEtag == profileTag) return Task.CompletedTask;
        return Uri.UnescapeDataString(change.Selector) == Uri.UnescapeDataString(ProfileSelector)
            ? ObtainPartnerProfileAsync(profile.Index)
            : Task.CompletedTask;
    }

    /// <summary>Sends a request of another client of the UE to the service's server of an MC system, partner or
    /// primary.</summary>
    public Task<UserAnswer> SendAsync(McSystemId system, Func<string, UserRequest> request) =>
        plane.SendAsync(system, request(Psi(system)));

    private string ProfileSelector =>
        $"{names.UserProfileAuid}/users/{Uri.EscapeDataString($"{PartnerId}")}/{Name(PartnerProfile!.Index)}.xml";

    private const string OfflineCredential = "offline-credential";

    private string Scopes => $"{names.ServiceScope} {names.GroupManagementScope} {names.ConfigurationManagementScope}";

    private string Psi(McSystemId system) => $"sip:{names.PsiPrefix}@{system.Value}";

    private string Name(ProfileIndex index) => $"{names.Token}-user-profile-{index}";

    private static Uri Plain(string uri) => new(uri.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? "http" + uri[5..] : uri);

    private static SequenceStep Early(string before) => new(false, 0, $"{before} comes first");

    private async Task<ServiceAnswer> SendAsync(UserRequest request)
    {
        var answer = client.Read(await plane.SendAsync(Partner!.Id, request).ConfigureAwait(false));
        if (answer.ETag.Length > 0) etag = answer.ETag;
        return answer;
    }
}
