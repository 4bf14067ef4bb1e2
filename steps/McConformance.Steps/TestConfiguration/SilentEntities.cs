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
            EndpointsOf(s).Where(e => s.RunsElsewhere(e.Kind) && e.Carrier != Carrier.Udp)).DistinctBy(e => e.At);
        var told = await Task.WhenAll(
            [.. endpoints.Select(LookAsync), .. agents.Values.OfType<ExternalUserEquipment>().Select(LookAsync)]);
        return [.. told.OfType<string>()];
    }

    /// <summary>None where a system is not bound yet, because the one before it could not be.</summary>
    private static IEnumerable<NodeEndpoint> EndpointsOf(IMcSystem system)
    {
        try
        {
            return [.. system.Endpoints];
        }
        catch (InvalidOperationException)
        {
            return [];
        }
    }

    private async Task<string?> LookAsync(NodeEndpoint endpoint)
    {
        var named = $"{endpoint.Node} ({new Party(endpoint.Node, endpoint.Kind, "").Title}) at {endpoint.At}";
        if (await Reach.WhyNotAsync(endpoint.At, AnswersWithin) is { } why)
            return $"{named} takes no connections any more: {why}; see why it ended, and start it again";
        if (endpoint.Carrier != Carrier.Tls) return null;
        return await WhyNoTlsAsync(endpoint) is { } told ? $"{named}: {told}" : null;
    }

    /// <summary>TLS is opened as by a node of the harness, to judge the certificate that is shown. Whether it takes the
    /// harness's is told by nobody: with TLS 1.3 that comes later than the handshake (RFC 8446 4.4.2).</summary>
    private async Task<string?> WhyNoTlsAsync(NodeEndpoint endpoint)
    {
        string? objection = null;
        var certificates = plan.Network.Certificates;
        var options = certificates.ClientOptions($"prober.{endpoint.Node}", endpoint.Node);
        options.RemoteCertificateValidationCallback = (_, shown, chain, _) =>
            (objection = certificates.WhyNot(shown, [endpoint.Node], chain)) is null;
        await Reach.OpenTlsAsync(endpoint.At, options, AnswersWithin);
        return objection is null
            ? null : $"{objection}; name its authority in \"trustAnchors\", or give it another certificate";
    }
}
