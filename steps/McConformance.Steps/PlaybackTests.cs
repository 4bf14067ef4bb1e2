using System.Net;
using McConformance.Checks;
using McConformance.Fakes.Playback;
using McConformance.Steps.Deviations;
using McConformance.Steps.ExternalRuns;
using McConformance.Steps.TestConfiguration;
using McConformance.Wire;
using static McConformance.Steps.ExternalRuns.MainScenarios;

namespace McConformance.Steps;

/// <summary>
/// One entity of a recorded run stands in for that entity in the next: the capture of a scenario is played against
/// the bundled rest, and the
/// scenario passes; a capture of an entity that was wrong fails.
/// </summary>
[TestFixture, Category("external")]
public sealed class PlaybackTests
{
    private readonly List<string> log = [];

    private static IEnumerable<TestCaseData> Cases() =>
    [
        new("mcptt.partner.example", "partner.example", "mcServiceServer", Migrates),
        new("sdb.ims.partner.example", "partner.example", "sipDatabase", Migrates),
        new("sdb.ims.primary.example", "primary.example", "sipDatabase", Migrates),
        new("gms.partner.example", "partner.example", "groupManagementServer", Migrates),
        new("gms.partner.example", "partner.example", "groupManagementServer", Provided),
        new("gw.partner.example", "partner.example", "gatewayServer", "Topology is hidden under TLS too"),
    ];

    [OneTimeSetUp]
    public static void UseCatalogue() =>
        Repository.UseCatalogue();

    [TestCaseSource(nameof(Cases))]
    public async Task Passes_with_one_entity_played_back(string node, string domain, string entity, string title)
    {
        var script = await RecordAsync(node, title);
        await using var run = await PlayAsync(script, domain, entity, title);

        Assert.Multiple(() =>
        {
            Assert.That(run.Judgements.Where(j => j.Verdict != Verdict.Pass).Select(j => j.Reason), Is.Empty, Log);
            Assert.That(run.Judgements, Is.Not.Empty, "something was seen");
            Assert.That(run.Messages.Any(m => m.Link.From.Name == node && !m.Link.From.IsBundled), Is.True,
                "the stand-in spoke");
            Assert.That(
                run.Messages.Any(m => m.Link.From.Name == node && m.Carrier == Carrier.Tls),
                Is.EqualTo(script.Messages.Any(m => m.Transport == Carrier.Tls)),
                "over TLS where the recording has it so");
        });
    }

    [Test]
    public async Task Fails_with_a_recording_of_a_server_that_answered_with_another_identity()
    {
        const string node = "mcptt.partner.example";
        var script = await RecordAsync(node, Migrates);
        var wrong = script with { Messages = [.. script.Messages.Select(m => Change(m, node))] };
        await using var run = await PlayAsync(wrong, "partner.example", "mcServiceServer", Migrates);

        Assert.That(run.Judgements.Select(j => j.Verdict), Does.Contain(Verdict.Fail), Log);
    }

    [Test]
    public async Task Fails_with_a_recording_of_a_database_that_knew_other_keys()
    {
        const string node = "sdb.ims.primary.example";
        var script = await RecordAsync(node, Registers);
        var wrong = script with { Messages = [.. script.Messages.Select(m => SpoilVector(m, node))] };
        await using var run = await PlayAsync(wrong, "primary.example", "sipDatabase", Registers);

        Assert.That(run.Judgements.Select(j => j.Verdict), Does.Contain(Verdict.Fail), Log);
    }

    private string Log()
    {
        lock (log) return string.Join('\n', log);
    }

    private static async Task<PlaybackScript> RecordAsync(string node, string title)
    {
        await using var run = new ExternalRun(new Dictionary<string, Uri>());
        await run.RunAsync(ScenarioText.Find(title));
        var file = Path.GetTempFileName();
        try
        {
            Pcapng.WriteFile(file, run.Messages, TimeProvider.System.GetUtcNow(), "McConformance");
            return PlaybackScript.Read(file, node);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<ExternalRun> PlayAsync(PlaybackScript script, string domain, string entity, string title)
    {
        ExternalRun? run = null;
        var (own, authority) = ScenarioPlan.CertificatesOf(script.Node);
        await using var peer = new PlaybackPeer(script, new PlaybackOptions
        {
            Also = [WireProtocol.Http],
            Tls = new PlaybackTls(own, [], [authority]),
            ListenProtected = p => IsOverTls(script, p) ? new IPEndPoint(IPAddress.Loopback, 0) : null,
            Listen = _ => new IPEndPoint(IPAddress.Loopback, 0),
            PeerAt = (name, protocol) => run?.AddressOf(name, protocol, IsOverTls(script, protocol, name)),
            Log = line =>
            {
                lock (log) log.Add(line);
            },
        });
        await peer.StartAsync();
        run = new ExternalRun(new Dictionary<string, Uri>())
        {
            Change = plan => plan.UseStandIn(domain, entity, script.Node, peer.ListeningAt,
                peer.ListeningProtectedAt),
        };
        await run.RunAsync(ScenarioText.Find(title));
        return run;
    }

    private static bool IsOverTls(PlaybackScript script, WireProtocol protocol, string? with = null) =>
        script.Messages.Any(m => m.Protocol == protocol && m.Transport == Carrier.Tls
            && (with is null || m.From == with || m.To == with));

    /// <summary>Its responses name another partner MC service ID; Content-Length is written anew when it is
    /// played.</summary>
    private static ScriptMessage Change(ScriptMessage message, string node) =>
        message.From == node && message.Text is { } text && text.StartsWith("SIP/2.0 200", StringComparison.Ordinal)
            ? message with { Text = text.Replace("alice.guest@", "somebody.else@", StringComparison.Ordinal) }
            : message;

    /// <summary>One bit of each expected response (SIP-Authorization, TS 29.229 6.3.11): no UE can give it.</summary>
    private static ScriptMessage SpoilVector(ScriptMessage message, string node)
    {
        var octets = (byte[])message.Octets.Clone();
        var at = octets.AsSpan().IndexOf((ReadOnlySpan<byte>)[0, 0, 0x02, 0x62, 0xC0]);
        if (message.From != node || at < 0) return message;
        octets[at + 12] ^= 1;
        return message with { Octets = octets };
    }
}
