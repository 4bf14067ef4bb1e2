using System.Net;
using McConformance.McSystem.Application;
using McConformance.McSystem.Configuration;
using McConformance.Wire;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Http.Oidc;
using McConformance.Wire.Identities;

namespace McConformance.McSystem.External;

/// <summary>An MC system, or some of its entities, that another process runs. It is provisioned over its operator
/// port; everything else about it is
/// what its own nodes send and take on the wire.</summary>
internal sealed class ExternalMcSystem : INetworkMember, IExternalPart, ICsc18Node, IForeignClock
{
    private readonly NetworkOptions network;
    private readonly LinkBook links;
    private readonly OperatorClient port;
    private readonly IReadOnlyList<SystemPart> only;
    private readonly Relaying relaying;
    private readonly List<DiameterPeerOptions> neighbours = [];
    private readonly List<DiameterRoute> routes = [];
    private IReadOnlyCollection<WireProtocol> relayed = [];
    private ProvisionedSystem? provisioned;

    /// <param name="options">The MC system.</param>
    /// <param name="network">What it stands in.</param>
    /// <param name="links">Links of its nodes.</param>
    /// <param name="port">Its operator port.</param>
    /// <param name="only">The entities that run there; empty for all.</param>
    public ExternalMcSystem(McSystemOptions options, NetworkOptions network, LinkBook links, Uri port,
        IReadOnlyList<SystemPart> only)
    {
        (Options, this.network, this.links, this.port, this.only) = (options, network, links,
            new OperatorClient(port), only);
        relaying = new Relaying(network, links);
    }

    /// <inheritdoc/>
    public McSystemOptions Options { get; }

    /// <inheritdoc/>
    public bool RunsElsewhere(EntityKind kind) => true;

    /// <inheritdoc/>
    public bool IsRelayedWithin(WireProtocol protocol) => relayed.Contains(protocol);

    bool IExternalPart.IsFixed => false;

    ICsc18Node IExternalPart.Csc18 => this;

    /// <inheritdoc/>
    public IReadOnlyList<NodeEndpoint> Endpoints { get; private set; } = [];

    /// <inheritdoc/>
    public IReadOnlyCollection<string> InnerAddresses => provisioned?.InnerAddresses ?? [];

    /// <inheritdoc/>
    public IReadOnlyCollection<string> ApplicationInnerNames => provisioned?.ApplicationInnerNames ?? [];

    ICsc18Node INetworkMember.Csc18Node => this;

