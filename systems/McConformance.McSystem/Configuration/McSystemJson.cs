using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.McSystem.Configuration;

/// <summary>MC system files as JSON: what is unknown, missing or malformed is refused with its place.</summary>
public static class McSystemJson
{
    private const string Hexadecimal = "^([0-9a-fA-F]{2})*$";

    /// <summary>How files, and messages of the operator port, are written and read.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its name, for the message.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="InvalidDataException">Something is wrong: file, line, JSON path, what was expected, and the remedy.</exception>
    public static McSystemFile Read(string file, string text)
    {
        try
        {
            var read = JsonSerializer.Deserialize<McSystemFile>(text, Options) ?? throw new JsonException("expected an object, found null");
            read.ToNetwork().Validate();
            return read;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(Told(file, text, e), e);
        }
        catch (Exception e) when (e is ArgumentException or InvalidDataException)
        {
            throw new InvalidDataException($"{file}: {e.Message}", e);
        }
    }

    /// <summary>Reads a UE file.</summary>
    /// <param name="file">Its name, for the message.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="InvalidDataException">Something is wrong: file, line, JSON path, what was expected, and the
    /// remedy.</exception>
    public static UserEquipmentFile ReadUserEquipment(string file, string text)
    {
        try
        {
            var read = JsonSerializer.Deserialize<UserEquipmentFile>(text, Options)
                ?? throw new JsonException("expected an object, found null");
            read.Validate();
            return read;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(Told(file, text, e, "user-equipment.schema.json"), e);
        }
        catch (Exception e) when (e is ArgumentException or InvalidDataException)
        {
            throw new InvalidDataException($"{file}: {e.Message}", e);
        }
    }

