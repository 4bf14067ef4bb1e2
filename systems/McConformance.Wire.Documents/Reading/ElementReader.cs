using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace McConformance.Wire.Documents.Reading;

/// <summary>Reads a value from text; false where the text does not follow the type.</summary>
internal delegate bool Parse<T>(string text, out T value);

/// <summary>Takes values out of elements and reports each that is missing, empty, malformed or doubled, with its
/// clause. Unknown elements and attributes are passed over.</summary>
internal readonly struct ElementReader(List<DocumentFinding> findings, Clause clause)
{
    private const int PrintedMax = 80;

    /// <summary>The same for elements of another clause.</summary>
    public ElementReader At(Clause other) => new(findings, other);

    public void Report(DocumentFault fault, string element, string text) =>
        findings.Add(new DocumentFinding(fault, element, clause, Printable(text)));

    /// <summary>Octets to XML with the root that is asked for.</summary>
    public bool TryXml(ReadOnlyMemory<byte> octets, [NotNullWhen(true)] out XDocument? document)
    {
        if (SafeXml.TryRead(octets, out document, out var refusal)) return true;
        Report(DocumentFault.NotXml, "document", refusal.ToString());
        return false;
    }

    public XElement? Root(XDocument document, XName expected)
    {
        if (document.Root is { } root && root.Name == expected) return root;
        Report(DocumentFault.UnknownRoot, expected.LocalName, document.Root?.Name.ToString() ?? "nothing");
        return null;
    }

    /// <summary>The element if it is there; the first if it is there more than once.</summary>
    public XElement? Optional(XElement? parent, XName name)
    {
        XElement? first = null;
        for (var node = parent?.FirstNode; node is not null; node = node.NextNode)
        {
            if (node is not XElement element || element.Name != name) continue;
            if (first is not null)
            {
                Report(DocumentFault.Duplicated, name.LocalName, "twice or more");
                break;
            }

            first = element;
        }

        return first;
    }

    public XElement? Needed(XElement? parent, XName name)
    {
        var element = Optional(parent, name);
        if (element is null) Missing(name.LocalName);
        return element;
    }

    /// <summary>Simple content of the element; null where it is absent, empty or has elements in it.</summary>
    public string? Text(XElement? parent, XName name) =>
        Optional(parent, name) is { } element ? Content(element) : null;

    public string? NeededText(XElement? parent, XName name) =>
        Needed(parent, name) is { } element ? Content(element) : null;

    /// <summary>A URI reference: nothing in it that no URI has.</summary>
    public string? Uri(XElement? parent, XName name) => Reference(Text(parent, name), name.LocalName);

    public string? NeededUri(XElement? parent, XName name) => Reference(NeededText(parent, name), name.LocalName);

    public T? Value<T>(XElement? parent, XName name, Parse<T> parse)
        where T : struct => Parsed(Text(parent, name), name.LocalName, parse);

    public T? NeededValue<T>(XElement? parent, XName name, Parse<T> parse)
        where T : struct => Parsed(NeededText(parent, name), name.LocalName, parse);

    /// <summary>Simple content without the white space around it.</summary>
    public string? Content(XElement element)
    {
        if (element.HasElements)
        {
            Report(DocumentFault.Malformed, element.Name.LocalName, "elements in simple content");
            return null;
        }

        var text = element.Value.Trim();
        if (text.Length > 0) return text;
        Report(DocumentFault.Empty, element.Name.LocalName, "no content");
        return null;
    }

    public string? Attribute(XElement element, XName name)
    {
        if (element.Attribute(name) is not { } attribute) return null;
        var text = attribute.Value.Trim();
        if (text.Length > 0) return text;
        Report(DocumentFault.Empty, Label(element, name), "no content");
        return null;
    }

    public string? NeededAttribute(XElement element, XName name)
    {
        if (element.Attribute(name) is null) Missing(Label(element, name));
        return Attribute(element, name);
    }

    public T? AttributeValue<T>(XElement element, XName name, Parse<T> parse)
        where T : struct => Parsed(Attribute(element, name), Label(element, name), parse);

    public T? NeededAttributeValue<T>(XElement element, XName name, Parse<T> parse)
        where T : struct => Parsed(NeededAttribute(element, name), Label(element, name), parse);

    public T? Parsed<T>(string? text, string label, Parse<T> parse)
        where T : struct
    {
        if (text is null) return null;
        if (parse(text, out var value)) return value;
        Report(DocumentFault.Malformed, label, text);
        return null;
    }

    public void Missing(string label) => Report(DocumentFault.Missing, label, "absent, or not readable");

    private string? Reference(string? text, string label)
    {
        if (text is null || Simple.IsUriReference(text)) return text;
        Report(DocumentFault.Malformed, label, text);
        return null;
    }

    private static string Label(XElement element, XName attribute) => $"{element.Name.LocalName}@{attribute.LocalName}";

    private static string Printable(string text)
    {
        var cut = text.Length > PrintedMax ? text[..PrintedMax] + "..." : text;
        return cut.Any(char.IsControl) ? new string([.. cut.Select(c => char.IsControl(c) ? '.' : c)]) : cut;
    }
}

/// <summary>The simple types that documents use.</summary>
internal static class Simple
{
    private static readonly SearchValues<char> NoUri = SearchValues.Create(" <>\"{}|\\^`\u00a0");

    /// <summary>xs:boolean: true, false, 1, 0.</summary>
    public static bool Boolean(string text, out bool value)
    {
        value = text is "true" or "1";
        return value || text is "false" or "0";
    }

    /// <summary>xs:unsignedByte.</summary>
    public static bool Octet(string text, out byte value) =>
        byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    /// <summary>xs:unsignedShort.</summary>
    public static bool Short(string text, out ushort value) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    /// <summary>xs:nonNegativeInteger that fits into an int.</summary>
    public static bool Count(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    /// <summary>xs:duration.</summary>
    public static bool Duration(string text, out TimeSpan value)
    {
        try
        {
            value = XmlConvert.ToTimeSpan(text);
            return value >= TimeSpan.Zero;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            value = default;
            return false;
        }
    }

    /// <summary>xs:anyURI, of characters that a URI has; a relative reference is one too.</summary>
    public static bool IsUriReference(string text) => !text.AsSpan().ContainsAny(NoUri) && !text.Any(char.IsControl);

    /// <summary>Decimal digits as schemas write them.</summary>
    public static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>true or false.</summary>
    public static string Text(bool value) => value ? "true" : "false";
}
