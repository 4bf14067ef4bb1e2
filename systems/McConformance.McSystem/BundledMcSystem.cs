using System.Net;
using System.Security.Cryptography;
using McConformance.Entities.MigrationManagement;
using McConformance.Entities.Ports;
using McConformance.Entities.SipCore;
using McConformance.Entities.SipDatabase;
using McConformance.McSystem.Application;
using McConformance.Wire;
using McConformance.Wire.Authentication;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;
using McConformance.Wire.Time;

namespace McConformance.McSystem;

/// <summary>One whole MC system in this process: SIP core, SIP database and migration management server, each on sockets of its own.</summary>
public sealed class BundledMcSystem : INetworkMember
{
    private readonly McSystemOptions options;
    private readonly NetworkOptions network;
    private readonly LinkBook links;
    private readonly TimerWheel wheel;
    private readonly ProxyCscf edge;
    private readonly InterrogatingCscf interrogating;
    private readonly ServingCscf serving;
    private readonly SipDatabaseServer? database;
    private readonly SipDatabaseServer databaseLogic;
    private readonly DiameterNode? configurationClient;

    /// <summary>Makes the entities; nothing is bound yet.</summary>
    /// <exception cref="ArgumentException">The configuration holds what TS 23.280 does not allow; says what.</exception>
    public BundledMcSystem(McSystemOptions options, NetworkOptions network, LinkBook links, TimerWheel wheel)
    {
        (this.options, this.network, this.links, this.wheel) = (options, network, links, wheel);
        edge = new ProxyCscf(new ProxyCscfOptions(Sip("pcscf", EntityKind.ProxyCscf), $"pcscf.{options.SipDomain}", options.SipDomain, options.HidesTopology));
        var icscf = Ports("icscf", EntityKind.InterrogatingCscf);
        interrogating = new InterrogatingCscf(new InterrogatingCscfOptions(Sip(icscf), Node(icscf), Realm));
        var scscf = Ports("scscf", EntityKind.ServingCscf);
        serving = new ServingCscf(new ServingCscfOptions(Sip(scscf), Node(scscf), $"scscf.{options.SipDomain}", options.SipDomain, Realm));
        MigrationManagement = new MigrationManagementServer(
            Node(Ports("mms", EntityKind.MigrationManagementServer), listens: true), Policy(), new DiameterIdentity(options.DatabaseHost));
        if (options.JoinsDatabaseAndMigrationManagement)
        {
            databaseLogic = new SipDatabaseServer(MigrationManagement.Node, network.StoreOf(options.DatabaseHost));
            MigrationManagement.CollocatedDatabase = databaseLogic;
        }
        else
        {
            databaseLogic = database = new SipDatabaseServer(
                Node(Ports("sdb", EntityKind.SipDatabase), listens: true), network.StoreOf(options.DatabaseHost));
        }

        Fill(databaseLogic);
        databaseLogic.Allocated = Bind;
        databaseLogic.Resume();
        if (options.Application is null) return;
        configurationClient = new DiameterNode(Node(new EntityPorts(
            links.Add(new Party($"cms.{options.Domain}", EntityKind.ConfigurationManagementServer, options.Domain)), links, wheel)), new NoRequests());
    }

    /// <summary>The application plane; null where there is none.</summary>
    public BundledApplicationPlane? Application { get; private set; }

    /// <summary>Its configuration.</summary>
    public McSystemOptions Options => options;

    /// <inheritdoc/>
    public bool IsExternal => false;

    /// <inheritdoc/>
    public IReadOnlyList<NodeEndpoint> Endpoints =>
    [
        .. BoundNodes.Of(edge.Endpoint), .. BoundNodes.Of(interrogating.Endpoint), .. BoundNodes.Of(serving.Endpoint),
        .. BoundNodes.Of(MigrationManagement.Node, EntityKind.MigrationManagementServer, network.ProtectsCsc18),
        .. database is null ? [] : BoundNodes.Of(database.Node, EntityKind.SipDatabase, network.ProtectsCsc18),
        .. Application?.Endpoints ?? [],
    ];

    /// <summary>An application server takes requests for a public service identity from the SIP core (SIP-2).</summary>
    public void AddApplicationServer(string identity, SipDestination at) => serving.AddApplicationServer(identity, at);

    /// <summary>Where application servers hand requests for UEs to the SIP core (SIP-2).</summary>
    public SipDestination Serving => serving.Destination;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> InnerAddresses =>
    [
        interrogating.Endpoint.AddressOf(Carrier.Udp).ToString(), serving.Endpoint.AddressOf(Carrier.Udp).ToString(),
        $"icscf.{options.SipDomain}", $"scscf.{options.SipDomain}",
    ];

    /// <inheritdoc/>
    public IReadOnlyCollection<string> ApplicationInnerNames => Application?.InnerNames ?? [];

