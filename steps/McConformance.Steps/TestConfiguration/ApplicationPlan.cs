using McConformance.McSystem.Application;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.Steps.TestConfiguration;

/// <summary>What the Given steps of a scenario agree on about the application plane, in the words of the steps.</summary>
public sealed partial class ScenarioPlan
{
    /// <summary>Group that is at home in the primary and has members in the partner.</summary>
    public static McGroupId JointOps => new($"sip:joint-ops@{DomainOf("primary")}");

    /// <summary>The partner as a group names it whose changes of membership take effect directly.</summary>
    public static GroupPartner DirectPartner => new(new McSystemId(DomainOf("partner")), MembershipChanges.Direct);

    /// <summary>Gives each MC system an application plane, and each pair an agreement, where there is none yet.</summary>
    public void AddApplicationPlane()
    {
        foreach (var system in Network.Systems)
        {
            var plane = system.Application ??= new ApplicationPlaneOptions();
            foreach (var other in Network.Systems.Where(
                s => s != system && plane.Agreements.All(a => a.Partner != s.Domain)))
                plane.Agreements.Add(new AgreementOptions(other.Domain) { Areas = [$"area of {other.Domain}"] });
        }
    }

    /// <summary>Adds a user with a UE who may migrate.</summary>
    public void AddMcUser(string name, string home, string partner)
    {
        var (domain, at) = (DomainOf(home), DomainOf(partner));
        var user = new ApplicationUserOptions(name, $"secret of {name}", new McServiceId($"sip:{name}@{domain}"))
        {
            Migration = [new MigrationPermissionOptions(at, new McServiceId($"sip:{name}.guest@{at}"))],
        };
        Application(home).Users.Add(user);
        Application(partner).Guests.Add(new GuestOptions(domain, user.McServiceId, user.Migration[0].PartnerId));
        var ue = Users.TryGetValue(name, out var known) ? known : AddUser(name, home);
        if (!ue.Connectivity.ContainsKey(at)) AllowMigration(ue, partner);
    }

    /// <summary>The partner takes security tokens of an MC system that is not bundled, for one of its users.</summary>
    /// <param name="domain">The MC system.</param>
    /// <param name="user">Its user.</param>
    /// <param name="key">Public key of its identity management server, as JWK.</param>
    public void AddVisitor(string domain, string user, string key)
    {
        var partner = Application("partner");
        partner.Agreements.Add(new AgreementOptions(domain) { IdentityKey = key });
        var guest = new McServiceId($"sip:{user}.guest@{DomainOf("partner")}");
        partner.Guests.Add(new GuestOptions(domain, new McServiceId($"sip:{user}@{domain}"), guest));
    }

    /// <summary>A user who has no UE of the own, and uses another's.</summary>
    public void Share(string user, string owner) => Owners[user] = owner;

    /// <summary>Whose UE a user uses.</summary>
    internal Dictionary<string, string> Owners { get; } = [];

    /// <summary>Lets a user migrate to one more partner.</summary>
    public void AddMigration(string name, string home, string partner)
    {
        var user = Application(home).Users.First(u => u.Name == name);
        var permission = new MigrationPermissionOptions(DomainOf(partner), new McServiceId($"sip:{name}.guest@{DomainOf(partner)}"));
        user.Migration.Add(permission);
        Application(partner).Guests.Add(new GuestOptions(DomainOf(home), user.McServiceId, permission.PartnerId));
        AllowMigration(Users[name], partner);
    }

    /// <summary>Services of both MC systems.</summary>
    public void Offer(string service)
    {
        foreach (var system in Network.Systems)
        {
            system.Application!.Services.Clear();
            system.Application.Services.Add(ServiceOf(service));
        }
    }

    /// <summary>What both MC systems offer; one of several.</summary>
    public McService Service => Network.Systems[0].Application!.Services.First();

    /// <summary>The MC service servers speak to each other without gateway servers.</summary>
    public void RemoveGateways()
    {
        foreach (var system in Network.Systems) system.Application!.HasGateway = false;
    }

    /// <summary>The MC systems are joined by gateway servers.</summary>
    public bool HasGateways => Network.Systems.TrueForAll(s => s.Application?.HasGateway == true);

    /// <summary>HTTP crosses the edge of both MC systems through HTTP proxies.</summary>
    public void PutHttpProxies()
    {
        foreach (var system in Network.Systems) system.Application!.HasHttpProxy = true;
    }

