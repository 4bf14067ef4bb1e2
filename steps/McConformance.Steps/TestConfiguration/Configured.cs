using McConformance.TestConfiguration;

namespace McConformance.Steps.TestConfiguration;

/// <summary>The test configuration (IXIT) of this run: the file that MC_CONFIGURATION names, else the bundled pair.</summary>
internal static class Configured
{
    private static readonly Lazy<Ixit> Read = new(() =>
    {
        var path = Environment.GetEnvironmentVariable("MC_CONFIGURATION") is { Length: > 0 } given
            ? given
            : Path.Combine(Repository.Root, "features", "bundled-pair.json");
        return IxitFile.Read(path, out var errors) ?? throw new InvalidOperationException(string.Join("\n", errors));
    });

    /// <summary>What was read.</summary>
    /// <exception cref="InvalidOperationException">The file is wrong; the message holds every error with its line.</exception>
    public static Ixit Ixit => Read.Value;

    /// <summary>Where the MC system of a domain is provisioned, if another process runs it; else null.</summary>
    public static Uri? OperatorPortOf(string domain) => Ixit.System(domain)?.OperatorPort;

    /// <summary>Whether a capability, named as in the configuration, is declared.</summary>
    /// <exception cref="InvalidOperationException">A feature needs a capability that nobody knows.</exception>
    public static bool Has(string capability) => capability switch
    {
        "topologyHiding" => Ixit.Capabilities.TopologyHiding,
        "mutualTls" => Ixit.Capabilities.MutualTls,
        "collocatedMigrationManagement" => Ixit.Capabilities.CollocatedMigrationManagement,
        "severalSets" => Ixit.Capabilities.SeveralSets,
        "withdrawal" => Ixit.Capabilities.Withdrawal,
        "offlineMigration" => Ixit.Capabilities.OfflineMigration,
        _ => throw new InvalidOperationException($"no capability is called {capability}"),
    };
}
