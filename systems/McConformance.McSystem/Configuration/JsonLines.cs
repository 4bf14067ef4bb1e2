using System.Text;
using System.Text.Json;

namespace McConformance.McSystem.Configuration;

/// <summary>Finds lines. The serializer reads some members a second time, at the end of their object, and tells that line.</summary>
internal static class JsonLines
{
    /// <summary>The line of a path, from 1; null where there is no such path, or the text is no JSON.</summary>
    public static int? Of(string text, string path)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        try
        {
            return Find(octets, path) is { } at ? octets.AsSpan(0, at).Count((byte)'\n') + 1 : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int? Find(byte[] octets, string path)
    {
        var reader = new Utf8JsonReader(octets);
        var within = new Stack<(string Path, bool IsArray)>();
        var (next, indices) = ("$", new Dictionary<string, int>());
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                within.Pop();
                continue;
            }

            if (reader.TokenType == JsonTokenType.PropertyName) next = $"{within.Peek().Path}.{reader.GetString()}";
            else if (within.TryPeek(out var parent) && parent.IsArray)
            {
                var index = indices[parent.Path] = indices.GetValueOrDefault(parent.Path, -1) + 1;
                next = $"{parent.Path}[{index}]";
            }

            if (next == path) return (int)reader.TokenStartIndex;
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                within.Push((next, reader.TokenType == JsonTokenType.StartArray));
        }

        return null;
    }
}
