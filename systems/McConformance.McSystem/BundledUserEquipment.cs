using System.Net;
using McConformance.Entities.Ports;
using McConformance.Entities.UserEquipment;
using McConformance.Entities.UserEquipment.Clients;
using McConformance.McSystem.Application;
using McConformance.Wire;
using McConformance.Wire.Http.Transport;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Time;

namespace McConformance.McSystem;

/// <summary>How a registration ended, as the user of a UE is told.</summary>
/// <param name="IsRegistered">A binding was granted.</param>
/// <param name="IsDeregistered">The binding was taken away.</param>
/// <param name="IsNetworkNotGenuine">The challenge was not made with the subscriber's key.</param>
/// <param name="StatusCode">SIP status of the final response; 0 where none came.</param>
public sealed record RegistrationTold(bool IsRegistered, bool IsDeregistered, bool IsNetworkNotGenuine, int StatusCode)
{
    /// <summary>The UE has no connectivity information for the MC system; nothing was sent.</summary>
    public bool HasNoConnectivity { get; init; }
}

/// <summary>A UE with its ISIM in this process.</summary>
public sealed class BundledUserEquipment : IUserEquipment
{
    private readonly SignallingUserAgent agent;

    private readonly HttpRequester requester;

    internal BundledUserEquipment(SignallingUserAgent agent, HttpRequester requester)
    {
        (this.agent, this.requester) = (agent, requester);
        Identity = new IdentityManagementClient(requester, "mc-client", "https://client.example/callback");
        Documents = new DocumentClient(requester);
    }

    /// <summary>Makes a UE, and binds its sockets.</summary>
    /// <param name="name">Unique: <c>alice-ue</c>.</param>
    /// <param name="isim">Its ISIM.</param>
    /// <param name="links">Links of its scenario.</param>
    /// <param name="wheel">Its timers.</param>
    /// <param name="options">Timers, and where it listens.</param>
    /// <param name="directory">Where HTTP servers are.</param>
    /// <param name="from">Its own address, from which it opens all connections; null where any will do.</param>
    internal static BundledUserEquipment Start(string name, Isim isim, LinkBook links, TimerWheel wheel,
        NetworkOptions options, HttpDirectory directory, IPAddress? from = null)
    {
        var ports = new EntityPorts(links.Add(new Party(name, EntityKind.SignallingUserAgent, "")), links, wheel);
        var agent = new SignallingUserAgent(
            new SipEndpointOptions
            {
                Self = ports.Self,
                Links = links,
                Wheel = wheel,
                Gate = ports.Gate,
                Timers = options.SipTimers,
                Address = from ?? options.Listen.Address,
                TcpPort = 0,
                StreamIdle = options.StreamIdle,
            },
            isim);
        agent.Start();
        return new BundledUserEquipment(agent, new HttpRequester(new HttpRequesterOptions
        {
            Self = ports.Self,
            Links = links,
            Route = h => directory.FromUserEquipment(name, h),
            AnswerTime = options.UserAnswerTime,
            Address = from,
        }));
    }

    /// <summary>Where it takes datagrams.</summary>
    public IPEndPoint At => agent.Endpoint.AddressOf(Carrier.Udp);

    /// <summary>Where it takes SIP.</summary>
    internal IEnumerable<NodeEndpoint> Endpoints => BoundNodes.Of(agent.Endpoint);

    /// <summary>Identity management client.</summary>
    public IdentityManagementClient Identity { get; }

    /// <summary>Configuration and group management clients.</summary>
    public DocumentClient Documents { get; }

    /// <summary>What the UE keeps.</summary>
    public UserEquipmentStorage Storage { get; } = new();

    /// <summary>Registers with an MC system's SIP core, or leaves it where <paramref name="expires"/> is zero. Completes when the user is told.</summary>
    public async Task<RegistrationTold> RegisterAsync(IMcSystem system, SipIdentitySet? identities, TimeSpan expires)
    {
        if (identities is not { } set) return new RegistrationTold(false, false, false, 0) { HasNoConnectivity = true };
        var outcome = await agent.RegisterAsync(
            new RegistrationTarget(system.Options.SipDomain, set, system.Edge()), expires).ConfigureAwait(false);
        return new RegistrationTold(
            outcome.Result == RegistrationResult.Registered, outcome.Result == RegistrationResult.Deregistered,
            outcome.Result == RegistrationResult.NetworkNotGenuine, outcome.StatusCode);
    }

    /// <summary>The same over a connection (TCP), which then carries requests of any size.</summary>
    public async Task<RegistrationTold> RegisterOverStreamAsync(IMcSystem system, SipIdentitySet identities, TimeSpan expires)
    {
        var edge = new Wire.Sip.Transport.SipDestination(Carrier.Tcp, system.StreamEdge());
        var outcome = await agent.RegisterAsync(new RegistrationTarget(system.Options.SipDomain, identities, edge), expires).ConfigureAwait(false);
        return new RegistrationTold(
            outcome.Result == RegistrationResult.Registered, outcome.Result == RegistrationResult.Deregistered,
            outcome.Result == RegistrationResult.NetworkNotGenuine, outcome.StatusCode);
    }

    /// <summary>Answers MESSAGE and NOTIFY for the UE's clients.</summary>
    public Func<Wire.Sip.Codec.SipMessage, int>? Clients
    {
        get => agent.Clients;
        set => agent.Clients = value;
    }

    /// <summary>One of the UE's clients sends a request through the SIP core that the UE is registered at.</summary>
    public Task<UserAnswer> SendAsync(IMcSystem system, UserRequest request) => agent.SendAsync(system.Options.SipDomain, request);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        requester.Dispose();
        return agent.DisposeAsync();
    }
}
