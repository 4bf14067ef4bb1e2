using McConformance.Wire.Documents;

namespace McConformance.Steps.World;

/// <summary>The switches of TR 23.781 6.1.1 under the names that features use.</summary>
public static class Switches
{
    private static readonly Dictionary<string, InterconnectionPermissions> OfInterconnection = new()
    {
        ["MCPTT private out"] = InterconnectionPermissions.McpttPrivateCallsOut,
        ["MCPTT private in"] = InterconnectionPermissions.McpttPrivateCallsIn,
        ["MCPTT groups out"] = InterconnectionPermissions.McpttGroupsOut,
        ["MCPTT groups in"] = InterconnectionPermissions.McpttGroupsIn,
        ["MCVideo out"] = InterconnectionPermissions.McVideoCallsOut,
        ["MCVideo in"] = InterconnectionPermissions.McVideoCallsIn,
        ["MCVideo groups out"] = InterconnectionPermissions.McVideoGroupsOut,
        ["MCVideo groups in"] = InterconnectionPermissions.McVideoGroupsIn,
        ["MCData out"] = InterconnectionPermissions.McDataOut,
        ["MCData in"] = InterconnectionPermissions.McDataIn,
    };

    private static readonly Dictionary<string, MigrationPermissions> OfMigration = new()
    {
        ["migration in"] = MigrationPermissions.MigrationIn,
        ["migrated MCPTT private"] = MigrationPermissions.McpttPrivateCalls,
        ["migrated MCPTT groups"] = MigrationPermissions.McpttGroups,
        ["migrated MCVideo"] = MigrationPermissions.McVideo,
        ["migrated MCData"] = MigrationPermissions.McData,
        ["migrated MCPTT"] = MigrationPermissions.McpttPrivateCalls | MigrationPermissions.McpttGroups,
    };

    /// <summary>The same partner with a switch on or off.</summary>
    /// <exception cref="ArgumentException">No switch is called so.</exception>
    public static PartnerConfiguration Turn(PartnerConfiguration partner, string name, bool isOn)
    {
        if (OfInterconnection.TryGetValue(name, out var interconnection))
            return partner with
            {
                Interconnection = isOn ? partner.Interconnection | interconnection
                : partner.Interconnection & ~interconnection
            };
        if (OfMigration.TryGetValue(name, out var migration))
            return partner with { Migration = isOn ? partner.Migration | migration : partner.Migration & ~migration };
        throw new ArgumentException($"no switch is called \"{name}\"");
    }

    /// <summary>Turns a switch in the plan of a scenario.</summary>
    public static void Turn(TestConfiguration.ScenarioPlan plan, string role, string other, string name, bool isOn)
    {
        if (OfInterconnection.TryGetValue(name, out var interconnection)) plan.Turn(role, other, interconnection, isOn);
        else if (OfMigration.TryGetValue(name, out var migration)) plan.Turn(role, other, migration, isOn);
        else throw new ArgumentException($"no switch is called \"{name}\"");
    }
}
