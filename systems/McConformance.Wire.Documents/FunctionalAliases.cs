using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Documents.Writing;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents;

/// <summary>A functional alias: an identity for what a user does, beside the one for who the user is
/// (TS 23.280 8.1.5).</summary>
/// <param name="Uri">The alias; its domain is the MC system that defines it.</param>
public sealed record FunctionalAlias(string Uri)
{
    /// <summary>Name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Users by whom it can be active at a time, 1 or more; null for no limit.</summary>
    public int? ActivationsMax { get; init; }

    /// <summary>An active one can be taken over by another user.</summary>
    public bool AllowsTakeOver { get; init; }

    /// <summary>Users who may activate it.</summary>
    public IReadOnlyList<McServiceId> Users { get; init; } = [];
}

/// <summary>Functional aliases (TS 23.280 7.3.1, OWN FA): all of an MC system, as its administrators keep them, or
/// those that one user may
/// activate, without the other users.</summary>
/// <remarks><code>
/// functional-aliases @domain
///   functional-alias* @uri @display-name? @activations-max? @take-over?
///     user* @uri
/// </code></remarks>
public sealed record FunctionalAliases
{
    /// <summary>Application in XCAP.</summary>
    public const string Auid = "org.mcconformance.functional-alias";

    /// <summary>Name of the document, in the global tree and in that of each user.</summary>
    public const string DocumentName = "functional-aliases.xml";

    /// <summary>Content type of these octets.</summary>
    public const string ContentType = "application/vnd.mcconformance.functional-alias+xml";

    private static readonly Clause Clause = new("OWN", "FA");

    /// <summary>The MC system that defines them.</summary>
    public required McSystemId System { get; init; }

    /// <summary>The aliases; no two with one URI.</summary>
    public IReadOnlyList<FunctionalAlias> Aliases { get; init; } = [];

    /// <summary>Selector of a user's document, from the AUID on, escaped.</summary>
    public static string SelectorOf(McServiceId user) =>
        $"{Auid}/users/{Uri.EscapeDataString(user.Value)}/{DocumentName}";

    /// <summary>What of these one user is to see.</summary>
    public FunctionalAliases For(McServiceId user) => this with
    {
        Aliases = [.. Aliases.Where(a => a.Users.Contains(user)).Select(a => a with { Users = [user] })],
    };

    /// <summary>Reads aliases. False where it is no XML, another document, or does not say of which MC system; what
    /// else is wrong is in
    /// the findings, and left out.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> octets, [NotNullWhen(true)] out FunctionalAliases? aliases,
        List<DocumentFinding> findings, FunctionalAliasBinding? binding = null)
    {
        aliases = null;
        return new ElementReader(findings, Clause).TryXml(octets, out var document)
            && TryRead(document, out aliases, findings, binding);
    }

    /// <summary>The same of XML.</summary>
    public static bool TryRead(
        XDocument document, [NotNullWhen(true)] out FunctionalAliases? aliases,
        List<DocumentFinding> findings, FunctionalAliasBinding? binding = null)
    {
        aliases = null;
        var names = binding ?? BindingSet.InUse.FunctionalAliases;
        var reader = new ElementReader(findings, Clause);
        if (reader.Root(document, names.Xml + names.Aliases) is not { } root) return false;
        if (reader.NeededAttributeValue<McSystemId>(root, "domain", McSystemId.TryRead) is not { } system) return false;
        var read = new List<FunctionalAlias>();
        foreach (var element in root.Elements(names.Xml + names.Alias))
        {
            if (Read(element, reader, names) is not { } alias) continue;
            if (read.TrueForAll(a => a.Uri != alias.Uri)) read.Add(alias);
            else reader.Report(DocumentFault.Duplicated, names.Alias, alias.Uri);
        }

        aliases = new FunctionalAliases { System = system, Aliases = read };
        return true;
    }

    /// <summary>The aliases, UTF-8.</summary>
    public byte[] ToOctets(FunctionalAliasBinding? binding = null) => XmlOctets.Write(ToXml(binding));

    /// <summary>The aliases as XML.</summary>
    public XDocument ToXml(FunctionalAliasBinding? binding = null)
    {
        var names = binding ?? BindingSet.InUse.FunctionalAliases;
        return new XDocument(new XElement(names.Xml + names.Aliases, new XAttribute("domain", System.Value),
            Aliases.Select(a => new XElement(names.Xml + names.Alias, new XAttribute("uri", a.Uri),
                XmlOctets.Attribute("display-name", a.DisplayName),
                XmlOctets.Attribute("activations-max", a.ActivationsMax is { } most ? Simple.Text(most) : null),
                XmlOctets.Attribute("take-over", a.AllowsTakeOver ? "true" : null),
                a.Users.Select(u => new XElement(names.Xml + names.User, new XAttribute("uri", u.Value)))))));
    }

    private static FunctionalAlias? Read(XElement element, ElementReader reader, FunctionalAliasBinding names)
    {
        var uri = reader.NeededAttributeValue<McServiceId>(element, "uri", McServiceId.TryRead);
        var users = new List<McServiceId>();
        foreach (var user in element.Elements(names.Xml + names.User))
            if (reader.NeededAttributeValue<McServiceId>(user, "uri", McServiceId.TryRead) is { } id) users.Add(id);
        if (uri is null) return null;
        return new FunctionalAlias(uri.Value.Value)
        {
            DisplayName = reader.Attribute(element, "display-name"),
            ActivationsMax = reader.AttributeValue<int>(element, "activations-max", Positive),
            AllowsTakeOver = reader.AttributeValue<bool>(element, "take-over", Simple.Boolean) ?? false,
            Users = users,
        };
    }

    private static bool Positive(string text, out int value) => Simple.Count(text, out value) && value > 0;
}
