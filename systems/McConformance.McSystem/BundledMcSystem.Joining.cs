using System.Net;
using McConformance.McSystem.Application;
using McConformance.Wire;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;

namespace McConformance.McSystem;

/// <summary>How its entities find each other, whoever runs them: those here at once, those elsewhere as soon as it is
/// known where they
/// listen.</summary>
public sealed partial class BundledMcSystem
{
    private readonly List<(DiameterNode From, DiameterIdentity To)> joined = [];
    private readonly HashSet<(DiameterNode At, DiameterIdentity Caller)> expected = [];
    private readonly HashSet<(string Psi, SipDestination At)> served = [];
    private bool isApplicationBegun;
    private ForeignServingCscf? foreignServing;

    /// <summary>Where the MC service servers and others of this plane hand requests to the SIP core (SIP-2); null
    /// while nobody has told.</summary>
    internal SipDestination? SipCore => serving is not null
        ? new SipDestination(Carrier.Tcp, serving.Endpoint.AddressOf(Carrier.Tcp))
        : portion.Find(EntityKind.ServingCscf, WireProtocol.Sip, Carrier.Tcp) is { } at
            ? new SipDestination(Carrier.Tcp, at) : null;

    /// <summary>Where application servers hand requests for UEs to the SIP core (SIP-2).</summary>
    public SipDestination Serving => serving!.Destination;

    /// <summary>An application server takes requests for a public service identity from the SIP core (SIP-2).</summary>
    public void AddApplicationServer(string identity, SipDestination at) => serving!.AddApplicationServer(identity, at);

    /// <summary>Binds the sockets of the signalling control plane and joins its entities.</summary>
    public void Start()
    {
        MigrationManagement?.Node.Start();
        database?.Node.Start();
        if (interrogating is not null)
        {
            serving?.Start();
            interrogating.Start(serving?.Destination ?? StartForeignServing());
            edge!.Start(interrogating.Destination);
        }

        foreach (var (host, _) in network.ExternalPeers)
            MigrationManagement?.Node.AddPeer(new DiameterPeerOptions
            {
                Host = new DiameterIdentity(host),
                IsProtected = network.ProtectsCsc18
            });
        foreach (var host in options.DatabaseClients)
            DatabaseNode?.AddPeer(new DiameterPeerOptions { Host = new DiameterIdentity(host) });
        Join();
    }

    /// <summary>Completes when all inner connections are open that entities here open and whose other end is
    /// known.</summary>
    public async Task WhenJoinedAsync(CancellationToken cancellation)
    {
        if (foreignServing is { } foreign && MigrationManagement?.Node is { } node)
        {
            await foreign.Ready.WaitAsync(cancellation).ConfigureAwait(false);
            node.AddPeer(new DiameterPeerOptions
            {
                Host = new DiameterIdentity(ServingHost),
                Address =
                foreign.Cx,
                Initiates = true
            });
            await node.WhenConnectedAsync(new DiameterIdentity(ServingHost), cancellation).ConfigureAwait(false);
        }

        await Task.WhenAll(joined.Select(j => j.From.WhenConnectedAsync(j.To, cancellation)).ToArray())
            .ConfigureAwait(false);
    }

    private string ServingHost => ForeignServing.HostOf(options);

    /// <summary>It is the migration management server that opens the connection: of the two it is the one that knows
    /// when the other is up.</summary>
    private SipDestination StartForeignServing()
    {
        foreignServing = ForeignServing.Start(network, options, links);
        return new SipDestination(Carrier.Udp, foreignServing.Sip);
    }

    /// <summary>Completes when the entities elsewhere have opened their inner connections with those here.</summary>
    internal Task WhenCalledAsync(CancellationToken cancellation) => Task.WhenAll(
        from inner in Joins()
        where inner.From is null && inner.To is not null && !portion.Has(inner.Caller)
        select inner.To!.WhenConnectedAsync(inner.FromHost, cancellation));