    ICsc18Node INetworkMember.Csc18Node => new OwnCsc18Node(MigrationManagement.Node);

    /// <summary>Where the nodes of this system reach the SIP database (Cx).</summary>
    public IPEndPoint Database => database?.Node.ListeningAt ?? MigrationManagement.Node.ListeningAt;

    internal MigrationManagementServer MigrationManagement { get; }

    /// <inheritdoc/>
    public Task<bool> SetOutboundAsync(PrivateUserIdentity identity, bool enabled) =>
        Task.FromResult(enabled ? MigrationManagement.Restore(identity) : MigrationManagement.Withdraw(identity));

    /// <inheritdoc/>
    public async Task<int?> ProvideGroupAsync(McGroupId group, McSystemId partner) => Application is null
        ? null
        : (await Application.Groups.ProvideAsync(group, partner).ConfigureAwait(false))?.StatusCode;

    private DiameterIdentity Realm => new(options.SipDomain);

    private string DatabaseHost => options.JoinsDatabaseAndMigrationManagement ? options.MigrationManagementHost : options.DatabaseHost;

    Task INetworkMember.StartAsync(CancellationToken cancellation)
    {
        Start();
        return Task.CompletedTask;
    }

    Task INetworkMember.JoinAsync(IReadOnlyList<IMcSystem> others, CancellationToken cancellation) => Task.CompletedTask;

    Task INetworkMember.StartApplicationAsync(HttpDirectory directory, Func<string, IMcSystem?> others, CancellationToken cancellation) =>
        StartApplicationAsync(directory, others, cancellation);

    /// <summary>Binds the sockets and joins the entities of this system.</summary>
    public void Start()
    {
        MigrationManagement.Node.Start();
        database?.Node.Start();
        serving.Start();
        interrogating.Start(serving.Destination);
        edge.Start(interrogating.Destination);
        Join(serving.Node, MigrationManagement.Node, options.MigrationManagementHost);
        foreach (var (host, _) in network.ExternalPeers)
            MigrationManagement.Node.AddPeer(new DiameterPeerOptions { Host = new DiameterIdentity(host), IsProtected = network.ProtectsCsc18 });
        var databaseNode = database?.Node ?? MigrationManagement.Node;
        Join(interrogating.Node, databaseNode, DatabaseHost);
        foreach (var host in options.DatabaseClients)
            databaseNode.AddPeer(new DiameterPeerOptions { Host = new DiameterIdentity(host) });
        if (database is null) return;
        Join(MigrationManagement.Node, database.Node, options.DatabaseHost);
    }

    /// <summary>Makes and binds the application plane. The signalling control plane is up by then.</summary>
    internal async Task StartApplicationAsync(HttpDirectory directory, Func<string, IMcSystem?> others, CancellationToken cancellation)
    {
        if (configurationClient is not { } client) return;
        client.Start();
        Join(client, database?.Node ?? MigrationManagement.Node, DatabaseHost);
        await client.WhenConnectedAsync(new DiameterIdentity(DatabaseHost), cancellation).ConfigureAwait(false);
        Application = new BundledApplicationPlane(options, network, links, wheel, directory, others, client,
            new SipDestination(Carrier.Tcp, serving.Endpoint.AddressOf(Carrier.Tcp)));
        await Application.StartAsync(cancellation).ConfigureAwait(false);
        foreach (var (psi, at) in Application.ApplicationServers) AddApplicationServer(psi, at);
        Application.Joined();
    }

    /// <summary>A set that the SIP database has allocated is made known to the migration management server (TS 23.280 7.4.2.2.11).</summary>
    private void Bind(AllocatedIdentities made)
    {
        var realm = new DiameterIdentity(made.Realm);
        lock (MigrationManagement.Node.Gate)
        {
            // it may be told again, by a SIP database that has been restarted
            var policy = MigrationManagement.Policy;
            if (policy.TryGetOutbound(made.Allocated.Private.Value, out _) || policy.TryGetInbound(made.Allocated.Private.Value, out _)) return;
            if (made.Database.Length == 0) MigrationManagement.Policy.Add(new OutboundSet(made.Allocated, [realm]));
            else MigrationManagement.Policy.Add(new InboundBinding(made.Allocated, made.Bound, realm, new DiameterIdentity($"mms.{made.Realm}")));
        }
    }

    private sealed class NoRequests : IDiameterUser
    {
        public void OnRequest(DiameterServerTransaction transaction) =>
            transaction.AnswerError(Wire.Diameter.Dictionary.Rfc6733.DIAMETER_COMMAND_UNSUPPORTED, null);
    }

