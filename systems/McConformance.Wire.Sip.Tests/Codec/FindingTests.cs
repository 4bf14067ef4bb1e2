using System.Buffers;
using System.Text;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Wire.Sip.Tests.Codec;

/// <summary>
/// All that the validator says of a message with one line changed: severity, clause, words and place, nothing less and
/// nothing besides. Rows of <c>findings.tsv</c>: which message, the line that is replaced, by what, and what is found.
/// A fault in the validator's own code is found here (<c>reports/mutation.sh sip</c>).
/// </summary>
internal sealed class FindingTests
{
    private const string Ends =
        "Via: SIP/2.0/UDP h;branch=z9hG4bKa|Max-Forwards: 70|From: <sip:a@p.example>;tag=1|To: <sip:a@p.example>" +
        "|Call-ID: x@y";

    private const string Start = $"sip:p.example SIP/2.0|{Ends}";

    private static readonly Dictionary<string, string> Messages = new()
    {
        ["R"] = $"REGISTER {Start}|CSeq: 1 REGISTER|Content-Length: 0||",
        ["I"] = $"INVITE {Start}|CSeq: 1 INVITE|Contact: <sip:a@h>|Content-Length: 0||",
        ["A"] = $"SIP/2.0 401 Unauthorized|{Ends}|CSeq: 1 REGISTER" +
            "|WWW-Authenticate: Digest realm=\"a\",nonce=\"b\"|Content-Length: 0||",
        ["B"] = $"MESSAGE {Start}|CSeq: 1 MESSAGE" +
            "|Content-Type: text/plain|Content-Length: 4||body",
        ["M"] = $"MESSAGE {Start}|CSeq: 1 MESSAGE|Content-Length: 0||",
    };

    private static IEnumerable<TestCaseData> Rows() => File.ReadLines(
            Path.Combine(Path.GetDirectoryName(typeof(FindingTests).Assembly.Location)!, "Codec", "findings.tsv"))
        .Where(l => !l.StartsWith('#')).Select(l => l.Split('\t'))
        .Select((c, i) => new TestCaseData(c[0], c[1], c[2], c[3]).SetArgDisplayNames($"{i}", c[0], c[1], c[2]));

    [TestCaseSource(nameof(Rows))]
    public void Finds_this_and_nothing_else(string message, string instead, string line, string findings) =>
        Found(message, instead, line).Should().Be(findings);

    private static string Found(string message, string instead, string line)
    {
        var lines = Messages[message].Split('|').ToList();
        var at = instead.Length == 0 ? -1 : lines.FindIndex(l => l.StartsWith(instead, StringComparison.Ordinal));
        if (at >= 0) lines.RemoveAt(at);
        if (line.Length > 0) lines.Insert(at >= 0 ? at : 2, Octets(line));
        var read = new SipMessage();
        read.TryIndex(Encoding.UTF8.GetBytes(string.Join("\r\n", lines)), stream: false, out _)
            .Should().Be(OperationStatus.Done);
        var found = new FindingList();
        SipValidator.Validate(read, found);
        return string.Join(" // ", found.Findings.Select(f =>
            $"{f.Severity} {f}".ReplaceLineEndings("<LF>").Replace("\t", "<HT>")));
    }

    private static string Octets(string line) =>
        line.Replace("<NUL>", "\0").Replace("<HT>", "\t").Replace("<LF>", "\n");
}
