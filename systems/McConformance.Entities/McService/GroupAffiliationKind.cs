using McConformance.Wire.Documents;

namespace McConformance.Entities.McService;

/// <summary>Which switches of TR 23.781 6.1.1 decide about affiliation to groups of a service.</summary>
/// <param name="Out">Of the MC system that serves the user.</param>
/// <param name="In">Of the MC system that defines the group.</param>
/// <param name="Migrated">For those who have migrated to here.</param>
internal sealed record GroupAffiliationKind(
    InterconnectionPermissions Out, InterconnectionPermissions In, MigrationPermissions Migrated)
{
    // in the order of the services; MCData has no switch for groups apart
    private static readonly GroupAffiliationKind[] All =
    [
        new(InterconnectionPermissions.McpttGroupsOut, InterconnectionPermissions.McpttGroupsIn,
            MigrationPermissions.McpttGroups),
        new(InterconnectionPermissions.McVideoGroupsOut, InterconnectionPermissions.McVideoGroupsIn,
            MigrationPermissions.McVideo),
        new(InterconnectionPermissions.McDataOut, InterconnectionPermissions.McDataIn, MigrationPermissions.McData),
    ];

    /// <summary>The switches of a service.</summary>
    public static GroupAffiliationKind Of(Wire.Documents.McService service) => All[(int)service];
}
