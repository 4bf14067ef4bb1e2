using System.Reflection;
using System.Text.Json;
using McConformance.Steps.ExternalRuns;

namespace McConformance.Steps;

/// <summary>
/// The features over a network: both MC systems as processes of their own and the UEs with the harness, each in a
/// network namespace, and 100 ms, 5 % loss and reordering on every link between the MC systems. Of each feature the
/// first scenario that needs no other maker's implementation, and all in which an MC system crashes or what it sends is
/// changed on its way; with MC_NAMESPACES=all every scenario that needs none, which takes five minutes.
/// </summary>
[TestFixture, Category("external")]
public sealed class NamespaceTests
{
    private const int Port = 8300;
    private static readonly bool IsWhole = Environment.GetEnvironmentVariable("MC_NAMESPACES") == "all";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(IsWhole ? 40 : 4);

    [Test]
    public async Task Features_pass_between_network_namespaces_over_a_bad_network()
    {
        var methods = Chosen();
        var chosen = methods.Select(m => $"(class == {m.Class} and method == {m.Method})");
        await using var spaces = new NetworkNamespaces();
        if (await spaces.MakeAsync() is { } reason) Assert.Ignore(reason);
        await using var primary = await spaces.StartSystemAsync("primary", Port);
        await using var partner = await spaces.StartSystemAsync("partner", Port);
        var folder = Directory.CreateTempSubdirectory("mcconformance-namespaces-");
        var isJudged = false;
        try
        {
            var configuration = Path.Combine(folder.FullName, "namespaces.json");
            await File.WriteAllTextAsync(configuration, await ConfigurationAsync());
            await using var run = spaces.Start("harness",
            [
                "dotnet", "test", typeof(NamespaceTests).Assembly.Location, "--nologo",
                "-e", $"MC_CONFIGURATION={configuration}", "-e", $"MC_REPORT={folder.FullName}",
                "--", $"NUnit.Where={string.Join(" or ", chosen)}",
            ]);
            await run.EndAsync(Limit);

            await JudgeAsync(folder, run.Output, methods.Count);
            isJudged = true;
        }
        finally
        {
            // what went wrong in a run of minutes is wanted afterwards
            if (isJudged || !IsWhole) folder.Delete(recursive: true);
            else TestContext.Out.WriteLine($"the report is in {folder.FullName}");
        }
    }

    private static async Task JudgeAsync(DirectoryInfo folder, string output, int chosen)
    {
        var summary = Directory.GetFiles(folder.FullName, "summary.json", SearchOption.AllDirectories);
        Assert.That(summary, Is.Not.Empty, output);
        using var read = JsonDocument.Parse(await File.ReadAllTextAsync(summary[0]));
        var scenarios = read.RootElement.GetProperty("scenarios").EnumerateArray().ToArray();
        var totals = read.RootElement.GetProperty("totals");
        int Count(string verdict) => totals.GetProperty(verdict).GetInt32();
        TestContext.Out.WriteLine($"{Count("pass")} pass, {Count("inconclusive")} inconclusive");
        Assert.Multiple(() =>
        {
            Assert.That(Count("fail") + Count("error"), Is.Zero, output);
            Assert.That(Count("pass") + Count("inconclusive"), Is.EqualTo(scenarios.Length), output);
            Assert.That(scenarios, IsWhole ? Has.Length.AtLeast(chosen) : Has.Length.EqualTo(chosen), output);
            Assert.That(
                scenarios.Where(s => s.GetProperty("verdict").GetString() == "inconclusive").Select(s =>
                    s.GetProperty("reason").GetString()),
                Has.All.Contains("no relay stands there"), "nobody could see or do the rest");
            Assert.That(Count("pass"), Is.GreaterThan(chosen * 3 / 4), "most are judged");
            var bad = Captures(folder).Count(c => c.Contains("ms under way", StringComparison.Ordinal));
            // where nothing may cross, nothing is late
            Assert.That(
                bad, IsWhole ? Is.GreaterThan(chosen / 2) : Is.EqualTo(chosen),
                "the links between the MC systems were bad");
        });
    }

    /// <summary>Class and method of these scenarios, as the runner has made them. An outline has a method with
    /// parameters, and many examples.</summary>
    private static List<(string Class, string Method)> Chosen() =>
    [
        .. from type in typeof(NamespaceTests).Assembly.GetTypes()
           where type.Name.EndsWith("Feature", StringComparison.Ordinal) && Says<DescriptionAttribute>(type)
           where !Categories(type).Contains("peer")
           orderby type.FullName
           from method in type.GetMethods()
               .Where(m => Says<TestAttribute>(m) && !Categories(m).Contains("peer"))
               .Where(m => IsWhole || m.GetParameters().Length == 0)
               .OrderBy(m => m.MetadataToken)
               .Where((m, i) => IsWhole || i == 0 || m.Name.Contains("Crash", StringComparison.Ordinal)
                   || m.Name.Contains("ChangedBetween", StringComparison.Ordinal))
           select (type.FullName, method.Name),
    ];

    private static bool Says<T>(MemberInfo member) where T : Attribute => member.IsDefined(typeof(T), inherit: false);

    private static IEnumerable<string> Categories(MemberInfo member) =>
        member.GetCustomAttributes<CategoryAttribute>().Select(c => c.Name);

    private static IEnumerable<string> Captures(DirectoryInfo folder) =>
        folder.EnumerateFiles("*.pcapng", SearchOption.AllDirectories).DistinctBy(f => f.Name).Select(f =>
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
            "diameterProxiesOnCsc18": 0, "harnessAddress": "{{NetworkNamespaces.HarnessAddress}}",
            "relaysWithin": ["primary.example", "partner.example"], "relays": [
              { "between": ["primary.example", "partner.example"], "delayMs": 100, "lossPercent": 5, "reorderPercent": 5 } ]
            """,
            StringComparison.Ordinal);
    }
}
