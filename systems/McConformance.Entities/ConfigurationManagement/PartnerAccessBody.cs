using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;

namespace McConformance.Entities.ConfigurationManagement;

/// <summary>Bodies of the four messages of TR 23.781 6.2.1 steps 1, 7, 12 and 13. OWN: one vocabulary for all, each message with a root of its own.</summary>
internal sealed record PartnerAccessBody(string Root)
{
    /// <summary>Media type of all of them.</summary>
    public const string MediaType = "application/vnd.mcconformance.migration+xml";

    /// <summary>Step 1.</summary>
    public const string ConnectionRequest = "partner-connection-request";

    /// <summary>Step 13.</summary>
    public const string ConnectionResponse = "partner-connection-response";

    /// <summary>Step 7.</summary>
    public const string AccessRequest = "partner-access-request";

    /// <summary>Step 12.</summary>
    public const string AccessResponse = "partner-access-response";

    /// <summary>An answer that says no.</summary>
    public const string Refusal = "refusal";

    private static readonly XNamespace Ns = "urn:mcconformance:ns:migration:1.0";

    /// <summary>The user, in the primary MC system.</summary>
    public string McServiceId { get; init; } = "";

    /// <summary>Area in which the UE is; empty where not told.</summary>
    public string Location { get; init; } = "";

    /// <summary>Domain of a partner: wanted in a request, chosen in a response.</summary>
    public string PartnerSystem { get; init; } = "";

    /// <summary>Identifier of the user's SIP database.</summary>
    public string SipDatabase { get; init; } = "";

    /// <summary>SIP identities: the primary's in a request, the partner's in a response.</summary>
    public SipIdentitySet? Identities { get; init; }

    /// <summary>UE initial configuration of the partner, a whole element.</summary>
    public XElement? InitialConfiguration { get; init; }

    /// <summary>Why not.</summary>
    public string Cause { get; init; } = "";

    /// <summary>Reads a body; null where it is no XML, has another root, or an element stands twice or empty.</summary>
    public static PartnerAccessBody? Read(ReadOnlyMemory<byte> octets, string root)
    {
        if (!SafeXml.TryRead(octets, out var document, out _) || document!.Root!.Name != Ns + root) return null;
        var top = document.Root;
        if (top.Elements().GroupBy(e => e.Name).Any(g => g.Count() > 1)) return null;
        return new PartnerAccessBody(root)
        {
            McServiceId = Text(top, "mc-service-id"),
            Location = Text(top, "location"),
            PartnerSystem = Text(top, "partner-system"),
            SipDatabase = Text(top, "sip-database"),
            Identities = Set(top.Element(Ns + "sip-identities")),
            InitialConfiguration = top.Element(Ns + "initial-configuration")?.Elements().FirstOrDefault(),
            Cause = Text(top, "cause"),
        };
    }

    /// <summary>As octets, UTF-8.</summary>
    public byte[] Write()
    {
        var root = new XElement(
            Ns + Root, new XAttribute(XNamespace.Xmlns + "mig", Ns.NamespaceName), Element("mc-service-id", McServiceId), Element("location", Location),
            Element("partner-system", PartnerSystem), Element("sip-database", SipDatabase));
        if (Identities is { } set)
            root.Add(new XElement(Ns + "sip-identities", new XAttribute("impi", set.Private.Value), new XAttribute("impu", set.Public.Value)));
        if (InitialConfiguration is not null) root.Add(new XElement(Ns + "initial-configuration", InitialConfiguration));
        root.Add(Element("cause", Cause));
        return new System.Text.UTF8Encoding(false).GetBytes(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + root.ToString(SaveOptions.DisableFormatting));
    }

    private static XElement? Element(string name, string value) => value.Length == 0 ? null : new XElement(Ns + name, value);

    private static string Text(XElement top, string name) => ((string?)top.Element(Ns + name))?.Trim() ?? "";

    private static SipIdentitySet? Set(XElement? element) =>
        ((string?)element?.Attribute("impi"), (string?)element?.Attribute("impu")) is ({ Length: > 0 } impi, { Length: > 0 } impu)
            ? new SipIdentitySet(new PrivateUserIdentity(impi), new PublicUserIdentity(impu))
            : null;
}
