using System.Net;
using McConformance.Wire;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Identities;

namespace McConformance.McSystem.External;

/// <summary>Entities without an operator port: somebody has provisioned them by hand, and their addresses stand in
/// the test
/// configuration.</summary>
/// <param name="options">The MC system.</param>
/// <param name="endpoints">Where they listen.</param>
internal sealed class FixedEntities(McSystemOptions options, IReadOnlyList<NodeEndpoint> endpoints) : IExternalPart,
    ICsc18Node, IForeignClock
{
    /// <inheritdoc/>
    public IReadOnlyList<NodeEndpoint> Endpoints => endpoints;

    /// <inheritdoc/>
    public bool IsFixed => true;

    /// <inheritdoc/>
    public ICsc18Node Csc18 => this;

    DiameterIdentity ICsc18Node.Host =>
        new(endpoints.FirstOrDefault(e => e.Kind == EntityKind.MigrationManagementServer)?.Node
            ?? options.MigrationManagementHost);

    bool ICsc18Node.Initiates => false;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task TellAsync(IReadOnlyList<NodeEndpoint> rest, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task JoinAsync(IReadOnlyList<IMcSystem> others, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task RefuseCrashAsync() => throw Nobody("ask for the actions crash and start");

    /// <inheritdoc/>
    public Task CrashAsync() => RefuseCrashAsync();

    /// <inheritdoc/>
    public Task StartAgainAsync() => RefuseCrashAsync();

    /// <inheritdoc/>
    public Task<bool> SetOutboundAsync(PrivateUserIdentity identity, bool enabled) =>
        throw Nobody(enabled ? $"restore the set {identity}" : $"withdraw the set {identity}");

    /// <inheritdoc/>
    public Task<int?> ProvideGroupAsync(McGroupId group, McSystemId partner) =>
        throw Nobody($"provide the group {group} to {partner}");

    /// <inheritdoc/>
    public IAdministrators Administrators => throw Nobody("act as administrator");

    string IForeignClock.Owner => options.Domain;

    IForeignClock IExternalPart.Clock => this;

    /// <inheritdoc/>
    public Task<Configuration.ClockAnswer> ForwardAsync(TimeSpan by) => throw Nobody("put the clock forward");

    IPEndPoint ICsc18Node.At(bool isProtected)
    {
        var carrier = isProtected ? Carrier.Tls : Carrier.Tcp;
        return endpoints.FirstOrDefault(e => e.Kind == EntityKind.MigrationManagementServer
            && e.Carrier == carrier)?.At ?? throw new NotOfferedException(
            $"the test configuration names no endpoint of the migration management server "
            + $"of {options.Domain} over {(isProtected ? "tls" : "tcp")}");
    }

    /// <summary>It is configured by hand.</summary>
    void ICsc18Node.AddPeer(DiameterPeerOptions peer)
    {
    }

    void ICsc18Node.AddRoute(DiameterRoute route)
    {
    }

    Task ICsc18Node.WhenConnectedAsync(DiameterIdentity host, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private NotOfferedException Nobody(string what) =>
        new($"nobody can {what} at {options.Domain}: the entity is external, and its MC system has no operatorPort");
}
