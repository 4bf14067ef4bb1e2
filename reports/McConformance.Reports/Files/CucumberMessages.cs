using System.Buffers;
using System.Globalization;
using System.Text.Json;
using McConformance.Checks;
using McConformance.Reports.Gherkin;
using McConformance.Reports.Model;

namespace McConformance.Reports.Files;

/// <summary><c>messages.ndjson</c>: a run as Cucumber messages, one JSON object per line, for every tool that reads
/// them. The
/// same for both Gherkin runners, since it is made from the feature files and from what the hooks saw.</summary>
internal sealed class CucumberMessages
{
    private const string Protocol = "27.0.0";
    private readonly ArrayBufferWriter<byte> output = new(64 * 1024);
    private readonly Utf8JsonWriter json;
    private readonly Dictionary<object, string> ids = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, List<Pickle>> pickles = [];
    private int next;

    private CucumberMessages() => json = new Utf8JsonWriter(output);

    /// <summary>Writes a run.</summary>
    public static ReadOnlyMemory<byte> Write(RunRecord run)
    {
        var messages = new CucumberMessages();
        messages.WriteMeta(run);
        foreach (var (path, text) in run.FeatureTexts.OrderBy(f => f.Key, StringComparer.Ordinal)) messages.WriteFeature(path, text);
        messages.WriteResults(run);
        return messages.output.WrittenMemory;
    }

    private void WriteMeta(RunRecord run) => Line("meta", () =>
    {
        json.WriteString("protocolVersion", Protocol);
        Named("implementation", run.Product);
        Named("runtime", $".NET {Environment.Version.ToString(2)}");
        Named("os", Environment.OSVersion.Platform.ToString());
        Named("cpu", System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString());
    });

    private void WriteFeature(string path, string text)
    {
        Line("source", () =>
        {
            json.WriteString("uri", path);
            json.WriteString("data", text);
            json.WriteString("mediaType", "text/x.cucumber.gherkin+plain");
        });
        FeatureNode feature;
        try
        {
            feature = FeatureReader.Read(text);
        }
        catch (FormatException e)
        {
            Line("parseError", () =>
            {
                json.WriteStartObject("source");
                json.WriteString("uri", path);
                json.WriteEndObject();
                json.WriteString("message", e.Message);
            });
            return;
        }

        Line("gherkinDocument", () => new DocumentMessage(json, IdOf).Write(path, feature));
        var made = new Pickles(NewId).Of(feature);
        pickles[path] = [.. made];
        foreach (var pickle in made) Line("pickle", () => WritePickle(path, pickle));
    }

    private void WritePickle(string path, Pickle pickle)
    {
        json.WriteString("id", pickle.Id);
        json.WriteString("uri", path);
        json.WriteString("name", pickle.Name);
        json.WriteString("language", "en");
        WriteNodes(pickle.Scenario, pickle.Row);
        json.WriteStartArray("tags");
        foreach (var tag in pickle.Tags)
        {
            json.WriteStartObject();
            json.WriteString("name", tag.Name);
            json.WriteString("astNodeId", IdOf(tag));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("steps");
        foreach (var step in pickle.Steps) WritePickleStep(step, pickle.Row);
        json.WriteEndArray();
    }

    private void WritePickleStep(PickleStep step, RowNode? row)
    {
        json.WriteStartObject();
        json.WriteString("id", step.Id);
        json.WriteString("text", step.Text);
        json.WriteString("type", step.Type);
        WriteNodes(step.Node, row);
        if (step.DocString is not null || step.Table.Count > 0) WriteArgument(step);
        json.WriteEndObject();
    }

    private void WriteArgument(PickleStep step)
    {
        json.WriteStartObject("argument");
        if (step.DocString is { } content)
        {
            json.WriteStartObject("docString");
            if (step.Node.DocString!.MediaType is { Length: > 0 } type) json.WriteString("mediaType", type);
            json.WriteString("content", content);
            json.WriteEndObject();
        }
        else
        {
            json.WriteStartObject("dataTable");
            json.WriteStartArray("rows");
            foreach (var row in step.Table)
            {
                json.WriteStartObject();
                json.WriteStartArray("cells");
                foreach (var cell in row)
                {
                    json.WriteStartObject();
                    json.WriteString("value", cell);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteNodes(object node, RowNode? row)
    {
        json.WriteStartArray("astNodeIds");
        json.WriteStringValue(IdOf(node));
        if (row is not null) json.WriteStringValue(IdOf(row));
        json.WriteEndArray();
    }

    private void WriteResults(RunRecord run)
    {
        var runId = NewId();
        Line("testRunStarted", () =>
        {
            json.WriteString("id", runId);
            Timestamp(run.StartedAt);
        });
        foreach (var scenario in run.Scenarios)
        {
            if (Take(scenario) is { } pickle) new ResultMessages(this, runId).Write(scenario, pickle);
        }

        Line("testRunFinished", () =>
        {
            json.WriteString("testRunStartedId", runId);
            json.WriteBoolean("success", run.Count(Verdict.Fail) + run.Count(Verdict.Error) == 0);
            Timestamp(run.StartedAt + run.Duration);
        });
    }

    // rows may be alike: each pickle is taken once
    private Pickle? Take(ScenarioRecord scenario)
    {
        if (!pickles.TryGetValue(scenario.FeatureFile, out var all)) return null;
        var index = all.FindIndex(p => (p.Scenario.Heading.Name == scenario.Title || p.Name == scenario.Title) &&
            p.Values.SequenceEqual(scenario.Arguments.Select(a => a.Value)));
        if (index < 0) return null;
        var pickle = all[index];
        all.RemoveAt(index);
        return pickle;
    }

    internal Utf8JsonWriter Json => json;

    internal string NewId() => (next++).ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes one message.</summary>
    internal void Line(string name, Action body)
    {
        json.WriteStartObject();
        json.WriteStartObject(name);
        body();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        json.Reset();
        output.Write("\n"u8);
    }

    internal void Timestamp(DateTimeOffset at)
    {
        var ticks = at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        Seconds("timestamp", ticks);
    }

    internal void Seconds(string name, long ticks)
    {
        json.WriteStartObject(name);
        json.WriteNumber("seconds", ticks / TimeSpan.TicksPerSecond);
        json.WriteNumber("nanos", ticks % TimeSpan.TicksPerSecond * 100);
        json.WriteEndObject();
    }

    private void Named(string name, string value)
    {
        json.WriteStartObject(name);
        json.WriteString("name", value);
        json.WriteEndObject();
    }

    private string IdOf(object node)
    {
        if (!ids.TryGetValue(node, out var id)) ids.Add(node, id = NewId());
        return id;
    }
}
