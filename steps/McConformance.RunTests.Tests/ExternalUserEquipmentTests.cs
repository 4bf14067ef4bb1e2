using System.Net;
using System.Net.Sockets;

namespace McConformance.RunTests.Tests;

/// <summary>What is said of a test configuration with a UE of somebody else, before anything runs.</summary>
[Parallelizable(ParallelScope.All)]
public class ExternalUserEquipmentTests
{
    [Test]
    public async Task One_whose_buttons_nobody_presses_is_refused()
    {
        var (code, _, problems) = await RunAsync("\"mode\": \"external\",", "", "-Features", "10.1.6.2");
        code.Should().Be(2);
        problems.Should().Contain(
            "alice's UE is external, and somebody must press its buttons: give it an \"operatorPort\" "
            + "(features/operator-port.md)");
    }

    [Test]
    public async Task One_beside_an_external_MC_system_is_refused()
    {
        const string Port = "\"operatorPort\": \"http://127.0.0.1:9\",";
        var (code, _, problems) = await RunAsync($"\"mode\": \"external\", {Port}", Port, "-Features", "10.1.6.2");
        code.Should().Be(2);
        problems.Should().Contain("alice's UE is external, and so is primary.example")
            .And.Contain("nobody would see what passes between the two; set one of them to bundled");
    }

    [Test]
    public async Task Check_connects_to_its_operator_port()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var external = $"\"mode\": \"external\", \"operatorPort\": \"http://127.0.0.1:{port}\",";
        var (code, output, _) = await RunAsync(external, "", "-Check", "-Deadline", "20");
        output.Should().Contain("works  alice's UE").And.Contain("its operator port takes connections")
            .And.Contain("1 passed, 0 failed, 0 skipped");
        code.Should().Be(0);
        listener.Stop();

        (code, output, _) = await RunAsync(external, "", "-Check", "-Deadline", "20");
        output.Should().Contain($"alice's UE at http/tcp 127.0.0.1:{port}/: its operator port takes no connection: "
            + "Connection refused; start whoever presses its buttons, or mend \"operatorPort\".");
        code.Should().Be(1);
    }

    /// <param name="ofUserEquipment">Further members of alice's UE.</param>
    /// <param name="ofSystem">Further members of the primary.</param>
    /// <param name="call">Words of the call.</param>
    private static async Task<(int Code, string Output, string Problems)> RunAsync(
        string ofUserEquipment, string ofSystem, params string[] call)
    {
        var pair = await File.ReadAllTextAsync(
            Path.Combine(Root.Find(AppContext.BaseDirectory), "features", "bundled-pair.json"));
        pair = pair.Replace("\"name\": \"alice\",", $"\"name\": \"alice\", {ofUserEquipment}", StringComparison.Ordinal)
            .Replace("\"domain\": \"primary.example\",", $"\"domain\": \"primary.example\", {ofSystem}",
                StringComparison.Ordinal);
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, pair);
        var (output, problems) = (new StringWriter(), new StringWriter());
        var code = await new Command(output, problems, AppContext.BaseDirectory).RunAsync(
            [.. call, "-Configuration", file]);
        return (code, output.ToString(), problems.ToString());
    }
}
