using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Documents.Writing;

namespace McConformance.Wire.Documents;

/// <summary>Makes the elements of a user profile.</summary>
internal static class UserProfileXml
{
    private static readonly XNamespace Policy = GroupNames.Policy;
    private static readonly Clause[] Clauses =
        [new("TS 24.484", "8.3.2"), new("TS 24.484", "9.3.2"), new("TS 24.484", "10.3.2")];

    public static Clause Clause(McService service) => Clauses[(int)service];

    public static XDocument Make(UserProfile profile, MigrationBinding binding)
    {
        var names = McServiceNames.Of(profile.Service);
        var ns = names.UserProfileNamespace;
        return new XDocument(new XElement(names.UserProfileRoot,
            new XAttribute("XUI-URI", profile.XuiUri),
            new XAttribute("user-profile-index", profile.Index.ToString()),
            new XElement(ns + "Status", Simple.Text(profile.Enabled)),
            XmlOctets.Text(ns + "ProfileName", profile.Name),
            profile.PreSelected ? new XElement(ns + "Pre-selected-indication") : null,
            Common(profile, ns, names.Upper),
            OnNetwork(profile, ns, names.Upper, binding),
            Rules(profile, ns)));
    }

    private static XElement Common(UserProfile profile, XNamespace ns, string service)
    {
        var callable = profile.CallableUsers.Select(u =>
            new XElement(ns + "PrivateCallURI", new XElement(ns + "uri-entry", u.Value)));
        var calls = XmlOctets.Text(ns + "MaxSimultaneousCallsN6", GroupXml.Number(profile.MaxSimultaneousCalls));
        var priority = XmlOctets.Text(ns + "Priority", GroupXml.Number(profile.Priority));
        return new XElement(ns + "Common",
            new XElement(ns + (service + "UserID"), new XElement(ns + "uri-entry", profile.UserId.Value),
                XmlOctets.Text(ns + "display-name", profile.DisplayName)),
            profile.CallableUsers.Count == 0 ? null
                : new XElement(ns + "PrivateCall", new XElement(ns + "PrivateCallList", callable)),
            calls is null && priority is null ? null : new XElement(ns + (service + "-group-call"), calls, priority));
    }

    private static XElement OnNetwork(UserProfile profile, XNamespace ns, string service, MigrationBinding binding) =>
        new(ns + "OnNetwork",
            new XElement(ns + (service + "GroupInfo"), profile.Groups.Select(g => Group(g, ns))),
            XmlOctets.Text(ns + "MaxAffiliationsN2", GroupXml.Number(profile.MaxAffiliations)),
            profile.MigrationAllowed.Count == 0 ? null
                : new XElement(ns + "anyExt", MigrationPartner.ToElement(profile.MigrationAllowed, binding)));

    private static XElement Group(ProfileGroup group, XNamespace ns) => new(ns + "entry",
        new XElement(ns + "uri-entry", group.Id.Value),
        XmlOctets.Text(ns + "display-name", group.DisplayName),
        group is { GmsAddress: null, IdmsTokenEndpoint: null, KmsUri: null } ? null
            : new XElement(ns + "anyExt", new XElement(ns + "GroupServerInfo",
                Server(ns, "GMS-Serv-Id", group.GmsAddress),
                Server(ns, "IDMS-token-endpoint", group.IdmsTokenEndpoint),
                Server(ns, "KMS-URI", group.KmsUri))));

    // all three lists are mandatory, each may be empty
    private static XElement Server(XNamespace ns, string name, string? uri) => new(ns + name,
        uri is null ? null : new XElement(ns + "entry", new XElement(ns + "uri-entry", uri)));

    private static XElement Rules(UserProfile profile, XNamespace ns) => new(Policy + "ruleset",
        new XAttribute(XNamespace.Xmlns + "cp", Policy),
        new XElement(Policy + "rule", new XAttribute("id", "permissions"),
            new XElement(Policy + "conditions"),
            new XElement(Policy + "actions", profile.Allowed.Order(StringComparer.Ordinal)
                .Select(action => new XElement(ns + action, "true")))));
}
