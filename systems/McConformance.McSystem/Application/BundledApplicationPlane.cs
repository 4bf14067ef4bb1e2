using System.Net;
using McConformance.Entities.ConfigurationManagement;
using McConformance.Entities.Gateway;
using McConformance.Entities.GroupManagement;
using McConformance.Entities.HttpProxy;
using McConformance.Entities.IdentityManagement;
using McConformance.Entities.McService;
using McConformance.Entities.Ports;
using McConformance.Wire;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Documents;
using McConformance.Wire.Http.Oidc;
using McConformance.Wire.Http.Transport;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;
using McConformance.Wire.Time;

namespace McConformance.McSystem.Application;

/// <summary>The application plane of one bundled MC system, or as much of it as runs here: identity, configuration
/// and group management servers, MC service servers, gateway
/// server and HTTP proxy, each on sockets of its own.</summary>
public sealed partial class BundledApplicationPlane : IAsyncDisposable
{
    private const string ClientId = "mc-client";
    private const string RedirectUri = "https://client.example/callback";
    private readonly McSystemOptions system;
    private readonly NetworkOptions network;
    private readonly ApplicationPlaneOptions options;
    private readonly LinkBook links;
    private readonly TimerWheel wheel;
    private readonly HttpDirectory directory;
    private readonly Func<string, IMcSystem?> others;
    private readonly Func<SipDestination?> sipCore;
    private readonly Portion portion;
    private readonly Trust trust;
    private readonly Dictionary<McService, McServiceServer> servers = [];
    private readonly List<IAsyncDisposable> parts = [];
    private readonly List<HttpServer> https = [];
    private readonly List<IDisposable> requesters = [];
    private readonly GatewayServer? gateway;
    private readonly HttpProxyServer? proxy;
    private readonly IdentityManagementServer? identity;
    private volatile TokenVerifier verifier;
    private readonly ConfigurationManagementServer? configuration;

    internal BundledApplicationPlane(
        McSystemOptions system, NetworkOptions network, LinkBook links, TimerWheel wheel, HttpDirectory directory,
        Func<string, IMcSystem?> others, DiameterNode? sh, Func<SipDestination?> sipCore, Portion portion)
    {
        (this.system, this.network, this.links, this.wheel, this.directory, this.others, this.sipCore, this.portion) =
            (system, network, links, wheel, directory, others, sipCore, portion);
        options = system.Application!;
        trust = new Trust(network.ProtectsApplicationPlane, system.Domain);
        verifier = new TokenVerifier([new TrustedIssuer(Issuer(system.Domain), [network.TokenKeys.Of(system.Domain)])], links.Time);
        if (Has(SystemPart.IdentityManagementServer))
        {
            var idms = Party("idms", EntityKind.IdentityManagementServer);
            identity = new IdentityManagementServer(IdentityOptions(idms));
            Serve(idms, identity.HandleAsync);
        }

        if (sh is not null) configuration = MakeConfiguration(sh);
        if (Has(SystemPart.GroupManagementServer)) Groups = MakeGroups();
        if (Has(SystemPart.McServiceServer))
            foreach (var service in options.Services) parts.Add(
                servers[service] = new McServiceServer(ServiceOptions(service)));
        if (options.HasGateway
            && Has(SystemPart.GatewayServer)) parts.Add(gateway = new GatewayServer(GatewayOptionsOf()));
        if (options.HasHttpProxy && Has(SystemPart.HttpProxy)) parts.Add(proxy = new HttpProxyServer(ProxyOptions()));
        if (proxy is not null) directory.Add(system.Domain, new HttpProxySides(() => proxy.UserEquipmentSide, () => proxy.OtherSystemsSide, () => proxy.InnerSide));
    }

    /// <summary>The group management server: what its administrators do; null where it runs elsewhere.</summary>
    internal GroupManagementServer? Groups { get; }

    /// <summary>Where its nodes listen.</summary>
    internal IEnumerable<NodeEndpoint> Endpoints =>
    [
        .. https.Select(h => BoundNodes.Of(h)), .. Groups is null ? [] : BoundNodes.Of(Groups.Notices.Endpoint),
        .. configuration?.Notices is { } notices ? BoundNodes.Of(notices.Endpoint) : [],
            .. servers.Values.SelectMany(s => BoundNodes.Of(s.Endpoint)),
        .. gateway is null ? [] : BoundNodes.Of(gateway.Endpoint), .. proxy is null ? [] : BoundNodes.Of(proxy, HttpDirectory.ProxyHost(system.Domain), network.ProtectsApplicationPlane),
    ];

    /// <summary>Host names and addresses of the inner network, as topology hiding covers them.</summary>
    public IReadOnlyCollection<string> InnerNames =>
    [
        .. options.Services.Select(s => ServerAt(s, Carrier.Tcp)?.Address.ToString()).OfType<string>(),
        .. options.Services.Select(s => $"{McServiceNames.Of(s).Token}.{system.Domain}"),
    ];

