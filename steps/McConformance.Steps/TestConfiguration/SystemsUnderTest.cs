using System.Net;
using System.Net.Security;
using McConformance.Checks.Flow;
using McConformance.Fakes.Transport;
using McConformance.Fakes.UserEquipment;
using McConformance.McSystem;
using McConformance.Steps.World;
using McConformance.Wire;
using McConformance.Wire.Identities;
using McConformance.Wire.Time;

namespace McConformance.Steps.TestConfiguration;

/// <summary>How a registration ended, as the user of the UE sees it.</summary>
/// <param name="IsRegistered">A binding was granted.</param>
/// <param name="IsDeregistered">The binding was taken away.</param>
/// <param name="HasNoConnectivity">The UE has no connectivity information; nothing was sent.</param>
/// <param name="IsNetworkNotGenuine">The challenge was not made with the subscriber's key.</param>
/// <param name="StatusCode">SIP status of the final response; 0 where none came.</param>
public sealed record RegistrationSeen(
    bool IsRegistered, bool IsDeregistered, bool HasNoConnectivity, bool IsNetworkNotGenuine, int StatusCode);

/// <summary>
/// The systems of one scenario, whoever runs them: the only door from the steps to a bundled system. What goes through it is what a
/// user or an administrator can do, and addresses; what the systems did is read from the recording.
/// </summary>
public sealed partial class SystemsUnderTest : IAsyncDisposable
{
    private readonly ScenarioPlan plan;
    private readonly TimerWheel wheel;
    private readonly BundledNetwork network;
    private readonly RelayHouse relays;
    private readonly Dictionary<string, IUserEquipment> agents = [];

    /// <summary>Makes the systems of a plan.</summary>
    /// <exception cref="ArgumentException">The configuration is refused; says what and why.</exception>
    public SystemsUnderTest(ScenarioPlan plan, ShiftableTime clock)
    {
        this.plan = plan;
        Recording = new Recording(clock);
        Links = new LinkBook(clock, Recording) { IsOwn = RawPeer.IsOwn };
        wheel = new TimerWheel(clock);
        plan.Network.Listen = new ListeningAddresses
        {
            Address = HasExternal ? Configured.Ixit.Links.HarnessAddress : ScenarioAddress.Next(),
        };
        relays = new RelayHouse(Links, plan.Network.Certificates);
        plan.Network.Relay = relays.PlaceFor;

        // an external entity may not have seen yet that the scenario before is over, and turns the same node away
        if (plan.HasExternalSystems) plan.Network.FirstReconnect = McSystem.Configuration.McSystemFile.FirstReconnect;
        network = new BundledNetwork(plan.Network, Links, wheel);
    }

    /// <summary>Everything that was sent.</summary>
    public Recording Recording { get; }

    /// <summary>All links, to disturb.</summary>
    public LinkBook Links { get; }

    /// <summary>For fakes that stand on the same clock.</summary>
    public TimerWheel Wheel => wheel;

    /// <summary>A fake UE, or a peer of a SIP core, at an address that the systems reach.</summary>
    /// <param name="name">Party name, unique.</param>
    /// <param name="kind">What it stands in for.</param>
    public FakeSipClient StandIn(string name, EntityKind kind) =>
        new(Links, wheel, name, kind, plan.Network.Listen.Address);

    /// <summary>True where another process runs one of the MC systems, or a UE: it keeps its own time, and its inner
    /// links are not seen.</summary>
    public bool HasExternal => plan.HasExternalSystems || plan.ExternalUserEquipment.Any();

    /// <summary>What keeps its own time, in words.</summary>
    internal string ExternalInWords => string.Join(" and ", plan.Network.Systems.Select(s => s.Domain)
        .Where(d => plan.Network.OperatorPorts.ContainsKey(d) || plan.Network.ExternalEntities.ContainsKey(d))
        .Concat(plan.ExternalUserEquipment.Select(u => PartyOf(u.Name))));

    /// <summary>True once all have come up.</summary>
    public bool IsUp => hasStarted;

    /// <summary>Links that nobody sees.</summary>
    public IReadOnlyList<UnseenLink> Unseen { get; private set; } = [];

    /// <summary>The link from one party to another, to lose or change what is sent there: the sender must be the harness's.</summary>
    public Link LinkToDisturb(string from, string to, WireProtocol protocol) => External.Reachable(Links, from, to,
        protocol, p => p.From.IsBundled || IsRelayed(p));

    /// <summary>The same, to cut: one end must be the harness's.</summary>
    public Link LinkToCut(string from, string to, WireProtocol protocol) =>
        External.Reachable(Links, from, to, protocol, p => p.From.IsBundled || p.To.IsBundled || IsRelayed(p));

