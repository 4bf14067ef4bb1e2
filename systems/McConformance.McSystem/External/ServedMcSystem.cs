using System.Net;
using McConformance.McSystem.Application;
using McConformance.McSystem.Configuration;
using McConformance.Wire;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Identities;
using McConformance.Wire.Time;

namespace McConformance.McSystem.External;

/// <summary>One life of an MC system, or of some of its entities, that stands alone in its process, on a clock of its
/// own: the other end of <see cref="ExternalMcSystem"/>. Thread safe.</summary>
public sealed class ServedMcSystem : IAsyncDisposable
{
    private static readonly TimeSpan JoinTime = TimeSpan.FromSeconds(15);
    private readonly McSystemFile file;
    private readonly NetworkOptions network;
    private readonly TimerWheel wheel;
    private readonly BundledMcSystem system;
    private readonly Portion portion;
    private readonly LinkBook links;
    private readonly ServedClock clock;
    private bool isConfigured;
    private readonly HttpDirectory directory;
    private readonly Dictionary<string, IMcSystem> peers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes the nodes; nothing is bound yet.</summary>
    /// <exception cref="ArgumentException">The file holds what TS 23.280 does not allow; says what.</exception>
    /// <exception cref="InvalidDataException">Something in the file cannot be used; says what and where.</exception>
    /// <param name="file">What it is.</param>
    /// <param name="time">Its clock, which nobody else puts forward.</param>
    /// <param name="storeOf">Where a node, named by its host, keeps what a restart must not lose; null where in
    /// memory alone.</param>
    public ServedMcSystem(McSystemFile file, ShiftableTime time, Func<string, Wire.State.IStateStore?>? storeOf = null)
    {
        this.file = file;
        network = file.ToNetwork(storeOf);
        network.Validate();
        file.CheckEntities();
        portion = file.ToPortion();
        wheel = new TimerWheel(time);
        directory = new HttpDirectory(network.ProtectsApplicationPlane, network.Certificates, network.Detours);
        links = new LinkBook(time);
        clock = new ServedClock(time, links);
        system = new BundledMcSystem(file.System, network, links, wheel, portion);
    }

    /// <summary>It starts only once its neighbours on CSC-18 are connected; after a restart they come when they
    /// can.</summary>
    public bool AwaitsNeighbours { get; init; } = true;

    /// <summary>Its domain.</summary>
    public string Domain => file.System.Domain;

    /// <summary>Where its nodes listen and what topology hiding covers.</summary>
    /// <param name="id">Name to give it.</param>
    public ProvisionedSystem Describe(string id) => new(id, [.. system.Endpoints.Select(EndpointSettings.Of)])
    {
        InnerAddresses = [.. system.InnerAddresses],
        ApplicationInnerNames = [.. system.ApplicationInnerNames],
    };

