using System.Net;
using System.Net.Sockets;
using System.Text;
using McConformance.Entities.UserEquipment;
using McConformance.McSystem.Application;
using McConformance.McSystem.Configuration;
using McConformance.Wire;
using McConformance.Wire.Authentication;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Time;
using McConformance.Wire.Transport;

namespace McConformance.McSystem.External;

/// <summary>A UE that stands alone in its process, on a clock of its own: the other end of
/// <see cref="ExternalUserEquipment"/>. Thread safe, but its buttons are pressed one at a time.</summary>
public sealed class ServedUserEquipment : IAsyncDisposable
{
    private const int Hour = 3600;
    private readonly UserEquipmentFile file;
    private readonly TimerWheel wheel;
    private readonly ShiftableTime time;
    private readonly ServedClock clock;
    private readonly BundledUserEquipment ue;
    private readonly Dictionary<string, IMcSystem> systems;
    private readonly Dictionary<string, BundledMcUser> users = [];

    /// <summary>Makes it, and binds its sockets.</summary>
    /// <param name="file">What it is.</param>
    /// <param name="time">Its clock, which nobody else puts forward.</param>
    /// <exception cref="InvalidDataException">Something in the file cannot be used; says what and where.</exception>
    /// <exception cref="SocketException">Its address is none of this machine.</exception>
    public ServedUserEquipment(UserEquipmentFile file, ShiftableTime time)
    {
        file.Validate();
        this.file = file;
        systems = file.Systems.ToDictionary(s => s.Domain, IMcSystem (s) => new KnownMcSystem(
            new McSystemOptions(s.Domain, s.SipDomain), [.. s.Endpoints.Select(e => e.ToNode())]),
            StringComparer.OrdinalIgnoreCase);
        var options = new NetworkOptions
        {
            Certificates = McSystemFile.CertificatesOf(file.Protection),
            ProtectsApplicationPlane = file.Protection.ApplicationPlane,
            SipTimers = file.Timers.ToSip(),
            UserAnswerTime = file.Timers.UserAnswer,
            StreamIdle = file.Timers.StreamIdle,
        };
        var directory = new HttpDirectory(options.ProtectsApplicationPlane, options.Certificates);
        foreach (var system in systems.Values) directory.Add(system);
        wheel = new TimerWheel(time);
        var isim = new Isim(new SipIdentitySet(file.Isim.Private, file.Isim.Public),
            Milenage.FromOpc(file.Isim.Key, file.Isim.Opc), file.Isim.Sqn);
        this.time = time;
        var links = new LinkBook(time);
        clock = new ServedClock(time, links);
        ue = BundledUserEquipment.Start(file.Name, isim, links, wheel, options, directory,
            OwnAddress.Of(file.Listen.Address));
    }

    /// <summary>Its name.</summary>
    public string Name => file.Name;

    /// <summary>Where it takes SIP.</summary>
    /// <param name="id">Name to give it.</param>
    public ProvisionedUserEquipment Describe(string id) => new(id, [.. ue.Endpoints.Select(EndpointSettings.Of)]);

    /// <summary>Somebody presses a button. Completes when the user is told.</summary>
    /// <param name="button">Which, as paths of the operator port name it.</param>
    /// <param name="action">What goes with it.</param>
    /// <returns>Null where there is no such button.</returns>
    /// <exception cref="ArgumentException">Something that the button needs is missing; says what.</exception>
    public async Task<UserActionAnswer?> PressAsync(string button, UserAction action)
    {
        if (button == UserButtons.Registration) return await RegisterAsync(action).ConfigureAwait(false);
        var user = UserOf(action);
        var answer = await StepAsync(button, user, action).ConfigureAwait(false)
            ?? await ServeAsync(button, user, action).ConfigureAwait(false);
        return answer is null ? null : answer with { Display = Show(user) };
    }

