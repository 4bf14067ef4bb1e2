using System.Collections.Concurrent;
using System.Net;
using McConformance.Fakes.Disturbances;
using McConformance.Fakes.Relays;
using McConformance.Fakes.Relays.Transport;
using McConformance.McSystem;
using McConformance.TestConfiguration;
using McConformance.Wire;

namespace McConformance.Steps.TestConfiguration;

/// <summary>The relays of one scenario: each stands in the place of one node of an external MC system, for one who
/// calls it. Thread safe.</summary>
internal sealed class RelayHouse(LinkBook links, Certificates certificates) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Client, NodeEndpoint At), Lazy<(IPEndPoint At,
        IAsyncDisposable Relay)>> relays = new();

    private readonly ConcurrentDictionary<Link, byte> bad = new();

    /// <summary>Where the relay for a link listens; starts it when first asked.</summary>
    public IPEndPoint PlaceFor(RelayedLink link) =>
        relays.GetOrAdd((link.Client.Name, link.At), _ => new(() => Start(link))).Value.At;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var relay in relays.Values) await relay.Value.Relay.DisposeAsync();
    }

    /// <summary>Each way once, however many relays share it.</summary>
    private void Disturb(Party client, Party server, WireProtocol protocol, RelayEntry entry)
    {
        var options = new BadNetworkOptions(entry.Delay, entry.LossPercent, entry.ReorderPercent);
        foreach (var link in (Link[])[links.Between(client, server, protocol), links.Between(server, client, protocol)])
            if (bad.TryAdd(link, 0)) link.Disturb(new BadNetwork(links, options, bad.Count));
    }

    private (IPEndPoint At, IAsyncDisposable Relay) Start(RelayedLink link)
    {
        var (client, server, at) = (link.Client, link.Server, link.At);
        var configured = client.System == server.System ? null
            : Configured.RelayBetween(client.System, server.System);
        if (configured is { IsBad: true }) Disturb(client, server, at.Protocol, configured);
        var isTls = at.Carrier == Carrier.Tls;
        var options = new RelayOptions
        {
            Links = links,
            Client = client,
            Server = server,
            Protocol = at.Protocol,
            Target = at.At,
            Listen = new IPEndPoint(configured?.Listen ?? Configured.Ixit.Links.HarnessAddress, 0),
            TlsToClient = isTls ? certificates.ServerOptions(server.Name, () => [client.Name]) : null,
            TlsToServer = isTls ? certificates.ClientOptions(client.Name, server.Name) : null,
        };
        if (at.Carrier == Carrier.Udp)
        {
            var datagrams = new DatagramRelay(options);
            return (datagrams.ListeningAt, datagrams);
        }

        var streams = new StreamRelay(options);
        return (streams.ListeningAt, streams);
    }
}
