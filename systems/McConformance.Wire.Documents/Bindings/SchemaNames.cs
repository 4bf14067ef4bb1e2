using System.Reflection;
using System.Xml.Linq;

namespace McConformance.Wire.Documents.Bindings;

/// <summary>Makes a shipped schema of an own namespace over to the names of another binding profile, so that a vendor's
/// documents are held against the same content models.</summary>
internal static class SchemaNames
{
    private static readonly XNamespace Xs = "http://www.w3.org/2001/XMLSchema";

    /// <summary>The names that a part of a profile holds; not its own.</summary>
    public static IEnumerable<PropertyInfo> NamesOf(object part) => part.GetType().GetProperties()
        .Where(p => p.PropertyType == typeof(string) && p.CanWrite && p.Name != nameof(BindingSet.Name));

    /// <summary>Changes the schema in place where the profile renames its target namespace.</summary>
    public static void MakeOver(XDocument schema, BindingSet profile)
    {
        var target = schema.Root!.Attribute("targetNamespace")!.Value;
        foreach (var (own, chosen) in profile.Parts)
        {
            var names = Names(own, chosen);
            if (NamespaceOf(own) != target || ReferenceEquals(own, chosen)) continue;
            foreach (var attribute in schema.Root.Attributes().Where(a => a.Value == target).ToList())
                attribute.Value = NamespaceOf(chosen);
            var hasAttributes = own is InterconnectionBinding;
            foreach (var element in schema.Descendants().ToList()) Rename(element, names, hasAttributes);
        }
    }

    /// <param name="element">Of the schema.</param>
    /// <param name="names">Own name to chosen name.</param>
    /// <param name="hasAttributes">The binding names attributes too; those of the others stay.</param>
    private static void Rename(XElement element, Dictionary<string, string> names, bool hasAttributes)
    {
        if (element.Name == Xs + "attribute" && hasAttributes) Replace(element.Attribute("name"), names);
        if (element.Name == Xs + "element") Replace(element.Attribute("name"), names);
        if (element.Name == Xs + "element") Replace(element.Attribute("ref"), names);
        if (element.Name == Xs + "selector") Replace(element.Attribute("xpath"), names);
        if (element.Name == Xs + "enumeration") Replace(element.Attribute("value"), names);
    }

    private static void Replace(XAttribute? attribute, Dictionary<string, string> names)
    {
        if (attribute is null) return;
        var colon = attribute.Value.IndexOf(':');
        if (names.TryGetValue(attribute.Value[(colon + 1)..], out var other))
            attribute.Value = attribute.Value[..(colon + 1)] + other;
    }

    private static Dictionary<string, string> Names(object own, object chosen)
    {
        var names = new Dictionary<string, string>();
        foreach (var property in NamesOf(own))
            names[(string)property.GetValue(own)!] = (string)property.GetValue(chosen)!;
        return names;
    }

    /// <summary>The namespace of a part.</summary>
    public static string NamespaceOf(object binding) =>
        (string)binding.GetType().GetProperty(nameof(MigrationBinding.Namespace))!.GetValue(binding)!;
}