    /// <summary>Makes known what has been learnt since of entities elsewhere.</summary>
    internal void Join()
    {
        if (network.Detours is { IsKnown: false }) return;
        foreach (var inner in Joins())
        {
            if (inner.To is { } server
                && expected.Add((server, inner.FromHost))) server.AddPeer(
                new DiameterPeerOptions { Host = inner.FromHost });
            if (inner.From is not { } client || joined.Contains((client, inner.ToHost))) continue;
            if ((inner.To?.ListeningAt
                ?? portion.Find(inner.Callee, WireProtocol.Diameter, Carrier.Tcp)) is not { } at) continue;
            var way = network.Detours?.Way(inner.FromName, Carrier.Tcp, at) ?? at;
            client.AddPeer(new DiameterPeerOptions { Host = inner.ToHost, Address = way, Initiates = true });
            client.AddRoute(new DiameterRoute(Realm, [inner.ToHost]));
            joined.Add((client, inner.ToHost));
        }

        if (serving is null || Application is null) return;
        foreach (var (psi, at) in Application.ApplicationServers)
            if (served.Add((psi, at))) serving.AddApplicationServer(psi, at);
    }

    /// <summary>Makes and binds the application plane. The signalling control plane is up by then.</summary>
    internal async Task BindApplicationAsync(HttpDirectory directory, Func<string, IMcSystem?> others,
        CancellationToken cancellation)
    {
        if (options.Application is null) return;
        configurationClient?.Start();
        isApplicationBegun = true;
        Join();
        await WhenJoinedAsync(cancellation).ConfigureAwait(false);
        Application = new BundledApplicationPlane(options, network, links, wheel, directory, others,
            configurationClient, () => SipCore, portion);
        await Application.BindAsync(cancellation).ConfigureAwait(false);
        Join();
    }

    async Task INetworkMember.StartApplicationAsync(HttpDirectory directory, Func<string, IMcSystem?> others,
        CancellationToken cancellation)
    {
        await BindApplicationAsync(directory, others, cancellation).ConfigureAwait(false);
        if (Application is not null) await Application.ConfigureAsync().ConfigureAwait(false);
    }

    /// <summary>The inner Diameter connections (AAA-1, AAA-2 and Sh): who opens them, and to whom. A node is null
    /// where it runs elsewhere.</summary>
    private IEnumerable<InnerJoin> Joins()
    {
        var (sip, joins) = (options.SipDomain, options.JoinsDatabaseAndMigrationManagement);
        var mms = MigrationManagement?.Node;
        var callee = joins ? EntityKind.MigrationManagementServer : EntityKind.SipDatabase;
        var holder = new DiameterIdentity(joins ? options.MigrationManagementHost : options.DatabaseHost);
        yield return new InnerJoin(EntityKind.ServingCscf, serving?.Node, $"scscf.{sip}",
            EntityKind.MigrationManagementServer, mms, new DiameterIdentity(options.MigrationManagementHost));
        yield return new InnerJoin(EntityKind.InterrogatingCscf, interrogating?.Node, $"icscf.{sip}", callee,
            DatabaseNode, holder);
        if (!joins)
            yield return new InnerJoin(EntityKind.MigrationManagementServer, mms, options.MigrationManagementHost,
                callee, DatabaseNode, holder);
        // its node is bound when the application plane begins
        if (options.Application is not null)
            yield return new InnerJoin(EntityKind.ConfigurationManagementServer, isApplicationBegun
                ? configurationClient : null, $"cms.{options.Domain}", callee, DatabaseNode, holder);
    }

    private bool Has(SystemPart part) => portion.Has(part);

    private bool JoinsDatabaseHere => options.JoinsDatabaseAndMigrationManagement && Has(SystemPart.SipDatabase)
        && MigrationManagement is not null;

    private DiameterNode? DatabaseNode => JoinsDatabaseHere ? MigrationManagement!.Node : database?.Node;

    private static IEnumerable<NodeEndpoint> Of(Wire.Sip.Transactions.SipEndpoint? node) => node is null ? []
        : BoundNodes.Of(node);

    private IEnumerable<NodeEndpoint> Of(DiameterNode? node, EntityKind kind) => node is null ? []
        : BoundNodes.Of(node, kind, network.ProtectsCsc18);

    private sealed record InnerJoin(
        EntityKind Caller, DiameterNode? From, string FromName, EntityKind Callee, DiameterNode? To,
            DiameterIdentity ToHost)
    {
        public DiameterIdentity FromHost => new(FromName);
    }
}
