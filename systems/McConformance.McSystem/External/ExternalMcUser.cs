using System.Text;
using McConformance.McSystem.Application;
using McConformance.McSystem.Configuration;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.McSystem.External;

/// <summary>A user of a UE that another process runs: presses its buttons, and knows what it showed last. What no user
/// can do with buttons is not offered.</summary>
/// <param name="ue">The UE.</param>
/// <param name="name">The user.</param>
/// <param name="id">Identity at home.</param>
internal sealed class ExternalMcUser(ExternalUserEquipment ue, string name, McServiceId id) : IMcUser
{
    private UserDisplay display = new();
    private bool isBlind;

    public McServiceId PrimaryId => id;

    public McServiceId? PartnerId => display.PartnerId;

    public string AccessToken => display.AccessToken ?? throw NotTold("the access token of the primary");

    public string PartnerAccessToken => display.PartnerAccessToken ?? throw NotTold("the access token of the partner");

    public IReadOnlyList<GroupDescription> Groups =>
        [.. (display.Groups ?? throw NotTold("the groups that it has obtained")).Select(g => g.Description)];

    public string PartnerProfileName => Seen.PartnerProfile ?? throw NotTold("the partner's profile in use");

    public IReadOnlyCollection<string> PartnerActions =>
        Seen.PartnerActions ?? throw NotTold("what the partner's profile allows");

    public IReadOnlyCollection<string> HomeActions =>
        display.HomeActions ?? throw NotTold("what the primary's profile allows");

    public MigrationExtension? Verification => Seen.Verification;

    public IReadOnlyList<(McServiceId From, string Text)> Inbox =>
        [.. (Seen.Inbox ?? throw NotTold("short data that came")).Select(t => (t.From, t.Text))];

    public async Task LookAsync()
    {
        try
        {
            await PressAsync(UserButtons.Look, new UserAction()).ConfigureAwait(false);
        }
        catch (NotOfferedException)
        {
            // what was seen with the last answer may have changed since
            isBlind = true;
        }
    }

    public Task<UserTold> SignInAsync(string? password = null) =>
        DoAsync(UserButtons.SignIn, new UserAction { Password = password });

    public Task<UserTold> ObtainProfileAsync(byte index) =>
        DoAsync(UserButtons.ObtainProfile, new UserAction { Profile = new ProfileIndex(index) });

    public Task<UserTold> SelectAsync(string partner) =>
        DoAsync(UserButtons.ChoosePartner, new UserAction { System = partner });

    public Task<UserTold> ObtainOfflineCredentialAsync() => DoAsync(UserButtons.ObtainCredential, new UserAction());

    public Task<UserTold> PresentElsewhereAsync(string system) =>
        DoAsync(UserButtons.PresentCredential, new UserAction { System = system });

    public Task<ServiceTold> EndAtHomeAsync() => ServeAsync(UserButtons.EndServiceAtHome, new UserAction());

    public Task<UserTold> AuthenticateAsync() => DoAsync(UserButtons.Authenticate, new UserAction());

    public Task<UserTold> RegisterAsync() => DoAsync(UserButtons.Migrate, new UserAction());

    public Task<UserTold> ObtainPartnerProfileAsync(byte index) =>
        DoAsync(UserButtons.ObtainPartnerProfile, new UserAction { Profile = new ProfileIndex(index) });

    public Task<UserTold> SubscribeAsync() => DoAsync(UserButtons.Subscribe, new UserAction());

    public Task<UserTold> ObtainGroupsAsync() => DoAsync(UserButtons.ObtainGroups, new UserAction());

    public Task<ServiceTold> AuthorizeAsync(byte profile) =>
        ServeAsync(UserButtons.RequestService, new UserAction { Profile = new ProfileIndex(profile) });

    public Task<ServiceTold> AuthorizeAsync(MigrationExtension contents, string? token = null) =>
        NoButton<ServiceTold>("request service with contents of the harness's making");

    public Task<ServiceTold> AuthorizeAsync(ReadOnlyMemory<byte> info, byte profile) =>
        NoButton<ServiceTold>("request service with a body of the harness's making");

    public Task<ServiceTold> EndAsync() => ServeAsync(UserButtons.EndService, new UserAction());

    public Task<ServiceTold> AuthorizeAtHomeAsync(byte profile) =>
        ServeAsync(UserButtons.RequestServiceAtHome, new UserAction { Profile = new ProfileIndex(profile) });

    /// <summary>A user says where to go; the UE makes the request.</summary>
    public async Task<(int StatusCode, string Body)> AskConnectionDetailsAsync(string body, string? token = null)
    {
        if (token is not null || !PartnerAccess.TryRead(Encoding.UTF8.GetBytes(body), out var read, [])
            || read is not PartnerConnectionRequest asked || asked.User != id)
            return await NoButton<(int, string)>(
                "ask for connection details with a request of the harness's making").ConfigureAwait(false);
        var answer = await PressAsync(UserButtons.ConnectionDetails, new UserAction
        {
            Plmn = asked.Location.Plmn,
            Area = asked.Location.Area,
            System = asked.WantedPartner?.Value,
        }).ConfigureAwait(false);
        return (answer.StatusCode, answer.Document ?? "");
    }

    public Task<UserTold> FetchAsync(string uri, string token) => NoButton<UserTold>("fetch a document by its address");

    public Task<ServiceTold> SendShortDataAsync(string system, McServiceId to, string text, DateTimeOffset at) =>
        ServeAsync(UserButtons.SendShortData, new UserAction { System = system, To = to, Text = text });

    public Task<ServiceTold> InviteAsync(string system, McServiceId to) =>
        ServeAsync(UserButtons.Call, new UserAction { System = system, To = to });

    public Task<ServiceTold> AffiliateAsync(string system, McGroupId group) =>
        ServeAsync(UserButtons.Affiliate, new UserAction { System = system, Group = group });

    public Task<DocumentTold> ReadAsync(string system, string selector, string token) =>
        NoButton<DocumentTold>("read a document by its selector");

    public Task<DocumentTold> ReadGroupAsync(string system, McGroupId group, string token) =>
        NoButton<DocumentTold>("read a group by its identity");

    public Task<DocumentTold> WriteAsync(string system, string selector, string token, string mediaType,
        ReadOnlyMemory<byte> octets, string? tag) => NoButton<DocumentTold>("write a document");

    /// <summary>For what changes without the user's doing.</summary>
    private UserDisplay Seen =>
        isBlind ? throw NotTold($"what its display shows (button {UserButtons.Look})") : display;

    private async Task<UserTold> DoAsync(string button, UserAction action)
    {
        var answer = await PressAsync(button, action).ConfigureAwait(false);
        return new UserTold(answer.IsDone, answer.StatusCode, answer.Reason ?? "");
    }

    private async Task<ServiceTold> ServeAsync(string button, UserAction action)
    {
        var answer = await PressAsync(button, action).ConfigureAwait(false);
        return new ServiceTold(answer.StatusCode, answer.Warning ?? "", answer.Migration);
    }

    private async Task<UserActionAnswer> PressAsync(string button, UserAction action)
    {
        var answer = await ue.PressAsync(button, action with { User = name }).ConfigureAwait(false);
        display = answer.Display ?? display;
        return answer;
    }

    private Task<T> NoButton<T>(string what) => Task.FromException<T>(
        new NotOfferedException($"{ue.Name} is external, and no button of a UE lets its user {what}"));

    private NotOfferedException NotTold(string what) => new($"the operator port of {ue.Name} does not tell {what}");
}
