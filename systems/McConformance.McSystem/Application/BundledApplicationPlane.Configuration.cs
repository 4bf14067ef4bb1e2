using McConformance.Entities.ConfigurationManagement;
using McConformance.Entities.Ports;
using McConformance.Wire;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.McSystem.Application;

/// <summary>What its configuration management server is made from.</summary>
public sealed partial class BundledApplicationPlane
{
    /// <summary>Documents of the configuration management server: what its administrators provision; null where it
    /// runs elsewhere.</summary>
    internal ConfigurationDocuments? Documents => configuration?.Documents;

    private ConfigurationManagementServer MakeConfiguration(DiameterNode sh)
    {
        var self = links.Named($"cms.{system.Domain}");
        var server = new ConfigurationManagementServer(ConfigurationOptions(self, sh));
        ApplicationDocuments.Provision(server.Documents, system, network);
        Serve(self, server.HandleAsync);
        parts.Add(server.Notices!);
        return server;
    }

    private ConfigurationManagementOptions ConfigurationOptions(Party self, DiameterNode sh) => new()
    {
        Ports = new EntityPorts(self, links, wheel),
        Store = network.StoreOf(self.Name),
        Domain = system.Domain,
        SipDomain = system.SipDomain,
        Requester = Requester(self),
        Database = sh,
        Endpoint = Sip(self),
        SipCore = sipCore,
        McServiceServers = Psis,
        VerifyToken = VerifyForConfiguration,
        Users = [.. options.Users.Select(u =>
            new MigratingUser(u.McServiceId.Value, SipIdentitiesOf(u), [.. u.Migration.Select(m => m.Partner)]))],
        Partners =
        [
            .. options.Agreements.Select(a => new ConfigurationPartner(
                a.Partner, SipDomainOf(a.Partner), $"cms.{a.Partner}", a.Areas, a.AllowsMigrationIn,
                    a.ExpectedUsers is { } users ? [.. users.Select(u => u.Value)] : null)),
        ],
        InitialConfigurationForPartners = ApplicationDocuments.InitialConfiguration(system.Domain, options.Services),
        AllocatesOutboundIdentities = options.AllocatesOutboundIdentities,
        MaySpeakFor = (c, d) => trust.Believes(c, new McSystemId(d)),
    };

    private bool IsAdministrator(IReadOnlyList<string> ids) =>
        options.Users.Any(u => u.IsAdministrator && ids.Contains(u.McServiceId.Value));

    private string SipDomainOf(string domain) =>
        network.Systems.FirstOrDefault(s => s.Domain == domain)?.SipDomain ?? $"ims.{domain}";

    private SipIdentitySet SipIdentitiesOf(ApplicationUserOptions user) =>
        new(new PrivateUserIdentity($"{user.Name}-ue@{system.SipDomain}"),
            new PublicUserIdentity($"sip:{user.Name}-ue@{system.SipDomain}"));
}
