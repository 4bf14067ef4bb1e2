using System.Xml.Linq;
using McConformance.Wire.Documents;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Http.Xcap;

namespace McConformance.Entities.ConfigurationManagement;

/// <summary>Why a document cannot be stored (RFC 4825 11.1).</summary>
internal readonly record struct DocumentConflict(XcapConflict Kind, string Phrase);

/// <summary>An application usage (RFC 4825 5): what its documents are, and what a user may change of them.</summary>
/// <param name="ContentType">Media type of its documents.</param>
/// <param name="Constraint">What is wrong with a document beyond its schema; null where nothing is.</param>
internal sealed record ConfigurationApplication(string ContentType, Func<XcapSelector, XDocument,
    DocumentConflict?> Constraint)
{
    /// <summary>Whether the owner may make the second of the first; false where administrators alone write.</summary>
    public Func<XDocument, XDocument, bool> OwnerMayChange { get; init; } = (_, _) => false;

    /// <summary>Whether administrators and MC service servers alone may read it.</summary>
    public Func<XcapSelector, bool> IsForAdministrators { get; init; } = _ => false;

    /// <summary>Whether it is made of another document, and written by nobody.</summary>
    public Func<XcapSelector, bool> IsDerived { get; init; } = _ => false;

    /// <summary>What is wrong with octets that are to be stored; null where nothing is.</summary>
    public DocumentConflict? Check(XcapSelector selector, ReadOnlyMemory<byte> octets, out XDocument? document)
    {
        if (!SafeXml.TryRead(octets, out document, out var refusal)) return new DocumentConflict(
            XcapConflict.NotWellFormed, refusal.ToString());
        return SchemaSet.Validate(document) is { Count: > 0 } findings
            ? new DocumentConflict(XcapConflict.SchemaValidationError, findings[0].Text)
            : Constraint(selector, document);
    }
}

/// <summary>The application usages of a configuration management server, by AUID (TS 24.484 7 to 10, OWN FA).</summary>
internal static class ConfigurationApplications
{
    private static readonly Dictionary<string, ConfigurationApplication> Known = Make();

    /// <summary>All of them.</summary>
    public static IEnumerable<string> Auids => Known.Keys;

    /// <summary>Of the root elements of their documents.</summary>
    public static IEnumerable<string> Namespaces =>
        SchemaSet.Namespaces.Where(n => n.Length > 0).Distinct();

    /// <summary>The usage of an AUID; null where there is none.</summary>
    public static ConfigurationApplication? Find(string auid) => Known.GetValueOrDefault(auid);

    private static Dictionary<string, ConfigurationApplication> Make()
    {
        var known = new Dictionary<string, ConfigurationApplication>(StringComparer.Ordinal)
        {
            [UeInitialConfiguration.Auid] = new(UeInitialConfiguration.ContentType, (_, d) => Read(d, UeInitial)),
            [FunctionalAliases.Auid] = new(FunctionalAliases.ContentType, (_, d) => Read(d, Aliases))
            {
                IsForAdministrators = s => s.IsGlobal,
                IsDerived = s => !s.IsGlobal,
            },
        };
        foreach (var names in McServiceNames.Each)
        {
            known[names.UserProfileAuid] =
                new(names.UserProfileContentType, (s, d) =>
                Profile(s, d, names))
                { OwnerMayChange = ChangesPreselectionOnly };
            known[names.ServiceConfigurationAuid] =
                new(names.ServiceConfigurationContentType, (_, d) => Read(d, ServiceConfig));
        }

        return known;
    }

    private static bool UeInitial(XDocument document, List<DocumentFinding> findings) =>
        UeInitialConfiguration.TryRead(document, out _, findings);

    private static bool Aliases(XDocument document, List<DocumentFinding> findings) =>
        FunctionalAliases.TryRead(document, out _, findings);

    private static bool ServiceConfig(XDocument document, List<DocumentFinding> findings) =>
        ServiceConfiguration.TryRead(document, out _, findings);

    private static DocumentConflict? Read(XDocument document, Func<XDocument, List<DocumentFinding>, bool> read)
    {
        var findings = new List<DocumentFinding>();
        if (read(document, findings) && findings.Count == 0) return null;
        return new DocumentConflict(XcapConflict.ConstraintFailure, findings.Count > 0 ? findings[0].ToString()
            : "another document");
    }

    /// <summary>TS 24.484 8.3.2.6: the document says itself whose it is, and which.</summary>
    private static DocumentConflict? Profile(XcapSelector selector, XDocument document, McServiceNames names)
    {
        var findings = new List<DocumentFinding>();
        if (!UserProfile.TryRead(document, out var profile, findings) || findings.Count > 0)
            return new DocumentConflict(XcapConflict.ConstraintFailure, findings.Count > 0 ? findings[0].ToString()
                : "another document");
        if (profile.XuiUri != selector.Owner) return new DocumentConflict(XcapConflict.ConstraintFailure,
            "XUI-URI is not the owner's");
        return selector.Name == $"{names.Token}-user-profile-{profile.Index}.xml"
            ? null
            : new DocumentConflict(XcapConflict.ConstraintFailure, "user-profile-index is not that of the name");
    }

    /// <summary>A user chooses which of the own profiles is the pre-selected one, and nothing else
    /// (TS 24.484 8.3.2.7).</summary>
    private static bool ChangesPreselectionOnly(XDocument before, XDocument now)
    {
        return XNode.DeepEquals(WithoutChoice(before), WithoutChoice(now));

        static XElement WithoutChoice(XDocument document)
        {
            var copy = new XElement(document.Root!);
            copy.Elements().Where(e => e.Name.LocalName == "Pre-selected-indication").Remove();
            copy.DescendantsAndSelf().Attributes().Where(a => a.IsNamespaceDeclaration).Remove();
            return copy;
        }
    }
}
