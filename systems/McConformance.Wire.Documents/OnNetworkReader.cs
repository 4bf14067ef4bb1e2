using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;

namespace McConformance.Wire.Documents;

/// <summary>Reads an on-network part; tells all that is missing, not the first alone.</summary>
internal readonly struct OnNetworkReader(XElement element, ElementReader reader)
{
    private static readonly XNamespace Ns = OnNetworkAccess.Ns;
    private static readonly XName AnyExt = Ns + "anyExt";

    private static readonly string[] ServerNames =
    [
        "idms-auth-endpoint", "idms-token-endpoint", "http-proxy", "gms", "cms", "kms", "tls-tunnel-auth-method",
    ];

    private static readonly string[] ConnectionNames =
        ["MCPTT-to-con-ref", "MC-common-core-to-con-ref", "MC-ID-to-con-ref"];

    public OnNetworkAccess? Read()
    {
        var timers = Timers();
        var home = reader.Needed(element, Ns + "HPLMN");
        var homeAccess = home is null ? null : Plmn(home);
        var servers = reader.Needed(element, Ns + "App-Server-Info") is { } info ? Servers(info) : null;
        var gms = reader.NeededUri(element, Ns + "GMS-URI");
        var creation = reader.NeededUri(element, Ns + "group-creation-XUI");
        var gmsRoot = reader.NeededUri(element, Ns + "GMS-XCAP-root-URI");
        var cmsRoot = reader.NeededUri(element, Ns + "CMS-XCAP-root-URI");
        var integrity = reader.NeededValue<bool>(element, Ns + "integrity-protection-enabled", Simple.Boolean);
        var secrecy = reader.NeededValue<bool>(element, Ns + "confidentiality-protection-enabled", Simple.Boolean);
        if (timers is null || homeAccess is null || servers is null) return null;
        if (integrity is null || secrecy is null) return null;
        if (gms is null || creation is null || gmsRoot is null || cmsRoot is null) return null;
        return new OnNetworkAccess
        {
            Timers = timers,
            Home = homeAccess,
            Visited = Visited(home!),
            Servers = servers,
            GmsUri = gms,
            GroupCreationXui = creation,
            GmsXcapRoot = gmsRoot,
            CmsXcapRoot = cmsRoot,
            IntegrityProtection = integrity.Value,
            ConfidentialityProtection = secrecy.Value,
            Services = Services(out var others),
            Others = others,
        };
    }

    private ClientTimers? Timers()
    {
        var timers = reader.Needed(element, Ns + "Timers");
        if (timers is null) return null;
        var t100 = Timer(timers, "T100");
        var t101 = Timer(timers, "T101");
        var t103 = Timer(timers, "T103");
        var t104 = Timer(timers, "T104");
        var t132 = Timer(timers, "T132");
        if (t100 is null || t101 is null || t103 is null || t104 is null || t132 is null) return null;
        return new ClientTimers(t100.Value, t101.Value, t103.Value, t104.Value, t132.Value);
    }

    private byte? Timer(XElement timers, string name) => reader.NeededValue<byte>(timers, Ns + name, Simple.Octet);

    private PlmnAccess? Plmn(XElement network)
    {
        var plmn = reader.NeededAttribute(network, "PLMN");
        if (reader.Needed(network, Ns + "service") is not { } service) return null;
        var mcptt = reader.NeededText(service, Ns + ConnectionNames[0]);
        var core = reader.NeededText(service, Ns + ConnectionNames[1]);
        var identity = reader.NeededText(service, Ns + ConnectionNames[2]);
        if (plmn is null || mcptt is null || core is null || identity is null) return null;
        return new PlmnAccess(plmn, new ConnectionReferences(mcptt, core, identity)
        {
            Others = Others(service, ConnectionNames),
        });
    }

    private List<PlmnAccess> Visited(XElement home)
    {
        var visited = new List<PlmnAccess>();
        foreach (var network in home.Elements(Ns + "VPLMN"))
            if (Plmn(network) is { } access) visited.Add(access);
        return visited;
    }

    private ApplicationServers? Servers(XElement info)
    {
        var all = new string?[6];
        for (var i = 0; i < all.Length; i++) all[i] = reader.NeededUri(info, Ns + ServerNames[i]);
        var method = reader.Needed(info, Ns + ServerNames[6]);
        var mutual = method is null ? null
            : reader.NeededValue<bool>(method, Ns + "mutual-authentication", Simple.Boolean);
        if (mutual is null || Array.Exists(all, text => text is null)) return null;
        return new ApplicationServers
        {
            IdmsAuthorization = all[0]!,
            IdmsToken = all[1]!,
            HttpProxy = all[2]!,
            Gms = all[3]!,
            Cms = all[4]!,
            Kms = all[5]!,
            MutualAuthentication = mutual.Value,
            X509 = reader.Text(method, Ns + "x509"),
            Key = reader.Text(method, Ns + "key"),
            Others = Others(info, ServerNames),
        };
    }

    private List<ServicePsi> Services(out List<XElement> others)
    {
        var services = new List<ServicePsi>();
        others = [];
        foreach (var extension in reader.Optional(element, AnyExt)?.Elements() ?? [])
        {
            var names = McServiceNames.Each
                .FirstOrDefault(n => extension.Name == Ns + OnNetworkAccess.Details(n.Service));
            if (names is null) others.Add(extension);
            else if (reader.NeededUri(extension, Ns + "Server-URI") is { } uri)
                services.Add(new ServicePsi(names.Service, uri));
        }

        return services;
    }

    private static List<XElement> Others(XElement parent, string[] known) =>
        [.. parent.Elements().Where(e => e.Name.Namespace != Ns || !known.Contains(e.Name.LocalName))];
}
