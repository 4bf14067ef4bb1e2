using McConformance.Wire;

namespace McConformance.McSystem;

/// <summary>What of an MC system can be run by itself, as a server of its own (TS 23.280 7.4.2, 7.4.3).</summary>
public enum SystemPart
{
    /// <summary>P-CSCF, I-CSCF and S-CSCF.</summary>
    SipCore,

    /// <summary>SIP database.</summary>
    SipDatabase,

    /// <summary>Migration management server.</summary>
    MigrationManagementServer,

    /// <summary>Identity management server.</summary>
    IdentityManagementServer,

    /// <summary>Configuration management server.</summary>
    ConfigurationManagementServer,

    /// <summary>Group management server.</summary>
    GroupManagementServer,

    /// <summary>MC service servers, one for each service.</summary>
    McServiceServer,

    /// <summary>Gateway server.</summary>
    GatewayServer,

    /// <summary>HTTP proxy.</summary>
    HttpProxy,
}

/// <summary>Which part an entity belongs to.</summary>
public static class SystemParts
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<SystemPart> All { get; } = Enum.GetValues<SystemPart>();

    /// <summary>The part of an entity; null for one that is in no MC system: a UE, an agent in transit.</summary>
    public static SystemPart? Of(EntityKind kind) => kind switch
    {
        EntityKind.ProxyCscf or EntityKind.InterrogatingCscf or EntityKind.ServingCscf => SystemPart.SipCore,
        _ => Enum.TryParse<SystemPart>(kind.ToString(), out var part) ? part : null,
    };

    /// <summary>Whether an MC system has such an entity at all.</summary>
    public static bool IsIn(McSystemOptions system, SystemPart part) => part switch
    {
        SystemPart.SipCore or SystemPart.SipDatabase or SystemPart.MigrationManagementServer => true,
        SystemPart.GatewayServer => system.Application is { HasGateway: true },
        SystemPart.HttpProxy => system.Application is { HasHttpProxy: true },
        _ => system.Application is not null,
    };

    /// <summary>As files and command lines name it: <c>sipDatabase</c>.</summary>
    public static string NameOf(SystemPart part) => char.ToLowerInvariant($"{part}"[0]) + $"{part}"[1..];

    /// <summary>The part of that name; null where nothing has it.</summary>
    public static SystemPart? Named(string name) =>
        All.Cast<SystemPart?>().FirstOrDefault(p => NameOf(p!.Value) == name);
}
