using System.Text;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;

namespace McConformance.Wire.Sip.Tests.Codec;

/// <summary>What a request must hold before anybody handles it, line by line (RFC 3261 8.1.1, 8.2; RFC 4475
/// 3.1.2).</summary>
internal sealed class SanityTests
{
    private static readonly string[] Sound =
    [
        "MESSAGE sip:b@c SIP/2.0", "Via: SIP/2.0/UDP h;branch=z9hG4bKa", "Max-Forwards: 70", "From: <sip:a@b>;tag=1",
        "To: <sip:b@c>", "Call-ID: x", "CSeq: 1 MESSAGE", "Content-Length: 0",
    ];

    [TestCase("", "", 0)]
    [TestCase("", "Route: <sip:r;lr>", 0)]
    [TestCase("", "Contact: *", 0)]
    [TestCase("", "Contact: <sip:a@b>", 0)]
    [TestCase("", "Via: SIP/2.0/UDP h2;branch=z9hG4bKb", 0)]
    [TestCase("Max-Forwards", "", 0)]
    [TestCase("Max-Forwards", "Max-Forwards: 256", 0)]
    [TestCase("Max-Forwards", "Max-Forwards: 2147483647", 0)]
    [TestCase("Content-Length", "", 0)]
    [TestCase("CSeq", "CSeq: 2147483647 MESSAGE", 0)]
    [TestCase("MESSAGE", "MESSAGE tel:+1 SIP/2.0", 0)]
    [TestCase("MESSAGE", "MESSAGE sip:b@c SIP/7.0", 505)]
    [TestCase("MESSAGE", "MESSAGE sip:b@c SIP/2.0 ", 400)]
    [TestCase("MESSAGE", "MESS(AGE sip:b@c SIP/2.0", 400)]
    [TestCase("MESSAGE", "MESSAGE sip:b@c_d SIP/2.0", 400)]
    [TestCase("MESSAGE", "MESSAGE sip:b%4@c SIP/2.0", 400)]
    [TestCase("MESSAGE", "MESSAGE sip: SIP/2.0", 400)]
    [TestCase("Via", "", 400)]
    [TestCase("From", "", 400)]
    [TestCase("To", "", 400)]
    [TestCase("Call-ID", "", 400)]
    [TestCase("CSeq", "", 400)]
    [TestCase("", "From: <sip:a@b>;tag=2", 400)]
    [TestCase("", "To: <sip:a@b>", 400)]
    [TestCase("", "Call-ID: y", 400)]
    [TestCase("", "CSeq: 1 MESSAGE", 400)]
    [TestCase("", "Max-Forwards: 70", 400)]
    [TestCase("", "Content-Length: 0", 400)]
    [TestCase("From", "From: <sip:a@b", 400)]
    [TestCase("From", "From: <sip:a b@b>", 400)]
    [TestCase("To", "To: <sip:a@b", 400)]
    [TestCase("To", "To: <sip:a b@b>", 400)]
    [TestCase("CSeq", "CSeq: MESSAGE", 400)]
    [TestCase("CSeq", "CSeq: 2147483648 MESSAGE", 400)]
    [TestCase("CSeq", "CSeq: 1 INVITE", 400)]
    [TestCase("Content-Length", "Content-Length: x", 400)]
    [TestCase("Content-Length", "Content-Length: 1", 400)]
    [TestCase("Max-Forwards", "Max-Forwards: x", 400)]
    [TestCase("Max-Forwards", "Max-Forwards: 2147483648", 400)]
    [TestCase("", "Via: SIP/2.0/UDP", 400)]
    [TestCase("", "Route: <sip:r", 400)]
    [TestCase("", "Contact: <sip:a@b", 400)]
    [TestCase("", "Contact: <sip:a b@b>", 400)]
    public void A_request_is_sound_or_gets_a_status(string instead, string line, int status)
    {
        var lines = Sound.Where(l => instead.Length == 0 || !l.StartsWith(instead, StringComparison.Ordinal)).ToList();
        if (line.Length > 0) lines.Insert(instead == "MESSAGE" ? 0 : 1, line);
        var message = new SipMessage();
        message.TryIndex(Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n"), stream: false, out _);
        var isSound = RequestSanity.IsSound(message, out var answered);
        (isSound ? 0 : answered).Should().Be(status);
    }

    [TestCase(400, "Bad Request")]
    [TestCase(505, "Version Not Supported")]
    [TestCase(513, "Message Too Large")]
    public void The_status_has_its_reason(int status, string reason) =>
        Encoding.ASCII.GetString(RequestSanity.ReasonOf(status)).Should().Be(reason);
}
