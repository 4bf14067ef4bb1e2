using System.Text.Json;

namespace McConformance.Host;

/// <summary>The log: one JSON object a line. Thread safe.</summary>
internal sealed class Log(TextWriter to, TimeProvider time)
{
    private readonly Lock gate = new();

    /// <summary>Writes down that something happened.</summary>
    public void Write(string what, params ReadOnlySpan<(string Name, object? Value)> details)
    {
        var line = new Dictionary<string, object?> { ["at"] = time.GetUtcNow(), ["event"] = what };
        foreach (var (name, value) in details) line[name] = value;
        var text = JsonSerializer.Serialize(line);
        lock (gate) to.WriteLine(text);
    }
}