    /// <summary>Public service identity and address of each server that takes requests from the SIP core, as far as
    /// it is known.</summary>
    internal IEnumerable<(string Psi, SipDestination At)> ApplicationServers =>
    [
        .. from service in options.Services
           let at = ServerAt(service, Carrier.Udp)
           where at is not null
           select ($"sip:{McServiceNames.Of(service).PsiPrefix}@{system.Domain}", at.Value),
        .. NoticesAt is { } notices ? ((string, SipDestination)[])[($"sip:cms@{system.Domain}", notices)] : [],
    ];

    /// <summary>Binds the sockets.</summary>
    internal async Task BindAsync(CancellationToken cancellation)
    {
        Groups?.Start();
        configuration?.Notices!.Start();
        foreach (var server in servers.Values) server.Start();
        gateway?.Start();
        if (proxy is not null) await proxy.StartAsync(cancellation).ConfigureAwait(false);
        foreach (var http in https) await http.StartAsync(cancellation).ConfigureAwait(false);
        identity?.Start();
    }

    /// <summary>The other MC systems can be reached: what was half done before a restart goes on.</summary>
    internal void Resume()
    {
        foreach (var server in servers.Values) server.Resume();
        Groups?.Resume();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        identity?.Stop();
        foreach (var requester in requesters) requester.Dispose();
        foreach (var http in https) await http.DisposeAsync().ConfigureAwait(false);
        foreach (var part in parts) await part.DisposeAsync().ConfigureAwait(false);
    }

    private Party Party(string name, EntityKind kind) => links.Add(new Party($"{name}.{system.Domain}", kind, system.Domain));

    private void Serve(Party self, Microsoft.AspNetCore.Http.RequestDelegate handler)
    {
        var server = new HttpServer(new HttpServerOptions
        {
            Self = self,
            Links = links,
            Handler = handler,
            Listen = network.Listen.Of(self.Name),
            Tls = network.ProtectsApplicationPlane ? network.Certificates.ServerOptionsForAnybody(self.Name) : null,
        });
        https.Add(server);
        directory.Add(self.Name, system.Domain, () => server.ListeningAt);
    }

    private HttpRequester Requester(Party self, TimeSpan? answerTime = null)
    {
        var requester = new HttpRequester(new HttpRequesterOptions
        {
            Self = self,
            Links = links,
            Route = h => directory.FromServer(self.Name, system.Domain, h),
            AnswerTime = answerTime ?? network.HttpAnswerTime,
            KeepsConnections = network.KeepsHttpConnections,
        });
        requesters.Add(requester);
        return requester;
    }

    private IReadOnlyList<string> Psis =>
        [.. options.Services.Select(s => $"sip:{McServiceNames.Of(s).PsiPrefix}@{system.Domain}")];

    private GroupManagementOptions GroupOptions(Party self) => new()
    {
        System = new McSystemId(system.Domain),
        Requester = Requester(self),
        Endpoint = Sip(self),
        Store = network.StoreOf(self.Name),
        NotifiesAfterPush = options.NotifiesAfterPush,
        McServiceServers = Psis,
        VerifyToken = t => Verify(t, n => n.GroupManagementScope) is ({ } ids, _) ? new GroupAccess(new GroupUser(ids), "") : new GroupAccess(null, Verify(t, n => n.GroupManagementScope).Error),
        Partners =
        [
            .. options.Agreements.Select(a => new GroupPartnerSystem(new McSystemId(a.Partner), $"gms.{a.Partner}")
            {
                MayPush = a.MayPushGroups,
                MayPull = a.MayPullGroups, MayPropose = a.MayProposeMembers,
                Policy = new GroupPolicy { GroupPriority = a.GroupPriority, UserPriorityMax = a.UserPriorityMax, PermittedLocations = a.PermittedLocations, KeepsOwnMembersOnly = a.KeepsOwnMembersOnly },
            }),
        ],
        MaySpeakFor = trust.Believes,
    };

    private McServiceOptions ServiceOptions(McService service)
    {
        var names = McServiceNames.Of(service);
        var self = Party(names.Token, EntityKind.McServiceServer);
        return new McServiceOptions
        {
            Endpoint = Sip(self, isEdge: !options.HasGateway),
            Service = service,
            Store = network.StoreOf(self.Name),
            System = new McSystemId(system.Domain),
            VerifyToken = t => VerifyFor(names, t),
            Users = [.. options.Users.Select(User)],
            Guests = [.. options.Guests.Select(Guest)],
            Partners =
            [
                // who is expected is not in the service configuration; all that is permitted is
                .. options.Agreements.Select(a =>
                    new McPartner(new McSystemId(a.Partner))
                    {
                        ExpectedUsers = a.ExpectedUsers,
                        OfflineServiceMax = a.OfflineServiceMax,
                    }),
            ],
            SipCore = sipCore,
            // the group management server may ask another one meanwhile
            Requester = Requester(self, network.UserAnswerTime),
            MaySpeakFor = (c, s) => trust.Believes(c, s, options.HasGateway),
            NextHop = s => options.HasGateway ? GatewayAt
                : others(s.Value)?.EdgeFor(service, network.ProtectsApplicationPlane),
        };
    }

