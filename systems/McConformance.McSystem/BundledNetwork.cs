using McConformance.Entities.DiameterProxy;
using McConformance.Entities.Ports;
using McConformance.McSystem.Application;
using McConformance.McSystem.External;
using McConformance.Wire;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Identities;
using McConformance.Wire.Time;

namespace McConformance.McSystem;

/// <summary>Several MC systems, the Diameter proxies between them, and UEs. All of it is gone when it is disposed of.</summary>
public sealed partial class BundledNetwork : IAsyncDisposable
{
    private readonly NetworkOptions options;
    private readonly LinkBook links;
    private readonly TimerWheel wheel;
    private readonly List<INetworkMember> systems = [];
    private readonly List<DiameterProxyServer> proxies = [];
    private readonly List<IUserEquipment> agents = [];
    private readonly HttpDirectory directory;

    /// <summary>Makes everything; nothing is bound yet.</summary>
    /// <exception cref="ArgumentException">The configuration holds what is not allowed; says what.</exception>
    public BundledNetwork(NetworkOptions options, LinkBook links, TimerWheel wheel)
    {
        options.Validate();
        directory = new HttpDirectory(options.ProtectsApplicationPlane, options.Certificates);
        (this.options, this.links, this.wheel) = (options, links, wheel);
        foreach (var system in options.Systems)
            systems.Add(Make(system));
        for (var i = 1; i <= options.Proxies; i++)
        {
            var ports = new EntityPorts(links.Add(new Party(InterSystem.ProxyHost(i), EntityKind.DiameterProxy, "")), links, wheel);
            proxies.Add(new DiameterProxyServer(new DiameterNodeOptions
            {
                Self = ports.Self,
                Links = links,
                Wheel = wheel,
                Gate = ports.Gate,
                Host = new DiameterIdentity(ports.Self.Name),
                Realm = new DiameterIdentity("transit.example"),
                Listen = new System.Net.IPEndPoint(options.Listen.Address, 0),
                AnswerTime = options.AnswerTime,
                Watchdog = options.Watchdog,
                ListenProtected = options.ProtectsCsc18 ? new System.Net.IPEndPoint(options.Listen.Address, 0) : null,
                TlsServer = options.Certificates.ServerOptions(ports.Self.Name, () => links.Parties.Select(p => p.Name)),
                TlsClient = peer => options.Certificates.ClientOptions(ports.Self.Name, peer.Value),
            }));
        }
    }

    /// <summary>The MC system of a domain.</summary>
    public IMcSystem this[string domain] => systems.First(s => s.Options.Domain == domain);

    /// <summary>The MC systems.</summary>
    public IReadOnlyList<IMcSystem> Systems => systems;

    /// <summary>The clocks of what other processes run.</summary>
    public IEnumerable<IForeignClock> ForeignClocks => systems.Select(s => s switch
    {
        ExternalMcSystem external => external,
        MixedMcSystem mixed => mixed.Clock,
        _ => null,
    }).Concat(agents.OfType<ExternalUserEquipment>().Where(u => u.IsOn)).OfType<IForeignClock>();

    /// <summary>An MC system that runs in this process.</summary>
    /// <exception cref="NotOfferedException">Another process runs it.</exception>
    public BundledMcSystem Bundled(string domain) => this[domain] switch
    {
        BundledMcSystem bundled => bundled,
        MixedMcSystem mixed => mixed.Here,
        _ => throw new NotOfferedException($"{domain} is external, and its operator port has no such action"),
    };