    /// <summary>Completes when all inner connections are open.</summary>
    public Task WhenJoinedAsync(CancellationToken cancellation) => Task.WhenAll(
        serving.Node.WhenConnectedAsync(new DiameterIdentity(options.MigrationManagementHost), cancellation),
        interrogating.Node.WhenConnectedAsync(new DiameterIdentity(DatabaseHost), cancellation),
        database is null ? Task.CompletedTask : MigrationManagement.Node.WhenConnectedAsync(new DiameterIdentity(options.DatabaseHost), cancellation));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Application is not null) await Application.DisposeAsync().ConfigureAwait(false);
        if (configurationClient is not null) await configurationClient.DisposeAsync().ConfigureAwait(false);
        await edge.DisposeAsync().ConfigureAwait(false);
        await interrogating.DisposeAsync().ConfigureAwait(false);
        await serving.DisposeAsync().ConfigureAwait(false);
        await MigrationManagement.DisposeAsync().ConfigureAwait(false);
        if (database is not null) await database.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The first connects to the second; both know each other, and the first routes its own realm there.</summary>
    private void Join(DiameterNode from, DiameterNode to, string toHost)
    {
        to.AddPeer(new DiameterPeerOptions { Host = from.Host });
        from.AddPeer(new DiameterPeerOptions { Host = new DiameterIdentity(toHost), Address = to.ListeningAt, Initiates = true });
        from.AddRoute(new DiameterRoute(Realm, [new DiameterIdentity(toHost)]));
    }

    private EntityPorts Ports(string name, EntityKind kind) =>
        new(links.Add(new Party($"{name}.{options.SipDomain}", kind, options.Domain)), links, wheel);

    private SipEndpointOptions Sip(string name, EntityKind kind) => Sip(Ports(name, kind));

    private SipEndpointOptions Sip(EntityPorts ports) =>
        new() { Self = ports.Self, Links = ports.Links, Wheel = ports.Wheel, Gate = ports.Gate, Timers = network.SipTimers, Address = network.Listen.Address, UdpPort = network.Listen.Of(ports.Self.Name).Port, TcpPort = network.Listen.Of(ports.Self.Name).Port, StreamIdle = network.StreamIdle };

    private DiameterNodeOptions Node(EntityPorts ports, bool listens = false) => new()
    {
        Self = ports.Self,
        Links = ports.Links,
        Wheel = ports.Wheel,
        Gate = ports.Gate,
        Host = new DiameterIdentity(ports.Self.Name),
        Realm = Realm,
        Listen = listens ? network.Listen.Of(ports.Self.Name) : null,
        ListenProtected = listens && network.ProtectsCsc18 ? network.Listen.Of(ports.Self.Name, "tls") : null,
        TlsServer = network.Certificates.ServerOptions(ports.Self.Name, () => InterSystem.Neighbours(network, options)),
        TlsClient = peer => network.Certificates.ClientOptions(ports.Self.Name, peer.Value),
        Applications = [Wire.Diameter.Dictionary.Ts29229.Application, Wire.Diameter.Dictionary.Ts29329.Application],
        AnswerTime = network.AnswerTime,
        Watchdog = network.Watchdog,
        Reconnect = network.Reconnect,
    };

    private MigrationPolicy Policy()
    {
        var policy = new MigrationPolicy(network.StoreOf(options.MigrationManagementHost));
        foreach (var domain in options.PermittedSipDomains) policy.PermittedRealms.Add(new DiameterIdentity(domain));
        foreach (var other in network.Systems)
            policy.RealmOfPeer[new DiameterIdentity(other.MigrationManagementHost)] = new DiameterIdentity(other.SipDomain);
        foreach (var (host, domain) in network.ExternalPeers) policy.RealmOfPeer[new DiameterIdentity(host)] = new DiameterIdentity(domain);
        foreach (var set in options.OutboundSets)
            policy.Add(new OutboundSet(set.Identities, set.PartnerSipDomains.Select(d => new DiameterIdentity(d))));
        foreach (var binding in options.InboundBindings)
            policy.Add(new InboundBinding(
                binding.Partner, binding.Primary, new DiameterIdentity(binding.PrimarySipDomain), new DiameterIdentity($"mms.{binding.PrimarySipDomain}")));
        return policy;
    }

    private void Fill(SipDatabaseServer server)
    {
        var applications = new Dictionary<string, AuthenticationData>();
        foreach (var subscription in options.Subscriptions)
        {
            AuthenticationData? data = null;
            if (subscription is { Key: { } key, Opc: { } opc })
            {
                // not the key itself: the name is where sequence numbers are kept
                var name = Convert.ToHexStringLower(SHA256.HashData([.. key, .. opc]));
                if (!applications.TryGetValue(name, out data))
                    applications[name] = data = new AuthenticationData(Milenage.FromOpc(key, opc), subscription.Amf, subscription.Sqn, name);
            }

            server.Add(new Subscription(subscription.Private, subscription.Public, data));
        }
    }
}