    /// <summary>HTTP crosses the edge without HTTP proxies.</summary>
    public void RemoveHttpProxies() => Network.Systems.ForEach(s => s.Application!.HasHttpProxy = false);

    /// <summary>The primary gives groups to the partner.</summary>
    public void GiveGroups() => Agreement("primary", "partner").MayPullGroups = true;

    /// <summary>The application plane is protected by TLS.</summary>
    public void ProtectApplicationPlane(bool isProtected = true) => Network.ProtectsApplicationPlane = isProtected;

    /// <summary>The partner allows migration from the primary.</summary>
    public void AllowMigrationIn() => Agreement("partner", "primary").AllowsMigrationIn = true;

    /// <summary>The partner offers MCPTT to migrated users of the primary.</summary>
    public void OfferToMigrated() => Agreement("partner", "primary").MigratedServices.Add(McService.Mcptt);

    /// <summary>The partner takes groups from the primary.</summary>
    public void TakeGroups() => Agreement("partner", "primary").MayPushGroups = true;

    /// <summary>The partner's identity management server knows all guests.</summary>
    public void KnowGuests() => Application("partner").Guests.ForEach(g => g.IsMapped = true);

    /// <summary>The partner notifies after a push.</summary>
    public void NotifyAfterPush() => Application("partner").NotifiesAfterPush = true;

    /// <summary>The partner expects every user of the primary.</summary>
    public void ExpectAnybody() => Agreement("partner", "primary").ExpectedUsers = null;

    /// <summary>The primary permits a user to migrate to the partner with any profile and service, and lists the
    /// partner.</summary>
    public void PermitAll(string user)
    {
        var found = Application("primary").Users.First(u => u.Name == user);
        var id = new McServiceId($"sip:{user}.guest@{DomainOf("partner")}");
        found.Migration.Clear();
        found.Migration.Add(
            new MigrationPermissionOptions(DomainOf("partner"),
            id)
            { Profiles = [new ProfileIndex(1), new ProfileIndex(2)] });
        found.Profiles.Add(new ProfileOptions(new ProfileIndex(2)));
    }

    /// <summary>The primary has outbound identities allocated.</summary>
    public void AllocateOutbound() => Application("primary").AllocatesOutboundIdentities = true;

    /// <summary>Adds the group that is at home in the primary, with members of both MC systems.</summary>
    public void AddGroup(bool isInterconnected = true)
    {
        var (primary, partner) = (DomainOf("primary"), DomainOf("partner"));
        Application("primary").Groups.Add(GroupDocument.Create(new GroupDescription
        {
            Id = JointOps,
            DisplayName = "Joint ops",
            GroupPriority = 120,
            Members =
            [
                new GroupMember(new McServiceId($"sip:alice@{primary}")) { UserPriority = 200 },
                new GroupMember(new McServiceId($"sip:alice.guest@{partner}")) { UserPriority = 200 },
                new GroupMember(new McServiceId($"sip:zoe@{partner}")) { UserPriority = 40 },
            ],
            Interconnection = isInterconnected ? new GroupInterconnection(new McSystemId(primary), [new GroupPartner(new McSystemId(partner))]) : null,
        }));
    }

    /// <summary>Says for which other MC systems the group is, and how their changes of members take effect.</summary>
    public void OpenGroup(params IReadOnlyList<GroupPartner> partners)
    {
        var groups = Application("primary").Groups;
        groups[0] = groups[0].WithPartners(partners);
    }

    /// <summary>Adds a group of the primary that is for the third MC system alone, and one for nobody else.</summary>
    public void AddOtherGroups()
    {
        var primary = DomainOf("primary");
        var alice = new GroupMember(new McServiceId($"sip:alice@{primary}"));
        var inner = GroupDocument.Create(
            new GroupDescription { Id = new McGroupId($"sip:inner@{primary}"), Members = [alice] });
        var fire = new GroupDescription { Id = new McGroupId($"sip:fire-1@{primary}"), Members = [alice] };
        Application("primary").Groups.Add(inner);
        Application("primary").Groups.Add(
            GroupDocument.Create(fire).WithPartners([new GroupPartner(new McSystemId(DomainOf("third")))]));
    }

    /// <summary>The primary takes proposals of members from the partner.</summary>
    public void TakeProposals() => Agreement("primary", "partner").MayProposeMembers = true;

    /// <summary>The partner's profile of a user lists the group.</summary>
    public void ListGroup(string user)
    {
        var guest = Application("partner").Guests.First(g => g.McServiceId.Value.StartsWith($"sip:{user}.guest@", StringComparison.Ordinal));
        guest.Profiles[0].Groups.Add(JointOps);
    }

