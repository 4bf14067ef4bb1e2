using System.Collections.Concurrent;
using McConformance.McSystem.Application;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.Steps.TestConfiguration;

/// <summary>How one step of a user's way ended.</summary>
/// <param name="IsDone">It succeeded.</param>
/// <param name="StatusCode">Status that decided; 0 where nothing was sent or no answer came.</param>
/// <param name="Reason">Why not.</param>
public sealed record StepSeen(bool IsDone, int StatusCode, string Reason);

/// <summary>What a user was told of service.</summary>
/// <param name="StatusCode">SIP status; 0 where nothing was sent or no answer came.</param>
/// <param name="Warning">Text of the Warning; empty where none.</param>
/// <param name="Migration">Identities and result; null where none came.</param>
public sealed record ServiceSeen(int StatusCode, string Warning, MigrationExtension? Migration);

/// <summary>What a user was told of a document.</summary>
/// <param name="StatusCode">HTTP status; 0 where no answer came.</param>
/// <param name="ETag">Entity tag with its quotes; null where none.</param>
/// <param name="Octets">The document, or what stands in its place; empty where none.</param>
public sealed record DocumentSeen(int StatusCode, string? ETag, ReadOnlyMemory<byte> Octets);

/// <summary>What users and administrators do on the application plane.</summary>
public sealed partial class SystemsUnderTest
{
    private readonly ConcurrentDictionary<string, IMcUser> mcUsers = [];

    /// <summary>The user's identity at home and, once authenticated there, at the partner.</summary>
    public (string Primary, string? Partner) IdentitiesOf(string user) =>
        (McUser(user).PrimaryId.Value, McUser(user).PartnerId?.Value);

    /// <summary>Access tokens of a user: of the primary, and of the partner.</summary>
    public (string Primary, string Partner) TokensOf(string user) => External.Offered(() =>
        (McUser(user).AccessToken, McUser(user).PartnerAccessToken));

    /// <summary>Name of the partner's profile in use.</summary>
    public string PartnerProfileOf(string user) => External.Offered(() => McUser(user).PartnerProfileName);

    /// <summary>Groups that the user's UE has obtained.</summary>
    public IReadOnlyList<GroupDescription> GroupsOf(string user) => External.Offered(() => McUser(user).Groups);

    /// <summary>Takes one step of the sequence of TS 23.280 10.1.1.2.</summary>
    /// <param name="user">The user.</param>
    /// <param name="step">In the words of the features.</param>
    /// <exception cref="ArgumentException">No step is called so.</exception>
    public async Task<StepSeen> TakeAsync(string user, string step)
    {
        var mc = McUser(user);
        var told = await External.OfferedAsync(step switch
        {
            "signs in at home" => mc.SignInAsync(),
            "signs in at home with a wrong password" => mc.SignInAsync("wrong"),
            "obtains the primary's profile" => mc.ObtainProfileAsync(1),
            "chooses the partner MC system" => mc.SelectAsync(ScenarioPlan.DomainOf("partner")),
            "chooses the third MC system" => mc.SelectAsync(ScenarioPlan.DomainOf("third")),
            "obtains a credential for offline migration" => mc.ObtainOfflineCredentialAsync(),
            "authenticates to the partner" => mc.AuthenticateAsync(),
            "registers at the partner's SIP core" => mc.RegisterAsync(),
            "obtains the partner's profile" => mc.ObtainPartnerProfileAsync(1),
            "subscribes to changes of the partner's profile" => mc.SubscribeAsync(),
            "obtains the groups of the partner's profile" => mc.ObtainGroupsAsync(),
            _ => throw new ArgumentException($"no step is called \"{step}\""),
        });
        return new StepSeen(told.IsDone, told.StatusCode, told.Reason);
    }

    /// <summary>Asks for migration service authorization.</summary>
    public async Task<ServiceSeen> AuthorizeAsync(string user, byte profile) =>
        Seen(await External.OfferedAsync(McUser(user).AuthorizeAsync(profile)));

    /// <summary>The same with other contents.</summary>
    public async Task<ServiceSeen> AuthorizeAsync(string user, MigrationExtension contents, string? token) =>
        Seen(await External.OfferedAsync(McUser(user).AuthorizeAsync(contents, token)));

    /// <summary>The same with another body.</summary>
    public async Task<ServiceSeen> AuthorizeAsync(string user, ReadOnlyMemory<byte> info, byte profile) =>
        Seen(await External.OfferedAsync(McUser(user).AuthorizeAsync(info, profile)));

    /// <summary>Ends service at the partner.</summary>
    public async Task<ServiceSeen> EndServiceAsync(string user) =>
        Seen(await External.OfferedAsync(McUser(user).EndAsync()));

    /// <summary>Asks for service authorization at home.</summary>
    public async Task<ServiceSeen> AuthorizeAtHomeAsync(string user) =>
        Seen(await External.OfferedAsync(McUser(user).AuthorizeAtHomeAsync(1)));

