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

/// <summary>One MC system in this process, or some of its entities: SIP core, SIP database, migration management
/// server and application plane, each
/// on sockets of its own.</summary>
public sealed partial class BundledMcSystem : INetworkMember
{
    private readonly McSystemOptions options;
    private readonly NetworkOptions network;
    private readonly LinkBook links;
    private readonly TimerWheel wheel;
    private readonly Portion portion;
    private readonly ProxyCscf? edge;
    private readonly InterrogatingCscf? interrogating;
    private readonly ServingCscf? serving;
    private readonly SipDatabaseServer? database;
    private readonly DiameterNode? configurationClient;

    /// <summary>Makes the entities; nothing is bound yet.</summary>
    /// <param name="options">The MC system.</param>
    /// <param name="network">What it stands in.</param>
    /// <param name="links">Links of its nodes.</param>
    /// <param name="wheel">Its timers.</param>
    /// <param name="portion">Which entities are made, and where the others are; null for all of them.</param>
    /// <exception cref="ArgumentException">The configuration holds what TS 23.280 does not allow; says what.</exception>
    public BundledMcSystem(McSystemOptions options, NetworkOptions network, LinkBook links, TimerWheel wheel,
        Portion? portion = null)
    {
        (this.options, this.network, this.links, this.wheel, this.portion) = (options, network, links, wheel, portion
            ?? Portion.Whole);
        if (Has(SystemPart.SipCore))
        {
            edge = new ProxyCscf(new ProxyCscfOptions(Sip("pcscf", EntityKind.ProxyCscf),
                $"pcscf.{options.SipDomain}", options.SipDomain, options.HidesTopology));
            var icscf = Ports("icscf", EntityKind.InterrogatingCscf);
            interrogating = new InterrogatingCscf(new InterrogatingCscfOptions(Sip(icscf), Node(icscf), Realm));
            if (!network.ServingCscfs.ContainsKey(options.Domain))
            {
                var scscf = Ports("scscf", EntityKind.ServingCscf);
                serving = new ServingCscf(new ServingCscfOptions(Sip(scscf), Node(scscf), ServingHost,
                    options.SipDomain, Realm));
            }
        }

        if (Has(SystemPart.MigrationManagementServer))
            MigrationManagement = new MigrationManagementServer(
                Node(Ports("mms", EntityKind.MigrationManagementServer), listens: true), Policy(),
                    new DiameterIdentity(options.DatabaseHost));
        if (JoinsDatabaseHere) MigrationManagement!.CollocatedDatabase = Filled(
            new SipDatabaseServer(MigrationManagement.Node, network.StoreOf(options.DatabaseHost)));
        else if (Has(SystemPart.SipDatabase)) database = Filled(new SipDatabaseServer(
            Node(Ports("sdb", EntityKind.SipDatabase), listens: true), network.StoreOf(options.DatabaseHost)));

        if (options.Application is null || !Has(SystemPart.ConfigurationManagementServer)) return;
        configurationClient = new DiameterNode(Node(new EntityPorts(
            links.Add(new Party($"cms.{options.Domain}", EntityKind.ConfigurationManagementServer, options.Domain)), links, wheel)), new NoRequests());
    }

    /// <summary>The application plane; null where there is none.</summary>
    public BundledApplicationPlane? Application { get; private set; }

    /// <summary>Its configuration.</summary>
    public McSystemOptions Options => options;

    /// <inheritdoc/>
    public bool RunsElsewhere(EntityKind kind) => !portion.Has(kind);

    /// <inheritdoc/>
    public IReadOnlyList<NodeEndpoint> Endpoints =>
    [
        .. Of(edge?.Endpoint), .. Of(interrogating?.Endpoint), .. Of(serving?.Endpoint),
        .. Of(MigrationManagement?.Node, EntityKind.MigrationManagementServer),
            .. Of(database?.Node, EntityKind.SipDatabase),
        .. Application?.Endpoints ?? [],
    ];

    /// <inheritdoc/>
    public IReadOnlyCollection<string> InnerAddresses =>
    [
        .. interrogating is null ? [] : (string[])[interrogating.Endpoint.AddressOf(Carrier.Udp).ToString()],
        .. serving is null ? [] : (string[])[serving.Endpoint.AddressOf(Carrier.Udp).ToString()],
        $"icscf.{options.SipDomain}", $"scscf.{options.SipDomain}",
    ];

