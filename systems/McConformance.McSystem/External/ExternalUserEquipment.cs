using System.Net;
using McConformance.McSystem.Configuration;
using McConformance.Wire;
using McConformance.Wire.Identities;

namespace McConformance.McSystem.External;

/// <summary>A UE that another process runs. Its buttons are pressed over its operator port; everything else about it is
/// what it sends and takes on the wire.</summary>
/// <param name="address">Its operator port.</param>
/// <param name="name">Of the UE.</param>
public sealed class ExternalUserEquipment(Uri address, string name) : IUserEquipment, IForeignClock
{
    private readonly OperatorClient port = new(address, "user-equipment");
    private readonly Dictionary<string, SipIdentitySet> told = [];
    private string? id;

    /// <summary>Of the UE: <c>alice-ue</c>.</summary>
    public string Name => name;

    /// <summary>Its operator port.</summary>
    public Uri OperatorPort => address;

    /// <summary>Where it takes SIP.</summary>
    public IReadOnlyList<NodeEndpoint> Endpoints { get; private set; } = [];

    /// <inheritdoc/>
    public IPEndPoint At => Endpoints.FirstOrDefault(e => e.Carrier == Carrier.Udp)?.At
        ?? throw new NotOfferedException($"the operator port of {name} does not tell where it takes datagrams");

    /// <inheritdoc/>
    public async Task<RegistrationTold> RegisterAsync(IMcSystem system, SipIdentitySet? identities, TimeSpan expires)
    {
        var domain = system.Options.Domain;
        var isKnown = identities is not { } set || (told.TryGetValue(domain, out var known) && known == set);
        var answer = await PressAsync(UserButtons.Registration, new UserAction
        {
            System = domain,
            Expires = (int)expires.TotalSeconds,
            Identities = isKnown || identities is not { } other ? null
                : new ConnectivitySettings(domain, other.Private, other.Public),
        }).ConfigureAwait(false);
        return new RegistrationTold(
            answer.IsDone && expires > TimeSpan.Zero, answer.IsDone && expires == TimeSpan.Zero,
            answer.IsNetworkNotGenuine, answer.StatusCode)
        { HasNoConnectivity = answer.HasNoConnectivity };
    }

    /// <summary>Its operator port makes it.</summary>
    internal async Task StartAsync(UserEquipmentFile file, CancellationToken cancellation)
    {
        foreach (var c in file.Connectivity) told[c.System] = new SipIdentitySet(c.Private, c.Public);
        var made = await port.MakeAsync<ProvisionedUserEquipment>(file, cancellation).ConfigureAwait(false);
        id = made.Id;
        Endpoints = [.. made.Endpoints.Select(e => e.ToNode())];
        if (Endpoints.Count == 0)
            throw new NotOfferedException(
                $"the operator port of {name} names no endpoint of it, so nothing tells which messages are its own");
    }

    /// <summary>True until it is switched off.</summary>
    public bool IsOn => id is not null;

    string IForeignClock.Owner => name;

    /// <inheritdoc/>
    public Task<ClockAnswer> ForwardAsync(TimeSpan by) =>
        AskAsync<ClockAnswer>("clock", new ClockRequest(by.TotalSeconds));

    /// <summary>Somebody presses a button.</summary>
    /// <exception cref="NotOfferedException">There is no such button.</exception>
    /// <exception cref="OperatorPortException">Nobody did.</exception>
    internal Task<UserActionAnswer> PressAsync(string button, UserAction action) =>
        AskAsync<UserActionAnswer>(button, action);

    private async Task<T> AskAsync<T>(string action, object request)
        where T : class => await port.AskAsync<T>(
            id ?? throw new OperatorPortException($"{name} is not provisioned"), action, request).ConfigureAwait(false)
        ?? throw new OperatorPortException($"the operator port {address} does not know {name} any more");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (id is { } made) await port.DisposeOfAsync(made).ConfigureAwait(false);
        id = null;
        port.Dispose();
    }
}
