using System.Security.Cryptography;
using System.Text;
using McConformance.Checks;
using McConformance.Wire;

namespace McConformance.Reports.Model;

/// <summary>Which way a scenario verifies its requirements.</summary>
public enum Polarity
{
    /// <summary>What shall happen happens.</summary>
    Positive,

    /// <summary>What shall be refused is refused, what shall not happen does not.</summary>
    Negative,
}

/// <summary>What became of a step.</summary>
public enum StepStatus
{
    /// <summary>Done without complaint.</summary>
    Passed,

    /// <summary>Ended with an exception or a failed check.</summary>
    Failed,

    /// <summary>Not reached, or ignored.</summary>
    Skipped,

    /// <summary>Has no definition.</summary>
    Undefined,

    /// <summary>Has a definition that says it is not written yet.</summary>
    Pending,

    /// <summary>Has more than one definition.</summary>
    Ambiguous,
}

/// <summary>One step as it ran.</summary>
/// <param name="Keyword">Given, When, Then, And, But or *.</param>
/// <param name="Text">With the example's arguments in place.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Message">Why it did not pass, or null.</param>
public sealed record StepRecord(string Keyword, string Text, StepStatus Status, TimeSpan Duration, string? Message = null);

/// <summary>Everything that is known of one scenario when it has ended.</summary>
public sealed record ScenarioRecord
{
    private string? ownId;

    /// <summary>Stable over runs and usable as file name and fragment; see <see cref="IdOf"/>.</summary>
    public string Id => ownId ?? IdOf(FeatureFile, Title, Arguments);

    /// <summary>Path of the feature file from the repository's root, with forward slashes.</summary>
    public required string FeatureFile { get; init; }

    /// <summary>The same scenario under an id of its own; for one that ran before in the same run.</summary>
    internal ScenarioRecord Repeated(int count) => this with { ownId = $"{Id}-{count}" };

    /// <summary>Title of the feature.</summary>
    public required string FeatureTitle { get; init; }

    /// <summary>Title of the scenario, as in the file.</summary>
    public required string Title { get; init; }

    /// <summary>Arguments of the example row, in the order of its columns; empty for a plain scenario.</summary>
    public IReadOnlyList<(string Name, string Value)> Arguments { get; init; } = [];

    /// <summary>All tags, without @, inherited ones too.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Ids of the requirements that the scenario verifies.</summary>
    public IReadOnlyList<string> Requirements { get; init; } = [];

    /// <summary>Which way it verifies them.</summary>
    public Polarity Polarity { get; init; }

    /// <summary>What it came to.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why, one sentence; empty for a pass.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Number in the recording of the message that decided, or null.</summary>
    public int? FailingMessage { get; init; }

    /// <summary>Every check that was made.</summary>
    public IReadOnlyList<Judgement> Judgements { get; init; } = [];

    /// <summary>Wall-clock time of the start.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Wall-clock time of the recording's zero; the scenario's start where it is not given.</summary>
    public DateTimeOffset? RecordingStartedAt { get; init; }

    /// <summary>From start to end.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The steps that ran, background included; later ones count as skipped.</summary>
    public IReadOnlyList<StepRecord> Steps { get; init; } = [];

    /// <summary>The recording.</summary>
    public IReadOnlyList<RecordedMessage> Messages { get; init; } = [];

    /// <summary>What went wrong on links on purpose, one line each.</summary>
    public IReadOnlyList<string> Disturbances { get; init; } = [];

    /// <summary>Which worker ran it.</summary>
    public int Worker { get; init; }

    /// <summary>Title with the arguments behind it, as lists show it.</summary>
    public string FullTitle => Arguments.Count == 0
        ? Title
        : $"{Title} ({string.Join(", ", Arguments.Select(a => $"{a.Name}: {a.Value}"))})";

    /// <summary>The id of a scenario: its title in lower case and 8 digits that depend on file, title and
    /// arguments.</summary>
    public static string IdOf(string featureFile, string title, IReadOnlyList<(string Name, string Value)> arguments)
    {
        var all = new StringBuilder(featureFile).Append('\n').Append(title);
        foreach (var (name, value) in arguments) all.Append('\n').Append(name).Append('\t').Append(value);
        var digits = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all.ToString())).AsSpan(0, 4));
        var slug = new StringBuilder();
        foreach (var c in title)
        {
            if (slug.Length >= 56) break;
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        return slug.ToString().Trim('-') is { Length: > 0 } readable ? $"{readable}-{digits}" : digits;
    }
}
