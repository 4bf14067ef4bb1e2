using McConformance.Wire.Identities;

namespace McConformance.McSystem.External;

/// <summary>Entities of an MC system that another process runs, while the rest of it runs here.</summary>
internal interface IExternalPart : IAsyncDisposable
{
    /// <summary>Where they listen, once provisioned.</summary>
    IReadOnlyList<NodeEndpoint> Endpoints { get; }

    /// <summary>True where nobody can tell them anything: they know by their own configuration where the rest
    /// listens, and connect by
    /// themselves.</summary>
    bool IsFixed { get; }

    /// <summary>Their migration management server, where it is among them.</summary>
    ICsc18Node Csc18 { get; }

    /// <summary>Their clock.</summary>
    IForeignClock Clock { get; }

    /// <summary>Provisions them; they are bound then.</summary>
    Task StartAsync(CancellationToken cancellation);

    /// <summary>Tells them where the rest of the MC system listens, as far as it is bound.</summary>
    Task TellAsync(IReadOnlyList<NodeEndpoint> rest, CancellationToken cancellation);

    /// <summary>Tells them of the other MC systems.</summary>
    Task JoinAsync(IReadOnlyList<IMcSystem> others, CancellationToken cancellation);

    /// <summary>Does nothing where they can be told to crash.</summary>
    /// <exception cref="NotOfferedException">They cannot.</exception>
    Task RefuseCrashAsync();

    /// <summary>They lose what they have in memory, cut their connections, and are down when the task
    /// completes.</summary>
    Task CrashAsync();

    /// <summary>Completes when they listen again where they did, with what they had kept.</summary>
    Task StartAgainAsync();

    /// <summary>See <see cref="IMcSystem.SetOutboundAsync"/>.</summary>
    Task<bool> SetOutboundAsync(PrivateUserIdentity identity, bool enabled);

    /// <summary>See <see cref="IMcSystem.ProvideGroupAsync"/>.</summary>
    Task<int?> ProvideGroupAsync(McGroupId group, McSystemId partner);

    /// <summary>See <see cref="IMcSystem.Administrators"/>.</summary>
    IAdministrators Administrators { get; }
}
