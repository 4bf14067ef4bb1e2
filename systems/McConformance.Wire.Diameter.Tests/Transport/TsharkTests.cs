using System.Diagnostics;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Tests.Peers;

namespace McConformance.Wire.Diameter.Tests.Transport;

/// <summary>Wireshark's dissector as a second opinion; skipped where tshark is not installed.</summary>
[Category("Peer")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class TsharkTests
{
    // Wireshark tells some names of Cx from those of the SIP application by a prefix
    private static readonly string[] Prefixes = ["", "3GPP-", "Cx-"];

    /// <summary>Wireshark keeps the name it had before it stood for every public identity.</summary>
    private const uint WildcardedPsi = 634;

    /// <summary>Acct-Multi-Session-Id of RFC 6733 9.8.5, for which Wireshark writes Accounting.</summary>
    private const uint AcctMultiSessionId = 50;
    private readonly World world = new();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task Tshark_finds_nothing_wrong_with_what_nodes_say()
    {
        var (a, b) = (world.Add("scscf.a.example"), world.Add("hss.b.example"));
        a.Routes("b.example", b);
        await World.JoinAsync(a, b);
        await a.AskAsync("b.example");
        world.Time.Advance(TimeSpan.FromSeconds(31));
        await world.SeesAsync("DWA", (_, m) => m is { Command: 280, IsRequest: false });
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, "nodes.pcapng");
        Pcapng.WriteFile(file, world.Recording.Messages, world.Recording.StartedAt, "test");
        var output = await RunAsync("-r", file, "-T", "fields", "-e", "diameter.cmd.code", "-e", "_ws.malformed", "-e",
            "_ws.expert.message", "-Y", "diameter");
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim()).ToArray();
        lines.Should().HaveCountGreaterThanOrEqualTo(6);
        lines.Select(l => l.Split('\t')[0]).Should().StartWith(["257", "257", "303", "303", "280"]);
        lines.Should().OnlyContain(l => IsPlain(l), "there is nothing to remark");
    }

    [Test]
    public async Task Every_command_is_decoded_under_its_name()
    {
        var messages = DiameterDictionary.Commands
            .Select(c => new DiameterDraft().Start(0xC0, c.Code, c.Application, 1, 1).Put(Rfc6733.SessionId, "a;1;1")
                .Finish().Octets.ToArray()).ToArray();
        var output = await DecodeAsync("commands", messages);
        foreach (var command in DiameterDictionary.Commands)
            output.Should().MatchRegex(
                $"Command Code: ({command.Code} )?(3GPP-)?{command.Name}( \\({command.Code}\\))?", "it is known so");
    }

    [Test]
    public async Task Every_AVP_is_decoded_under_its_name()
    {
        var draft = new DiameterDraft().Start(0x80, 257, 0, 1, 1);
        var known = DiameterDictionary.Definitions
            .Where(d => d.Type != AvpType.Grouped && d.Code is < 700 and not (WildcardedPsi or AcctMultiSessionId))
            .ToArray();
        foreach (var definition in known) draft
            .Put(definition, new byte[definition.Type == AvpType.Address ? 6 : definition.Type == AvpType.Unsigned64
            ? 8 : 4]);
        var output = await DecodeAsync("avps", draft.Finish().Octets.ToArray());
        known.Should().HaveCountGreaterThan(80);
        foreach (var definition in known)
        {
            Prefixes.Any(p => output.Contains($"AVP: {p}{definition.Name}({definition.Code})",
                StringComparison.OrdinalIgnoreCase))
                .Should().BeTrue($"tshark knows {definition.Name}({definition.Code}, vendor {definition.Vendor})");
        }
    }

    /// <summary>Command code, nothing malformed, and no remark but the comment that the recording itself gives each
    /// packet.</summary>
    private static bool IsPlain(string line) =>
        line.Split('\t') is [_, "", var remark] && remark.StartsWith("message ", StringComparison.Ordinal) &&
            !remark.Contains(',', StringComparison.Ordinal);

    private static async Task<string> DecodeAsync(string name, params byte[][] messages)
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, name + ".txt");
        await File.WriteAllLinesAsync(file, messages.Select(m => "0000 " + string.Join(' ', m.Select(o => $"{o:x2}"))));
        await RunAsync("text2pcap", ["-q", "-T", "40000,3868", file, file + ".pcap"]);
        return await RunAsync("-r", file + ".pcap", "-O", "diameter");
    }

    private static Task<string> RunAsync(params string[] arguments) => RunAsync("tshark", arguments);

    private static async Task<string> RunAsync(string program, string[] arguments)
    {
        var path = $"/usr/bin/{program}";
        if (!File.Exists(path)) Assert.Ignore($"{program} is not installed here");
        using var process = Process.Start(
            new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await World.Within(process.StandardOutput.ReadToEndAsync(), $"{program} has written its output");
        await World.Within(process.WaitForExitAsync(), $"{program} has ended");
        process.ExitCode.Should().Be(0, await errors);
        return output;
    }
}
