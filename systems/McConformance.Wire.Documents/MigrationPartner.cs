using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Documents.Writing;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents;

/// <summary>Signalling plane of a partner.</summary>
/// <param name="Domain">Its home network domain.</param>
/// <param name="Pcscf">First proxy, host and port.</param>
public sealed record SipCoreAddress(string Domain, string Pcscf);

/// <summary>A partner to which the user may migrate, with the access information for it (TS 23.280 10.1.1.2,
/// OWN MIG-ALLOWED); names are those of <see cref="MigrationBinding"/>.</summary>
public sealed record MigrationPartner
{
    internal static readonly Clause Clause = new("OWN", "MIG-ALLOWED");

    /// <summary>Domain of the partner.</summary>
    public required McSystemId Id { get; init; }

    /// <summary>Services that the user may use there.</summary>
    public required IReadOnlyList<McService> Services { get; init; }

    /// <summary>Profiles by which the user may migrate; none means the profile in which this stands.</summary>
    public IReadOnlyList<ProfileIndex> ValidProfiles { get; init; } = [];

    /// <summary>Servers and connections of the partner.</summary>
    public required OnNetworkAccess Access { get; init; }

    /// <summary>Audience that the security token for the partner must have (TS 33.180 B.7).</summary>
    public required string IdmsAudience { get; init; }

    /// <summary>Signalling plane of the partner.</summary>
    public required SipCoreAddress SipCore { get; init; }

    /// <summary>Identities to use there; null for those of the UE.</summary>
    public SipIdentitySet? SipIdentities { get; init; }

    /// <summary>Participating functions of the partner, one for each service.</summary>
    public IReadOnlyList<ServicePsi> ServicePsis { get; init; } = [];

    internal static List<MigrationPartner> ReadAll(XElement allowed, ElementReader reader, MigrationBinding names)
    {
        var partners = new List<MigrationPartner>();
        foreach (var element in allowed.Elements(names.Xml + names.PartnerSystem))
            if (Read(element, reader.At(Clause), names) is { } partner) partners.Add(partner);
        return partners;
    }

    internal static XElement ToElement(IReadOnlyList<MigrationPartner> partners, MigrationBinding names) =>
        new(names.Xml + names.MigrationAllowed, new XAttribute(XNamespace.Xmlns + "mig", names.Namespace),
            partners.Select(p => p.ToElement(names)));

    private static MigrationPartner? Read(XElement element, ElementReader reader, MigrationBinding names)
    {
        var ns = names.Xml;
        var id = reader.NeededAttributeValue<McSystemId>(element, "id", McSystemId.TryRead);
        var services = ReadServices(element, reader);
        var access = reader.Needed(element, OnNetworkAccess.Root) is { } onNetwork
            ? OnNetworkAccess.Read(onNetwork, reader.At(UeInitialConfiguration.Clause)) : null;
        var audience = reader.NeededUri(element, ns + names.IdmsAudience);
        var core = ReadSipCore(element, reader, names);
        var psis = ReadPsis(element, reader, names);
        foreach (var service in services.Where(s => psis.TrueForAll(p => p.Service != s)))
            reader.Report(DocumentFault.Missing, names.ServicePsi, $"none for {service}");
        if (id is null || services.Count == 0 || access is null || audience is null || core is null) return null;
        return new MigrationPartner
        {
            Id = id.Value,
            Services = services,
            ValidProfiles = ReadProfiles(element, reader, names),
            Access = access,
            IdmsAudience = audience,
            SipCore = core,
            SipIdentities = ReadIdentities(element, reader, names),
            ServicePsis = psis,
        };
    }

    private XElement ToElement(MigrationBinding names)
    {
        var ns = names.Xml;
        return new XElement(ns + names.PartnerSystem, new XAttribute("id", Id.Value),
            new XAttribute("services", string.Join(' ', Services.Select(s => McServiceNames.Of(s).Token))),
            ValidProfiles.Select(p => new XElement(ns + names.ValidProfileIndex, p.ToString())),
            Access.ToElement(),
            new XElement(ns + names.IdmsAudience, IdmsAudience),
            new XElement(ns + names.SipCore,
                new XAttribute("domain", SipCore.Domain), new XAttribute("pcscf", SipCore.Pcscf)),
            SipIdentities is not { } set ? null : new XElement(ns + names.SipIdentities,
                new XAttribute("impi", set.Private.Value), new XAttribute("impu", set.Public.Value)),
            ServicePsis.Select(p => new XElement(ns + names.ServicePsi,
                new XAttribute("service", McServiceNames.Of(p.Service).Token), p.Uri)));
    }

    private static List<McService> ReadServices(XElement element, ElementReader reader)
    {
        var services = new List<McService>();
        var all = reader.NeededAttribute(element, "services") ?? "";
        foreach (var token in all.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!McServiceNames.TryRead(token, out var service))
                reader.Report(DocumentFault.Malformed, "partner-system@services", token);
            else if (!services.Contains(service)) services.Add(service);
        }

        return services;
    }

    private static List<ProfileIndex> ReadProfiles(XElement element, ElementReader reader, MigrationBinding names)
    {
        var indexes = new List<ProfileIndex>();
        foreach (var index in element.Elements(names.Xml + names.ValidProfileIndex))
        {
            var text = reader.Content(index);
            if (reader.Parsed<ProfileIndex>(text, names.ValidProfileIndex, ProfileIndex.TryRead) is { } number)
                indexes.Add(number);
        }

        return indexes;
    }

    private static SipCoreAddress? ReadSipCore(XElement element, ElementReader reader, MigrationBinding names)
    {
        if (reader.Needed(element, names.Xml + names.SipCore) is not { } core) return null;
        var domain = reader.NeededAttribute(core, "domain");
        var pcscf = reader.NeededAttribute(core, "pcscf");
        return domain is null || pcscf is null ? null : new SipCoreAddress(domain, pcscf);
    }

    private static SipIdentitySet? ReadIdentities(XElement element, ElementReader reader, MigrationBinding names)
    {
        if (reader.Optional(element, names.Xml + names.SipIdentities) is not { } identities) return null;
        var impi = reader.NeededAttributeValue<PrivateUserIdentity>(identities, "impi", SipIdentity.TryPrivate);
        var impu = reader.NeededAttributeValue<PublicUserIdentity>(identities, "impu", SipIdentity.TryPublic);
        return impi is { } user && impu is { } address ? new SipIdentitySet(user, address) : null;
    }

    private static List<ServicePsi> ReadPsis(XElement element, ElementReader reader, MigrationBinding names)
    {
        var psis = new List<ServicePsi>();
        foreach (var psi in element.Elements(names.Xml + names.ServicePsi))
        {
            var service = reader.NeededAttributeValue<McService>(psi, "service", McServiceNames.TryRead);
            if (service is { } known && reader.Content(psi) is { } uri) psis.Add(new ServicePsi(known, uri));
        }

        return psis;
    }
}

/// <summary>Reads identities of the signalling plane.</summary>
internal static class SipIdentity
{
    /// <summary>user@realm, no scheme (TS 23.003 13.3).</summary>
    public static bool TryPrivate(string text, out PrivateUserIdentity identity)
    {
        identity = new PrivateUserIdentity(text);
        var at = text.IndexOf('@');
        return at > 0 && at < text.Length - 1 && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
    }

    /// <summary>SIP or tel URI (TS 23.003 13.4).</summary>
    public static bool TryPublic(string text, out PublicUserIdentity identity)
    {
        identity = new PublicUserIdentity(text);
        return McServiceId.TryRead(text, out _);
    }
}
