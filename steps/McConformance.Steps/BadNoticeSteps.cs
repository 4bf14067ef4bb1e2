using System.Text;
using McConformance.Checks.Flow;
using McConformance.Fakes.Disturbances;
using McConformance.Fakes.Hostile;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Steps;

/// <summary>CSC-5: notices of changed configuration that are made to do harm on their way (RFC 5875).</summary>
[Binding]
public sealed class BadNoticeSteps(ScenarioWorld world)
{
    private const int LooksMax = 100;
    private const string Prefix = "with a document ";

    [Given(@"^the next notice of a change comes to the (\w+)'s MC service server ((?:in|with) .+)$")]
    public Task Spoils(string role, string how) => world.DisturbAsync(
        $"scscf.{ScenarioPlan.SipDomainOf(role)}", $"mcptt.{ScenarioPlan.DomainOf(role)}", WireProtocol.Sip,
        new Alters("the notice", o => Spoil(o, how.StartsWith(Prefix, StringComparison.Ordinal)
            ? how[Prefix.Length..] : how))
        {
            Selects = TellsOfChange,
            Times = 1,
        });

    [Then(@"^the (\w+)'s MC service server refuses the notice with (\d+), and gets no document for it$")]
    public async Task Refuses(string role, int status)
    {
        var claim = new Claim("CFG-MIG-11", $"a notice that says nothing is refused with {status}");
        var (notice, answer, later) = await NoticeAsync(role);
        // the change is stored before anybody is told of it: the notice may still be on its way
        for (var looks = 0; answer is null && looks < LooksMax; looks++)
            (notice, answer, later) = await NoticeAsync(role);
        if (notice is null) world.Judge(claim.Missing("a notice that was changed on its way"));
        var fetch = later.FirstOrDefault(m => m.Http is { Method: "GET" });
        world.Judge(fetch is not null ? claim.Fail(fetch, "no request for a document", "one")
            : answer is null ? claim.Missing("an answer to the notice")
            : claim.Compare(answer, $"{status}", $"{answer.Sip!.StatusCode}"));
    }

    private async Task<(ObservedMessage? Notice, ObservedMessage? Answer, ObservedMessage[] Later)> NoticeAsync(
        string role)
    {
        var seen = await world.ObserveAsync();
        var notice = seen.Seen.LastOrDefault(m =>
            m.Recorded.Fate == Fate.Altered && m.To.System == ScenarioPlan.DomainOf(role));
        if (notice is null) return (null, null, []);
        var later = seen.All.Where(m => m.From == notice.To && m.MayFollow(notice)).ToArray();
        return (notice, later.FirstOrDefault(m => m.Sip is { IsRequest: false, Method: SipMethod.Notify }), later);
    }

    private static bool TellsOfChange(ReadOnlyMemory<byte> octets) =>
        octets.Span.StartsWith("NOTIFY "u8) && octets.Span.IndexOf("service-config"u8) >= 0 &&
        octets.Span.IndexOf("previous-etag"u8) >= 0;

    private static ReadOnlyMemory<byte> Spoil(ReadOnlyMemory<byte> octets, string how)
    {
        var text = Encoding.UTF8.GetString(octets.Span);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var (head, sound) = (text[..end], text[(end + 4)..]);
        if (how == "in another media type")
            return Encoding.UTF8.GetBytes(
                text.Replace("application/xcap-diff+xml", "text/plain", StringComparison.Ordinal));
        var body = HostileXml.Spoil(sound, how);
        var lines = head.Split("\r\n").Select(l =>
            l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase) ? $"Content-Length: {body.Length}" : l);
        return (byte[])[.. Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n"), .. body];
    }
}
