using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using McConformance.Wire.Documents.Bindings;

namespace McConformance.Wire.Documents.Reading;

/// <summary>What a schema says against a document.</summary>
/// <param name="Line">Line of the document, 1-based; 0 where it is not known.</param>
/// <param name="Text">In words.</param>
public readonly record struct SchemaFinding(int Line, string Text);

/// <summary>The schemas that this project ships, in Schemas/: its own writing, from the element tables of the
/// specifications. Those of own bindings go by the names of the profile in use.</summary>
public static partial class SchemaSet
{
    private static readonly Lazy<XmlSchemaSet> Shipped = new(() => Load(BindingSet.InUse));

    private static readonly Lazy<Dictionary<string, Clause>> Clauses = new(() =>
        Read(BindingSet.InUse).ToDictionary(s => (string)s.Root!.Attribute("targetNamespace")!, ClauseIn));

    /// <summary>Target namespaces of all schemas.</summary>
    public static IEnumerable<string> Namespaces =>
        Shipped.Value.Schemas().Cast<XmlSchema>().Select(s => s.TargetNamespace ?? "");

    /// <summary>True where a schema declares an element of this name as a root.</summary>
    public static bool Knows(XName root) =>
        Shipped.Value.GlobalElements.Contains(new XmlQualifiedName(root.LocalName, root.NamespaceName));

    /// <summary>Compares a document with the schema of its root's namespace. An unknown root is one finding.</summary>
    public static IReadOnlyList<SchemaFinding> Validate(XDocument document)
    {
        var root = document.Root!.Name;
        if (!Knows(root)) return [new SchemaFinding(1, $"no schema declares the root element {root}")];
        var findings = new List<SchemaFinding>();
        document.Validate(Shipped.Value, (_, e) => findings.Add(new SchemaFinding(e.Exception.LineNumber, e.Message)));
        return findings;
    }

    /// <summary>Where the elements are described that a finding speaks of: those of the first namespace that it names,
    /// or else of the root's.</summary>
    /// <param name="finding">One of <see cref="Validate"/>.</param>
    /// <param name="root">Root of the document; one that is known.</param>
    public static Clause ClauseOf(SchemaFinding finding, XName root) => Clauses.Value
        .Select(c => (At: finding.Text.IndexOf($"'{c.Key}", StringComparison.Ordinal), Clause: c.Value))
        .Where(c => c.At >= 0)
        .DefaultIfEmpty((At: 0, Clause: Clauses.Value[root.NamespaceName])).MinBy(c => c.At).Clause;

    /// <summary>The schemas under the names of a binding profile.</summary>
    internal static XmlSchemaSet Load(BindingSet profile)
    {
        var set = new XmlSchemaSet { XmlResolver = null };
        foreach (var schema in Read(profile))
        {
            using var reader = schema.CreateReader();
            set.Add(null, reader);
        }

        set.Compile();
        return set;
    }

    private static IEnumerable<XDocument> Read(BindingSet profile)
    {
        var assembly = typeof(SchemaSet).Assembly;
        var names = assembly.GetManifestResourceNames().Where(n => n.EndsWith(".xsd", StringComparison.Ordinal));
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var schema = XDocument.Load(stream);
            SchemaNames.MakeOver(schema, profile);
            yield return schema;
        }
    }

    /// <summary>Each schema says at its head where its elements are described.</summary>
    private static Clause ClauseIn(XDocument schema)
    {
        var head = schema.Nodes().OfType<XComment>().First().Value;
        var found = Cited().Match(head);
        return new Clause(found.Groups["document"].Value, found.Groups["place"].Value);
    }

    [GeneratedRegex(@"(?<document>(?:TS|TR|RFC) [\d.]+|OWN) (?<place>[A-Z\d.]*[A-Z\d])")]
    private static partial Regex Cited();
}