    DiameterIdentity ICsc18Node.Host => new(Options.MigrationManagementHost);

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var file = McSystemFile.Of(Options, network) with
        {
            Only = [.. only],
            AwaitsRelays = HasRelaysWithin,
            ServingCscf = await StartForeignServingAsync(cancellation).ConfigureAwait(false),
        };
        provisioned = await port.ProvisionAsync(file, cancellation).ConfigureAwait(false);
        Endpoints = [.. provisioned.Endpoints.Select(e => e.ToNode())];
        if (provisioned.TokenKey is { } pem) network.TokenKeys.Set(Options.Domain, SigningKey.FromPem(pem, $"{Options.Domain}-1"));
        if (only.Count > 0) return;
        foreach (var node in Endpoints.DistinctBy(e => e.Node)) links.Add(new Party(node.Node, node.Kind, Options.Domain, IsBundled: false));
        foreach (var at in Endpoints) links.Place(links.Named(at.Node), at.Protocol, at.Carrier, at.At);
        if (HasRelaysWithin) await PutRelaysWithinAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Its own inner connections are its own affair.</summary>
    public Task WhenJoinedAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task JoinAsync(IReadOnlyList<IMcSystem> others, CancellationToken cancellation)
    {
        var request = new JoinRequest
        {
            Peers =
            [
                .. others.Select(o => new PeerSystem(o.Options.Domain, o.Options.SipDomain)
                {
                    Endpoints = [.. o.Endpoints.Select(e => EndpointSettings.Of(e with { At = AddressFor(o, e) }))],
                    TokenKey = o.Options.Application is null ? null : network.TokenKeys.Of(o.Options.Domain).ToPem(withPrivate: false),
                }),
            ],
            Csc18 = [.. neighbours.Select(Describe)],
        };
        neighbours.Clear();
        if (request.Peers.Count > 0 || request.Csc18.Count > 0) await AskAsync<object>("join", request, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task TellAsync(IReadOnlyList<NodeEndpoint> rest, CancellationToken cancellation) =>
        await AskAsync<object>(
        "join", new JoinRequest { OtherEntities = [.. rest.Select(EndpointSettings.Of)] },
            cancellation).ConfigureAwait(false);

    /// <summary>It has done so when it was provisioned.</summary>
    public Task StartApplicationAsync(HttpDirectory directory, Func<string, IMcSystem?> others, CancellationToken cancellation)
    {
        directory.Add(this);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<bool> SetOutboundAsync(PrivateUserIdentity identity, bool enabled) =>
        await port.AskAsync<object>(Id, "outbound-sets", new OutboundSetRequest(identity, enabled)).ConfigureAwait(false) is not null;

    /// <inheritdoc/>
    public async Task<int?> ProvideGroupAsync(McGroupId group, McSystemId partner) =>
        (await port.AskAsync<ProvideGroupAnswer>(Id, "groups/provide", new ProvideGroupRequest(group, partner)).ConfigureAwait(false))?.StatusCode;

    /// <inheritdoc/>
    public IAdministrators Administrators => new RemoteAdministrators(port, Options.Domain, Id);

    string IForeignClock.Owner => Options.Domain;

    IForeignClock IExternalPart.Clock => this;

    /// <inheritdoc/>
    public Task<ClockAnswer> ForwardAsync(TimeSpan by) =>
        AskAsync<ClockAnswer>("clock", new ClockRequest(by.TotalSeconds), CancellationToken.None);

    /// <inheritdoc/>
    /// <remarks>One that runs is already started.</remarks>
    public async Task RefuseCrashAsync()
    {
        try
        {
            await StartAgainAsync().ConfigureAwait(false);
        }
        catch (NotOfferedException)
        {
            throw new NotOfferedException($"nobody offers the actions crash and start for {Options.Domain} "
                + "(features/operator-port.md): it cannot crash here");
        }
    }

    /// <inheritdoc/>
    public Task CrashAsync() => AskAsync<object>("crash", new CrashRequest(), CancellationToken.None);

    /// <inheritdoc/>
    public Task StartAgainAsync() => AskAsync<object>("start", new StartRequest(), CancellationToken.None);

    IPEndPoint ICsc18Node.At(bool isProtected) => this.Csc18(isProtected);

    void ICsc18Node.AddPeer(DiameterPeerOptions peer) => neighbours.Add(peer);

    void ICsc18Node.AddRoute(DiameterRoute route) => routes.Add(route);

    /// <summary>It is asked to open all of its connections at once, when all are known.</summary>
    Task ICsc18Node.WhenConnectedAsync(DiameterIdentity host, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (provisioned is not null) await port.DisposeOfAsync(Id).ConfigureAwait(false);
        port.Dispose();
    }

    /// <summary>An HTTP proxy of somebody else stands between all MC systems, where there is one.</summary>
    private IPEndPoint AddressFor(IMcSystem other, NodeEndpoint at) =>
        at.Protocol == WireProtocol.Http && network.HttpAgent is { } agent ? agent
            : relaying.AddressFor(this, other, at);

    /// <summary>Somebody else's S-CSCF runs before those who are told where it is.</summary>
    private async Task<ServingCscfSettings?> StartForeignServingAsync(CancellationToken cancellation)
    {
        if ((only.Count > 0 && !only.Contains(SystemPart.SipCore))
            || !network.ServingCscfs.ContainsKey(Options.Domain)) return null;
        var foreign = ForeignServing.Start(network, Options, links);
        await foreign.Ready.WaitAsync(cancellation).ConfigureAwait(false);
        return new ServingCscfSettings(foreign.Sip.Address, foreign.Sip.Port, foreign.Cx.Port);
    }

    private bool HasRelaysWithin =>
        only.Count == 0 && network.Relay is not null && network.RelayedWithin.Contains(Options.Domain);

    /// <summary>Its nodes listen, and connect with each other when they are told of the relays. Where nobody can tell
    /// them, their links are not seen.</summary>
    private async Task PutRelaysWithinAsync(CancellationToken cancellation)
    {
        var request = new JoinRequest { Relays = [.. InnerLinks.Of(Endpoints).Select(l => Put(l.From, l.To))] };
        try
        {
            var answer = await AskAsync<JoinAnswer>("join", request, cancellation).ConfigureAwait(false);
            relayed = answer.Relays is { } taken ? taken : Enum.GetValues<WireProtocol>();
        }
        catch (NotOfferedException)
        {
            relayed = [];
        }
    }

    private RelaySettings Put(NodeEndpoint from, NodeEndpoint to)
    {
        var at = network.Relay!(new RelayedLink(links.Named(from.Node), links.Named(to.Node), to));
        return new RelaySettings(from.Node, to.Node, to.Protocol, to.Carrier, at.Address, at.Port) { Side = to.Side };
    }

    private string Id => provisioned?.Id ?? throw new InvalidOperationException($"{Options.Domain} is not provisioned yet");

    private Csc18Neighbour Describe(DiameterPeerOptions peer) =>
        new(peer.Host.Value, [.. routes.Where(r => r.Peers.Contains(peer.Host)).Select(r => r.Realm.Value)])
        {
            Address = peer.Initiates ? peer.Address?.Address.ToString() : null,
            Port = peer.Initiates ? peer.Address?.Port ?? 0 : 0,
        };

    private async Task<T> AskAsync<T>(string action, object request, CancellationToken cancellation)
        where T : class => await port.AskAsync<T>(Id, action, request, cancellation).ConfigureAwait(false) ??
        throw new OperatorPortException($"the operator port of {Options.Domain} does not know the MC system {Id} any more");
}
