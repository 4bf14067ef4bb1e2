using System.Text.Json;
using McConformance.Reports.Gherkin;

namespace McConformance.Reports.Files;

/// <summary>The Cucumber message that holds the tree of a feature file.</summary>
internal sealed class DocumentMessage(Utf8JsonWriter json, Func<object, string> idOf)
{
    public void Write(string path, FeatureNode feature)
    {
        json.WriteString("uri", path);
        json.WriteStartObject("feature");
        WriteHeading(feature.Heading, hasTags: true);
        json.WriteString("language", "en");
        json.WriteStartArray("children");
        foreach (var child in feature.Children) WriteChild(child);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("comments");
        foreach (var (place, text) in feature.Comments)
        {
            json.WriteStartObject();
            WritePlace(place);
            json.WriteString("text", text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteChild(FeatureChild child)
    {
        json.WriteStartObject();
        json.WriteStartObject(child switch { BackgroundNode => "background", RuleNode => "rule", _ => "scenario" });
        json.WriteString("id", idOf(child));
        WriteHeading(child.Heading, hasTags: child is not BackgroundNode);
        switch (child)
        {
            case BackgroundNode background:
                WriteSteps(background.Steps);
                break;
            case RuleNode rule:
                json.WriteStartArray("children");
                foreach (var inner in rule.Children) WriteChild(inner);
                json.WriteEndArray();
                break;
            case ScenarioNode scenario:
                WriteSteps(scenario.Steps);
                json.WriteStartArray("examples");
                foreach (var examples in scenario.Examples) WriteExamples(examples);
                json.WriteEndArray();
                break;
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteHeading(Heading heading, bool hasTags)
    {
        WritePlace(heading.Place);
        json.WriteString("keyword", heading.Keyword);
        json.WriteString("name", heading.Name);
        json.WriteString("description", heading.Description);
        if (!hasTags) return;
        json.WriteStartArray("tags");
        foreach (var tag in heading.Tags)
        {
            json.WriteStartObject();
            WritePlace(tag.Place);
            json.WriteString("name", tag.Name);
            json.WriteString("id", idOf(tag));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteSteps(IReadOnlyList<StepNode> steps)
    {
        json.WriteStartArray("steps");
        foreach (var step in steps) WriteStep(step);
        json.WriteEndArray();
    }

    private void WriteStep(StepNode step)
    {
        json.WriteStartObject();
        WritePlace(step.Place);
        json.WriteString("id", idOf(step));
        json.WriteString("keyword", step.Keyword);
        json.WriteString("keywordType", Pickles.KeywordType(step.Keyword));
        json.WriteString("text", step.Text);
        if (step.DocString is { } doc)
        {
            json.WriteStartObject("docString");
            WritePlace(doc.Place);
            if (doc.MediaType.Length > 0) json.WriteString("mediaType", doc.MediaType);
            json.WriteString("content", doc.Content);
            json.WriteString("delimiter", doc.Delimiter);
            json.WriteEndObject();
        }

        if (step.Table.Count > 0)
        {
            json.WriteStartObject("dataTable");
            WritePlace(step.Table[0].Place);
            json.WriteStartArray("rows");
            foreach (var row in step.Table) WriteRow(row);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteExamples(ExamplesNode examples)
    {
        json.WriteStartObject();
        json.WriteString("id", idOf(examples));
        WriteHeading(examples.Heading, hasTags: true);
        if (examples.Rows.Count > 0)
        {
            json.WritePropertyName("tableHeader");
            WriteRow(examples.Rows[0]);
        }

        json.WriteStartArray("tableBody");
        foreach (var row in examples.Rows.Skip(1)) WriteRow(row);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteRow(RowNode row)
    {
        json.WriteStartObject();
        WritePlace(row.Place);
        json.WriteString("id", idOf(row));
        json.WriteStartArray("cells");
        foreach (var (place, value) in row.Cells)
        {
            json.WriteStartObject();
            WritePlace(place);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WritePlace(Place place)
    {
        json.WriteStartObject("location");
        json.WriteNumber("line", place.Line);
        json.WriteNumber("column", place.Column);
        json.WriteEndObject();
    }
}
