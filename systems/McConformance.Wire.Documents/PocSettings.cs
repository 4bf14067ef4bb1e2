using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Documents.Writing;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents;

/// <summary>How a client answers calls.</summary>
public enum AnswerMode
{
    /// <summary>The user accepts.</summary>
    Manual,

    /// <summary>The client accepts.</summary>
    Automatic,
}

/// <summary>Service settings of one client (RFC 4354 4, TS 24.379 7.2.2), among them the user profile it has
/// selected.</summary>
/// <remarks><code>
/// poc-settings
///   entity @id
///     isb-settings? am-settings/answer-mode? ipab-settings? sss-settings?
///     mcs10Set:selected-user-profile-index/mcs10Set:user-profile-index
/// </code></remarks>
public sealed record PocSettings
{
    /// <summary>Content type of these octets.</summary>
    public const string ContentType = "application/poc-settings+xml";

    private static readonly XNamespace Oma = "urn:oma:params:xml:ns:poc:poc-settings";
    private static readonly XNamespace Mcs = "urn:3gpp:mcsSettings:1.0";
    private static readonly Clause Clause = new("RFC 4354", "4");
    private static readonly Clause Selection = new("TS 24.379", "7.2.2");
    private static readonly XName Answering = Oma + "am-settings", Selected = Mcs + "selected-user-profile-index";
    private static readonly string[] Sequence = ["isb-settings", "am-settings", "ipab-settings", "sss-settings"];

    /// <summary>Instance of the client that these are the settings of, a URN.</summary>
    public required string EntityId { get; init; }

    /// <summary>Null where it does not say; MCData has none.</summary>
    public AnswerMode? AnswerMode { get; init; }

    /// <summary>The user profile in use; TS 23.280 10.6.3.2.1 asks for it.</summary>
    public ProfileIndex? SelectedUserProfileIndex { get; init; }

    /// <summary>Other settings, as they stood.</summary>
    public IReadOnlyList<XElement> Others { get; init; } = [];

    /// <summary>Reads settings. False where it is no XML, another document, or has no entity with an id; what else is
    /// wrong is in the findings, and its property null.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> octets, [NotNullWhen(true)] out PocSettings? settings, List<DocumentFinding> findings)
    {
        settings = null;
        return new ElementReader(findings, Clause).TryXml(octets, out var document)
            && TryRead(document, out settings, findings);
    }

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, out PocSettings?, List{DocumentFinding})"/>
    public static bool TryRead(
        XDocument document, [NotNullWhen(true)] out PocSettings? settings, List<DocumentFinding> findings)
    {
        settings = null;
        var reader = new ElementReader(findings, Clause);
        if (reader.Root(document, Oma + "poc-settings") is not { } root) return false;
        if (reader.Needed(root, Oma + "entity") is not { } entity) return false;
        if (reader.NeededAttribute(entity, "id") is not { } id) return false;
        var answering = reader.Optional(entity, Answering);
        var selected = reader.At(Selection).Optional(entity, Selected);
        settings = new PocSettings
        {
            EntityId = id,
            AnswerMode = answering is null ? null
                : reader.NeededValue<AnswerMode>(answering, Oma + "answer-mode", TryAnswerMode),
            SelectedUserProfileIndex = selected is null ? null : reader.At(Selection)
                .NeededValue<ProfileIndex>(selected, Mcs + "user-profile-index", ProfileIndex.TryRead),
            Others = [.. entity.Elements().Where(e => e.Name != Answering && e.Name != Selected)],
        };
        return true;
    }

    /// <summary>The settings, UTF-8, elements in the order of the schema.</summary>
    public byte[] ToOctets() => XmlOctets.Write(ToXml());

    /// <summary>The settings as XML.</summary>
    public XDocument ToXml()
    {
        var mode = AnswerMode switch
        {
            Documents.AnswerMode.Automatic => "automatic",
            Documents.AnswerMode.Manual => "manual",
            _ => null,
        };
        List<XElement> all = [.. Others];
        if (mode is not null) all.Add(new XElement(Answering, new XElement(Oma + "answer-mode", mode)));
        if (SelectedUserProfileIndex is { } index)
            all.Add(new XElement(Selected, new XElement(Mcs + "user-profile-index", index.ToString())));
        return new XDocument(new XElement(Oma + "poc-settings", new XAttribute(XNamespace.Xmlns + "mcs10Set", Mcs),
            new XElement(Oma + "entity", new XAttribute("id", EntityId), all.OrderBy(PlaceOf))));
    }

    private static int PlaceOf(XElement setting)
    {
        var place = setting.Name.Namespace == Oma ? Array.IndexOf(Sequence, setting.Name.LocalName) : -1;
        return place < 0 ? Sequence.Length : place;
    }

    private static bool TryAnswerMode(string text, out AnswerMode mode)
    {
        mode = text == "automatic" ? Documents.AnswerMode.Automatic : Documents.AnswerMode.Manual;
        return text is "automatic" or "manual";
    }
}