    /// <summary>Reads what is asked of an operator port.</summary>
    /// <param name="text">The body of the request.</param>
    /// <exception cref="InvalidDataException">Something is wrong: line, JSON path, what was expected, and the
    /// remedy.</exception>
    public static T ReadRequest<T>(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Options)
                ?? throw new JsonException("expected an object, found null");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(Told("the request", text, e, "operator-port.md"), e);
        }
    }

    /// <summary>Writes a file.</summary>
    public static string Write(McSystemFile file) => JsonSerializer.Serialize(file, Options);

    /// <summary>The published schema.</summary>
    public static string Schema() => SchemaOf(
        typeof(McSystemFile), "MC system file of McConformance: one MC system for mcsystem and the operator port");

    /// <summary>The published schema of UE files.</summary>
    public static string SchemaOfUserEquipment() => SchemaOf(
        typeof(UserEquipmentFile),
        "UE file of McConformance: one UE for mcsystem --only userEquipment and the operator port");

    private static string SchemaOf(Type file, string title)
    {
        var exporting = new JsonSchemaExporterOptions { TransformSchemaNode = Describe };
        var schema = (JsonObject)Options.GetJsonSchemaAsNode(file, exporting);
        schema.Insert(0, "title", title);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        return schema.ToJsonString(new JsonSerializerOptions(Options) { WriteIndented = true }) + "\n";
    }

    private static string Told(string file, string text, JsonException e, string see = "mc-system.schema.json")
    {
        // the serializer's own sentence ends with what is told before it
        var what = e.Message.Split(" Path: ")[0].Split(" LineNumber:")[0];
        if (text.Length == 0) what = "expected an object, found nothing";
        if (what.Contains(" .NET member ", StringComparison.Ordinal)) what = "there is no such member";
        var at = JsonLines.Of(text, e.Path ?? "$") ?? (e.LineNumber is { } zeroBased ? (int)zeroBased + 1 : null);
        var line = at is null ? "" : $"({at})";
        return $"{file}{line}: {e.Path ?? "$"}: {what}; see features/{see}";
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (context.TypeInfo.Type == typeof(byte[])) return Text("octets in hexadecimal", Hexadecimal);
        if (context.TypeInfo.Type == typeof(IPAddress)) return Text("IP address", null);
        if (context.TypeInfo.Type == typeof(GroupDocument)) return Text("group document, XML (TS 24.481 7.2)", null);
        if (context.TypeInfo.Type == typeof(ProfileIndex)) return new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = 255 };
        if (context.TypeInfo.Converter is ITextual textual) return Text(textual.What, null);
        return schema;

        static JsonObject Text(string what, string? pattern)
        {
            var made = new JsonObject { ["type"] = "string", ["description"] = what };
            if (pattern is not null) made["pattern"] = pattern;
            return made;
        }
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true,
            IgnoreReadOnlyProperties = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            ReadCommentHandling = JsonCommentHandling.Skip,
            AllowDuplicateProperties = false,
            WriteIndented = true,
            // PEM and XML stay readable; the text goes into no web page
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutNull } },
        };
        foreach (var converter in Converters()) options.Converters.Add(converter);
        options.MakeReadOnly();
        return options;
    }

    /// <summary>What may be null may be left out as well.</summary>
    private static void LeaveOutNull(JsonTypeInfo type)
    {
        foreach (var member in type.Properties)
            if (member is { IsRequired: true, IsSetNullable: true }) member.IsRequired = false;
    }

    private static IEnumerable<JsonConverter> Converters() =>
    [
        new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
        new Textual<PrivateUserIdentity>("private user identity, user@realm", t => new PrivateUserIdentity(t), v => v.Value, IsPrivate),
        new Textual<PublicUserIdentity>("public user identity, a SIP or tel URI", t => new PublicUserIdentity(t), v => v.Value, IsUri),
        new Textual<McServiceId>("MC service ID, a URI", t => new McServiceId(t), v => v.Value, IsUri),
        new Textual<McGroupId>("MC service group ID, a URI", t => new McGroupId(t), v => v.Value, IsUri),
        new Textual<McSystemId>("domain of an MC system", t => new McSystemId(t), v => v.Value, t => t.Length > 0),
        new Textual<IPAddress>("IP address", IPAddress.Parse, v => v.ToString(), t => IPAddress.TryParse(t, out _)),
        new Textual<byte[]>("octets in hexadecimal", Convert.FromHexString, v => Convert.ToHexStringLower(v), t => t.Length % 2 == 0 && t.All(char.IsAsciiHexDigit)),
        new Textual<GroupDocument>("group document, XML (TS 24.481 7.2)", ReadGroup, v => Encoding.UTF8.GetString(v.ToOctets()), _ => true),
        new Numeric(),
    ];

    private static bool IsPrivate(string text) => text.Split('@') is [{ Length: > 0 }, { Length: > 0 }];

    private static bool IsUri(string text) => text.IndexOf(':') > 0 && !text.Contains(' ');

    private static GroupDocument ReadGroup(string text) => GroupDocument.TryRead(Encoding.UTF8.GetBytes(text), out var group, [])
        ? group
        : throw new JsonException("expected a group document, XML (TS 24.481 7.2), found another text");

    private interface ITextual
    {
        string What { get; }
    }

    private sealed class Textual<T>(string what, Func<string, T> read, Func<T, string> write, Func<string, bool> isGood) : JsonConverter<T>, ITextual
    {
        public string What => what;

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.GetString() is { } text && isGood(text)
                ? read(text)
                : throw new JsonException($"expected {what}, found {Found(ref reader)}");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));

        private static string Found(ref Utf8JsonReader reader) => reader.TokenType is JsonTokenType.String ? $"\"{reader.GetString()}\"" : reader.TokenType.ToString();
    }

    private sealed class Numeric : JsonConverter<ProfileIndex>
    {
        public override ProfileIndex Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number && reader.TryGetByte(out var index)
                ? new ProfileIndex(index)
                : throw new JsonException("expected a profile index, 0 to 255");

        public override void Write(Utf8JsonWriter writer, ProfileIndex value, JsonSerializerOptions options) => writer.WriteNumberValue(int.Parse(value.ToString(), CultureInfo.InvariantCulture));
    }
}
