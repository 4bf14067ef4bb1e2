using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace McConformance.Fakes.Variants;

/// <summary>Other ways to write an XML document that say the same (XML 1.0, Namespaces in XML).</summary>
internal static class XmlVariations
{
    /// <summary>Deeper than any document of an MC system.</summary>
    private const int Deep = 100;

    /// <summary>A document with a document type is an attack of the test's: it stays what it is. So do one in another
    /// encoding, and one that is too deep.</summary>
    private static readonly XmlReaderSettings Plain = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        IgnoreWhitespace = true,
    };

    /// <summary>Carries one out: <c>prefixes</c>, <c>default</c>, <c>space</c>, <c>comments</c>, <c>declaration</c>,
    /// <c>references</c>, <c>attribute</c>
    /// or <c>element</c>.</summary>
    public static string Apply(string text, string what)
    {
        XDocument document;
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), Plain);
            document = XDocument.Load(reader);
        }
        catch (XmlException)
        {
            return text;
        }

        if (document.Declaration?.Encoding is { Length: > 0 } encoding
            && !encoding.Equals("UTF-8", StringComparison.OrdinalIgnoreCase)) return text;
        if (IsDeep(document)) return text;
        var root = document.Root!;
        switch (what)
        {
            case "prefixes":
                Prefix(root);
                break;
            case "default":
                root.Attributes().Where(a => a.IsNamespaceDeclaration && a.Value == root.Name.NamespaceName).Remove();
                root.SetAttributeValue("xmlns", root.Name.NamespaceName.Length > 0 ? root.Name.NamespaceName : null);
                break;
            case "space":
                return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{root}\n";
            case "comments":
                root.AddFirst(new XComment(" ignored "), new XProcessingInstruction("other", "ignored"));
                break;
            case "declaration":
                return $"<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\r\n{root.ToString(SaveOptions.DisableFormatting)}";
            case "references":
                return Referenced(root);
            case "attribute":
                root.SetAttributeValue(XName.Get("note", "urn:other"), "1");
                break;
            case "element" when LeavesNoRoom(root):
                return text;
            case "element":
                // no foreign element may stand among the lists, but in each (RFC 4826 3.2)
                var place = root.Name.LocalName == "resource-lists" ? root.Elements().First() : root;
                place.Add(
                    new XElement(XName.Get("note", "urn:other"),
                    new XElement(XName.Get("inner", "urn:other"), "text")));
                break;
            default:
                throw new ArgumentException($"nothing of XML is called \"{what}\"");
        }

        return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>{root.ToString(SaveOptions.DisableFormatting)}";
    }

    /// <summary>An XCAP error holds one element (RFC 4825 11.2), a verification of migrations what OWN says.</summary>
    private static bool LeavesNoRoom(XElement root) =>
        root.Name.LocalName is "xcap-error" or "migration-verification";

    private static bool IsDeep(XDocument document)
    {
        using var reader = document.CreateReader();
        while (reader.Read())
            if (reader.Depth > Deep) return true;
        return false;
    }

    /// <summary>Every namespace gets a prefix of its own.</summary>
    private static void Prefix(XElement root)
    {
        var names = root.DescendantsAndSelf().Select(e => e.Name.NamespaceName).Where(n => n.Length > 0).Distinct()
            .ToArray();
        root.DescendantsAndSelf().Attributes().Where(a => a.IsNamespaceDeclaration).Remove();
        for (var i = 0; i < names.Length; i++) root.SetAttributeValue(XNamespace.Xmlns + $"zz{i}", names[i]);
    }

    /// <summary>The first character of each text as a character reference.</summary>
    private static string Referenced(XElement root)
    {
        var output = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        var text = root.ToString(SaveOptions.DisableFormatting);
        for (var i = 0; i < text.Length; i++)
        {
            output.Append(text[i]);
            if (text[i] == '>' && i + 1 < text.Length
                && char.IsAsciiLetterOrDigit(text[i + 1])) output.Append($"&#x{(int)text[++i]:X};");
        }

        return output.ToString();
    }
}
