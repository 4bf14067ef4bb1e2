using McConformance.TestConfiguration.Ics;

namespace McConformance.Steps.TestConfiguration;

/// <summary>The implementation conformance statement (ICS) of this run: the file that MC_ICS names; without one
/// everything is
/// supported.</summary>
internal static class DeclaredSupport
{
    private static readonly Lazy<IReadOnlyList<IcsLine>> Answers = new(() =>
    {
        if (Environment.GetEnvironmentVariable("MC_ICS") is not { Length: > 0 } path) return [];
        var questions = Questionnaire.Read(Repository.Root);
        return IcsFile.Read(path, questions, out var errors) ?? throw new InvalidOperationException(string.Join("\n",
            errors));
    });

    /// <summary>Why a scenario does not apply, by its tags; null where it does.</summary>
    /// <exception cref="InvalidOperationException">The file is wrong; the message holds every error with its
    /// line.</exception>
    public static string? WhyNotApplicable(IEnumerable<string> tags) => Questionnaire.WhyNotApplicable(Answers.Value,
        tags);
}