    private static McServiceUser Guest(GuestOptions guest) =>
        new(guest.McServiceId, guest.Profiles.Select(p => p.Index).ToHashSet(), [])
        {
            Groups = [.. guest.Profiles.SelectMany(p => p.Groups).Distinct()],
            GroupsUnverified = guest.Restricted.Groups,
        };

    private static McServiceUser User(ApplicationUserOptions user) => new(
        user.McServiceId, user.Profiles.Select(p => p.Index).ToHashSet(),
        [.. user.Migration.Select(m => new MigrationPermission(new McSystemId(m.Partner), m.Profiles, m.Services))])
    {
        Groups = [.. user.Profiles.SelectMany(p => p.Groups).Distinct()],
    };

    private GatewayOptions GatewayOptionsOf() => new()
    {
        Endpoint = Sip(Party("gw", EntityKind.GatewayServer), isEdge: true),
        System = new McSystemId(system.Domain),
        HidesTopology = system.HidesTopology,
        Partners = [.. options.Agreements.Select(a => new GatewayPartner(new McSystemId(a.Partner), a.InterconnectedServices))],
        Outward = (s, service) => others(s.Value)?.EdgeFor(service, network.ProtectsApplicationPlane),
        Inward = s => options.Services.Contains(s) ? ServerAt(s, Carrier.Tcp) : null,
        InnerNames = () => InnerNames,
        MaySpeakFor = (c, s) => trust.Believes(c, s, hasGateway: false),
    };

    private SipEndpointOptions Sip(Party self, bool isEdge = false)
    {
        var isTls = isEdge && network.ProtectsApplicationPlane;
        // where a server speaks HTTP too, that has the port by which it is known
        var speaksHttp = self.Kind is EntityKind.GroupManagementServer or EntityKind.ConfigurationManagementServer;
        var port = (speaksHttp ? network.Listen.Of(self.Name, "sip") : network.Listen.Of(self.Name)).Port;
        return new SipEndpointOptions
        {
            Self = self,
            Links = links,
            Wheel = wheel,
            Gate = new Lock(),
            Timers = network.SipTimers,
            Address = network.Listen.Address,
            UdpPort = port,
            TcpPort = port,
            StreamIdle = network.StreamIdle,
            Detour = network.DetourOf(self.Name),
            TlsPort = isTls ? network.Listen.Of(self.Name, "tls").Port : null,
            TlsServer = isTls ? network.Certificates.ServerOptions(self.Name, Neighbours) : null,
            TlsClient = isTls ? network.Certificates.ClientOptions(self.Name, Neighbours) : null,
        };
    }

    private IEnumerable<string> Neighbours() => options.Agreements.SelectMany(a => (string[])[$"gw.{a.Partner}", $"mcptt.{a.Partner}", $"mcvideo.{a.Partner}", $"mcdata.{a.Partner}"]);

    /// <summary>Servers that are asked by those of other MC systems; the identity server for its keys.</summary>
    private static IEnumerable<string> ManagementHosts(string domain) => [$"cms.{domain}", $"gms.{domain}", $"idms.{domain}"];

    private HttpProxyOptions ProxyOptions()
    {
        var self = links.Add(new Party(HttpDirectory.ProxyHost(system.Domain), EntityKind.HttpProxy, system.Domain));
        return new HttpProxyOptions
        {
            Ports = new EntityPorts(self, links, wheel),
            Address = network.Listen.Address,
            UserEquipmentPort = network.Listen.Of(self.Name).Port,
            OtherSystemsPort = network.Listen.Of(self.Name, "systems").Port,
            InnerPort = network.Listen.Of(self.Name, "inner").Port,
            Route = h => directory.FromProxy(system.Domain, h),
            ServesUserEquipment = new HashSet<string> { $"idms.{system.Domain}", $"cms.{system.Domain}", $"gms.{system.Domain}" },
            ServesOtherSystems = ManagementHosts(system.Domain).ToHashSet(),
            LeadsTo = options.Agreements.SelectMany(a => ManagementHosts(a.Partner)).ToHashSet(),
            TlsForUserEquipment = network.ProtectsApplicationPlane ? network.Certificates.ServerOptionsForAnybody(self.Name) : null,
            TlsForOtherSystems = network.ProtectsApplicationPlane
                ? network.Certificates.ServerOptions(self.Name, () => options.Agreements.SelectMany(a => (string[])[HttpDirectory.ProxyHost(a.Partner), $"gms.{a.Partner}", $"cms.{a.Partner}"]))
                : null,
            MaySpeakFor = (c, d) => trust.BelievesAtEdge(c, new McSystemId(d)),
            AnswerTime = network.HttpAnswerTime - TimeSpan.FromSeconds(1),
        };
    }
}