    private bool IsRelayed(Link link) => link.From.System == link.To.System
        ? network.Systems.Any(s => s.Options.Domain == link.From.System && s.IsRelayedWithin(link.Protocol))
        : External.AreRelayed(plan.Network, link.From.System, link.To.System);

    /// <summary>Starts the systems and the UEs.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        try
        {
            await External.OfferedAsync(network.StartAsync(cancellation));
        }
        catch (OperationCanceledException) when (HasExternal)
        {
            throw new SilentEntityException(await WhyNotUpAsync());
        }
        catch (SilentEntityException e)
        {
            // whoever could not join may be one whose certificates are refused here
            throw new SilentEntityException(string.Join("\n", [e.Message, .. await LookAsync()]));
        }

        hasStarted = true;
        Unseen = External.Unseen(network.Systems, plan.Network);
        foreach (var user in plan.ExternalUserEquipment) await ProvisionAsync(user, cancellation);
        foreach (var user in plan.Users.Values.Where(u => u is { IsExternal: false, OperatorPort: null }))
            agents[user.Name] = network.AddUserEquipment(PartyOf(user.Name), user.Defaults, user.Key, user.Opc, user.Sqn);
    }

    /// <summary>Makes a UE known that a real peer stands for.</summary>
    /// <returns>The UDP port on loopback that it shall use.</returns>
    public int PlaceExternalUserAgent(string user)
    {
        var at = FreePort.Udp();
        var party = Links.Add(new Party(PartyOf(user), EntityKind.SignallingUserAgent, "", IsBundled: false));
        Links.Place(party, WireProtocol.Sip, Carrier.Udp, at);
        Unseen = [.. Unseen, .. External.UnseenOf(
            network.Systems, party, WireProtocol.Sip, EntityKind.ProxyCscf)];
        return at.Port;
    }

    /// <summary>Makes an HTTP proxy between the MC systems known that a real peer stands for.</summary>
    /// <param name="name">Host name.</param>
    /// <param name="at">Where it takes connections.</param>
    public void PlaceHttpAgent(string name, IPEndPoint at)
    {
        var party = Links.Add(new Party(name, EntityKind.HttpProxy, "", IsBundled: false));
        Links.Place(party, WireProtocol.Http, Carrier.Tcp, at);
        Unseen = [.. Unseen, .. External.UnseenOf(network.Systems, party, WireProtocol.Http, EntityKind.HttpProxy,
            EntityKind.GroupManagementServer, EntityKind.ConfigurationManagementServer)];
    }

    /// <summary>Party name of a user's UE.</summary>
    public static string PartyOf(string user) => $"{user}-ue";

    /// <summary>The user switches the UE to an MC system. Completes when the user is told how it ended.</summary>
    public Task<RegistrationSeen> RegisterAsync(string user, string role, TimeSpan expires, SipIdentitySet? identities = null)
    {
        var system = network[ScenarioPlan.DomainOf(role)];
        return SeenAsync(agents[user].RegisterAsync(system, identities ?? Connectivity(user, role), expires));
    }

    /// <summary>The UE is switched off without a word.</summary>
    public async Task SwitchOffAsync(string user)
    {
        await agents[user].DisposeAsync();
        agents.Remove(user);
    }

    /// <summary>The primary's administrator withdraws a set of identities, or restores it.</summary>
    public Task<bool> SetOutboundAsync(string role, PrivateUserIdentity identity, bool enabled) =>
        External.OfferedAsync(network[ScenarioPlan.DomainOf(role)].SetOutboundAsync(identity, enabled));

    /// <summary>Where other SIP cores reach an MC system.</summary>
    public IPEndPoint EntryOf(string role) => network[ScenarioPlan.DomainOf(role)].Entry().Address;

    /// <summary>Where UEs reach an MC system.</summary>
    public IPEndPoint EdgeOf(string role) => network[ScenarioPlan.DomainOf(role)].Edge().Address;

    /// <summary>Where UEs reach an MC system over TCP.</summary>
    public IPEndPoint StreamEdgeOf(string role) => network[ScenarioPlan.DomainOf(role)].StreamEdge();

    /// <summary>Where a node of an MC system takes SIP datagrams.</summary>
    /// <exception cref="InconclusiveException">Nobody has told where, or there is no such node.</exception>
    public IPEndPoint DatagramsOf(string role, EntityKind kind) => SipOf(role, kind, Carrier.Udp);

    /// <summary>Where a node of an MC system takes SIP connections without protection.</summary>
    /// <exception cref="InconclusiveException">Nobody has told where, or there is no such node.</exception>
    public IPEndPoint StreamsOf(string role, EntityKind kind) => SipOf(role, kind, Carrier.Tcp);

    /// <summary>Where a user's UE takes SIP datagrams.</summary>
    public IPEndPoint UserEquipmentAt(string user) => External.Offered(() => agents[user].At);

    /// <summary>Where other MC systems reach the migration management server.</summary>
    public IPEndPoint Csc18Of(string role) => network[ScenarioPlan.DomainOf(role)].Csc18(plan.Network.ProtectsCsc18);

    /// <summary>Where nodes of an MC system reach its SIP database.</summary>
    public IPEndPoint DatabaseOf(string role) => network[ScenarioPlan.DomainOf(role)].Database() ??
        throw new InconclusiveException($"the operator port of {ScenarioPlan.DomainOf(role)} does not tell where its SIP database listens");

    /// <summary>Where a server of the application plane is: <c>gms</c>, <c>cms</c>, <c>idms</c>.</summary>
    public IPEndPoint ServerOf(string role, string server) =>
        network.ServerAddressOf(ScenarioPlan.DomainOf(role), server);

    /// <summary>Where UEs reach such a server: at the HTTP proxy where there is one.</summary>
    public IPEndPoint HttpEdgeOf(string role, string server) =>
        network.HttpEdgeOf(ScenarioPlan.DomainOf(role), server);

    /// <summary>The first further Diameter proxy on CSC-18, and where it listens.</summary>
    public (string Host, IPEndPoint At) FurtherProxy => network.FurtherProxy;

    /// <summary>How a peer opens TLS with a certificate that is right or wrong in one way.</summary>
    public static SslClientAuthenticationOptions TlsWith(string certificate, string host, string peer)
    {
        var options = Configured.Certificates.ClientOptions(host, peer);
        options.ClientCertificates = certificate switch
        {
            "no certificate" => null,
            "a certificate of another issuer" => [new Certificates("another authority").Of(host)],
            "the certificate of another node" => [Configured.Certificates.Of("mms.ims.partner.example")],
            "an expired certificate" => [Configured.Certificates.ExpiredOf(host)],
            _ => options.ClientCertificates,
        };
        return options;
    }

    /// <summary>Where a node of an MC system listens, by its host name; null where that is not known. SIP nodes have
    /// the same port over UDP and
    /// TCP.</summary>
    internal IPEndPoint? AddressOf(string node, WireProtocol protocol, bool isOverTls) =>
        network.Systems.SelectMany(s => s.Endpoints).Where(e => e.Node == node && e.Protocol == protocol)
            .OrderByDescending(e => (e.Carrier == Carrier.Tls) == isOverTls).FirstOrDefault()?.At;

    /// <summary>Names and addresses that topology hiding covers.</summary>
    public IReadOnlyCollection<string> InnerAddressesOf(string role)
    {
        var system = network[ScenarioPlan.DomainOf(role)];
        return [.. system.InnerAddresses, system.Options.MigrationManagementHost, system.Options.DatabaseHost];
    }

    /// <summary>What checks compare with, for a user who migrates.</summary>
    public MigrationFacts FactsOf(string user, string partnerRole)
    {
        var (u, partner) = (plan.Users[user], plan.System(partnerRole));
        var home = plan.Network.Systems.First(s => s.Domain == u.Home);
        return new MigrationFacts(
            PartyOf(user), home.Domain, partner.Domain, home.SipDomain, partner.SipDomain, u.Defaults,
            u.PrimarySets.GetValueOrDefault(partner.Domain), u.Connectivity.GetValueOrDefault(partner.Domain));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // a scenario may end before what crashed is up again; each has its own time limit
        await WhenUpAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await network.DisposeAsync();
        await relays.DisposeAsync();
        wheel.Dispose();
    }

    private IPEndPoint SipOf(string role, EntityKind kind, Carrier carrier) =>
        network[ScenarioPlan.DomainOf(role)].Endpoints
        .FirstOrDefault(e => e.Kind == kind && e.Protocol == WireProtocol.Sip && e.Carrier == carrier)?.At ??
        throw new InconclusiveException(
            $"{ScenarioPlan.DomainOf(role)} tells of no {new Party("", kind, "").Title} that takes SIP over {carrier}");

    private SipIdentitySet? Connectivity(string user, string role) =>
        plan.Users[user].Connectivity.TryGetValue(ScenarioPlan.DomainOf(role), out var set) ? set : null;

    private static async Task<RegistrationSeen> SeenAsync(Task<RegistrationTold> registration)
    {
        var told = await External.OfferedAsync(registration);
        return new RegistrationSeen(
            told.IsRegistered, told.IsDeregistered, told.HasNoConnectivity, told.IsNetworkNotGenuine, told.StatusCode);
    }
}
