using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using McConformance.Fakes.Playback.Capture;

namespace McConformance.Fakes.Playback;

/// <summary>
/// What a stand-in has to say: the messages that one entity took and gave, in order. Comes from a capture of a run
/// (pcapng), or from a file of
/// its own (JSON), which a capture can be turned into and a person can write.
/// </summary>
public sealed record PlaybackScript
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Host name of the entity, as the messages have it in <c>from</c> and <c>to</c>.</summary>
    public required string Node { get; init; }

    /// <summary>What it took and gave.</summary>
    public required IReadOnlyList<ScriptMessage> Messages { get; init; }

    /// <summary>Reads a capture or a script, by what the file is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="node">Whose part is played; null where a script says it itself.</param>
    /// <exception cref="InvalidDataException">The file cannot be used; says what, where, and how to mend
    /// it.</exception>
    public static PlaybackScript Read(string path, string? node)
    {
        var file = File.ReadAllBytes(path);
        try
        {
            if (!file.AsSpan().TrimStart((byte)' ').StartsWith("{"u8)) return FromCapture(file, path, node);
            var script = JsonSerializer.Deserialize<PlaybackScript>(file, Json)!;
            return (node is null ? script : script with { Node = node }).Checked(path);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}, line {e.LineNumber + 1}: {e.Message}", e);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>The script as a file to edit.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    private static PlaybackScript FromCapture(byte[] file, string path, string? node)
    {
        IReadOnlyList<ScriptMessage> all;
        try
        {
            all = CaptureMessages.Read(file);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }

        var nodes = all.SelectMany(m => (string[])[m.From, m.To]).Distinct().Order();
        if (node is null)
            throw new InvalidDataException($"{path}: say whose part to play: one of {string.Join(", ", nodes)}");
        var own = all.Where(m => Is(m.From, node) || Is(m.To, node)).ToArray();
        return own.Length > 0
            ? new PlaybackScript { Node = node, Messages = own }
            : throw new InvalidDataException($"{path}: nobody is called {node}; there are {string.Join(", ", nodes)}");
    }

    private PlaybackScript Checked(string path)
    {
        for (var i = 0; i < Messages.Count; i++)
        {
            var message = Messages[i];
            if (!Is(message.From, Node) && !Is(message.To, Node))
                throw new InvalidDataException($"{path}, $.messages[{i}]: neither from nor to is {Node}");
            if (ReadMessage.From(message) is null)
                throw new InvalidDataException(
                    $"{path}, $.messages[{i}]: no {message.Protocol} message; see text or hex");
        }

        return this;
    }

    internal static bool Is(string name, string other) => string.Equals(name, other,
        StringComparison.OrdinalIgnoreCase);
}
