namespace McConformance.Steps.Deviations;

/// <summary>A step of a scenario: what kind it is (And and But are of the kind before), and its text.</summary>
/// <param name="Kind">Given, When or Then.</param>
/// <param name="Text">Without the keyword, arguments put in.</param>
internal sealed record StepText(string Kind, string Text);

/// <summary>
/// A scenario as its feature file has it, one for each line of examples: read here, without a runner, so that it can be
/// carried out with wrong systems under either runner. Knows what the features use: Background, Rule, Examples.
/// </summary>
/// <param name="Title">As written, placeholders and all; <c>#2</c> behind it for the second of the examples.</param>
/// <param name="Steps">Those of the background first.</param>
internal sealed record ScenarioText(string Title, IReadOnlyList<StepText> Steps)
{
    /// <summary>Its feature is one with real peers (@peer).</summary>
    public bool HasRealPeer { get; init; }

    private static readonly Lazy<Dictionary<string, ScenarioText>> Read = new(() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "features"), "*.feature", SearchOption.AllDirectories)
            .SelectMany(f => new FeatureReader().Read(File.ReadLines(f))).ToDictionary(s => s.Title));

    /// <summary>Every scenario of every feature.</summary>
    public static IEnumerable<ScenarioText> All => Read.Value.Values;

    /// <summary>The scenario of a title; without a number the first of the examples.</summary>
    /// <exception cref="KeyNotFoundException">No feature has it.</exception>
    public static ScenarioText Find(string title) => Read.Value.TryGetValue(title, out var found) ? found
        : Read.Value.TryGetValue($"{title} #1", out found) ? found
        : throw new KeyNotFoundException($"no scenario is called \"{title}\"");

    private sealed class FeatureReader
    {
        private readonly List<StepText> background = [];
        private readonly List<StepText> ruleBackground = [];
        private readonly List<StepText> steps = [];
        private readonly List<ScenarioText> read = [];
        private readonly List<string[]> examples = [];
        private List<StepText> current = [];
        private string? title;
        private bool isInRule;
        private bool hasRealPeer;
        private string kind = "Given";

        public IEnumerable<ScenarioText> Read(IEnumerable<string> lines)
        {
            foreach (var line in lines) ReadLine(line.Trim());
            End();
            return read;
        }

        private void ReadLine(string line)
        {
            if (line.StartsWith('@')) hasRealPeer |= line.Split(' ').Contains("@peer");
            else if (line.StartsWith('|')) examples.Add([.. line.Trim('|').Split('|').Select(c => c.Trim())]);
            else if (line.StartsWith("Background:", StringComparison.Ordinal)) current = isInRule ? ruleBackground
                : background;
            else if (line.StartsWith("Rule:", StringComparison.Ordinal)) BeginRule();
            else if (line.StartsWith("Scenario", StringComparison.Ordinal)) Begin(line);
            else ReadStep(line);
        }

        private void BeginRule()
        {
            End();
            isInRule = true;
            ruleBackground.Clear();
        }

        private void Begin(string line)
        {
            End();
            (title, current) = (line[(line.IndexOf(':') + 1)..].Trim(), steps);
        }

        private void ReadStep(string line)
        {
            var words = line.Split(' ', 2);
            if (words.Length < 2 || words[0] is not ("Given" or "When" or "Then" or "And" or "But")) return;
            if (words[0] is not ("And" or "But")) kind = words[0];
            current.Add(new StepText(kind, words[1]));
        }

        private void End()
        {
            if (title is not null && examples.Count == 0) Add(title, steps);
            for (var i = 1; i < examples.Count; i++)
            {
                var filled = steps.Select(s => Fill(s, examples[i]));
                Add($"{title} #{i}", filled);
            }

            (title, current) = (null, []);
            steps.Clear();
            examples.Clear();
        }

        private void Add(string name, IEnumerable<StepText> own) =>
            read.Add(new ScenarioText(name, [.. background, .. ruleBackground, .. own]) { HasRealPeer = hasRealPeer });

        private StepText Fill(StepText step, string[] row) => step with
        {
            Text = examples[0].Zip(row)
                .Aggregate(step.Text, (text, cell) => text.Replace($"<{cell.First}>", cell.Second)),
        };
    }
}
