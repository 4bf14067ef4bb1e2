using McConformance.TestConfiguration;

namespace McConformance.Probes;

/// <summary>What came of one endpoint.</summary>
/// <param name="System">Domain of the MC system; empty for a UE.</param>
/// <param name="Entity">The entity's name in the schema.</param>
/// <param name="Endpoint">Where it is said to be.</param>
/// <param name="Works">It answered as an entity of its kind does.</param>
/// <param name="Says">One sentence: what was seen.</param>
/// <param name="Mend">What to do; empty where it works.</param>
public sealed record EndpointVerdict(
    string System, string Entity, EndpointEntry Endpoint, bool Works, string Says, string Mend)
{
    /// <summary>For a person: domain and entity.</summary>
    public string Whose => $"{System} {Entity}".TrimStart();

    /// <summary>Where it was looked for: <c>sip/tls 192.0.2.1:5061</c>.</summary>
    public string Place
    {
        get
        {
            var host = Endpoint.Address.Contains(':') ? $"[{Endpoint.Address}]" : Endpoint.Address;
            var path = Endpoint.Protocol == "http" ? Endpoint.Path : "";
            return $"{Endpoint.Protocol}/{Endpoint.Transport} {host}:{Endpoint.Port}{path}";
        }
    }
}

/// <summary>An endpoint does not work: one sentence, and what to do about it.</summary>
internal sealed class ProbeException(string says, string mend) : Exception(says)
{
    /// <summary>What to do.</summary>
    public string Mend { get; } = mend;
}
