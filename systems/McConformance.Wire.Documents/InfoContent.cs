using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents;

/// <summary>Reads the content of a service info's parameters; remembers what it read, to tell the others.</summary>
internal sealed class InfoContent(XElement parameters, ElementReader reader, McServiceNames names)
{
    private readonly HashSet<XName> known = [names.InfoNamespace + "anyExt"];

    public McServiceInfo Read(MigrationBinding binding)
    {
        var anyExt = reader.Optional(parameters, names.InfoNamespace + "anyExt");
        var info = new McServiceInfo
        {
            Service = names.Service,
            AccessToken = Typed(Own("-access-token"), names.StringChild),
            SessionType = Plain(parameters, "session-type"),
            RequestUri = Typed(Own("-request-uri"), names.UriChild),
            CallingUserId = Typed<McServiceId>(Own("-calling-user-id"), names.UriChild, McServiceId.TryRead),
            CalledPartyId = Typed<McServiceId>(Own("-called-party-id"), names.UriChild, McServiceId.TryRead),
            CallingGroupId = Typed<McGroupId>(Own("-calling-group-id"), names.UriChild, McGroupId.TryRead),
            Emergency = Typed<bool>("emergency-ind", names.BooleanChild, Simple.Boolean),
            Alert = Typed<bool>("alert-ind", names.BooleanChild, Simple.Boolean),
            ImminentPeril = Typed<bool>("imminentperil-ind", names.BooleanChild, Simple.Boolean),
            AssociatedGroupId = Typed<McGroupId>("associated-group-id", names.UriChild, McGroupId.TryRead),
            OriginatedBy = Typed<McServiceId>("originated-by", names.UriChild, McServiceId.TryRead),
            ClientId = Typed(Own("-client-id"), names.StringChild),
            RequestType = Plain(parameters, "request-type") ?? Plain(anyExt, "request-type"),
            ResponseType = Plain(anyExt, "response-type"),
            Migration = anyExt is null ? null : MigrationExtension.Read(anyExt, reader, binding),
        };
        return info with
        {
            Others = [.. parameters.Elements().Where(e => !known.Contains(e.Name))],
            OtherExtensions =
                [.. (anyExt?.Elements() ?? []).Where(e => !known.Contains(e.Name) && e.Name.Namespace != binding.Xml)],
        };
    }

    private string Own(string suffix) => names.Token + suffix;

    private string? Plain(XElement? parent, string name)
    {
        known.Add(names.InfoNamespace + name);
        return reader.Text(parent, names.InfoNamespace + name);
    }

    private T? Typed<T>(string name, XName child, Parse<T> parse)
        where T : struct => reader.Parsed(Typed(name, child), name, parse);

    /// <summary>Content with a type attribute: one child that holds the value, unless it is encrypted.</summary>
    private string? Typed(string name, XName child)
    {
        known.Add(names.InfoNamespace + name);
        if (reader.Optional(parameters, names.InfoNamespace + name) is not { } element) return null;
        if (element.Attribute("type")?.Value == "Encrypted")
        {
            reader.Report(DocumentFault.Encrypted, name, "type Encrypted");
            return null;
        }

        if (reader.Optional(element, child) is { } value) return reader.Content(value);
        reader.Report(DocumentFault.Empty, name, $"no {child.LocalName} in it");
        return null;
    }
}

/// <summary>Makes the elements of a service info.</summary>
internal readonly struct InfoElements(McServiceNames names)
{
    public XElement? Plain(string name, string? value) =>
        value is null ? null : new XElement(names.InfoNamespace + name, value);

    public XElement? String(string name, string? value) => Typed(name, names.StringChild, value);

    public XElement? Uri(string name, string? value) => Typed(name, names.UriChild, value);

    public XElement? Boolean(string name, bool? value) =>
        Typed(name, names.BooleanChild, value is { } set ? Simple.Text(set) : null);

    private XElement? Typed(string name, XName child, string? value) => value is null ? null
        : new XElement(names.InfoNamespace + name, new XAttribute("type", "Normal"), new XElement(child, value));
}
