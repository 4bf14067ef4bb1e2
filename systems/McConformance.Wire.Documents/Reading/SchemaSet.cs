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
public static class SchemaSet
{
    private static readonly Lazy<XmlSchemaSet> Shipped = new(() => Load(BindingSet.InUse));

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

    /// <summary>The schemas under the names of a binding profile.</summary>
    internal static XmlSchemaSet Load(BindingSet profile)
    {
        var set = new XmlSchemaSet { XmlResolver = null };
        var assembly = typeof(SchemaSet).Assembly;
        var names = assembly.GetManifestResourceNames().Where(n => n.EndsWith(".xsd", StringComparison.Ordinal));
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var schema = XDocument.Load(stream);
            SchemaNames.MakeOver(schema, profile);
            using var reader = schema.CreateReader();
            set.Add(null, reader);
        }

        set.Compile();
        return set;
    }
}
