namespace McConformance.Reports.Gherkin;

/// <summary>Line and column, both from 1.</summary>
internal readonly record struct Place(int Line, int Column);

/// <summary>A tag with its @.</summary>
internal sealed record TagNode(Place Place, string Name);

/// <summary>What follows a keyword: its name, and the lines of description below.</summary>
internal sealed record Heading(Place Place, string Keyword, string Name, string Description, IReadOnlyList<TagNode> Tags);

/// <summary>A child of a feature or rule.</summary>
internal abstract record FeatureChild(Heading Heading);

/// <summary>The feature of a file.</summary>
internal sealed record FeatureNode(
    Heading Heading, IReadOnlyList<FeatureChild> Children, IReadOnlyList<(Place Place, string Text)> Comments);

/// <summary>Steps that go before those of each scenario beside it.</summary>
internal sealed record BackgroundNode(Heading Heading, IReadOnlyList<StepNode> Steps) : FeatureChild(Heading);

/// <summary>A group of scenarios.</summary>
internal sealed record RuleNode(Heading Heading, IReadOnlyList<FeatureChild> Children) : FeatureChild(Heading);

/// <summary>A scenario, or an outline where it has examples.</summary>
internal sealed record ScenarioNode(
    Heading Heading, IReadOnlyList<StepNode> Steps, IReadOnlyList<ExamplesNode> Examples) : FeatureChild(Heading);

/// <summary>One step; the keyword has its space behind it.</summary>
internal sealed record StepNode(Place Place, string Keyword, string Text, DocStringNode? DocString, IReadOnlyList<RowNode> Table);

/// <summary>A text argument.</summary>
internal sealed record DocStringNode(Place Place, string MediaType, string Content, string Delimiter);

/// <summary>One row of a table.</summary>
internal sealed record RowNode(Place Place, IReadOnlyList<(Place Place, string Value)> Cells);

/// <summary>One table of examples; the header is the first row.</summary>
internal sealed record ExamplesNode(Heading Heading, IReadOnlyList<RowNode> Rows);
