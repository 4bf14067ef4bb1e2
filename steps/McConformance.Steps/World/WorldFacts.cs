using McConformance.Checks.Flow;

namespace McConformance.Steps.World;

internal static class WorldFacts
{
    extension(ScenarioWorld world)
    {
        /// <summary>What checks compare with, for the registration that the scenario speaks of.</summary>
        public MigrationFacts Facts => world.Running.FactsOf(world.Latest.User, world.Latest.Role);
    }
}
