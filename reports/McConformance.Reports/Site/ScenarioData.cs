using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using McConformance.Checks;
using McConformance.Reports.Decoding;
using McConformance.Reports.Files;
using McConformance.Reports.Model;
using McConformance.Wire;
using McConformance.Wire.Diameter.Codec;

namespace McConformance.Reports.Site;

/// <summary>The inside of a scenario as data for the page's script: JSON, compressed (gzip), as base64, so that it
/// cannot end the element it stands in. Arrays, not objects: names would be half of it.</summary>
internal static class ScenarioData
{
    private const int OctetsMax = 256 * 1024;
    private const int FlushedAt = 16 * 1024;

    // what the page takes apart itself needs no angle bracket to be escaped, and a peer's octets have many
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Packs a scenario.</summary>
    /// <param name="scenario">Which.</param>
    /// <param name="chart">Its chart, SVG.</param>
    /// <returns>Text for the page.</returns>
    public static string Pack(ScenarioRecord scenario, string chart)
    {
        using var packed = new MemoryStream(32 * 1024);
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var json = new Utf8JsonWriter(zip, Plain))
            Write(json, scenario, chart);
        return Convert.ToBase64String(packed.GetBuffer().AsSpan(0, (int)packed.Length));
    }

    private static void Write(Utf8JsonWriter json, ScenarioRecord scenario, string chart)
    {
        json.WriteStartObject();
        json.WriteString("reason", scenario.Reason);
        json.WriteNumber("failing", scenario.FailingMessage ?? 0);
        Strings(json, "tags", scenario.Tags);
        Strings(json, "requirements", scenario.Requirements);
        Strings(json, "disturbances", scenario.Disturbances);
        WriteJudgements(json, scenario.Judgements);
        WriteSteps(json, scenario.Steps);
        json.WriteString("chart", chart);
        WriteMessages(json, scenario.Messages);
        json.WriteEndObject();
    }

    public static ReadOnlyMemory<byte> WriteCatalogue(IReadOnlyList<Coverage> coverage)
    {
        var output = new ArrayBufferWriter<byte>(32 * 1024);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        foreach (var row in coverage)
        {
            if (row.Requirement is not { } requirement || row.Verdict is null) continue;
            json.WriteStartArray(requirement.Id);
            json.WriteStringValue(requirement.Clause.ToString());
            json.WriteStringValue(requirement.Obligation);
            json.WriteStringValue(requirement.Text);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }

    private static void WriteJudgements(Utf8JsonWriter json, IReadOnlyList<Judgement> judgements)
    {
        json.WriteStartArray("checks");
        foreach (var judgement in judgements)
        {
            json.WriteStartArray();
            json.WriteStringValue(judgement.Verdict.Key());
            json.WriteStringValue(judgement.Verdict.Title());
            json.WriteStringValue(judgement.Claim);
            json.WriteStringValue(judgement.Requirement?.Id ?? "");
            json.WriteStringValue((judgement.Clause ?? judgement.Requirement?.Clause)?.ToString() ?? "");
            json.WriteStringValue(judgement.Expected);
            json.WriteStringValue(judgement.Actual);
            json.WriteNumberValue(judgement.MessageNumber ?? 0);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteSteps(Utf8JsonWriter json, IReadOnlyList<StepRecord> steps)
    {
        json.WriteStartArray("steps");
        foreach (var step in steps)
        {
            json.WriteStartArray();
            json.WriteStringValue(step.Keyword.Trim());
            json.WriteStringValue(step.Text);
            json.WriteStringValue(step.Status.ToString().ToLowerInvariant());
            json.WriteStringValue(HeadSection.Duration(step.Duration));
            json.WriteStringValue(step.Message ?? "");
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteMessages(Utf8JsonWriter json, IReadOnlyList<RecordedMessage> messages)
    {
        var parties = messages.SelectMany(m => (Party[])[m.Link.From, m.Link.To]).Distinct().ToList();
        json.WriteStartArray("parties");
        foreach (var party in parties)
        {
            json.WriteStartArray();
            json.WriteStringValue(Markup.Clean(party.Name));
            json.WriteStringValue(Markup.Clean(party.Title));
            json.WriteStringValue(Markup.Clean(party.System));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("messages");
        foreach (var message in messages)
        {
            WriteMessage(json, message, parties);
            if (json.BytesPending > FlushedAt) json.Flush();
        }

        json.WriteEndArray();
    }

    private static void WriteMessage(Utf8JsonWriter json, RecordedMessage message, List<Party> parties)
    {
        var octets = message.Octets.Span;
        json.WriteStartArray();
        json.WriteNumberValue(message.Number);
        json.WriteNumberValue(Math.Round(message.At.TotalMilliseconds, 3));
        json.WriteNumberValue(parties.IndexOf(message.Link.From));
        json.WriteNumberValue(parties.IndexOf(message.Link.To));
        json.WriteStringValue(message.Link.ReferencePoint);
        json.WriteStringValue(message.Carrier.ToString().ToUpperInvariant());
        json.WriteStringValue(message.Source.ToString());
        json.WriteStringValue(message.Destination.ToString());
        json.WriteStringValue(Markup.Clean(MessageLine.Of(message).Summary));
        json.WriteStringValue(message.Fate.ToString().ToLowerInvariant());
        json.WriteStringValue(message.Note ?? "");
        json.WriteNumberValue(octets.Length);
        WriteOctets(json, octets[..Math.Min(octets.Length, OctetsMax)]);
        if (message.Link.Protocol == WireProtocol.Diameter)
        {
            json.WriteStartArray();
            foreach (var node in DiameterTree.Read(message.Octets)) WriteNode(json, node);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    /// <summary>A character per octet: what is text anyway compresses as text.</summary>
    private static void WriteOctets(Utf8JsonWriter json, ReadOnlySpan<byte> octets)
    {
        var characters = ArrayPool<char>.Shared.Rent(octets.Length);
        Encoding.Latin1.GetChars(octets, characters);
        json.WriteStringValue(characters.AsSpan(0, octets.Length));
        ArrayPool<char>.Shared.Return(characters);
    }

    private static void WriteNode(Utf8JsonWriter json, DissectedAvp node)
    {
        json.WriteStartArray();
        json.WriteStringValue(node.Name);
        json.WriteNumberValue(node.Code);
        json.WriteNumberValue(node.Vendor);
        json.WriteStringValue(node.Flags);
        json.WriteStringValue(Markup.Clean(node.Value));
        json.WriteNumberValue(node.Offset);
        json.WriteNumberValue(node.Length);
        if (node.Children.Count > 0)
        {
            json.WriteStartArray();
            foreach (var child in node.Children) WriteNode(json, child);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void Strings(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