    /// <summary>What the partner makes of groups of the primary.</summary>
    public void SetGroupPolicy(byte? groupPriority, byte? userPriorityMax, string? area, bool keepsOwnMembersOnly)
    {
        var agreement = Agreement("partner", "primary");
        (agreement.GroupPriority, agreement.UserPriorityMax, agreement.KeepsOwnMembersOnly) = (groupPriority, userPriorityMax, keepsOwnMembersOnly);
        agreement.PermittedLocations = area is null ? null : [area];
    }

    /// <summary>Changes one permission, in the words of the features.</summary>
    /// <exception cref="ArgumentException">Nothing is called so.</exception>
    public void Restrict(string what)
    {
        var (primary, partner) = (Application("primary"), Application("partner"));
        var alice = primary.Users.First(u => u.Name == "alice");
        switch (what)
        {
            case "the partner MC system does not allow migration from the primary":
                Agreement("partner", "primary").AllowsMigrationIn = false;
                break;
            case "the third MC system does not allow migration from the primary":
                Agreement("third", "primary").AllowsMigrationIn = false;
                break;
            case "the partner MC system does not offer the service to migrated users of the primary":
                Agreement("partner", "primary").MigratedServices.Clear();
                break;
            case "the partner MC system does not expect alice":
                Agreement("partner", "primary").ExpectedUsers = [new McServiceId($"sip:bob@{DomainOf("primary")}")];
                break;
            case "the partner MC system has no configuration for the primary":
                RemoveAgreement("partner", "primary");
                break;
            case "the primary MC system has no configuration for the partner":
                RemoveAgreement("primary", "partner");
                break;
            case "alice may not migrate at all":
                alice.Migration[0].Profiles.Clear();
                alice.Migration.Insert(0, alice.Migration[0] with { Partner = "nowhere.example" });
                alice.Migration.RemoveAt(1);
                break;
            case "the partner MC system expects alice":
                Agreement("partner", "primary").ExpectedUsers = [new McServiceId($"sip:alice@{DomainOf("primary")}")];
                break;
            case "the partner MC system expects all users of the primary":
                Agreement("partner", "primary").ExpectedUsers = null;
                break;
            case "alice is not authorized for migration":
                alice.Migration.Clear();
                break;
            case "alice's profile is not valid in the partner MC system":
                alice.Migration[0] = alice.Migration[0] with { Profiles = [new ProfileIndex(2)] };
                break;
            case "alice may not use the service in the partner MC system":
                alice.Migration[0].Services.Remove(McService.Mcptt);
                break;
            case "the gateway servers have no agreement for the service":
                Agreement("primary", "partner").InterconnectedServices.Clear();
                break;
            case "the partner MC system does not take groups from the primary":
                Agreement("partner", "primary").MayPushGroups = false;
                break;
            case "the primary MC system does not give groups to the partner":
                Agreement("primary", "partner").MayPullGroups = false;
                break;
            case "the primary MC system takes no proposals from the partner":
                Agreement("primary", "partner").MayProposeMembers = false;
                break;
            case "alice has no identity in the partner MC system":
                partner.Guests[0].IsMapped = false;
                break;
            case "alice gets no security token for the partner MC system":
                alice.Migration[0] = alice.Migration[0] with { HasSecurityToken = false };
                break;
            case "alice's profile does not list the partner MC system":
                alice.Migration[0] = alice.Migration[0] with { IsListed = false };
                break;
            case "the partner does not notify after a push":
                partner.NotifiesAfterPush = false;
                break;
            case "outbound identities are not allocated":
                primary.AllocatesOutboundIdentities = false;
                break;
            default:
                if (RestrictOffline(what)) break;
                throw new ArgumentException($"nothing is called \"{what}\"");
        }
    }

    internal static McService ServiceOf(string name) => name switch
    {
        "MCPTT" => McService.Mcptt,
        "MCVideo" => McService.McVideo,
        "MCData" => McService.McData,
        _ => throw new ArgumentException($"no service is called {name}"),
    };

    private ApplicationPlaneOptions Application(string role) => System(role).Application ?? throw new ArgumentException("there is no application plane yet");

    private AgreementOptions Agreement(string role, string other) => Application(role).Agreements.First(a => a.Partner == DomainOf(other));

    private void RemoveAgreement(string role, string other) => Application(role).Agreements.RemoveAll(a => a.Partner == DomainOf(other));
}
