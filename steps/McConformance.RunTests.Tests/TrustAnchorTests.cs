namespace McConformance.RunTests.Tests;

/// <summary>What is said of certificate files of a test configuration, before anything runs.</summary>
[Parallelizable(ParallelScope.All)]
public class TrustAnchorTests
{
    [Test]
    public async Task One_that_cannot_be_read_stops_a_run_with_its_line()
    {
        var (code, problems) = await RunAsync(
            "\"domain\": \"primary.example\",",
            "\"identityManagementServer\": { \"mode\": \"bundled\", \"trustAnchors\": [\"no/such.pem\"] },");
        code.Should().Be(2);
        problems.Should().MatchRegex(@"\.json\(\d+\): \$\.systems\[0\]\.identityManagementServer\.trustAnchors\[0\]: "
            + "expected a file with certificates \\(PEM\\), found \"no/such\\.pem\"");
    }

    [Test]
    public async Task An_authority_without_its_files_stops_a_run_with_its_line()
    {
        var (code, problems) = await RunAsync(
            "\"systems\":", "\"authority\": { \"certificate\": \"no/such.pem\", \"key\": \"no/such.key\" },");
        code.Should().Be(2);
        problems.Should().MatchRegex(@"\.json\(\d+\): \$\.authority\.certificate: expected a file with the certificate "
            + "of an authority \\(PEM\\), found \"no/such\\.pem\"");
    }

    /// <param name="before">Text of the bundled pair's file.</param>
    /// <param name="members">Members that are put in front of it.</param>
    private static async Task<(int Code, string Problems)> RunAsync(string before, string members)
    {
        var pair = await File.ReadAllTextAsync(
            Path.Combine(Root.Find(AppContext.BaseDirectory), "features", "bundled-pair.json"));
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.json");
        var at = pair.IndexOf(before, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, pair.Insert(at, members));
        var problems = new StringWriter();
        var code = await new Command(new StringWriter(), problems, AppContext.BaseDirectory).RunAsync(
            ["-Features", "10.1.6.2", "-Configuration", file]);
        return (code, problems.ToString());
    }
}
