using System.Net;
using System.Net.Sockets;
using System.Text;

namespace McConformance.RunTests.Tests;

/// <summary>-Play as it is called; what a stand-in can do is tested in McConformance.Fakes.Tests.</summary>
[Parallelizable(ParallelScope.All)]
public class PlayCommandTests
{
    private const string Script = """
        {
          "node": "cscf",
          "messages": [
            { "from": "ue", "to": "cscf", "protocol": "sip",
              "text": "OPTIONS sip:ims.example SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK1;rport\r\nFrom: <sip:a@ims.example>;tag=1\r\nTo: <sip:ims.example>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n" },
            { "from": "cscf", "to": "ue", "protocol": "sip",
              "text": "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK1;rport\r\nFrom: <sip:a@ims.example>;tag=1\r\nTo: <sip:ims.example>;tag=2\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nAccept: text/recorded\r\nContent-Length: 0\r\n\r\n" }
          ]
        }
        """;

    [Test]
    public async Task Answers_as_the_script_has_it_until_it_is_told_to_end()
    {
        var at = FreePort();
        var output = new StringWriter();
        using var ended = new CancellationTokenSource();
        var call = Arguments.Read(["-Play", Written(Script), "-Listen", $"sip=127.0.0.1:{at}"]);
        var run = Task.Run(() => new PlayCommand(output).RunAsync(call, AppContext.BaseDirectory, ended.Token));

        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var options = Encoding.UTF8.GetBytes(
            "OPTIONS sip:ims.example SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK77;rport\r\nFrom: <sip:b@ims.example>;tag=b\r\n" +
            "To: <sip:ims.example>\r\nCall-ID: 77\r\nCSeq: 5 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n");
        var answer = await AskAsync(socket, options, at);
        await ended.CancelAsync();

        answer.Should().StartWith("SIP/2.0 200 OK").And.Contain("Accept: text/recorded").And.Contain("Call-ID: 77")
            .And.Contain("CSeq: 5 OPTIONS");
        (await run).Should().BeTrue();
        output.ToString().Should().Contain($"cscf takes sip at 127.0.0.1:{at}")
            .And.Contain("answered SIP OPTIONS sip:ims.example with SIP 200 OK");
    }

    [TestCase("-Play: octet", "-Play", "RUBBISH", "-As", "x")]
    [TestCase("expected NAME=ADDRESS:PORT", "-Play", "SCRIPT", "-Listen", "sip=5060")]
    [TestCase("a protocol is one of sip, http, diameter", "-Play", "SCRIPT", "-Listen", "smtp=127.0.0.1:25")]
    [TestCase("-As belongs to -Play", "-As", "x")]
    [TestCase("-Trust belongs to -Play", "-Trust", "x")]
    [TestCase("-Listen sips: TLS needs -Certificate <file>", "-Play", "SCRIPT", "-Listen", "sips=127.0.0.1:5061")]
    [TestCase("-Trust: TLS needs -Certificate <file>", "-Play", "SCRIPT", "-Trust", "RUBBISH")]
    [TestCase("sip and sips", "-Play", "SCRIPT", "-Listen", "sip=127.0.0.1:5060,SIPS=127.0.0.2:5061")]
    [TestCase("expected a certificate and its private key (PEM), found none",
        "-Play", "SCRIPT", "-Listen", "sips=127.0.0.1:5061", "-Certificate", "RUBBISH")]
    [TestCase("expected a certificate and its private key (PEM)",
        "-Play", "SCRIPT", "-Listen", "sips=127.0.0.1:5061", "-Certificate", "/nowhere/mine.pem")]
    [TestCase("-Play and -Check each do one thing|-Check and -Play each do one thing", "-Play", "SCRIPT", "-Check")]
    public async Task Says_what_is_wrong_with_the_call(string told, params string[] words)
    {
        var problems = new StringWriter();
        var named = words.Select(w => w switch
        {
            "RUBBISH" => Written("rubbish, and more"),
            "SCRIPT" =>
            Written(Script),
            _ => w
        });
        var code = await new Command(TextWriter.Null, problems, AppContext.BaseDirectory).RunAsync([.. named]);
        code.Should().Be(2);
        told.Split('|').Should().Contain(t => problems.ToString().Replace(Path.GetTempPath(), "",
            StringComparison.Ordinal).Contains(
            t.Replace("-Play: octet", "octet 0: expected a pcapng section header", StringComparison.Ordinal),
                StringComparison.Ordinal));
    }

    /// <summary>What is sent before it listens is lost, as UDP has it: sent again.</summary>
    private static async Task<string> AskAsync(UdpClient socket, byte[] octets, int port)
    {
        for (var attempt = 0; attempt < 40; attempt++)
        {
            await socket.SendAsync(octets, new IPEndPoint(IPAddress.Loopback, port));
            using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
            try
            {
                return Encoding.UTF8.GetString((await socket.ReceiveAsync(limit.Token)).Buffer);
            }
            catch (OperationCanceledException)
            {
                // not yet
            }
        }

        return "";
    }

    private static int FreePort()
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.Client.LocalEndPoint!).Port;
    }

    private static string Written(string text)
    {
        var path = Path.Combine(Path.GetTempPath(), $"play-{Guid.NewGuid():N}.json");
        File.WriteAllText(path, text);
        return path;
    }
}
