using System.Text.Json;

namespace McConformance.TestConfiguration.Reading;

/// <summary>A JSON value that knows its line and path.</summary>
internal sealed class LocatedValue(JsonTokenType type, int line, string path, string text)
{
    /// <summary>StartObject, StartArray, String, Number, True, False or Null.</summary>
    public JsonTokenType Type { get; } = type;

    /// <summary>From 1.</summary>
    public int Line { get; } = line;

    /// <summary><c>$.systems[0].domain</c>.</summary>
    public string Path { get; } = path;

    /// <summary>Of a scalar: its text, without quotes.</summary>
    public string Text { get; } = text;

    /// <summary>Of an object: its members in the order of the file.</summary>
    public List<(string Name, int Line, LocatedValue Value)> Members { get; } = [];

    /// <summary>Of an array.</summary>
    public List<LocatedValue> Items { get; } = [];

    /// <summary>What to say where something else was expected.</summary>
    public string Description => Type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => $"an array of {Items.Count}",
        JsonTokenType.String => $"\"{Text}\"",
        JsonTokenType.Null => "null",
        _ => Text,
    };

    /// <summary>A member of an object, or an item of an array by its number; null where there is none.</summary>
    public LocatedValue? Member(string name)
    {
        if (Type == JsonTokenType.StartArray && int.TryParse(name, out var index))
            return index < Items.Count ? Items[index] : null;
        foreach (var member in Members)
            if (member.Name == name) return member.Value;
        return null;
    }
}
