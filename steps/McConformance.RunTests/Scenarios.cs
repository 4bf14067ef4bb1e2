using McConformance.Reports.Gherkin;

namespace McConformance.RunTests;

/// <summary>One scenario, or one row of an outline.</summary>
/// <param name="File">Path of the feature file below the root, with /.</param>
/// <param name="Feature">Title of the feature.</param>
/// <param name="Outline">Title as it stands in the file, which is the name of the generated method.</param>
/// <param name="Title">Title with the row's values filled in.</param>
/// <param name="Tags">Of feature, rule, scenario and examples.</param>
/// <param name="RowTags">Of the examples alone.</param>
/// <param name="Row">From 0 within the outline; -1 where it is none.</param>
internal sealed record Scenario(
    string File, string Feature, string Outline, string Title,
    IReadOnlySet<string> Tags, IReadOnlySet<string> RowTags, int Row)
{
    /// <summary>Texts of its Given steps, backgrounds first.</summary>
    public IReadOnlyList<string> Given { get; init; } = [];
}

/// <summary>Reads the scenarios of the feature files, in the order of file names and lines.</summary>
internal static class Scenarios
{
    /// <summary>All of <c>features/</c>.</summary>
    /// <exception cref="BadCallException">A file is no feature; says which and why.</exception>
    public static List<Scenario> Read(string root)
    {
        var features = Path.Combine(root, "features");
        if (!Directory.Exists(features)) throw new BadCallException($"there is no folder {features}");
        var files = Directory.GetFiles(features, "*.feature", SearchOption.AllDirectories);
        Array.Sort(files, StringComparer.Ordinal);
        return [.. files.SelectMany(f => ReadFile(root, f))];
    }

    private static IEnumerable<Scenario> ReadFile(string root, string path)
    {
        var file = Path.GetRelativePath(root, path).Replace('\\', '/');
        try
        {
            return Of(file, FeatureReader.Read(File.ReadAllText(path)));
        }
        catch (FormatException e)
        {
            throw new BadCallException($"{file}: {e.Message}");
        }
    }

    private static List<Scenario> Of(string file, FeatureNode feature)
    {
        var made = new List<Scenario>();
        var rows = new Dictionary<ScenarioNode, int>(ReferenceEqualityComparer.Instance);
        foreach (var pickle in new Pickles(() => "").Of(feature))
        {
            var (node, row) = (pickle.Scenario, -1);
            var rowTags = new HashSet<string>();
            if (pickle.Row is not null)
            {
                rows[node] = row = rows.GetValueOrDefault(node, -1) + 1;
                var examples = node.Examples.First(e => e.Rows.Any(r => ReferenceEquals(r, pickle.Row)));
                rowTags.UnionWith(examples.Heading.Tags.Select(t => t.Name));
            }

            made.Add(new Scenario(file, feature.Heading.Name, node.Heading.Name, pickle.Name,
                pickle.Tags.Select(t => t.Name).ToHashSet(), rowTags, row)
            {
                Given = [.. pickle.Steps.Where(s => s.Type == "Context").Select(s => s.Text)],
            });
        }

        return made;
    }
}