    /// <summary>Asks the primary for connection details of a partner.</summary>
    /// <param name="user">The user.</param>
    /// <param name="body">The request.</param>
    /// <param name="token">Another token than the user's; null for the user's.</param>
    public Task<(int StatusCode, string Body)> AskConnectionDetailsAsync(string user, string body,
        string? token = null) =>
        External.OfferedAsync(McUser(user).AskConnectionDetailsAsync(body, token));

    /// <summary>Fetches any document with any token.</summary>
    public async Task<StepSeen> FetchAsync(string user, string uri, string token)
    {
        var told = await External.OfferedAsync(McUser(user).FetchAsync(uri, token));
        return new StepSeen(told.IsDone, told.StatusCode, told.Reason);
    }

    /// <summary>Domain of a user's primary MC system.</summary>
    public string HomeOf(string user) => plan.Users[user].Home;

    /// <summary>The service that a user uses.</summary>
    public McService ServiceOf(string user) =>
        plan.Network.Systems.First(s => s.Domain == HomeOf(user)).Application!.Services.First();

    /// <summary>Sends short data from the MC system of a role to a user of another or the same.</summary>
    public async Task<ServiceSeen> SendShortDataAsync(string user, string role, McServiceId to, string text) =>
        Seen(await External.OfferedAsync(McUser(user).SendShortDataAsync(
            ScenarioPlan.DomainOf(role), to, text, Links.Time.GetUtcNow())));

    /// <summary>Invites a user of another MC system or the same to a private call, from the MC system of a
    /// role.</summary>
    public async Task<ServiceSeen> InviteAsync(string user, string role, McServiceId to) =>
        Seen(await External.OfferedAsync(McUser(user).InviteAsync(ScenarioPlan.DomainOf(role), to)));

    /// <summary>Affiliates to a group, from the MC system of a role.</summary>
    public async Task<ServiceSeen> AffiliateAsync(string user, string role, McGroupId group) =>
        Seen(await External.OfferedAsync(McUser(user).AffiliateAsync(ScenarioPlan.DomainOf(role), group)));

    /// <summary>Short data that came to a user: sender and text.</summary>
    public IReadOnlyList<(McServiceId From, string Text)> InboxOf(string user) =>
        External.Offered(() => McUser(user).Inbox);

    /// <summary>Reads a document of an MC system's configuration management server.</summary>
    public async Task<DocumentSeen> ReadDocumentAsync(string user, string role, string selector, string token) =>
        Seen(await External.OfferedAsync(McUser(user).ReadAsync(ScenarioPlan.DomainOf(role), selector, token)));

    /// <summary>Reads the group joint-ops at an MC system, with the user's token of it.</summary>
    public async Task<DocumentSeen> ReadGroupAsync(string user, string domain)
    {
        var token = domain == HomeOf(user) ? TokensOf(user).Primary : TokensOf(user).Partner;
        return Seen(await External.OfferedAsync(McUser(user).ReadGroupAsync(domain, ScenarioPlan.JointOps, token)));
    }

    /// <summary>Writes one, where it is still the one of an entity tag.</summary>
    public async Task<DocumentSeen> WriteDocumentAsync(string user, string role, string selector, string mediaType,
        ReadOnlyMemory<byte> octets, string? tag) =>
        Seen(await External.OfferedAsync(McUser(user).WriteAsync(
            ScenarioPlan.DomainOf(role), selector, TokensOf(user).Primary, mediaType,
            octets, tag)));

    /// <summary>An administrator provides the group that is at home in the primary to the partner.</summary>
    /// <returns>What the partner answered; 0 where it did not.</returns>
    public async Task<int> ProvideGroupAsync() =>
        await External.OfferedAsync(network.ProvideGroupAsync(ScenarioPlan.DomainOf("primary"), ScenarioPlan.JointOps, ScenarioPlan.DomainOf("partner"))) ?? -1;

    /// <summary>Names and addresses of the application plane that topology hiding covers.</summary>
    public IReadOnlyCollection<string> ApplicationInnerNamesOf(string role) => network[ScenarioPlan.DomainOf(role)].ApplicationInnerNames;

    private IMcUser McUser(string user)
    {
        if (mcUsers.TryGetValue(user, out var known)) return known;
        var owner = plan.Users[user];
        var service = plan.Network.Systems.First(s => s.Domain == owner.Home).Application!.Services.First();
        return mcUsers[user] = network.AddMcUser(
            agents[plan.Owners.GetValueOrDefault(user, user)], owner.Home, user, service, d => owner.Connectivity.TryGetValue(d, out var set) ? set : null);
    }

    private static DocumentSeen Seen(DocumentTold told) => new(told.StatusCode, told.ETag, told.Octets);

    private static ServiceSeen Seen(ServiceTold told) => new(told.StatusCode, told.Warning, told.Migration);
}
