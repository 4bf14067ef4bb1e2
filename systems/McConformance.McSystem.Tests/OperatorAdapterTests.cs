using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using McConformance.McSystem.Configuration;
using McConformance.McSystem.External;
using McConformance.Wire.Identities;

namespace McConformance.McSystem.Tests;

/// <summary>The adapter of features/operator-port.md as it stands there, run by Python, with a product that writes
/// down what it is told.</summary>
internal sealed class OperatorAdapterTests
{
    private const string Product = """
        #!/usr/bin/env python3
        import os, sys
        with open(os.path.join(os.path.dirname(__file__), "told"), "a") as told: told.write("|".join(sys.argv[1:]) + "\n")
        if sys.argv[1] == "endpoints":
            print('[{"node": "pcscf.ims.a.example", "kind": "proxyCscf", "protocol": "sip", "transport": "udp", "address": "127.0.0.1", "port": 5060}]')
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private DirectoryInfo folder = null!;
    private Process adapter = null!;
    private OperatorClient client = null!;

    [SetUp]
    public async Task RunAdapter()
    {
        if (OperatingSystem.IsWindows() || !HasPython()) Assert.Ignore(
            "python3 is not on this machine, so the adapter cannot be run");
        folder = Directory.CreateTempSubdirectory("mcconformance-adapter-");
        var (program, port) = (Path.Combine(folder.FullName, "product"), FreePort());
        await File.WriteAllTextAsync(program, Product);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program,
            UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var script = Path.Combine(folder.FullName, "adapter.py");
        await File.WriteAllTextAsync(script, Adapter().Replace("8300", $"{port}", StringComparison.Ordinal));
        var info = new ProcessStartInfo("python3", [script]) { RedirectStandardError = true };
        info.Environment["PATH"] = $"{folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
        adapter = Process.Start(info)!;
        adapter.ErrorDataReceived += static (_, _) => { };
        adapter.BeginErrorReadLine();
        client = new OperatorClient(new Uri($"http://127.0.0.1:{port}"));
        await UntilItListensAsync(port);
    }

    [TearDown]
    public void End()
    {
        client?.Dispose();
        if (adapter is { HasExited: false }) adapter.Kill(entireProcessTree: true);
        adapter?.Dispose();
        folder?.Delete(recursive: true);
    }

    [Test]
    public async Task Provisions_joins_and_removes()
    {
        var set = new SipIdentitySet(new PrivateUserIdentity("in-1@ims.a.example"), new PublicUserIdentity(
            "sip:in-1@ims.a.example"));
        var primary = new SipIdentitySet(new PrivateUserIdentity("mig-1@ims.b.example"), new PublicUserIdentity(
            "sip:mig-1@ims.b.example"));
        var file = new McSystemFile
        {
            System = new McSystemOptions("a.example", "ims.a.example")
            {
                Subscriptions = [new SubscriptionOptions(set.Private, [set.Public], new byte[16], [.. new byte[15],
                    1], [0x80, 0], 32)],
                InboundBindings = [new InboundBindingOptions(set, primary, "ims.b.example")],
            },
        };
        using var limit = new CancellationTokenSource(Patience);
        var made = await client.ProvisionAsync(file, limit.Token);
        await client.AskAsync<object>(made.Id, "join", new JoinRequest
        {
            Csc18 = [new Csc18Neighbour("mms.ims.b.example", ["ims.b.example"]) { Address = "127.0.0.1", Port = 3868 }],
        });
        await client.AskAsync<object>(made.Id, "outbound-sets", new OutboundSetRequest(set.Private, false));
        await client.DisposeOfAsync(made.Id);

        made.Id.Should().Be("1");
        made.Endpoints.Should().ContainSingle().Which.Node.Should().Be("pcscf.ims.a.example");
        (await File.ReadAllLinesAsync(Path.Combine(folder.FullName, "told"))).Should().Equal(
            "subscriber|add|1|in-1@ims.a.example|00000000000000000000000000000000|00000000000000000000000000000001",
            "binding|add|1|in-1@ims.a.example|mig-1@ims.b.example|ims.b.example",
            "endpoints|1",
            "peer|add|1|mms.ims.b.example|127.0.0.1|3868|ims.b.example",
            "set|disable|1|in-1@ims.a.example",
            "reset|1");
    }

    [Test]
    public async Task Says_what_the_product_cannot_do()
    {
        var group = new ProvideGroupRequest(new McGroupId("sip:g@a.example"), new McSystemId("b.example"));
        var asked = () => client.AskAsync<ProvideGroupAnswer>("1", "groups/provide", group);
        await asked.Should().ThrowAsync<NotOfferedException>()
            .WithMessage("*does not offer*the product has no such action*");
    }

    /// <summary>The indented block under the heading, as a reader would copy it.</summary>
    private static string Adapter()
    {
        var lines = File.ReadLines(Path.Combine(Root(), "features", "operator-port.md"))
            .SkipWhile(l => l != "## An adapter").SkipWhile(l => !l.StartsWith("    ", StringComparison.Ordinal))
            .TakeWhile(l => l.Length == 0 || l.StartsWith("    ", StringComparison.Ordinal));
        return string.Join('\n', lines.Select(l => l.Length == 0 ? l : l[4..]));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "McConformance.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }

    private static bool HasPython() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(f => File.Exists(Path.Combine(f, "python3")));

    private static async Task UntilItListensAsync(int port)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(
            begun) < Patience; await timer.WaitForNextTickAsync())
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                // not yet
            }
        }

        Assert.Fail("the adapter does not listen");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
