using System.Collections.Frozen;
using System.Xml.Linq;

namespace McConformance.Wire.Documents;

/// <summary>An MC service (TS 23.280 3.1).</summary>
public enum McService
{
    /// <summary>Mission critical push to talk.</summary>
    Mcptt,

    /// <summary>Mission critical video.</summary>
    McVideo,

    /// <summary>Mission critical data.</summary>
    McData,
}

/// <summary>How one MC service is named on the wire, wherever the three differ in nothing but the name.</summary>
/// <remarks>Names of MCVideo and MCData documents of TS 24.484 that no stage 3 text at hand gives follow the pattern of
/// MCPTT: <see cref="UserProfileNamespace"/> of MCData, and the elements below the profile roots of both.</remarks>
public sealed class McServiceNames
{
    private static readonly McServiceNames[] All =
    [
        new(McService.Mcptt, "mcptt", "MCPTT", "ptt", "urn:3gpp:mcptt:user-profile:1.0", []),
        new(McService.McVideo, "mcvideo", "MCVideo", "video", "urn:3gpp:ns:mcvideo:user-profile:1.0", []),
        new(McService.McData, "mcdata", "MCData", "data", "urn:3gpp:ns:mcdata:user-profile:1.0",
            ["sds", "fd", "ipconn"]),
    ];

    private static readonly FrozenDictionary<string, McServiceNames> ByToken = All.ToFrozenDictionary(n => n.Token);

    private McServiceNames(
        McService service, string token, string upper, string scope, string userProfile, string[] enablers)
    {
        Service = service;
        Token = token;
        Upper = upper;
        InfoNamespace = $"urn:3gpp:ns:{token}Info:1.0";
        UserProfileNamespace = userProfile;
        ServiceConfigurationNamespace = $"urn:3gpp:ns:{token}ServiceConfig:1.0";
        Icsi = $"urn:urn-7:3gpp-service.ims.icsi.{token}";
        Icsis = [Icsi, .. enablers.Select(e => $"{Icsi}.{e}")];
        FeatureTag = $"+g.3gpp.{token}";
        FeatureTags = enablers.Length == 0 ? [FeatureTag] : [.. enablers.Select(e => $"{FeatureTag}.{e}")];
        ServiceScope = $"3gpp:mc:{scope}_service";
        GroupManagementScope = $"3gpp:mc:{scope}_group_management_service";
        ConfigurationManagementScope = $"3gpp:mc:{scope}_config_management_service";
        KeyManagementScope = $"3gpp:mc:{scope}_key_management_service";
    }

    /// <summary>Which service.</summary>
    public McService Service { get; }

    /// <summary>mcptt, mcvideo, mcdata: what most names begin with, and what the own bindings call the
    /// service.</summary>
    public string Token { get; }

    /// <summary>MCPTT, MCVideo, MCData: what elements of TS 24.484 begin with.</summary>
    public string Upper { get; }

    /// <summary>Content type of the info body (TS 24.379 F.1).</summary>
    public string InfoContentType => $"application/vnd.3gpp.{Token}-info+xml";

    /// <summary>Namespace of the info body.</summary>
    public XNamespace InfoNamespace { get; }

    /// <summary>Root of the info body, for example mcpttinfo.</summary>
    public XName InfoRoot => InfoNamespace + (Token + "info");

    /// <summary>Its one child, for example mcptt-Params.</summary>
    public XName InfoParams => InfoNamespace + (Token + "-Params");

    /// <summary>Child of content that is a URI, for example mcpttURI.</summary>
    public XName UriChild => InfoNamespace + (Token + "URI");

    /// <summary>Child of content that is a string.</summary>
    public XName StringChild => InfoNamespace + (Token + "String");

    /// <summary>Child of content that is a boolean.</summary>
    public XName BooleanChild => InfoNamespace + (Token + "Boolean");

    /// <summary>IMS communication service identifier of the service itself.</summary>
    public string Icsi { get; }

    /// <summary>As a feature tag's value carries it: the colons escaped.</summary>
    public string EscapedIcsi => Icsi.Replace(":", "%3A", StringComparison.Ordinal);

    /// <summary>The service's identifier and those of its parts (MCData has SDS, FD and IP connectivity).</summary>
    public IReadOnlyList<string> Icsis { get; }

    /// <summary>Media feature tag with its plus sign, for example +g.3gpp.mcptt.</summary>
    public string FeatureTag { get; }

    /// <summary>The tags in use: the one tag, or for MCData those of its parts.</summary>
    public IReadOnlyList<string> FeatureTags { get; }

    /// <summary>OAuth scope of the MC service server (TS 33.180 B.4.2.2).</summary>
    public string ServiceScope { get; }

    /// <summary>OAuth scope of the group management server.</summary>
    public string GroupManagementScope { get; }

    /// <summary>OAuth scope of the configuration management server.</summary>
    public string ConfigurationManagementScope { get; }

    /// <summary>OAuth scope of the key management server.</summary>
    public string KeyManagementScope { get; }

    /// <summary>Claim of a token that holds the user's identity in this service, for example mcptt_id.</summary>
    public string IdClaim => Token + "_id";

    /// <summary>User part of the public service identity of this project's systems, for example mcptt-psi.</summary>
    public string PsiPrefix => Token + "-psi";

    /// <summary>Namespace of the user profile (TS 24.484 8.3).</summary>
    public XNamespace UserProfileNamespace { get; }

    /// <summary>Root of the user profile.</summary>
    public XName UserProfileRoot => UserProfileNamespace + (Token + "-user-profile");

    /// <summary>Application of the user profile in XCAP, for example org.3gpp.mcptt.user-profile.</summary>
    public string UserProfileAuid => $"org.3gpp.{Token}.user-profile";

    /// <summary>Content type of the user profile.</summary>
    public string UserProfileContentType => $"application/vnd.3gpp.{Token}-user-profile+xml";

    /// <summary>Namespace of the service configuration (TS 24.484 8.4).</summary>
    public XNamespace ServiceConfigurationNamespace { get; }

    /// <summary>Application of the service configuration in XCAP.</summary>
    public string ServiceConfigurationAuid => $"org.3gpp.{Token}.service-config";

    /// <summary>Content type of the service configuration.</summary>
    public string ServiceConfigurationContentType => $"application/vnd.3gpp.{Token}-service-config+xml";

    /// <summary>The names of a service.</summary>
    public static McServiceNames Of(McService service) => All[(int)service];

    /// <summary>Names of all three.</summary>
    public static IReadOnlyList<McServiceNames> Each => All;

    /// <summary>Reads mcptt, mcvideo or mcdata.</summary>
    public static bool TryRead(string token, out McService service)
    {
        var known = ByToken.TryGetValue(token, out var names);
        service = names?.Service ?? default;
        return known;
    }

    /// <summary>Reads the root of an info body: which service it belongs to; null where it is none.</summary>
    public static McServiceNames? OfInfo(XName root) => Array.Find(All, n => n.InfoRoot == root);

    /// <summary>Reads the root of a user profile.</summary>
    public static McServiceNames? OfUserProfile(XName root) => Array.Find(All, n => n.UserProfileRoot == root);

    /// <summary>Reads the namespace of a service configuration.</summary>
    public static McServiceNames? OfServiceConfiguration(XName root) =>
        Array.Find(All, n => n.ServiceConfigurationNamespace == root.Namespace);
}
