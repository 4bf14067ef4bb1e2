using System.Text.Json;
using McConformance.Fakes.Peers;

namespace McConformance.Steps;

/// <summary>The suite with another binding profile, in a process of its own: systems and checks must not know own
/// names by heart.</summary>
[TestFixture, Category("profiles")]
public sealed class OtherProfileTests
{
    private const int ScenariosLeast = 45;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    [Test]
    public async Task What_is_asked_for_passes_under_the_names_of_another_profile()
    {
        var folder = Directory.CreateTempSubdirectory("mcconformance-profile-");
        try
        {
            var configuration = Path.Combine(folder.FullName, "vendor.json");
            var profile = Path.Combine(Repository.Root, "features", "bindings", "example-vendor.json");
            var pair = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "features", "bundled-pair.json"));
            var member = $"\"bindingProfile\": {JsonSerializer.Serialize(profile)},\n  ";
            await File.WriteAllTextAsync(
                configuration, pair.Replace("\"systems\": [", member + "\"systems\": [", StringComparison.Ordinal));
            var output = await RunAsync(configuration, folder.FullName);

            using var summary = JsonDocument.Parse(await File.ReadAllTextAsync(
                Directory.GetFiles(folder.FullName, "summary.json", SearchOption.AllDirectories)[0]));
            var (run, totals) = (summary.RootElement.GetProperty("run"), summary.RootElement.GetProperty("totals"));
            int Count(string verdict) => totals.GetProperty(verdict).GetInt32();
            Assert.Multiple(() =>
            {
                Assert.That(run.GetProperty("bindingProfile").GetString(), Is.EqualTo("example-vendor"));
                Assert.That(Count("fail") + Count("error"), Is.Zero, output);
                Assert.That(Count("pass"), Is.GreaterThan(ScenariosLeast), output);
            });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> RunAsync(string configuration, string reports)
    {
        await using var run = PeerProcess.Start("dotnet",
        [
            "test", typeof(OtherProfileTests).Assembly.Location, "--nologo",
            "-e", $"MC_CONFIGURATION={configuration}", "-e", $"MC_REPORT={reports}",
            "--", "NUnit.Where=(cat == positive or cat == MSA-2 or cat == MSA-6) and cat != peer",
        ], Repository.Root);
        await run.EndAsync(Limit);
        return run.Output;
    }
}
