using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Documents.Writing;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents;

/// <summary>The profile that a UE uses before a user is authenticated.</summary>
/// <param name="User">Whose.</param>
/// <param name="Index">Which of that user's.</param>
public sealed record DefaultUserProfile(McServiceId User, ProfileIndex Index);

/// <summary>What a UE needs to know to begin (TS 24.484 7.2): connections, servers, roots.</summary>
/// <remarks><code>
/// mcptt-UE-initial-configuration @domain @XUI-URI @Instance-ID-URN     children in any order
///   mcptt-UE-id? name? Default-user-profile* on-network off-network? anyExt?
/// </code></remarks>
public sealed record UeInitialConfiguration
{
    /// <summary>Content type of these octets.</summary>
    public const string ContentType = "application/vnd.3gpp.mcptt-ue-init-config+xml";

    /// <summary>Application of the document in XCAP.</summary>
    public const string Auid = "org.3gpp.mcptt.ue-init-config";

    internal static readonly XNamespace Ns = "urn:3gpp:mcptt:mcpttUEinitConfig:1.0";
    internal static readonly XName Root = Ns + "mcptt-UE-initial-configuration";
    internal static readonly Clause Clause = new("TS 24.484", "7.2");
    private static readonly XName NameElement = Ns + "name", DefaultProfile = Ns + "Default-user-profile";

    /// <summary>Domain of the MC system.</summary>
    public required string Domain { get; init; }

    /// <summary>Whose document it is in XCAP; null for that of all UEs.</summary>
    public string? XuiUri { get; init; }

    /// <summary>Instance of the UE.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Name for people.</summary>
    public string? Name { get; init; }

    /// <summary>Profiles that hold before authentication.</summary>
    public IReadOnlyList<DefaultUserProfile> DefaultUserProfiles { get; init; } = [];

    /// <summary>Connections and servers.</summary>
    public required OnNetworkAccess OnNetwork { get; init; }

    /// <summary>Elements that this class has no property for, as they stood.</summary>
    public IReadOnlyList<XElement> Others { get; init; } = [];

    /// <summary>Reads a configuration. False where it is no XML, another document, or lacks something mandatory; the
    /// findings say what.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> octets, [NotNullWhen(true)] out UeInitialConfiguration? configuration,
        List<DocumentFinding> findings)
    {
        configuration = null;
        return new ElementReader(findings, Clause).TryXml(octets, out var document)
            && TryRead(document, out configuration, findings);
    }

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, out UeInitialConfiguration?, List{DocumentFinding})"/>
    public static bool TryRead(
        XDocument document, [NotNullWhen(true)] out UeInitialConfiguration? configuration,
        List<DocumentFinding> findings)
    {
        configuration = null;
        var reader = new ElementReader(findings, Clause);
        return reader.Root(document, Root) is { } root && (configuration = Read(root, reader)) is not null;
    }

    /// <summary>The configuration, UTF-8.</summary>
    public byte[] ToOctets() => XmlOctets.Write(ToElement(), 4096);

    /// <summary>The configuration as XML.</summary>
    public XDocument ToXml() => new(ToElement());

    internal static UeInitialConfiguration? Read(XElement root, ElementReader reader)
    {
        var domain = reader.NeededAttribute(root, "domain");
        var onNetwork = reader.Needed(root, OnNetworkAccess.Root) is { } access
            ? OnNetworkAccess.Read(access, reader) : null;
        if (domain is null || onNetwork is null) return null;
        return new UeInitialConfiguration
        {
            Domain = domain,
            XuiUri = reader.Attribute(root, "XUI-URI"),
            InstanceId = reader.Attribute(root, "Instance-ID-URN"),
            Name = reader.Text(root, NameElement),
            DefaultUserProfiles = Profiles(root, reader),
            OnNetwork = onNetwork,
            Others = [.. root.Elements().Where(e =>
                e.Name != NameElement && e.Name != DefaultProfile && e.Name != OnNetworkAccess.Root)],
        };
    }

    internal XElement ToElement() => new(Root, new XAttribute("domain", Domain),
        XmlOctets.Attribute("XUI-URI", XuiUri), XmlOctets.Attribute("Instance-ID-URN", InstanceId),
        XmlOctets.Text(NameElement, Name),
        DefaultUserProfiles.Select(p => new XElement(DefaultProfile, new XAttribute("User-ID", p.User.Value),
            new XAttribute("user-profile-index", p.Index.ToString()))),
        OnNetwork.ToElement(), Others);

    private static List<DefaultUserProfile> Profiles(XElement root, ElementReader reader)
    {
        var profiles = new List<DefaultUserProfile>();
        foreach (var profile in root.Elements(DefaultProfile))
        {
            var user = reader.NeededAttributeValue<McServiceId>(profile, "User-ID", McServiceId.TryRead);
            var index = reader.NeededAttributeValue<ProfileIndex>(
                profile, "user-profile-index", ProfileIndex.TryRead);
            if (user is { } id && index is { } number) profiles.Add(new DefaultUserProfile(id, number));
        }

        return profiles;
    }
}
