using McConformance.Fakes.Transport;
using McConformance.McSystem;
using McConformance.McSystem.External;
using McConformance.Wire;

namespace McConformance.Steps.TestConfiguration;

/// <summary>Something external is not there any more, or does not answer. Says what, in one sentence: nothing can be
/// judged, and the run is not green.</summary>
public sealed class SilentEntityException(string what) : Exception(what);

/// <summary>Which external entities have gone.</summary>
public sealed partial class SystemsUnderTest
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(2);

    private bool hasStarted;

    /// <summary>Looks at each endpoint of external entities that takes connections.</summary>
    /// <returns>A sentence for each that takes none; nothing where the systems never came up, which says why by
    /// itself.</returns>
    public async Task<IReadOnlyList<string>> SilentAsync()
    {
        return hasStarted ? await LookAsync() : [];
    }

    /// <summary>Why the systems did not come up in time: all that run here are bound by then.</summary>
    private async Task<string> WhyNotUpAsync()
    {
        var gone = await LookAsync();
        return gone.Count > 0
            ? string.Join("\n", gone)
            : "the systems did not come up: no connection with an external entity was opened in time; see that it "
                + "knows the nodes of the harness by their Diameter identities";
    }

    private async Task<IReadOnlyList<string>> LookAsync()
    {
        var endpoints = network.Systems.SelectMany(s =>
            s.Endpoints.Where(e => s.RunsElsewhere(e.Kind) && e.Carrier != Carrier.Udp)).DistinctBy(e => e.At);
        var told = await Task.WhenAll(
            [.. endpoints.Select(LookAsync), .. agents.Values.OfType<ExternalUserEquipment>().Select(LookAsync)]);
        return [.. told.OfType<string>()];
    }

    private async Task<string?> LookAsync(NodeEndpoint endpoint)
    {
        var named = $"{endpoint.Node} ({new Party(endpoint.Node, endpoint.Kind, "").Title}) at {endpoint.At}";
        if (await Reach.WhyNotAsync(endpoint.At, AnswersWithin) is { } why)
            return $"{named} takes no connections any more: {why}; see why it ended, and start it again";
        if (endpoint.Carrier != Carrier.Tls) return null;
        return await WhyNoTlsAsync(endpoint) is { } told ? $"{named}: {told}" : null;
    }

    /// <summary>TLS is opened as by a node of the harness: the certificates of both ends are judged.</summary>
    private async Task<string?> WhyNoTlsAsync(NodeEndpoint endpoint)
    {
        string? objection = null;
        var certificates = plan.Network.Certificates;
        var options = certificates.ClientOptions($"prober.{endpoint.Node}", endpoint.Node);
        options.RemoteCertificateValidationCallback = (_, shown, chain, _) =>
            (objection = certificates.WhyNot(shown, [endpoint.Node], chain)) is null;
        var failure = await Reach.WhyNoTlsAsync(endpoint.At, options, AnswersWithin);
        return (objection, failure) switch
        {
            ({ } refused, _) => $"{refused}; name its authority in \"trustAnchors\", or give it another certificate",
            _ => null,
        };
    }
}
