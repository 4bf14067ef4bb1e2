using McConformance.Checks;
using McConformance.Checks.Flow;
using McConformance.Checks.Migration;
using McConformance.Steps.TestConfiguration;

namespace McConformance.Steps.World;

internal static class WorldFacts
{
    /// <summary>A final response's status as readers are told it; 0 where none came.</summary>
    public static string InWords(int status) => status == 0 ? "no final response" : $"{status}";

    extension(ScenarioWorld world)
    {
        /// <summary>What checks compare with, for the registration that the scenario speaks of.</summary>
        public MigrationFacts Facts => world.Running.FactsOf(world.Latest.User, world.Latest.Role);

        /// <summary>Takes down what many messages came to; the worst decides.</summary>
        /// <exception cref="InvalidOperationException">There is nothing to judge.</exception>
        public void JudgeAll(IReadOnlyList<Judgement> judgements)
        {
            if (Judgement.Deciding(judgements) is not { } worst)
                throw new InvalidOperationException("nothing was sent");
            foreach (var other in judgements.Where(j => !ReferenceEquals(j, worst))) world.Note(other);
            world.Judge(worst);
        }

        /// <summary>What checks of migration service authorization compare with.</summary>
        public MigrationAuthorizationFacts MigrationFactsOf(string user)
        {
            var (primary, partner) = world.Running.IdentitiesOf(user);
            return new MigrationAuthorizationFacts(
                ScenarioPlan.DomainOf("primary"), ScenarioPlan.DomainOf("partner"), primary, partner ?? "", 1, world.Plan.HasGateways);
        }
    }
}
