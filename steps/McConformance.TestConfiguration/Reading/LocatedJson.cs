using System.Text;
using System.Text.Json;

namespace McConformance.TestConfiguration.Reading;

/// <summary>Reads JSON into a tree with lines. A member that occurs twice is an error, as in I-JSON (RFC 7493
/// 2.3).</summary>
internal ref struct LocatedJson
{
    private const int DepthMax = 32;
    private readonly ReadOnlySpan<byte> octets;
    private readonly ErrorList errors;
    private Utf8JsonReader reader;
    private int line;
    private int counted;

    private LocatedJson(ReadOnlySpan<byte> octets, ErrorList errors)
    {
        this.octets = octets;
        this.errors = errors;
        reader = new Utf8JsonReader(octets, new JsonReaderOptions { MaxDepth = DepthMax });
        line = 1;
    }

    /// <summary>The tree; null where the text is no JSON, with the error told.</summary>
    public static LocatedValue? Read(ReadOnlySpan<byte> octets, ErrorList errors)
    {
        if (octets.StartsWith(Encoding.UTF8.Preamble)) octets = octets[Encoding.UTF8.Preamble.Length..];
        var json = new LocatedJson(octets, errors);
        try
        {
            json.reader.Read();
            var value = json.ReadValue("$");
            json.reader.Read();
            return value;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            var at = e is JsonException { LineNumber: { } zeroBased } ? (int)zeroBased + 1 : json.Line();
            var what = e is JsonException ? e.Message.Split(" LineNumber:")[0].TrimEnd('.', ' ') : "no UTF-8";
            errors.Add(at, "$", "JSON (RFC 8259)", what, "mend the syntax at this line or just above it");
            return null;
        }
    }

    private LocatedValue ReadValue(string path)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString() ?? "",
            JsonTokenType.StartObject or JsonTokenType.StartArray => "",
            _ => Encoding.UTF8.GetString(reader.ValueSpan),
        };
        var value = new LocatedValue(reader.TokenType, Line(), path, text);
        if (reader.TokenType == JsonTokenType.StartObject) ReadMembers(value);
        else if (reader.TokenType == JsonTokenType.StartArray) ReadItems(value);
        return value;
    }

    private void ReadMembers(LocatedValue value)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (name, at) = (reader.GetString() ?? "", Line());
            if (value.Members.FindIndex(m => m.Name == name) is var first && first >= 0)
            {
                errors.Add(at, $"{value.Path}.{name}", "each member once",
                    $"the one of line {value.Members[first].Line} again", "take one of the two out");
            }

            reader.Read();
            value.Members.Add((name, at, ReadValue($"{value.Path}.{name}")));
        }
    }

    private void ReadItems(LocatedValue value)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            value.Items.Add(ReadValue($"{value.Path}[{value.Items.Count}]"));
    }

    private int Line()
    {
        var at = (int)reader.TokenStartIndex;
        line += octets[counted..at].Count((byte)'\n');
        counted = at;
        return line;
    }
}
