using McConformance.Fakes.Deviations;
using McConformance.Steps.Deviations;

namespace McConformance.Steps.Rejudged;

/// <summary>A scenario that was carried out and kept, and what its test asks of it.</summary>
/// <param name="Name">For readers.</param>
/// <param name="Steps">Its Then steps, and the form of messages where it was judged.</param>
/// <param name="Deviation">With which wrong system; null where nothing may fail.</param>
/// <param name="Step">The step that must fail then.</param>
internal sealed record KeptScenario(
    string Name, IReadOnlyList<KeptStep> Steps, Deviation? Deviation = null, string Step = "")
{
    /// <summary>As the feature has it; null for what lawful variants carry out.</summary>
    public ScenarioText? Text { get; init; }

    /// <summary>Carries it out once more, with systems: whether its test would fail now.</summary>
    public required Func<Task<bool>> Live { get; init; }

    /// <summary>Whether its test fails when the steps come to this: the very assertions of
    /// <see cref="DeviationTests"/> and <see cref="VariantTests"/>, so that nothing counts that no test looks
    /// at.</summary>
    /// <param name="outcomes">Of each step.</param>
    public bool Notices(IReadOnlyList<KeptOutcome> outcomes)
    {
        if (outcomes.Any(o => o.Threw)) return true;
        if (Deviation is null) return outcomes.Any(o => o.Verdict != "pass");
        var caught = Steps.Zip(outcomes, (s, o) => (s.Text, Requirement: o.Failed, o.Reason))
            .Where(c => c.Requirement is not null).ToArray();
        var found = caught.FirstOrDefault(c => (c.Text, c.Requirement) == (Step, Deviation.Requirement));
        if (found.Requirement is null || !Reasons.Are(Deviation.Name, found.Reason)) return true;
        return Deviation.FirstSeenAs.Length == 0
            ? caught[0].Text != Step : caught[0].Requirement != Deviation.FirstSeenAs;
    }
}
