using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents.Tests;

/// <summary>Values that several documents carry.</summary>
internal static class Samples
{
    public static OnNetworkAccess Access(string domain) => new()
    {
        Timers = new ClientTimers(1, 2, 3, 4, 5),
        Home = new PlmnAccess("00101", new ConnectionReferences("mcptt", "core", "id")),
        Visited = [new PlmnAccess("00102", new ConnectionReferences("mcptt2", "core2", "id2"))],
        Servers = new ApplicationServers
        {
            IdmsAuthorization = $"https://idms.{domain}/authorize",
            IdmsToken = $"https://idms.{domain}/token",
            HttpProxy = $"https://proxy.{domain}",
            Gms = $"https://gms.{domain}",
            Cms = $"https://cms.{domain}",
            Kms = $"https://kms.{domain}",
            MutualAuthentication = true,
            X509 = "MIIB",
            Key = "c2VjcmV0",
        },
        GmsUri = $"sip:gms@{domain}",
        GroupCreationXui = $"sip:creator@{domain}",
        GmsXcapRoot = $"https://gms.{domain}/xcap",
        CmsXcapRoot = $"https://cms.{domain}/xcap",
        IntegrityProtection = true,
        Services = [new ServicePsi(McService.Mcptt, $"sip:mcptt-psi@{domain}"),
            new ServicePsi(McService.McData, $"sip:mcdata-psi@{domain}")],
    };

    public static UeInitialConfiguration Initial(string domain) => new()
    {
        Domain = domain,
        XuiUri = $"sip:alice@{domain}",
        InstanceId = "urn:uuid:1",
        Name = "Radio 7",
        DefaultUserProfiles = [new DefaultUserProfile(new McServiceId($"sip:alice@{domain}"), new ProfileIndex(1))],
        OnNetwork = Access(domain),
    };
}
