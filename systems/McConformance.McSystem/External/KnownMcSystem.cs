using McConformance.Wire;
using McConformance.Wire.Identities;

namespace McConformance.McSystem.External;

/// <summary>An MC system elsewhere, of which only addresses are known.</summary>
internal sealed record KnownMcSystem(McSystemOptions Options, IReadOnlyList<NodeEndpoint> Endpoints) : IMcSystem
{
    public bool RunsElsewhere(EntityKind kind) => true;

    public IReadOnlyCollection<string> InnerAddresses => [];

    public IReadOnlyCollection<string> ApplicationInnerNames => [];

    public Task<bool> SetOutboundAsync(PrivateUserIdentity identity, bool enabled) => Task.FromResult(false);

    public Task<int?> ProvideGroupAsync(McGroupId group, McSystemId partner) => Task.FromResult<int?>(null);

    public IAdministrators Administrators => throw new NotOfferedException($"{Options.Domain} runs elsewhere");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
