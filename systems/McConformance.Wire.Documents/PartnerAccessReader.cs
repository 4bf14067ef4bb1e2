using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents;

/// <summary>Reads the bodies of connectivity to a partner; tells all that is missing, not the first alone.</summary>
internal readonly struct PartnerAccessReader(List<DocumentFinding> findings, PartnerAccessBinding names)
{
    public static readonly Clause Clause = new("TR 23.781", "6.2.1");

    private readonly XNamespace ns = names.Xml;

    public PartnerAccess? Read(XDocument document)
    {
        var root = document.Root!;
        var name = root.Name.Namespace == ns ? root.Name.LocalName : "";
        if (name == names.ConnectionRequest) return ConnectionRequest(root, At("step 1"));
        if (name == names.AccessRequest) return AccessRequest(root, At("step 7"));
        if (name == names.AccessResponse) return AccessResponse(root, At("step 12"));
        if (name == names.ConnectionResponse) return ConnectionResponse(root, At("step 13"));
        new ElementReader(findings, Clause).Report(
            DocumentFault.UnknownRoot, names.ConnectionRequest, root.Name.ToString());
        return null;
    }

    private ElementReader At(string step) => new(findings, Clause with { Place = $"{Clause.Place} {step}" });

    private PartnerConnectionRequest? ConnectionRequest(XElement root, ElementReader reader)
    {
        var user = reader.NeededValue<McServiceId>(root, ns + names.McServiceId, McServiceId.TryRead);
        var location = Location(root, reader);
        var wanted = reader.Value<McSystemId>(root, ns + names.WantedPartner, McSystemId.TryRead);
        return user is null || location is null ? null : new PartnerConnectionRequest(user.Value, location, wanted);
    }

    private UeLocation? Location(XElement root, ElementReader reader)
    {
        if (reader.Needed(root, ns + names.Location) is not { } location) return null;
        var plmn = reader.Attribute(location, "plmn");
        var area = reader.Attribute(location, "area");
        if (plmn is not null || area is not null) return new UeLocation(plmn, area);
        reader.Report(DocumentFault.Empty, names.Location, "neither plmn nor area");
        return null;
    }

    private PartnerAccessRequest? AccessRequest(XElement root, ElementReader reader)
    {
        var user = reader.NeededValue<McServiceId>(root, ns + names.McServiceId, McServiceId.TryRead);
        var database = reader.NeededText(root, ns + names.SipDatabase);
        var outbound = reader.Optional(root, ns + names.OutboundIdentities);
        var own = reader.Optional(root, ns + names.SipIdentities);
        if (outbound is not null && own is not null)
            reader.Report(DocumentFault.Unexpected, names.SipIdentities, "beside outbound identities");
        if (outbound is null && own is null) reader.Missing(names.SipIdentities);
        var set = Identities(outbound ?? own, reader);
        if (user is null || database is null || set is null) return null;
        return new PartnerAccessRequest(user.Value, new DiameterIdentity(database), set.Value, outbound is not null);
    }

    private PartnerAccessResponse? AccessResponse(XElement root, ElementReader reader)
    {
        var cause = Cause(root, reader, out var refused);
        if (refused) return cause is null ? null : new PartnerAccessResponse(cause.Value);
        return Grant(root, reader) is { } grant ? new PartnerAccessResponse(grant) : null;
    }

    private PartnerConnectionResponse? ConnectionResponse(XElement root, ElementReader reader)
    {
        var cause = Cause(root, reader, out var refused);
        var partner = reader.Value<McSystemId>(root, ns + names.PartnerSystem, McSystemId.TryRead);
        if (refused) return cause is null ? null : new PartnerConnectionResponse(partner, null, cause);
        if (root.Element(ns + names.PartnerSystem) is null) reader.Missing(names.PartnerSystem);
        return Grant(root, reader) is { } grant && partner is { } chosen
            ? new PartnerConnectionResponse(chosen, grant) : null;
    }

    private PartnerAccessCause? Cause(XElement root, ElementReader reader, out bool refused)
    {
        refused = root.Element(ns + names.Cause) is not null;
        if (!refused) return null;
        if (root.Element(ns + names.InboundIdentities) is not null)
            reader.Report(DocumentFault.Unexpected, names.InboundIdentities, "beside a cause");
        return reader.NeededValue<PartnerAccessCause>(root, ns + names.Cause, names.TryRead);
    }

    private PartnerGrant? Grant(XElement root, ElementReader reader)
    {
        var inbound = Identities(reader.Needed(root, ns + names.InboundIdentities), reader);
        var configuration = reader.Needed(root, UeInitialConfiguration.Root) is { } element
            ? UeInitialConfiguration.Read(element, reader.At(UeInitialConfiguration.Clause)) : null;
        return inbound is null || configuration is null ? null : new PartnerGrant(inbound.Value, configuration);
    }

    private static SipIdentitySet? Identities(XElement? element, ElementReader reader)
    {
        if (element is null) return null;
        var impi = reader.NeededAttributeValue<PrivateUserIdentity>(element, "impi", SipIdentity.TryPrivate);
        var impu = reader.NeededAttributeValue<PublicUserIdentity>(element, "impu", SipIdentity.TryPublic);
        return impi is { } user && impu is { } address ? new SipIdentitySet(user, address) : null;
    }
}
