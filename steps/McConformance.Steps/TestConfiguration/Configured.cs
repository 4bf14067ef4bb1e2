using System.Net;
using McConformance.McSystem;
using McConformance.TestConfiguration;
using McConformance.Wire;

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

    private static readonly Lazy<Certificates> Own = new(() =>
    {
        var own = Ixit.Authority is { } named
            ? Certificates.FromPem(File.ReadAllText(named.Certificate), File.ReadAllText(named.Key))
            : Certificates.Shared;
        string[] anchors = [.. Ixit.TrustAnchors.Select(File.ReadAllText)];
        return anchors.Length == 0 ? own : own.Trusting(anchors);
    });

    /// <summary>By whose certificates the harness's nodes are known, and which authorities it trusts.</summary>
    public static Certificates Certificates => Own.Value;

    /// <summary>Where the MC system of a domain is provisioned, if another process runs it; else null.</summary>
    public static Uri? OperatorPortOf(string domain) => Ixit.System(domain)?.OperatorPort;

    /// <summary>The entities of an MC system that somebody else runs while this process runs the rest; null where
    /// there are none.</summary>
    public static ExternalEntities? ExternalEntitiesOf(string domain)
    {
        if (Ixit.System(domain) is not { ExternalEntities: { Count: > 0 } names } system) return null;
        SystemPart[] parts = [.. names.Select(SystemParts.Named).OfType<SystemPart>()];
        var endpoints = system.OperatorPort is not null ? [] : system.Entities
            .Where(e => e.Entity.Mode == EntityMode.External)
            .SelectMany(e => e.Entity.Endpoints.Select(at => NodeOf(e.Name, at)));
        return new ExternalEntities(parts, [.. endpoints]);
    }

    /// <summary>Relays of the test configuration between an MC system and others.</summary>
    public static IEnumerable<RelayEntry> RelaysOf(string domain) =>
        Ixit.Links.Relays.Where(r => r.One == domain || r.Other == domain);

    /// <summary>The relays between two MC systems; null where none are configured.</summary>
    public static RelayEntry? RelayBetween(string one, string other) =>
        RelaysOf(one).FirstOrDefault(r => r.One == other || r.Other == other);

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

    private static NodeEndpoint NodeOf(string entity, EndpointEntry at)
    {
        // of a SIP core the first label of the name says which of its nodes it is
        var kind = entity != "sipCore" ? Enum.Parse<EntityKind>(entity, ignoreCase: true)
            : at.Node.Value.Split('.')[0] switch
            {
                "icscf" => EntityKind.InterrogatingCscf,
                "scscf" => EntityKind.ServingCscf,
                _ => EntityKind.ProxyCscf,
            };
        var address = IPAddress.TryParse(at.Address, out var given) ? given : Dns.GetHostAddresses(at.Address)[0];
        return new NodeEndpoint(
            at.Node.Value, kind, Enum.Parse<WireProtocol>(at.Protocol, ignoreCase: true),
                Enum.Parse<Carrier>(at.Transport, ignoreCase: true),
            new IPEndPoint(address, at.Port));
    }
}