    /// <inheritdoc/>
    public IReadOnlyCollection<string> ApplicationInnerNames => Application?.InnerNames ?? [];

    ICsc18Node INetworkMember.Csc18Node => new OwnCsc18Node(MigrationManagement?.Node ??
        throw new InvalidOperationException($"the migration management server of {options.Domain} runs elsewhere"));

    internal MigrationManagementServer? MigrationManagement { get; }

    /// <inheritdoc/>
    public Task<bool> SetOutboundAsync(PrivateUserIdentity identity, bool enabled) =>
        Task.FromResult(MigrationManagement is { } server
            && (enabled ? server.Restore(identity) : server.Withdraw(identity)));

    /// <inheritdoc/>
    public async Task<int?> ProvideGroupAsync(McGroupId group, McSystemId partner) => Application?.Groups is { } groups
        ? (await groups.ProvideAsync(group, partner).ConfigureAwait(false))?.StatusCode
        : null;

    /// <inheritdoc/>
    public IAdministrators Administrators => new BundledAdministrators(options.Domain, Application);

    private DiameterIdentity Realm => new(options.SipDomain);

    Task INetworkMember.StartAsync(CancellationToken cancellation)
    {
        Start();
        return Task.CompletedTask;
    }

    Task INetworkMember.JoinAsync(IReadOnlyList<IMcSystem> others, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>A set that the SIP database has allocated is made known to the migration management server (TS 23.280 7.4.2.2.11).</summary>
    private void Bind(AllocatedIdentities made)
    {
        var realm = new DiameterIdentity(made.Realm);
        if (MigrationManagement is not { } server) return;
        lock (server.Node.Gate)
        {
            // it may be told again, by a SIP database that has been restarted
            var policy = server.Policy;
            if (policy.TryGetOutbound(made.Allocated.Private.Value, out _) || policy.TryGetInbound(made.Allocated.Private.Value, out _)) return;
            if (made.Database.Length == 0) policy.Add(new OutboundSet(made.Allocated, [realm]));
            else policy.Add(new InboundBinding(made.Allocated, made.Bound, realm,
                new DiameterIdentity($"mms.{made.Realm}")));
        }
    }

    private sealed class NoRequests : IDiameterUser
    {
        public void OnRequest(DiameterServerTransaction transaction) =>
            transaction.AnswerError(Wire.Diameter.Dictionary.Rfc6733.DIAMETER_COMMAND_UNSUPPORTED, null);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Application is not null) await Application.DisposeAsync().ConfigureAwait(false);
        if (configurationClient is not null) await configurationClient.DisposeAsync().ConfigureAwait(false);
        if (edge is not null) await edge.DisposeAsync().ConfigureAwait(false);
        if (interrogating is not null) await interrogating.DisposeAsync().ConfigureAwait(false);
        if (serving is not null) await serving.DisposeAsync().ConfigureAwait(false);
        if (MigrationManagement is not null) await MigrationManagement.DisposeAsync().ConfigureAwait(false);
        if (database is not null) await database.DisposeAsync().ConfigureAwait(false);
    }

    private EntityPorts Ports(string name, EntityKind kind) =>
        new(links.Add(new Party($"{name}.{options.SipDomain}", kind, options.Domain)), links, wheel);

    private SipEndpointOptions Sip(string name, EntityKind kind) => Sip(Ports(name, kind));

    private SipEndpointOptions Sip(EntityPorts ports) =>
        new() { Self = ports.Self, Links = ports.Links, Wheel = ports.Wheel, Gate = ports.Gate, Timers = network.SipTimers, Address = network.Listen.Address, UdpPort = network.Listen.Of(ports.Self.Name).Port, TcpPort = network.Listen.Of(ports.Self.Name).Port, StreamIdle = network.StreamIdle, Detour = network.DetourOf(ports.Self.Name) };

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
        FirstReconnect = network.FirstReconnect,
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

    private SipDatabaseServer Filled(SipDatabaseServer server)
    {
        server.Allocated = Bind;
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

        server.Resume();
        return server;
    }
}
