using System.Buffers;
using System.Text;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Wire.Sip.Tests.Codec;

/// <summary>Messages as text: LF in a sample stands for CRLF.</summary>
internal static class Samples
{
    /// <summary>A REGISTER without a body that breaks no rule.</summary>
    public const string Register = """
        REGISTER sip:home.example SIP/2.0
        Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKabc;rport
        Max-Forwards: 70
        From: <sip:a@home.example>;tag=1
        To: <sip:a@home.example>
        Call-ID: 1@192.0.2.1
        CSeq: 1 REGISTER
        Contact: <sip:192.0.2.1:5060>;expires=600
        Content-Length: 0


        """;

    public static byte[] Octets(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    public static string Text(ReadOnlySpan<byte> octets) => Encoding.UTF8.GetString(octets);

    public static SipMessage Read(string text, bool stream = false)
    {
        var message = new SipMessage();
        message.TryIndex(Octets(text), stream, out _).Should().Be(OperationStatus.Done, "this is a message: {0}", text);
        return message;
    }

    /// <summary>The REGISTER with one line in place of another, or behind the Via.</summary>
    public static string With(string line, string? insteadOf = null)
    {
        var lines = Register.Split('\n').ToList();
        if (insteadOf is null) lines.Insert(2, line);
        else
        {
            var at = lines.FindIndex(l => l.StartsWith(insteadOf, StringComparison.Ordinal));
            at.Should().BeGreaterThanOrEqualTo(0);
            lines[at] = line;
        }

        return string.Join('\n', lines);
    }

    public static string Without(string start) =>
        string.Join('\n', Register.Split('\n').Where(l => !l.StartsWith(start, StringComparison.Ordinal)));
}
