using McConformance.McSystem.Application;
using McConformance.Wire;
using McConformance.Wire.Identities;

namespace McConformance.McSystem.External;

/// <summary>An MC system of which somebody else runs some entities, and this process the rest.</summary>
/// <param name="here">What runs here.</param>
/// <param name="there">What runs elsewhere.</param>
/// <param name="portion">Which is which.</param>
/// <param name="links">Links of all nodes.</param>
internal sealed class MixedMcSystem(BundledMcSystem here, IExternalPart there, Portion portion, LinkBook links)
    : INetworkMember
{
    /// <summary>The entities of it that run here.</summary>
    public BundledMcSystem Here => here;

    /// <summary>The entities of it that run elsewhere.</summary>
    public IExternalPart There => there;

    /// <summary>The clock of those that run elsewhere.</summary>
    public IForeignClock Clock => there.Clock;

    /// <inheritdoc/>
    public McSystemOptions Options => here.Options;

    /// <inheritdoc/>
    public IReadOnlyList<NodeEndpoint> Endpoints => [.. here.Endpoints, .. portion.Elsewhere];

    /// <inheritdoc/>
    public IReadOnlyCollection<string> InnerAddresses =>
    [
        .. here.InnerAddresses,
        .. portion.Elsewhere.Where(e => e.Kind is EntityKind.InterrogatingCscf or EntityKind.ServingCscf
            && e.Carrier == Carrier.Udp).Select(e => $"{e.At}"),
    ];

    /// <inheritdoc/>
    public IReadOnlyCollection<string> ApplicationInnerNames => here.ApplicationInnerNames;

    ICsc18Node INetworkMember.Csc18Node => portion.Has(SystemPart.MigrationManagementServer)
        ? ((INetworkMember)here).Csc18Node : there.Csc18;

    /// <inheritdoc/>
    public bool RunsElsewhere(EntityKind kind) => here.RunsElsewhere(kind);

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellation)
    {
        if (Options.JoinsDatabaseAndMigrationManagement
            && portion.Has(SystemPart.SipDatabase) != portion.Has(SystemPart.MigrationManagementServer))
            throw new NotOfferedException(
                $"the migration management server of {Options.Domain} is to be part of its SIP "
                + "database, and only one of the two is external");
        if (!portion.Others.Any(p => SystemParts.IsIn(Options, p)))
            throw new NotOfferedException(
                $"{string.Join(", ", portion.Others.Select(SystemParts.NameOf))} of {Options.Domain} takes no "
                + "part here: nothing would be learnt of it");
        await there.StartAsync(cancellation).ConfigureAwait(false);
        portion.Learn(there.Endpoints);
        foreach (var node in portion.Elsewhere.DistinctBy(e => e.Node)) links.Add(new Party(node.Node, node.Kind,
            Options.Domain, IsBundled: false));
        foreach (var at in portion.Elsewhere) links.Place(links.Named(at.Node), at.Protocol, at.Carrier, at.At);
        here.Start();
    }

    /// <inheritdoc/>
    public async Task WhenJoinedAsync(CancellationToken cancellation)
    {
        await there.TellAsync(here.Endpoints, cancellation).ConfigureAwait(false);
        await here.WhenJoinedAsync(cancellation).ConfigureAwait(false);
        if (there.IsFixed) await here.WhenCalledAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Completes when those elsewhere are joined with the rest again, after a restart.</summary>
    public async Task WhenJoinedAgainAsync(CancellationToken cancellation)
    {
        await here.WhenJoinedAsync(cancellation).ConfigureAwait(false);
        await here.WhenCalledAsync(cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task JoinAsync(IReadOnlyList<IMcSystem> others, CancellationToken cancellation) =>
        there.JoinAsync(others, cancellation);

    /// <inheritdoc/>
    public async Task StartApplicationAsync(HttpDirectory directory, Func<string, IMcSystem?> others,
        CancellationToken cancellation)
    {
        directory.Add(Options.Domain, portion.Elsewhere);
        await here.BindApplicationAsync(directory, others, cancellation).ConfigureAwait(false);
        if (here.Application is not { } plane) return;
        await there.TellAsync(here.Endpoints, cancellation).ConfigureAwait(false);
        if (plane.Awaits is { } missing)
            throw new ArgumentException($"nobody has told where {missing} of {Options.Domain} is: "
                + "the endpoints of the external entity must name it");
        await plane.ConfigureAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<bool> SetOutboundAsync(PrivateUserIdentity identity, bool enabled) =>
        portion.Has(SystemPart.MigrationManagementServer)
        ? here.SetOutboundAsync(identity, enabled)
        : there.SetOutboundAsync(identity, enabled);

    /// <inheritdoc/>
    public Task<int?> ProvideGroupAsync(McGroupId group, McSystemId partner) =>
        portion.Has(SystemPart.GroupManagementServer)
        ? here.ProvideGroupAsync(group, partner)
        : there.ProvideGroupAsync(group, partner);

    /// <summary>What is provisioned in several servers at once is refused here; groups have one server alone.</summary>
    public IAdministrators Administrators => portion.Has(SystemPart.GroupManagementServer)
        ? here.Administrators : there.Administrators;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await here.DisposeAsync().ConfigureAwait(false);
        await there.DisposeAsync().ConfigureAwait(false);
    }
}
