using System.Net;
using McConformance.Wire;

namespace McConformance.McSystem;

/// <summary>Which entities of one MC system run in this process, and where those listen that somebody else runs. What
/// is not known of them yet
/// is learnt later; whoever asks gets null until then. Thread safe.</summary>
public sealed class Portion
{
    private readonly HashSet<SystemPart> here;
    private volatile IReadOnlyList<NodeEndpoint> elsewhere = [];

    /// <summary>Some parts run here.</summary>
    public Portion(IEnumerable<SystemPart> here) => this.here = [.. here];

    /// <summary>All of them do.</summary>
    public static Portion Whole => new(SystemParts.All);

    /// <summary>True where nothing runs elsewhere.</summary>
    public bool IsWhole => here.Count == SystemParts.All.Count;

    /// <summary>The parts that run here.</summary>
    public IReadOnlyCollection<SystemPart> Here => here;

    /// <summary>The other parts.</summary>
    public IEnumerable<SystemPart> Others => SystemParts.All.Where(p => !here.Contains(p));

    /// <summary>Where the others listen, as far as that is known.</summary>
    public IReadOnlyList<NodeEndpoint> Elsewhere => elsewhere;

    /// <summary>Whether a part runs here.</summary>
    public bool Has(SystemPart part) => here.Contains(part);

    /// <summary>Whether an entity runs here.</summary>
    public bool Has(EntityKind kind) => SystemParts.Of(kind) is { } part && here.Contains(part);

    /// <summary>Takes endpoints of others; a later one of the same node, protocol and transport takes the earlier
    /// one's place.</summary>
    public void Learn(IEnumerable<NodeEndpoint> endpoints)
    {
        lock (here)
        {
            elsewhere = [.. elsewhere.Concat(endpoints.Where(e => !Has(e.Kind)))
                .Reverse().DistinctBy(e => (e.Node, e.Protocol, e.Carrier, e.Side)).Reverse()];
        }
    }

    /// <summary>Where an entity elsewhere listens; null where nobody has told.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="protocol">What is spoken.</param>
    /// <param name="carrier">Over what.</param>
    /// <param name="node">Its host name, where there may be several of the kind; null for any.</param>
    public IPEndPoint? Find(EntityKind kind, WireProtocol protocol, Carrier carrier, string? node = null) =>
        elsewhere.FirstOrDefault(e =>
        e.Kind == kind && e.Protocol == protocol && e.Carrier == carrier
        && (node is null || string.Equals(e.Node, node, StringComparison.OrdinalIgnoreCase)))?.At;
}
