using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Documents.Writing;

namespace McConformance.Wire.Documents;

/// <summary>Timers of a client for floor control, in the units of the document.</summary>
public sealed record ClientTimers(byte T100 = 1, byte T101 = 1, byte T103 = 4, byte T104 = 1, byte T132 = 2);

/// <summary>Names of the connections of a UE: access point names or data network names.</summary>
/// <param name="McService">For the MC services.</param>
/// <param name="CommonCore">For configuration, groups and keys.</param>
/// <param name="Identity">For identity management.</param>
public sealed record ConnectionReferences(string McService, string CommonCore, string Identity)
{
    /// <summary>Elements that this class has no property for, as they stood.</summary>
    public IReadOnlyList<XElement> Others { get; init; } = [];
}

/// <summary>The connections to use in a network.</summary>
/// <param name="Plmn">Mobile country code and network code, digits.</param>
/// <param name="Connections">Which.</param>
public sealed record PlmnAccess(string Plmn, ConnectionReferences Connections);

/// <summary>Application plane servers of an MC system.</summary>
public sealed record ApplicationServers
{
    /// <summary>Authorization endpoint of identity management.</summary>
    public required string IdmsAuthorization { get; init; }

    /// <summary>Token endpoint of identity management.</summary>
    public required string IdmsToken { get; init; }

    /// <summary>HTTP proxy.</summary>
    public required string HttpProxy { get; init; }

    /// <summary>Group management server.</summary>
    public required string Gms { get; init; }

    /// <summary>Configuration management server.</summary>
    public required string Cms { get; init; }

    /// <summary>Key management server.</summary>
    public required string Kms { get; init; }

    /// <summary>Client and server authenticate each other in TLS.</summary>
    public bool MutualAuthentication { get; init; }

    /// <summary>Certificate, as the document has it.</summary>
    public string? X509 { get; init; }

    /// <summary>Key, as the document has it.</summary>
    public string? Key { get; init; }

    /// <summary>Elements that this class has no property for, as they stood.</summary>
    public IReadOnlyList<XElement> Others { get; init; } = [];
}

/// <summary>Public service identity of a service's participating function.</summary>
/// <param name="Service">Which service.</param>
/// <param name="Uri">Its identity.</param>
public sealed record ServicePsi(McService Service, string Uri);

/// <summary>The on-network part of a UE initial configuration (TS 24.484 7.2.2.4): connections, servers, roots. A user
/// profile carries one for each partner as access information (TS 23.280 10.1.1.2).</summary>
/// <remarks>All elements stand in a sequence: Timers, HPLMN, App-Server-Info, GMS-URI, group-creation-XUI,
/// GMS-XCAP-root-URI, CMS-XCAP-root-URI, integrity-protection-enabled, confidentiality-protection-enabled,
/// anyExt.</remarks>
public sealed record OnNetworkAccess
{
    internal static readonly XNamespace Ns = UeInitialConfiguration.Ns;
    internal static readonly XName Root = Ns + "on-network";

    /// <summary>Timers of the client.</summary>
    public ClientTimers Timers { get; init; } = new();

    /// <summary>Connections in the home network.</summary>
    public required PlmnAccess Home { get; init; }

    /// <summary>Connections in visited networks.</summary>
    public IReadOnlyList<PlmnAccess> Visited { get; init; } = [];

    /// <summary>Servers.</summary>
    public required ApplicationServers Servers { get; init; }

    /// <summary>Public service identity of the group management server.</summary>
    public required string GmsUri { get; init; }

    /// <summary>Under whom new groups are stored.</summary>
    public required string GroupCreationXui { get; init; }

    /// <summary>XCAP root of the group management server.</summary>
    public required string GmsXcapRoot { get; init; }

    /// <summary>XCAP root of the configuration management server.</summary>
    public required string CmsXcapRoot { get; init; }

    /// <summary>XML in SIP is signed.</summary>
    public bool IntegrityProtection { get; init; }

    /// <summary>XML in SIP is encrypted.</summary>
    public bool ConfidentialityProtection { get; init; }

    /// <summary>Participating functions.</summary>
    public IReadOnlyList<ServicePsi> Services { get; init; } = [];

    /// <summary>Elements that this class has no property for, as they stood.</summary>
    public IReadOnlyList<XElement> Others { get; init; } = [];

    internal static OnNetworkAccess? Read(XElement element, ElementReader reader) =>
        new OnNetworkReader(element, reader).Read();

    internal XElement ToElement() => new(Root,
        new XElement(Ns + "Timers",
            new XElement(Ns + "T100", Timers.T100), new XElement(Ns + "T101", Timers.T101),
            new XElement(Ns + "T103", Timers.T103), new XElement(Ns + "T104", Timers.T104),
            new XElement(Ns + "T132", Timers.T132)),
        new XElement(Ns + "HPLMN", new XAttribute("PLMN", Home.Plmn), Connections(Home.Connections),
            Visited.Select(v =>
                new XElement(Ns + "VPLMN", new XAttribute("PLMN", v.Plmn), Connections(v.Connections)))),
        ServerInfo(),
        new XElement(Ns + "GMS-URI", GmsUri),
        new XElement(Ns + "group-creation-XUI", GroupCreationXui),
        new XElement(Ns + "GMS-XCAP-root-URI", GmsXcapRoot),
        new XElement(Ns + "CMS-XCAP-root-URI", CmsXcapRoot),
        new XElement(Ns + "integrity-protection-enabled", Simple.Text(IntegrityProtection)),
        new XElement(Ns + "confidentiality-protection-enabled", Simple.Text(ConfidentialityProtection)),
        Services.Count + Others.Count == 0 ? null
            : new XElement(Ns + "anyExt", Services.Select(s => new XElement(
                Ns + Details(s.Service), new XElement(Ns + "Server-URI", s.Uri))), Others));

    internal static string Details(McService service) => McServiceNames.Of(service).Upper + "-Service-Details";

    private static XElement Connections(ConnectionReferences references) => new(Ns + "service",
        new XElement(Ns + "MCPTT-to-con-ref", references.McService),
        new XElement(Ns + "MC-common-core-to-con-ref", references.CommonCore),
        new XElement(Ns + "MC-ID-to-con-ref", references.Identity),
        references.Others);

    private XElement ServerInfo() => new(Ns + "App-Server-Info",
        new XElement(Ns + "idms-auth-endpoint", Servers.IdmsAuthorization),
        new XElement(Ns + "idms-token-endpoint", Servers.IdmsToken),
        new XElement(Ns + "http-proxy", Servers.HttpProxy),
        new XElement(Ns + "gms", Servers.Gms),
        new XElement(Ns + "cms", Servers.Cms),
        new XElement(Ns + "kms", Servers.Kms),
        new XElement(Ns + "tls-tunnel-auth-method",
            new XElement(Ns + "mutual-authentication", Simple.Text(Servers.MutualAuthentication)),
            XmlOctets.Text(Ns + "x509", Servers.X509), XmlOctets.Text(Ns + "key", Servers.Key)),
        Servers.Others);
}
