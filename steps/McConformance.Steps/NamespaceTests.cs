using System.Text.Json;
using McConformance.Steps.ExternalRuns;

namespace McConformance.Steps;

/// <summary>
/// The main flows over a network: both MC systems as processes of their own and the UEs with the harness, each in a
/// network namespace, and
/// 100 ms, 5 % loss and reordering on every link between the MC systems.
/// </summary>
[TestFixture, Category("external")]
public sealed class NamespaceTests
{
    private const int Port = 8300;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly string[] Methods = ["AUERegistersInThePartnerMCSystem", "AUserMigrates"];

    [Test]
    public async Task Main_flows_pass_between_network_namespaces_over_a_bad_network()
    {
        await using var spaces = new NetworkNamespaces();
        if (await spaces.MakeAsync() is { } reason) Assert.Ignore(reason);
        await using var primary = await spaces.StartSystemAsync("primary", Port);
        await using var partner = await spaces.StartSystemAsync("partner", Port);
        var folder = Directory.CreateTempSubdirectory("mcconformance-namespaces-");
        try
        {
            var configuration = Path.Combine(folder.FullName, "namespaces.json");
            await File.WriteAllTextAsync(configuration, await ConfigurationAsync());
            await using var run = spaces.Start("harness",
            [
                "dotnet", "test", typeof(NamespaceTests).Assembly.Location, "--nologo",
                "-e", $"MC_CONFIGURATION={configuration}", "-e", $"MC_REPORT={folder.FullName}",
                "--", $"NUnit.Where={string.Join(" or ", Methods.Select(m => $"method == {m}"))}",
            ]);
            await run.EndAsync(Limit);

            var summary = Directory.GetFiles(folder.FullName, "summary.json", SearchOption.AllDirectories);
            Assert.That(summary, Is.Not.Empty, run.Output);
            using var read = JsonDocument.Parse(await File.ReadAllTextAsync(summary[0]));
            var scenarios = read.RootElement.GetProperty("scenarios").EnumerateArray().ToArray();
            var totals = read.RootElement.GetProperty("totals");
            int Count(string verdict) => totals.GetProperty(verdict).GetInt32();
            Assert.Multiple(() =>
            {
                Assert.That(Count("fail") + Count("error"), Is.Zero, run.Output);
                Assert.That(Count("pass") + Count("inconclusive"), Is.EqualTo(Methods.Length), run.Output);
                Assert.That(
                    scenarios.Where(s => s.GetProperty("verdict").GetString() == "inconclusive").Select(s =>
                        s.GetProperty("reason").GetString()),
                    Has.All.Contains("no relay stands there"), "only what lies within an MC system was not seen");
                Assert.That(Captures(folder), Has.All.Contains("ms under way"),
                    "the links between the MC systems were bad");
            });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Captures(DirectoryInfo folder) =>
        folder.EnumerateFiles("*.pcapng", SearchOption.AllDirectories).Select(f =>
            System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(f.FullName)));

    private static async Task<string> ConfigurationAsync()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "features", "bundled-pair.json"));
        foreach (var role in (string[])["primary", "partner"])
            text = text.Replace(
                $"\"roles\": [\"{role}\"],",
                $"\"roles\": [\"{role}\"], \"operatorPort\": \"http://{NetworkNamespaces.AddressOf(role)}:{Port}\",",
                StringComparison.Ordinal);
        return text.Replace(
            "\"diameterProxiesOnCsc18\": 0",
            $$"""
            "diameterProxiesOnCsc18": 0, "harnessAddress": "{{NetworkNamespaces.HarnessAddress}}", "relays": [
              { "between": ["primary.example", "partner.example"], "delayMs": 100, "lossPercent": 5, "reorderPercent": 5 } ]
            """,
            StringComparison.Ordinal);
    }
}
