namespace McConformance.Reports.Gherkin;

/// <summary>One scenario ready to run: outline filled in, backgrounds in front.</summary>
internal sealed record Pickle(
    string Id, string Name, ScenarioNode Scenario, RowNode? Row, IReadOnlyList<TagNode> Tags, IReadOnlyList<PickleStep> Steps)
{
    /// <summary>Values of the example row.</summary>
    public IEnumerable<string> Values => Row is null ? [] : Row.Cells.Select(c => c.Value);
}

/// <summary>One step of a pickle.</summary>
internal sealed record PickleStep(
    string Id, string Text, string Type, StepNode Node, string? DocString, IReadOnlyList<string[]> Table);

/// <summary>Makes the pickles of a feature, as the compiler of Cucumber does.</summary>
internal sealed class Pickles(Func<string> newId)
{
    private readonly List<Pickle> pickles = [];

    /// <summary>The pickles of a feature, in the order of the file.</summary>
    public IReadOnlyList<Pickle> Of(FeatureNode feature)
    {
        Add(feature.Children, feature.Heading.Tags, []);
        return pickles;
    }

    private void Add(IReadOnlyList<FeatureChild> children, IReadOnlyList<TagNode> tags, IReadOnlyList<StepNode> background)
    {
        foreach (var child in children)
        {
            switch (child)
            {
                case BackgroundNode node:
                    background = [.. background, .. node.Steps];
                    break;
                case RuleNode rule:
                    Add(rule.Children, [.. tags, .. rule.Heading.Tags], background);
                    break;
                case ScenarioNode scenario:
                    AddScenario(scenario, [.. tags, .. scenario.Heading.Tags], background);
                    break;
            }
        }
    }

    private void AddScenario(ScenarioNode scenario, IReadOnlyList<TagNode> tags, IReadOnlyList<StepNode> background)
    {
        if (scenario.Examples.Count == 0) AddPickle(scenario, tags, background, [], null);
        foreach (var examples in scenario.Examples)
        {
            if (examples.Rows.Count == 0) continue;
            var names = examples.Rows[0].Cells.Select(c => c.Value).ToArray();
            foreach (var row in examples.Rows.Skip(1))
                AddPickle(scenario, [.. tags, .. examples.Heading.Tags], background, names, row);
        }
    }

    private void AddPickle(
        ScenarioNode scenario, IReadOnlyList<TagNode> tags, IReadOnlyList<StepNode> background, string[] names, RowNode? row)
    {
        string Fill(string text)
        {
            for (var i = 0; i < names.Length && i < row!.Cells.Count; i++)
                text = text.Replace($"<{names[i]}>", row.Cells[i].Value);
            return text;
        }

        var type = "Unknown";
        var steps = new List<PickleStep>();
        // a scenario without steps has no pickle steps, not even the background's
        foreach (var step in scenario.Steps.Count == 0 ? [] : background.Concat(scenario.Steps))
        {
            type = KeywordType(step.Keyword) is var own && own != "Conjunction" ? own : type;
            steps.Add(new PickleStep(newId(), Fill(step.Text), type, step,
                step.DocString is { } doc ? Fill(doc.Content) : null,
                [.. step.Table.Select(r => r.Cells.Select(c => Fill(c.Value)).ToArray())]));
        }

        pickles.Add(new Pickle(newId(), Fill(scenario.Heading.Name), scenario, row, tags, steps));
    }

    /// <summary>What a keyword stands for.</summary>
    public static string KeywordType(string keyword) => keyword switch
    {
        "Given " => "Context",
        "When " => "Action",
        "Then " => "Outcome",
        "And " or "But " => "Conjunction",
        _ => "Unknown",
    };
}
