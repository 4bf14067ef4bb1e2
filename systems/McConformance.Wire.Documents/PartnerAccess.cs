using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Documents.Writing;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents;

/// <summary>Where a UE is; one of both at least.</summary>
/// <param name="Plmn">Network that serves it, digits.</param>
/// <param name="Area">Identifier of an area, as the operators agree on them.</param>
public sealed record UeLocation(string? Plmn, string? Area);

/// <summary>What a partner gives to a user who is to migrate.</summary>
/// <param name="Inbound">Identities for the partner's SIP core.</param>
/// <param name="Configuration">UE initial configuration for the partner; stored beside that of the primary.</param>
public sealed record PartnerGrant(SipIdentitySet Inbound, UeInitialConfiguration Configuration);

/// <summary>A body of connectivity to a partner (TR 23.781 6.2.1, OWN ACC): one of four. The names are those of
/// <see cref="PartnerAccessBinding"/>.</summary>
/// <remarks><code>
/// get-partner-connection-details-request    mc-service-id location @plmn @area wanted-partner?      client to primary
/// get-partner-connection-details-response   partner-system inbound-sip-identities mcptt-UE-initial-configuration |
/// cause
/// partner-access-request                    mc-service-id sip-database (outbound-)sip-identities @impi @impu
/// partner-access-response                   inbound-sip-identities mcptt-UE-initial-configuration | cause
/// </code></remarks>
public abstract record PartnerAccess
{
    /// <summary>Content type of these octets.</summary>
    public const string ContentType = "application/vnd.mcconformance.partner-access+xml";

    private protected PartnerAccess()
    {
    }

    /// <summary>Reads one of the four. False where it is no XML, another document, or lacks something mandatory; the
    /// findings say what.</summary>
    /// <param name="octets">The body.</param>
    /// <param name="message">One of the four types below.</param>
    /// <param name="findings">Grows by what is wrong.</param>
    /// <param name="binding">Names; null for the own ones.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> octets, [NotNullWhen(true)] out PartnerAccess? message, List<DocumentFinding> findings,
        PartnerAccessBinding? binding = null)
    {
        message = null;
        return new ElementReader(findings, PartnerAccessReader.Clause).TryXml(octets, out var document)
            && TryRead(document, out message, findings, binding);
    }

    /// <summary>The same of XML.</summary>
    public static bool TryRead(
        XDocument document, [NotNullWhen(true)] out PartnerAccess? message, List<DocumentFinding> findings,
        PartnerAccessBinding? binding = null)
    {
        message = new PartnerAccessReader(findings, binding ?? BindingSet.InUse.PartnerAccess).Read(document);
        return message is not null;
    }

    /// <summary>The body, UTF-8, elements in the order of the schema.</summary>
    /// <param name="binding">Names; null for the own ones.</param>
    public byte[] ToOctets(PartnerAccessBinding? binding = null) =>
        XmlOctets.Write(ToElement(binding ?? BindingSet.InUse.PartnerAccess), 4096);

    /// <summary>The body as XML.</summary>
    public XDocument ToXml(PartnerAccessBinding? binding = null) =>
        new(ToElement(binding ?? BindingSet.InUse.PartnerAccess));

    private protected abstract XElement ToElement(PartnerAccessBinding names);

    private protected static XElement SetElement(XName name, SipIdentitySet set) =>
        new(name, new XAttribute("impi", set.Private.Value), new XAttribute("impu", set.Public.Value));

    private protected static object Outcome(PartnerGrant? grant, PartnerAccessCause? cause, PartnerAccessBinding names)
    {
        if (grant is null) return new XElement(names.Xml + names.Cause, names.Text(cause ?? default));
        return new object[]
        {
            SetElement(names.Xml + names.InboundIdentities, grant.Inbound), grant.Configuration.ToElement(),
        };
    }
}

