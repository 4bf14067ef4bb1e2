using McConformance.Entities.ConfigurationManagement;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.McSystem.Application;

/// <summary>The documents that an administrator provisions: initial configuration, and the profiles of own users and of guests.</summary>
internal static class ApplicationDocuments
{
    /// <summary>Access information of an MC system (TS 24.484 7.2, TS 23.280 annex A).</summary>
    public static OnNetworkAccess AccessTo(string system, IEnumerable<McService> services) => new()
    {
        Home = new PlmnAccess("00101", new ConnectionReferences($"mc.{system}", $"core.{system}", $"id.{system}")),
        Servers = new ApplicationServers
        {
            IdmsAuthorization = $"https://idms.{system}/authorize",
            IdmsToken = $"https://idms.{system}/token",
            HttpProxy = $"https://{HttpDirectory.ProxyHost(system)}",
            Gms = $"gms.{system}",
            Cms = $"cms.{system}",
            Kms = $"kms.{system}",
        },
        GmsUri = $"sip:gms@{system}",
        GroupCreationXui = $"sip:gms@{system}",
        GmsXcapRoot = $"https://gms.{system}/xcap-root/",
        CmsXcapRoot = $"https://cms.{system}/xcap-root/",
        Services = [.. services.Select(s => new ServicePsi(s, $"sip:{McServiceNames.Of(s).PsiPrefix}@{system}"))],
    };

    public static byte[] InitialConfiguration(string system, IEnumerable<McService> services) =>
        new UeInitialConfiguration { Domain = system, OnNetwork = AccessTo(system, services) }.ToOctets();

    public static void Provision(ConfigurationDocuments documents, McSystemOptions system, NetworkOptions network)
    {
        var plane = system.Application!;
        foreach (var service in plane.Services)
        {
            foreach (var user in plane.Users)
                foreach (var profile in user.Profiles) Put(documents, Profile(system, network, service, user.McServiceId, profile, user));
            foreach (var guest in plane.Guests)
                foreach (var profile in guest.Profiles)
                {
                    Put(documents, Profile(system, network, service, guest.McServiceId, profile, null));
                    var restricted = Profile(system, network, service, guest.McServiceId, guest.Restricted, null) with
                    {
                        Index = profile.Index,
                        Name = "visitor not verified",
                    };
                    documents.PutRestricted(Selector(restricted), Document(restricted));
                }
            Put(documents, ServiceConfigurationOf(system, network, service));
        }

        documents.Provision(
            $"{UeInitialConfiguration.Auid}/global/ue-init-config.xml",
            new ConfigurationDocument(UeInitialConfiguration.ContentType, InitialConfiguration(system.Domain, plane.Services), null));
        var aliases = new FunctionalAliases
        {
            System = new McSystemId(system.Domain),
            Aliases = plane.FunctionalAliases
        };
        documents.Provision(
            $"{FunctionalAliases.Auid}/global/{FunctionalAliases.DocumentName}",
            new ConfigurationDocument(FunctionalAliases.ContentType, aliases.ToOctets(), null));
    }

    private static ServiceConfiguration ServiceConfigurationOf(McSystemOptions system, NetworkOptions network,
        McService service) => new()
        {
            Service = service,
            Domain = system.Domain,
            Partners =
        [
            .. system.Application!.Agreements.Select(a => new PartnerConfiguration
            {
                Id = new McSystemId(a.Partner),
                Addresses =
                [
                    new PartnerAddress(PartnerAddress.McServiceServer,
                        $"sip:{McServiceNames.Of(service).PsiPrefix}@{a.Partner}", $"mc.{a.Partner}"),
                    new PartnerAddress(PartnerAddress.ConfigurationManagementServer, $"https://cms.{a.Partner}",
                        $"core.{a.Partner}"),
                    new PartnerAddress(PartnerAddress.GroupManagementServer, $"https://gms.{a.Partner}",
                        $"core.{a.Partner}"),
                ],
                SignallingPlane = [$"sip:{SipDomainOf(network, a.Partner)}"],
                Interconnection = a.Interconnection,
                Migration = SwitchesOf(a),
            }),
        ],
        };

    private static MigrationPermissions SwitchesOf(AgreementOptions agreement)
    {
        var switches = agreement.AllowsMigrationIn ? MigrationPermissions.MigrationIn : MigrationPermissions.None;
        if (agreement.MigratedServices.Contains(
            McService.Mcptt)) switches |= MigrationPermissions.McpttPrivateCalls | MigrationPermissions.McpttGroups;
        if (agreement.MigratedServices.Contains(McService.McVideo)) switches |= MigrationPermissions.McVideo;
        if (agreement.MigratedServices.Contains(McService.McData)) switches |= MigrationPermissions.McData;
        return switches & ~agreement.WithheldFromMigrated;
    }

    private static string SipDomainOf(NetworkOptions network, string domain) =>
        network.Systems.FirstOrDefault(s => s.Domain == domain)?.SipDomain ?? $"ims.{domain}";

    private static void Put(ConfigurationDocuments documents, ServiceConfiguration configuration) => documents.Provision(
        $"{McServiceNames.Of(configuration.Service).ServiceConfigurationAuid}/global/service-config.xml",
        new ConfigurationDocument(configuration.ContentType, configuration.ToOctets(), null));

    private static void Put(ConfigurationDocuments documents, UserProfile profile) =>
        documents.Provision(Selector(profile), Document(profile));

    private static string Selector(UserProfile profile)
    {
        var names = McServiceNames.Of(profile.Service);
        return $"{names.UserProfileAuid}/users/{profile.UserId.Value}/{names.Token}-user-profile-{profile.Index}.xml";
    }

    private static ConfigurationDocument Document(UserProfile profile) =>
        new(profile.ContentType, profile.ToOctets(), profile.UserId.Value);

    private static UserProfile Profile(
        McSystemOptions system, NetworkOptions network, McService service, McServiceId user, ProfileOptions profile, ApplicationUserOptions? own) => new()
        {
            Service = service,
            XuiUri = user.Value,
            Index = profile.Index,
            Name = own is null ? "visitor" : "home",
            UserId = user,
            Groups = [.. profile.Groups.Select(g => new ProfileGroup(g) { GmsAddress = $"sip:gms@{system.Domain}" })],
            Allowed = service == McService.McData && profile.AllowsTransmission
                ? profile.Allowed.Append("allow-transmit-data").ToHashSet() : profile.Allowed,
            MigrationAllowed = own is null ? [] : [.. own.Migration.Where(m => m.IsListed && m.Profiles.Contains(profile.Index)).Select(m => Partner(network, m))],
        };

    private static MigrationPartner Partner(NetworkOptions network, MigrationPermissionOptions permission)
    {
        var sipDomain = SipDomainOf(network, permission.Partner);
        return new MigrationPartner
        {
            Id = new McSystemId(permission.Partner),
            Services = [.. permission.Services],
            ValidProfiles = [.. permission.Profiles],
            Access = AccessTo(permission.Partner, permission.Services),
            IdmsAudience = $"https://idms.{permission.Partner}",
            SipCore = new SipCoreAddress(sipDomain, $"pcscf.{sipDomain}:5060"),
            ServicePsis = [.. permission.Services.Select(s => new ServicePsi(s, $"sip:{McServiceNames.Of(s).PsiPrefix}@{permission.Partner}"))],
        };
    }
}
