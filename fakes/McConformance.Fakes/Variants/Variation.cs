using McConformance.Wire;
using Alteration = System.Func<System.ReadOnlyMemory<byte>, System.ReadOnlyMemory<byte>>;

namespace McConformance.Fakes.Variants;

/// <summary>The lawful changes of messages that a row can name. Those of octets are functions; those of how octets are
/// let out are words
/// that <see cref="Varies"/> carries out.</summary>
internal static class Variation
{
    /// <summary>One octet at a time; with what comes before a message in the same segment; a provisional response
    /// before the final one.</summary>
    public const string Octets = "octets", After = "after", Provisional = "provisional";

    private static readonly Dictionary<(WireProtocol, string), Func<string, Alteration>> Known = new()
    {
        [(WireProtocol.Sip, "compact")] = _ => SipVariations.Compact,
        [(WireProtocol.Sip, "fold")] = _ => SipVariations.Fold,
        [(WireProtocol.Sip, "order")] = _ => HeadVariations.Reverse,
        [(WireProtocol.Sip, "case")] = HeadVariations.Case,
        [(WireProtocol.Sip, "space")] = _ => SipVariations.Space,
        [(WireProtocol.Sip, "join")] = _ => SipVariations.Join,
        [(WireProtocol.Sip, "header")] = HeadVariations.Add,
        [(WireProtocol.Sip, "parameter")] = SipVariations.Parameter,
        [(WireProtocol.Sip, "reason")] = HeadVariations.Reason,
        [(WireProtocol.Sip, "name")] = SipVariations.DisplayName,
        [(WireProtocol.Sip, "text")] = SipVariations.Text,
        [(WireProtocol.Sip, "xml")] = what => o => BodyVariations.SipXml(o, x => XmlVariations.Apply(x, what)),
        [(WireProtocol.Sip, "multipart")] = what => o => BodyVariations.Multipart(o, what),
        [(WireProtocol.Diameter, "avp")] = DiameterVariations.Add,
        [(WireProtocol.Diameter, "order")] = _ => DiameterVariations.Reverse,
        [(WireProtocol.Http, "order")] = _ => HeadVariations.Reverse,
        [(WireProtocol.Http, "case")] = HeadVariations.Case,
        [(WireProtocol.Http, "space")] = _ => HttpVariations.Space,
        [(WireProtocol.Http, "header")] = HeadVariations.Add,
        [(WireProtocol.Http, "reason")] = HeadVariations.Reason,
        [(WireProtocol.Http, "text")] = SipVariations.Text,
        [(WireProtocol.Http, "chunks")] = HttpVariations.Chunks,
        [(WireProtocol.Http, "absolute")] = _ => HttpVariations.Absolute,
        [(WireProtocol.Http, "xml")] = what => o => BodyVariations.HttpXml(o, x => XmlVariations.Apply(x, what)),
        [(WireProtocol.Http, "json")] = what => o => BodyVariations.Json(o, what),
        [(WireProtocol.Http, "form")] = what => o => BodyVariations.Form(o, what),
    };

    private static readonly HashSet<(WireProtocol, string)> Ways =
    [
        (WireProtocol.Sip, Octets), (WireProtocol.Diameter, Octets), (WireProtocol.Http, Octets),
        (WireProtocol.Sip, After), (WireProtocol.Diameter, After), (WireProtocol.Http, After),
        (WireProtocol.Sip, Provisional), (WireProtocol.Http, Provisional),
    ];

    public static bool Knows(WireProtocol protocol, string name) => Known.ContainsKey((protocol, name))
        || Ways.Contains((protocol, name));

    public static string Names(WireProtocol protocol) =>
        string.Join(", ", Known.Keys.Concat(Ways).Where(k => k.Item1 == protocol).Select(k => k.Item2));

    /// <summary>The change of octets of a row; null where it changes only how they are let out.</summary>
    public static Alteration? Of(Variant variant) =>
        Known.TryGetValue((variant.Protocol, variant.How), out var make) ? make(variant.What) : null;
}