/// <summary>The client asks for partner connection details (TR 23.781 6.2.1 step 1).</summary>
/// <param name="User">Who asks.</param>
/// <param name="Location">Where the UE is.</param>
/// <param name="WantedPartner">Null leaves the choice to the server.</param>
public sealed record PartnerConnectionRequest(McServiceId User, UeLocation Location, McSystemId? WantedPartner = null)
    : PartnerAccess
{
    private protected override XElement ToElement(PartnerAccessBinding names) => new(
        names.Xml + names.ConnectionRequest,
        new XElement(names.Xml + names.McServiceId, User.Value),
        new XElement(names.Xml + names.Location,
            XmlOctets.Attribute("plmn", Location.Plmn), XmlOctets.Attribute("area", Location.Area)),
        XmlOctets.Text(names.Xml + names.WantedPartner, WantedPartner?.Value));
}

/// <summary>The primary passes them on (TR 23.781 6.2.1 step 13), or says why not.</summary>
public sealed record PartnerConnectionResponse : PartnerAccess
{
    internal PartnerConnectionResponse(McSystemId? partner, PartnerGrant? grant, PartnerAccessCause? cause) =>
        (Partner, Grant, Cause) = (partner, grant, cause);

    /// <summary>Access was given.</summary>
    public PartnerConnectionResponse(McSystemId partner, PartnerGrant grant) => (Partner, Grant) = (partner, grant);

    /// <summary>It was not.</summary>
    public PartnerConnectionResponse(PartnerAccessCause cause) => Cause = cause;

    /// <summary>The partner that was chosen; null with a cause.</summary>
    public McSystemId? Partner { get; }

    /// <summary>What the partner gave; null with a cause.</summary>
    public PartnerGrant? Grant { get; }

    /// <summary>Null where access was given.</summary>
    public PartnerAccessCause? Cause { get; }

    private protected override XElement ToElement(PartnerAccessBinding names) => new(
        names.Xml + names.ConnectionResponse,
        XmlOctets.Text(names.Xml + names.PartnerSystem, Partner?.Value),
        Outcome(Grant, Cause, names));
}

/// <summary>The primary asks the partner for access of a user (TR 23.781 6.2.1 step 7).</summary>
/// <param name="User">Who is to migrate.</param>
/// <param name="SipDatabase">The user's SIP database at the primary, or the locator before it.</param>
/// <param name="Identities">Identities by which that database knows the user.</param>
/// <param name="Outbound">True where they are outbound migration identities, false where the user's own.</param>
public sealed record PartnerAccessRequest(
    McServiceId User, DiameterIdentity SipDatabase, SipIdentitySet Identities, bool Outbound) : PartnerAccess
{
    private protected override XElement ToElement(PartnerAccessBinding names) => new(
        names.Xml + names.AccessRequest,
        new XElement(names.Xml + names.McServiceId, User.Value),
        new XElement(names.Xml + names.SipDatabase, SipDatabase.Value),
        SetElement(names.Xml + (Outbound ? names.OutboundIdentities : names.SipIdentities), Identities));
}

/// <summary>The partner answers (TR 23.781 6.2.1 step 12).</summary>
public sealed record PartnerAccessResponse : PartnerAccess
{
    internal PartnerAccessResponse(PartnerGrant? grant, PartnerAccessCause? cause) => (Grant, Cause) = (grant, cause);

    /// <summary>Access is given.</summary>
    public PartnerAccessResponse(PartnerGrant grant) => Grant = grant;

    /// <summary>It is not.</summary>
    public PartnerAccessResponse(PartnerAccessCause cause) => Cause = cause;

    /// <summary>What the partner gives; null with a cause.</summary>
    public PartnerGrant? Grant { get; }

    /// <summary>Null where access is given.</summary>
    public PartnerAccessCause? Cause { get; }

    private protected override XElement ToElement(PartnerAccessBinding names) =>
        new(names.Xml + names.AccessResponse, Outcome(Grant, Cause, names));
}
