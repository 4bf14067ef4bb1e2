using System.Text;
using McConformance.Wire;

namespace McConformance.Steps.Sweeps;

/// <summary>The table of flows: each message of each procedure, as it was recorded when nothing went wrong.</summary>
internal sealed class Flows
{
    private const string Head = "procedure\tfrom\tto\tprotocol\tmessage\tcount";
    private readonly ILookup<string, FlowMessage> messages;

    private Flows(IEnumerable<string> lines) => messages = lines.Skip(1).Where(l => l.Length > 0)
        .Select(l => l.Split('\t')).ToLookup(f => f[0], f => FlowMessage.Read(f[1..]));

    private static string Path => System.IO.Path.Combine(Repository.Root, "features", "catalogue", "flows.tsv");

    /// <summary>Reads the table.</summary>
    public static Flows Read() => new(File.ReadLines(Path));

    /// <summary>Writes it anew.</summary>
    public static void Write(IEnumerable<(string Procedure, FlowMessage Message)> recorded) =>
        File.WriteAllLines(Path, [Head, .. recorded.Select(r => $"{r.Procedure}\t{r.Message.Line}")]);

    /// <summary>The flow of a procedure.</summary>
    public IEnumerable<FlowMessage> Of(string procedure) => messages[procedure];

    /// <summary>Whether a party is a node of an MC system: a UE that crashes is one that hears nothing.</summary>
    public static bool IsInMcSystem(string party) => party.Contains('.', StringComparison.Ordinal);

    /// <summary>What was sent, a line each, for whoever looks into a case.</summary>
    public static string Chart(IEnumerable<RecordedMessage> recorded)
    {
        var text = new StringBuilder();
        foreach (var m in recorded)
        {
            if (FlowMessage.Of([m]) is not [var flow]) continue;
            text.AppendLine($"{m.Number,5} {m.At.TotalSeconds,8:F2} {flow} {(m.Note is null ? "" : $"[{m.Note}]")}");
        }

        return text.ToString();
    }
}
