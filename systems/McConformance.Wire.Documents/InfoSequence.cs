using System.Collections.Frozen;
using System.Xml.Linq;

namespace McConformance.Wire.Documents;

/// <summary>Order of the elements of a service info: its schema is a sequence (TS 24.379 F.1.2, TS 24.281 F.1.2,
/// TS 24.282 D.1.2).</summary>
internal sealed class InfoSequence
{
    private static readonly InfoSequence[] All =
    [
        new("urn:3gpp:ns:mcpttInfo:1.0",
            "mcptt-access-token session-type mcptt-request-uri mcptt-calling-user-id mcptt-called-party-id " +
            "mcptt-calling-group-id required emergency-ind alert-ind imminentperil-ind broadcast-ind mc-org " +
            "floor-state associated-group-id originated-by MKFC-GKTPs mcptt-client-id alert-ind-rcvd anyExt"),
        new("urn:3gpp:ns:mcvideoInfo:1.0",
            "mcvideo-access-token session-type mcvideo-request-uri mcvideo-calling-user-id mcvideo-called-party-id " +
            "mcvideo-calling-group-id required emergency-ind alert-ind imminentperil-ind broadcast-ind mc-org " +
            "associated-group-id originated-by MKFC-GKTPs mcvideo-client-id alert-ind-rcvd anyExt"),
        new("urn:3gpp:ns:mcdataInfo:1.0",
            "mcdata-access-token request-type mcdata-request-uri mcdata-calling-user-id mcdata-called-party-id " +
            "mcdata-calling-group-id alert-ind originated-by mcdata-client-id mcdata-controller-psi anyExt"),
    ];

    private static readonly Clause[] Clauses =
        [new("TS 24.379", "F.1.2"), new("TS 24.281", "F.1.2"), new("TS 24.282", "D.1.2")];

    private readonly FrozenDictionary<XName, int> places;

    private InfoSequence(XNamespace ns, string names) =>
        places = names.Split(' ').Select((name, place) => (name, place))
            .ToFrozenDictionary(x => ns + x.name, x => x.place);

    public static InfoSequence Of(McService service) => All[(int)service];

    public static Clause Clause(McService service) => Clauses[(int)service];

    /// <summary>Elements of other namespaces come last.</summary>
    public int PlaceOf(XName name) => places.GetValueOrDefault(name, int.MaxValue);
}
