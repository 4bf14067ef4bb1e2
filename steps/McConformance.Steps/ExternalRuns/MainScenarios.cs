namespace McConformance.Steps.ExternalRuns;

/// <summary>Titles of the scenarios that external systems, entities and recordings are tried with.</summary>
internal static class MainScenarios
{
    public const string Registers = "A UE registers in the partner MC system";
    public const string Migrates = "A user migrates";
    public const string Provided = "A group is provided, changed by policy, stored and served";
    public const string Requested = "A group is requested when a member becomes service authorized";
}
