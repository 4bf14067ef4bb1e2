using System.Text.Json;
using System.Text.Json.Serialization;
using McConformance.Wire.Identities;

namespace McConformance.Entities.Ports;

/// <summary>How entries of a <see cref="KeptTable{TKey,TValue}"/> are written: JSON in which identities are plain
/// text, so that
/// they can be keys and can be read by whoever looks for a user in a journal.</summary>
internal static class StateJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        IncludeFields = true,
        IgnoreReadOnlyProperties = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter(),
            new Textual<McServiceId>(t => new McServiceId(t), v => v.Value),
            new Textual<McGroupId>(t => new McGroupId(t), v => v.Value),
            new Textual<McSystemId>(t => new McSystemId(t), v => v.Value),
            new Textual<PrivateUserIdentity>(t => new PrivateUserIdentity(t), v => v.Value),
            new Textual<PublicUserIdentity>(t => new PublicUserIdentity(t), v => v.Value),
            new Textual<ProfileIndex>(t => ProfileIndex.TryRead(t, out var index) ? index : throw new JsonException("no profile index"), v => v.ToString()),
        },
    };

    /// <summary>Writes a key or a value.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidDataException">It is of another form: written by another version.</exception>
    public static T Read<T>(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Options)!;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"kept state cannot be read as {typeof(T).Name}: {text}: it was written by another version; start with an empty state", e);
        }
    }

    private sealed class Textual<T>(Func<string, T> read, Func<T, string> write) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() is { } text ? read(text) : throw new JsonException("expected text, found null");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
    }
}