    /// <summary>Binds the sockets, brings up both planes, and joins the peers of the file.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">A port is taken.</exception>
    /// <exception cref="TimeoutException">A neighbour could not be reached.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        // they may come before it is told of them; whoever is refused once tries again after Tc only (RFC 6733 2.1)
        foreach (var host in InterSystem.Neighbours(network, file.System))
            system.MigrationManagement?.Node.AddPeer(new DiameterPeerOptions
            {
                Host = new DiameterIdentity(host),
                IsProtected = network.ProtectsCsc18
            });
        system.Start();
        await OpenAsync(system.WhenJoinedAsync, cancellation).ConfigureAwait(false);
        await OpenAsync(c => system.BindApplicationAsync(directory, PeerOf, c), cancellation).ConfigureAwait(false);
        await JoinAsync(new JoinRequest
        {
            Peers = file.Peers,
            Csc18 = file.Csc18,
            OtherEntities = file.OtherEntities
        }, cancellation).ConfigureAwait(false);
        if (!AwaitsRelays) system.Application?.Resume();
    }

    /// <summary>Waits for the neighbours on CSC-18 that the file names, for so long at most: one may be down.</summary>
    internal async Task MeetAsync(TimeSpan atMost, CancellationToken cancellation)
    {
        if (system.MigrationManagement?.Node is not { } node) return;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(atMost);
        var opened = file.Csc18.Select(n => node.WhenConnectedAsync(new DiameterIdentity(n.Host), limit.Token));
        await Task.WhenAll(opened.ToArray()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Cuts all links, those that come later too: nothing leaves it any more, not even a farewell.</summary>
    internal void Sever()
    {
        links.Linked += static link => link.Sever();
        foreach (var link in links.Links) link.Sever();
    }

    /// <summary>Takes other MC systems and the rest of this one, and opens connections with them. Completes when they
    /// are open.</summary>
    /// <exception cref="ArgumentException">Something is asked that no entity here can do.</exception>
    /// <exception cref="NotOfferedException">Relays are told that its file does not speak of.</exception>
    /// <exception cref="TimeoutException">A neighbour could not be reached.</exception>
    public async Task JoinAsync(JoinRequest request, CancellationToken cancellation)
    {
        foreach (var peer in request.Peers.Where(p => p.Endpoints.Count > 0))
        {
            var known = new KnownMcSystem(new McSystemOptions(peer.Domain, peer.SipDomain), [.. peer.Endpoints.Select(e => e.ToNode())]);
            lock (peers) peers[peer.Domain] = known;
            directory.Add(known);
        }

        if (request.Relays.Count > 0) Take(request.Relays);
        await LearnAsync(request.OtherEntities, cancellation).ConfigureAwait(false);
        if (request.Relays.Count > 0) system.Application?.Resume();
        if (request.Csc18.Count == 0) return;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(JoinTime);
        var node = system.MigrationManagement?.Node ??
            throw new ArgumentException(
                "csc18: the migration management server does not run here, so there is nobody to connect");
        var opened = request.Csc18.Select(n => (n.Host, Task: Connect(node, n, limit.Token))).ToArray();
        if (!AwaitsNeighbours && request.Csc18 == file.Csc18) return;
        foreach (var (host, task) in opened)
        {
            try
            {
                await task.ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new TimeoutException($"no connection with {host} on CSC-18 within {JoinTime.TotalSeconds} s: see that it runs, and that each names the other by its Diameter identity");
            }
        }
    }

    /// <summary>An administrator's action; see <see cref="IMcSystem.SetOutboundAsync"/>.</summary>
    public Task<bool> SetOutboundAsync(PrivateUserIdentity identity, bool enabled) => system.SetOutboundAsync(identity, enabled);

    /// <summary>An administrator's action; see <see cref="IMcSystem.ProvideGroupAsync"/>.</summary>
    public Task<int?> ProvideGroupAsync(McGroupId group, McSystemId partner) => system.ProvideGroupAsync(group, partner);

    /// <summary>Puts its clock forward; timers that fall due on the way fire.</summary>
    /// <exception cref="ArgumentException">Clocks do not go so.</exception>
    public Task<ClockAnswer> ForwardAsync(ClockRequest request) => clock.ForwardAsync(request);

    /// <summary>See <see cref="IMcSystem.Administrators"/>.</summary>
    public IAdministrators Administrators => system.Administrators;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await system.DisposeAsync().ConfigureAwait(false);
        wheel.Dispose();
    }

    private bool AwaitsRelays => network.Detours is { IsKnown: false };

    private void Take(IReadOnlyList<RelaySettings> relays)
    {
        var detours = network.Detours ?? throw new NotOfferedException(
            "$.relays: this MC system opened its inner connections when it began; give its file awaitsRelays");
        foreach (var (relay, i) in relays.Select((r, i) => (r, i)))
        {
            var to = system.Endpoints.FirstOrDefault(e => e.Node == relay.To && e.Protocol == relay.Protocol
                && e.Carrier == relay.Transport && e.Side == relay.Side) ?? throw new ArgumentException(
                $"$.relays[{i}].to: {relay.To} listens for no {relay.Protocol} over {relay.Transport} here");
            detours.Put(relay.From, to, new IPEndPoint(relay.Address, relay.Port));
        }

        detours.Complete();
    }

    /// <summary>The MC service servers are configured once, when all is known that they need.</summary>
    private async Task LearnAsync(IReadOnlyList<EndpointSettings> others, CancellationToken cancellation)
    {
        portion.Learn(others.Select(e => e.ToNode()));
        directory.Add(Domain, portion.Elsewhere);
        if (AwaitsRelays) return;
        system.Join();
        await OpenAsync(system.WhenJoinedAsync, cancellation).ConfigureAwait(false);
        if (isConfigured || system.Application is not { Awaits: null } plane) return;
        isConfigured = true;
        await plane.ConfigureAsync().ConfigureAwait(false);
    }

    private async Task OpenAsync(Func<CancellationToken, Task> open, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(JoinTime);
        try
        {
            await open(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            var others = portion.Elsewhere.Where(e => e.Protocol == WireProtocol.Diameter).Select(e =>
                $"{e.Node} at {e.At}");
            throw new TimeoutException(
                $"no Diameter connection within {JoinTime.TotalSeconds} s between entities of {Domain}: see that "
                + $"{string.Join(", ", others)} runs and knows the entities here");
        }
    }

    private IMcSystem? PeerOf(string domain)
    {
        lock (peers) return peers.GetValueOrDefault(domain);
    }

    private Task Connect(DiameterNode node, Csc18Neighbour neighbour, CancellationToken cancellation)
    {
        var host = new DiameterIdentity(neighbour.Host);
        var address = neighbour.Address is { } text ? new IPEndPoint(IPAddress.Parse(text), neighbour.Port) : null;
        node.AddPeer(new DiameterPeerOptions { Host = host, Address = address, Initiates = address is not null, IsProtected = network.ProtectsCsc18 });
        foreach (var realm in neighbour.Realms) node.AddRoute(new DiameterRoute(new DiameterIdentity(realm), [host]));
        return node.WhenConnectedAsync(host, cancellation);
    }
}
