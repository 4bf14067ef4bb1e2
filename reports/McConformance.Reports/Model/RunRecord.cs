using McConformance.Checks;

namespace McConformance.Reports.Model;

/// <summary>Everything that is known of one run when it has ended. Filled by the hooks, read by
/// <see cref="RunWriter"/>.</summary>
public sealed record RunRecord
{
    /// <summary>Name of the run and of its folder: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, sortable by
    /// time.</summary>
    public required string Id { get; init; }

    /// <summary>Wall-clock time of the start.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Name of the test configuration.</summary>
    public required string Configuration { get; init; }

    /// <summary>Name of the binding profile.</summary>
    public required string BindingProfile { get; init; }

    /// <summary>SpecFlow or Reqnroll, with the version.</summary>
    public required string GherkinRunner { get; init; }

    /// <summary>From start to end.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>What ran, name and version; stands in capture files and messages.</summary>
    public string Product { get; init; } = "McConformance";

    /// <summary>What is worth knowing of the machine: processor, cores, operating system, runtime.</summary>
    public IReadOnlyList<(string Name, string Value)> Host { get; init; } = [];

    /// <summary>In the order in which they shall be listed; <see cref="RunWriter"/> groups them by feature.</summary>
    public required IReadOnlyList<ScenarioRecord> Scenarios { get; init; }

    /// <summary>The catalogue, all of it, so that holes can be shown.</summary>
    public IReadOnlyList<Requirement> Catalogue { get; init; } = [];

    /// <summary>Which of them are covered, and which wait and why.</summary>
    public CatalogueScope Scope { get; init; } = CatalogueScope.None;

    /// <summary>Defects and gaps of the specification texts, shown in a chapter of their own.</summary>
    public IReadOnlyList<SourceFinding> Findings { get; init; } = [];

    /// <summary>Detecting power as it was measured last, or null.</summary>
    public DetectRecord? Detect { get; init; }

    /// <summary>What was measured in the run.</summary>
    public IReadOnlyList<KeyFigure> Figures { get; init; } = [];

    /// <summary>Text of each feature file by its path, as in <see cref="ScenarioRecord.FeatureFile"/>.</summary>
    public IReadOnlyDictionary<string, string> FeatureTexts { get; init; } = new Dictionary<string, string>();

    /// <summary>Domain of the users' own MC system.</summary>
    public string PrimarySystem { get; init; } = "primary.example";

    /// <summary>Domain of the MC system that they migrate to or interconnect with.</summary>
    public string PartnerSystem { get; init; } = "partner.example";

    /// <summary>How many scenarios came to a verdict.</summary>
    public int Count(Verdict verdict) => Scenarios.Count(s => s.Verdict == verdict);
}

/// <summary>Which side of its limit a figure keeps to.</summary>
public enum LimitKind
{
    /// <summary>Above the limit is out of bounds.</summary>
    AtMost,

    /// <summary>Below the limit is out of bounds.</summary>
    AtLeast,
}

/// <summary>One measured figure.</summary>
/// <param name="Name">What was measured, a few words.</param>
/// <param name="Value">In the unit.</param>
/// <param name="Unit">For example <c>ms</c> or <c>1/s</c>.</param>
/// <param name="Limit">What it shall keep to, in the same unit; null where there is no limit.</param>
/// <param name="Kind">Which side of the limit is good.</param>
public sealed record KeyFigure(
    string Name, double Value, string Unit, double? Limit = null, LimitKind Kind = LimitKind.AtMost)
{
    /// <summary>False where the limit is broken.</summary>
    public bool IsWithinLimit => Limit is not { } limit || (Kind == LimitKind.AtMost ? Value <= limit : Value >= limit);
}