    /// <summary>Binds all sockets and opens all connections.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        RefuseWhatNobodyCanBeTold();
        await Task.WhenAll(systems.Select(s => s.StartAsync(cancellation))).ConfigureAwait(false);
        foreach (var proxy in proxies) proxy.Node.Start();
        if (options.ExternalAgent is { } agent) links.Add(new Party(agent, EntityKind.DiameterProxy, "", IsBundled: false));
        var opened = new List<Task>(systems.Select(s => s.WhenJoinedAsync(cancellation)));
        var relaying = new Relaying(options, links);
        var ways = proxies.Select(p => new OwnCsc18Node(p.Node)).ToArray();
        for (var i = 0; i < systems.Count; i++)
            for (var j = i + 1; j < systems.Count; j++)
                opened.AddRange(InterSystem.Connect(options, systems[i], systems[j], ways, relaying, cancellation));
        options.WhenBound?.Invoke([.. systems.Select(s => (s.Options.MigrationManagementHost, s.Csc18(options.ProtectsCsc18)))]);
        opened.AddRange(systems.Select(s => s.JoinAsync([], cancellation)));
        await Task.WhenAll(opened).ConfigureAwait(false);
        foreach (var system in systems)
            await system.StartApplicationAsync(directory, d => systems.FirstOrDefault(s => s.Options.Domain == d), cancellation).ConfigureAwait(false);
        if (options.StartHttpAgent is { } start) directory.Agent = options.HttpAgent = start(directory.Hosts);
        if (!HasExternal) return;
        foreach (var system in systems) await system.JoinAsync([.. systems.Where(s => s != system)], cancellation).ConfigureAwait(false);
        Strangers.Expect(links, systems);
    }

    /// <summary>Where a server of the application plane of an MC system is reached: <c>gms</c>, <c>cms</c>,
    /// <c>idms</c>.</summary>
    public System.Net.IPEndPoint ServerAddressOf(string system, string server) =>
        directory.FromServer(server, system, $"{server}.{system}")!.At;

    /// <summary>Where UEs reach a server: at the HTTP proxy where the MC system has one.</summary>
    public System.Net.IPEndPoint HttpEdgeOf(string system, string server) =>
        directory.FromUserEquipment("", $"{server}.{system}")!.At;

    /// <summary>The first further Diameter proxy on CSC-18, and where it listens.</summary>
    public (string Host, System.Net.IPEndPoint At) FurtherProxy =>
        (proxies[0].Node.Host.Value, proxies[0].Node.ListeningAt!);

    /// <summary>An administrator of a group provides it to a partner (TS 23.280 10.2.x.2).</summary>
    /// <returns>What the partner answered; 0 where it did not; null where there is no such group or partner.</returns>
    public async Task<int?> ProvideGroupAsync(string system, McGroupId group, string partner) =>
        await this[system].ProvideGroupAsync(group, new McSystemId(partner)).ConfigureAwait(false);

    /// <summary>Where the group management server of an MC system listens (CSC-2, CSC-3, CSC-16).</summary>
    public System.Net.IPEndPoint GroupManagementOf(string system) => directory.At($"gms.{system}");

    /// <summary>Entities that somebody configured by hand go on as they are.</summary>
    private void RefuseWhatNobodyCanBeTold()
    {
        if (options.ExternalEntities.Keys.FirstOrDefault(d => !options.OperatorPorts.ContainsKey(d)) is not { } domain)
            return;
        if (options.StartHttpAgent is not null)
            throw new NotOfferedException(
                $"{domain} has no operatorPort, so nobody can lead it through an HTTP proxy of the harness");
        if (options.ServingCscfs.ContainsKey(domain) && this[domain].RunsElsewhere(EntityKind.ServingCscf))
            throw new NotOfferedException($"{domain} has no operatorPort, so nobody can tell it of another S-CSCF");
    }

    private bool HasExternal => options.OperatorPorts.Count > 0 || options.ExternalEntities.Count > 0;

    private INetworkMember Make(McSystemOptions system)
    {
        var port = options.OperatorPorts.GetValueOrDefault(system.Domain);
        if (!options.ExternalEntities.TryGetValue(system.Domain, out var external))
            return port is null ? Live(system)
                : new ExternalMcSystem(system, options, links, port, []);
        var portion = new Portion(SystemParts.All.Except(external.Parts));
        IExternalPart there = port is null ? new FixedEntities(system, external.Endpoints)
            : new ExternalMcSystem(system, options, links, port,
            [.. external.Parts.Where(p => SystemParts.IsIn(system, p))]);
        return new MixedMcSystem(new BundledMcSystem(system, options, links, wheel, portion), there, portion, links);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var agent in agents) await agent.DisposeAsync().ConfigureAwait(false);
        foreach (var system in systems) await system.DisposeAsync().ConfigureAwait(false);
        foreach (var proxy in proxies) await proxy.DisposeAsync().ConfigureAwait(false);
    }
}
