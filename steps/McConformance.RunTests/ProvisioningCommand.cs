using System.Text.Encodings.Web;
using System.Text.Json;
using McConformance.TestConfiguration;

namespace McConformance.RunTests;

/// <summary>-Provisioning: as a table, and as JSON and CSV for programs and spreadsheets.</summary>
/// <param name="output">Where the table goes.</param>
internal sealed class ProvisioningCommand(TextWriter output)
{
    private static readonly string[] Head = ["system", "entity", "kind", "item", "detail", "for"];

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        // apostrophes and quotes stay readable: the file is for people as well
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Prints and writes it.</summary>
    public void Run(Ixit ixit, string root, IReadOnlyList<Scenario> chosen, string reports)
    {
        var provisioning = new Provisioning(ixit, ProvisioningSteps.Read(root));
        var items = provisioning.OfExternal(provisioning.Of(chosen));
        Directory.CreateDirectory(reports);
        var (json, csv) = (Path.Combine(reports, "provisioning.json"), Path.Combine(reports, "provisioning.csv"));
        File.WriteAllText(json, JsonSerializer.Serialize(items, Json) + "\n");
        File.WriteAllLines(csv, items.Select(Cells).Prepend(Head).Select(r => string.Join(',', r.Select(Quoted))));
        ConsoleTable.Print(output, Head, [.. items.Select(Cells)]);
        output.WriteLine($"{items.Count} things to provision for {chosen.Count} scenarios; also in {json} and {csv}");
    }

    private static IReadOnlyList<string> Cells(ProvisioningItem item) =>
        [item.System, item.Entity, item.Kind, item.Item, item.Detail, item.For];

    // RFC 4180 2
    private static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"")}\"";
}
