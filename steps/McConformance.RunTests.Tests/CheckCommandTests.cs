using System.Net;
using System.Net.Sockets;
using System.Text;

namespace McConformance.RunTests.Tests;

/// <summary>-Check as it is called; what probes can see is tested in McConformance.Probes.Tests.</summary>
[Parallelizable(ParallelScope.All)]
public class CheckCommandTests
{
    [Test]
    public async Task Prints_a_table_and_what_to_mend_and_ends_with_1()
    {
        using var good = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        _ = AnswerAsync(good);
        var closed = ClosedPort();
        var (code, lines, problems) = await RunAsync(
            $$"""[{{Endpoint("udp", ((IPEndPoint)good.Client.LocalEndPoint!).Port)}}, {{Endpoint("tcp", closed)}}]""", "-Deadline", "20");

        code.Should().Be(1);
        problems.Should().BeEmpty();
        lines.Should().Contain(l => l.StartsWith("works  primary.example sipCore  sip/udp 127.0.0.1:"));
        lines.Should().Contain(l => l.StartsWith("MEND   primary.example sipCore  sip/tcp 127.0.0.1:"));
        lines.Should().Contain(
            $"primary.example sipCore at sip/tcp 127.0.0.1:{closed}: nothing listens at 127.0.0.1:{closed}: "
            + "connection refused; start the entity, or mend \"address\" and \"port\".");
        lines[^1].Should().Be("1 passed, 1 failed, 0 skipped");
        string.Join('\n', lines).Should().NotContain("   at ");
    }

    [Test]
    public async Task Ends_with_0_where_all_works()
    {
        using var good = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        _ = AnswerAsync(good);
        var (code, lines, _) = await RunAsync($"[{Endpoint("udp", ((IPEndPoint)good.Client.LocalEndPoint!).Port)}]",
            "-Deadline", "20");
        (code, lines[^1]).Should().Be((0, "1 passed, 0 failed, 0 skipped"));
    }

    [Test]
    public async Task Says_that_nothing_is_external()
    {
        var problems = new StringWriter();
        var code = await new Command(TextWriter.Null, problems, AppContext.BaseDirectory).RunAsync(["-Check"]);
        code.Should().Be(2);
        problems.ToString().Should().Contain("has no entity of mode external, so there is nothing to connect to");
    }

    private static async Task<(int Code, string[] Lines, string Problems)> RunAsync(string endpoints,
        params string[] more)
    {
        var pair = await File.ReadAllTextAsync(Path.Combine(Root.Find(AppContext.BaseDirectory), "features",
            "bundled-pair.json"));
        var at = pair.IndexOf("\"mode\": \"bundled\"", StringComparison.Ordinal);
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file,
            $"{pair[..at]}\"mode\": \"external\", \"endpoints\": {endpoints}{pair[(at + 17)..]}");
        var (output, problems) = (new StringWriter(), new StringWriter());
        var code = await new Command(output, problems, AppContext.BaseDirectory).RunAsync(["-Check", "-Configuration",
            file, .. more]);
        File.Delete(file);
        return (code, output.ToString().TrimEnd().Split(Environment.NewLine), problems.ToString());
    }

    private static string Endpoint(string transport, int port) =>
        $$"""{ "node": "pcscf.example", "protocol": "sip", "transport": "{{transport}}", "address": "127.0.0.1", "port": {{port}} }""";

    private static async Task AnswerAsync(UdpClient server)
    {
        try
        {
            while (true)
            {
                var got = await server.ReceiveAsync();
                var request = Encoding.ASCII.GetString(got.Buffer);
                var answer = request.Replace("OPTIONS sip:pcscf.example SIP/2.0", "SIP/2.0 200 OK");
                await server.SendAsync(Encoding.ASCII.GetBytes(answer), got.RemoteEndPoint);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // the test is over
        }
    }

    private static int ClosedPort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
