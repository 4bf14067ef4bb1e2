using McConformance.Entities.UserEquipment;
using McConformance.Entities.UserEquipment.Clients;
using McConformance.Wire.Http.Transport;
using McConformance.Wire.Identities;

namespace McConformance.McSystem;

/// <summary>How a registration ended, as the user of a UE is told.</summary>
/// <param name="IsRegistered">A binding was granted.</param>
/// <param name="IsDeregistered">The binding was taken away.</param>
/// <param name="IsNetworkNotGenuine">The challenge was not made with the subscriber's key.</param>
/// <param name="StatusCode">SIP status of the final response; 0 where none came.</param>
public sealed record RegistrationTold(bool IsRegistered, bool IsDeregistered, bool IsNetworkNotGenuine, int StatusCode);

/// <summary>A UE with its ISIM, as its user handles it.</summary>
public sealed class BundledUserEquipment : IAsyncDisposable
{
    private readonly SignallingUserAgent agent;

    private readonly HttpRequester requester;

    internal BundledUserEquipment(SignallingUserAgent agent, HttpRequester requester)
    {
        (this.agent, this.requester) = (agent, requester);
        Identity = new IdentityManagementClient(requester, "mc-client", "https://client.example/callback");
        Documents = new DocumentClient(requester);
    }

    /// <summary>Where it takes datagrams.</summary>
    public System.Net.IPEndPoint At => agent.Endpoint.AddressOf(Wire.Carrier.Udp);

    /// <summary>Identity management client.</summary>
    public IdentityManagementClient Identity { get; }

    /// <summary>Configuration and group management clients.</summary>
    public DocumentClient Documents { get; }

    /// <summary>What the UE keeps.</summary>
    public UserEquipmentStorage Storage { get; } = new();

    /// <summary>Registers with an MC system's SIP core, or leaves it where <paramref name="expires"/> is zero. Completes when the user is told.</summary>
    public async Task<RegistrationTold> RegisterAsync(IMcSystem system, SipIdentitySet identities, TimeSpan expires)
    {
        var outcome = await agent.RegisterAsync(new RegistrationTarget(system.Options.SipDomain, identities, system.Edge()), expires).ConfigureAwait(false);
        return new RegistrationTold(
            outcome.Result == RegistrationResult.Registered, outcome.Result == RegistrationResult.Deregistered,
            outcome.Result == RegistrationResult.NetworkNotGenuine, outcome.StatusCode);
    }

    /// <summary>The same over a connection (TCP), which then carries requests of any size.</summary>
    public async Task<RegistrationTold> RegisterOverStreamAsync(IMcSystem system, SipIdentitySet identities, TimeSpan expires)
    {
        var edge = new Wire.Sip.Transport.SipDestination(Wire.Carrier.Tcp, system.StreamEdge());
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