    /// <summary>Puts its clock forward; timers that fall due on the way fire.</summary>
    /// <exception cref="ArgumentException">Clocks do not go so.</exception>
    public Task<ClockAnswer> ForwardAsync(ClockRequest request) => clock.ForwardAsync(request);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ue.DisposeAsync().ConfigureAwait(false);
        wheel.Dispose();
    }

    private async Task<UserActionAnswer> RegisterAsync(UserAction action)
    {
        var domain = Needed(action.System, "system");
        var system = SystemOf(domain);
        SipIdentitySet? identities = action.Identities is { } told
            ? new SipIdentitySet(told.Private, told.Public) : IdentitiesFor(domain);
        var ended = await ue.RegisterAsync(system, identities, TimeSpan.FromSeconds(action.Expires ?? Hour))
            .ConfigureAwait(false);
        return new UserActionAnswer
        {
            IsDone = ended.IsRegistered || ended.IsDeregistered,
            StatusCode = ended.StatusCode,
            IsNetworkNotGenuine = ended.IsNetworkNotGenuine,
            HasNoConnectivity = ended.HasNoConnectivity,
        };
    }

    /// <summary>Steps on the way to service (TS 23.280 10.1.1.2). Null where the button is none of these.</summary>
    private static async Task<UserActionAnswer?> StepAsync(string button, BundledMcUser user, UserAction action)
    {
        Task<UserTold>? step = button switch
        {
            UserButtons.SignIn => user.SignInAsync(action.Password),
            UserButtons.ObtainProfile => user.ObtainProfileAsync(ProfileOf(action)),
            UserButtons.ChoosePartner => user.SelectAsync(Needed(action.System, "system")),
            UserButtons.ObtainCredential => user.ObtainOfflineCredentialAsync(),
            UserButtons.PresentCredential => user.PresentElsewhereAsync(Needed(action.System, "system")),
            UserButtons.Authenticate => user.AuthenticateAsync(),
            UserButtons.Migrate => user.RegisterAsync(),
            UserButtons.ObtainPartnerProfile => user.ObtainPartnerProfileAsync(ProfileOf(action)),
            UserButtons.Subscribe => user.SubscribeAsync(),
            UserButtons.ObtainGroups => user.ObtainGroupsAsync(),
            UserButtons.Look => Task.FromResult(new UserTold(true, 0, "")),
            _ => null,
        };
        if (step is null) return null;
        var told = await step.ConfigureAwait(false);
        return new UserActionAnswer { IsDone = told.IsDone, StatusCode = told.StatusCode, Reason = told.Reason };
    }

    /// <summary>Service (TS 23.280 10.6). Null where the button is none of these.</summary>
    private async Task<UserActionAnswer?> ServeAsync(string button, BundledMcUser user, UserAction action)
    {
        if (button == UserButtons.ConnectionDetails) return await AskAsync(user, action).ConfigureAwait(false);
        Task<ServiceTold>? service = button switch
        {
            UserButtons.RequestService => user.AuthorizeAsync(ProfileOf(action)),
            UserButtons.EndService => user.EndAsync(),
            UserButtons.RequestServiceAtHome => user.AuthorizeAtHomeAsync(ProfileOf(action)),
            UserButtons.EndServiceAtHome => user.EndAtHomeAsync(),
            UserButtons.SendShortData => user.SendShortDataAsync(
                ServingOf(action), ToOf(action), Needed(action.Text, "text"), time.GetUtcNow()),
            UserButtons.Call => user.InviteAsync(ServingOf(action), ToOf(action)),
            UserButtons.Affiliate => user.AffiliateAsync(
                ServingOf(action), action.Group ?? throw Missing("group")),
            _ => null,
        };
        if (service is null) return null;
        var told = await service.ConfigureAwait(false);
        return new UserActionAnswer
        {
            IsDone = told.StatusCode is >= 200 and < 300,
            StatusCode = told.StatusCode,
            Warning = told.Warning,
            Migration = told.Migration,
        };
    }

    private static async Task<UserActionAnswer> AskAsync(BundledMcUser user, UserAction action)
    {
        McSystemId? wanted = action.System is { } system ? new McSystemId(system) : null;
        var request = new PartnerConnectionRequest(user.PrimaryId, new UeLocation(action.Plmn, action.Area), wanted);
        var (status, body) = await user.AskConnectionDetailsAsync(Encoding.UTF8.GetString(request.ToOctets()))
            .ConfigureAwait(false);
        return new UserActionAnswer { IsDone = status == 200, StatusCode = status, Document = body };
    }

    private static UserDisplay Show(BundledMcUser user) => new()
    {
        PartnerId = user.PartnerId,
        AccessToken = user.AccessToken,
        PartnerAccessToken = user.PartnerAccessToken,
        Groups = [.. user.GroupDocuments],
        PartnerProfile = user.PartnerProfileName,
        PartnerActions = [.. user.PartnerActions],
        HomeActions = [.. user.HomeActions],
        Verification = user.Verification,
        Inbox = [.. user.Inbox.Select(t => new ReceivedText(t.From, t.Text))],
    };

    private BundledMcUser UserOf(UserAction action)
    {
        var name = Needed(action.User, "user");
        lock (users)
        {
            if (users.TryGetValue(name, out var known)) return known;
            var settings = file.Users.Find(u => u.Name == name)
                ?? throw new ArgumentException($"$.user: {name} is no user of {file.Name}");
            var options = new ApplicationUserOptions(settings.Name, settings.Password, settings.McServiceId);
            return users[name] = new BundledMcUser(ue, SystemOf, options, file.Home, file.Service, IdentitiesFor);
        }
    }

    private IMcSystem SystemOf(string domain) => systems.GetValueOrDefault(domain)
        ?? throw new ArgumentException($"$.system: {domain} is no MC system that {file.Name} knows");

    private SipIdentitySet? IdentitiesFor(string domain) => file.Connectivity.Find(c => c.System == domain) is { } set
        ? new SipIdentitySet(set.Private, set.Public) : null;

    private static byte ProfileOf(UserAction action) => (action.Profile ?? throw Missing("profile")).Value;

    private static McServiceId ToOf(UserAction action) => action.To ?? throw Missing("to");

    private string ServingOf(UserAction action) => action.System ?? file.Home;

    private static string Needed(string? value, string member) => value ?? throw Missing(member);

    private static ArgumentException Missing(string member) =>
        new($"$.{member}: it is missing, and this button needs it");
}

/// <summary>An address of its own for each UE of this process: nothing else would tell whose a connection is.</summary>
internal static class OwnAddress
{
    private static readonly LoopbackAddresses Addresses = new(216, 32);

    /// <summary>The address that was given; for 127.0.0.1 the next one of 127.216.0.1 to 127.247.255.254, where the
    /// machine has them.</summary>
    public static IPAddress Of(IPAddress given) => given.Equals(IPAddress.Loopback) ? Addresses.Next() : given;
}
