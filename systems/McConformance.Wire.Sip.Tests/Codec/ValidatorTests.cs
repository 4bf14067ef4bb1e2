using System.Buffers;
using System.Text;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Wire.Sip.Tests.Codec;

/// <summary>Corpora as rows: a change to a sound REGISTER, and the clause that the finding must name; or none.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ValidatorTests
{
    private static readonly string[] Sound =
    [
        "REGISTER sip:ims.partner.example SIP/2.0", "Via: SIP/2.0/UDP 127.0.0.1:5060;rport;branch=z9hG4bKabc", "Max-Forwards: 70",
        "From: <sip:a@ims.partner.example>;tag=1", "To: <sip:a@ims.partner.example>", "Call-ID: x@y", "CSeq: 1 REGISTER", "Content-Length: 0",
    ];

    // header | line to put in its place (or to add)
    [TestCase("Via", "v: SIP/2.0/UDP a.b:1;branch=z9hG4bK1")]
    [TestCase("Via", "Via: SIP/2.0/UDP [2001:db8::9:1];received=[2001:db8::9:255];branch=z9hG4bKas3-111")]
    [TestCase("Via", "Via: SIP / 2.0 / UDP a.b;branch=z9hG4bK1")]
    [TestCase("Via", "Via: SIP/2.0/TLS a.b;branch=z9hG4bK1, SIP/2.0/TCP c.d;branch=z9hG4bK2;ttl=16;maddr=224.2.0.1")]
    [TestCase("Via", "Via: SIP/2.0/NEW-TRANSPORT a.b;branch=z9hG4bK1")]
    [TestCase("From", "From: \"Bell, Alexander\" <sip:a@b>;tag=43")]
    [TestCase("From", "f: sip:a@b;tag=43")]
    [TestCase("From", "From: \"J Rosenberg \\\\\\\"\" <sip:jdrosen@example.com> ; tag = 98asjd8")]
    [TestCase("From", "From: <sip:vivekg@chair-dnrc.example.com;unknownparam=1>;tag=1")]
    [TestCase("From", "From: <tel:+1-201-555-0123>;tag=1")]
    [TestCase("To", "To: <sip:b@c;maddr=1.2.3.4?h=v>")]
    [TestCase("To", "TO :   sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n")]
    [TestCase("To", "To: <sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com>")]
    [TestCase("To", "To: isbn:2983792873")]
    [TestCase("Call-ID", "Call-ID: intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{")]
    [TestCase("CSeq", "CSeq: 0009\r\n  REGISTER")]
    [TestCase("CSeq", "CSeq: 2147483647 REGISTER")]
    [TestCase("Max-Forwards", "MAX-FORWARDS: 0")]
    [TestCase("Max-Forwards", "Max-Forwards: 255")]
    [TestCase("", "Contact: *")]
    [TestCase("", "Contact: <sip:a@1.2.3.4>;q=0.7;expires=3600, \"Mr. Watson\" <mailto:watson@b.com>;q=0.1")]
    [TestCase("", "Contact: <sip:a@1.2.3.4>;+sip.instance=\"<urn:uuid:0>\";+g.3gpp.mcptt")]
    [TestCase("", "Expires: 4294967295")]
    [TestCase("", "Route: <sip:p1;lr>,\r\n <sip:p2;lr>")]
    [TestCase("", "Path: <sip:term@pcscf.ims.partner.example;lr>")]
    [TestCase("", "Service-Route: <sip:orig@scscf;lr>")]
    [TestCase("", "P-Associated-URI: <sip:a@b>, <tel:+123>")]
    [TestCase("", "Supported:")]
    [TestCase("", "Require: path, sec-agree")]
    [TestCase("", "Authorization: Digest username=\"a\",realm=\"b\",uri=\"sip:b\",nonce=\"\",response=\"\"")]
    [TestCase("", "Authorization: NoOneKnowsThisScheme opaque-data=here")]
    [TestCase("", "X-Unknown: \"quoted, with; everything\" \u00e9")]
    [TestCase("", "NewFangledHeader:   newfangled value\r\n continued newfangled value")]
    public void A_sound_message_has_no_finding(string header, string line) => Validate(header, line).Should().BeEmpty();

    [TestCase("Via", "", "20.42")]
    [TestCase("From", "", "20.20")]
    [TestCase("To", "", "20.39")]
    [TestCase("Call-ID", "", "20.8")]
    [TestCase("CSeq", "", "20.16")]
    [TestCase("Max-Forwards", "", "8.1.1.6")]
    [TestCase("Via", "Via: SIP/2.0/UDP a.b", "8.1.1.7")]
    [TestCase("Via", "Via: SIP/2.0/UDP a.b;branch=old", "8.1.1.7")]
    [TestCase("Via", "Via: SIP/2.0 a.b;branch=z9hG4bK1", "20.42")]
    [TestCase("Via", "Via: SIP/2.0/UDP a.b:99999;branch=z9hG4bK1", "20.42")]
    [TestCase("Via", "Via: SIP/2.0/UDP;branch=z9hG4bK1", "20.42")]
    [TestCase("Via", "Via: SIP/2.0/UDP a b;branch=z9hG4bK1", "20.42")]
    [TestCase("From", "From: <sip:a@b;tag=1", "20.20")]
    [TestCase("From", "From: no-uri;tag=1", "20.20")]
    [TestCase("From", "From: <sip:a @b>;tag=1", "20.20")]
    [TestCase("From", "From: <sip:a@b>;t g=1", "25.1")]
    [TestCase("To", "To: <sip:user%@b>", "20.39")]
    [TestCase("To", "To: <sip:user%4@b>", "20.39")]
    [TestCase("To", "To: <sip:>", "20.39")]
    [TestCase("To", "To: \"unterminated <sip:a@b>", "20.39")]
    [TestCase("", "To: <sip:twice@b>", "7.3.1")]
    [TestCase("", "CSeq: 1 REGISTER", "7.3.1")]
    [TestCase("", "Call-ID: z", "7.3.1")]
    [TestCase("", "Max-Forwards: 5", "7.3.1")]
    [TestCase("Call-ID", "Call-ID: a b", "20.8")]
    [TestCase("Call-ID", "Call-ID: a@b@c", "20.8")]
    [TestCase("CSeq", "CSeq: REGISTER 1", "20.16")]
    [TestCase("CSeq", "CSeq: 36893488147419103232 REGISTER", "20.16")]
    [TestCase("CSeq", "CSeq: 2147483648 REGISTER", "8.1.1.5")]
    [TestCase("CSeq", "CSeq: 1 INVITE", "8.1.1.5")]
    [TestCase("Max-Forwards", "Max-Forwards: 300", "20.22")]
    [TestCase("Max-Forwards", "Max-Forwards: -1", "20.22")]
    [TestCase("Max-Forwards", "Max-Forwards: seventy", "20.22")]
    [TestCase("Content-Length", "Content-Length: -999", "20.14")]
    [TestCase("Content-Length", "Content-Length: 9999", "18.3")]
    [TestCase("", "Expires: soon", "20.19")]
    [TestCase("", "Expires: 4294967296", "20.19")]
    [TestCase("", "Contact: sip:a@b, ,", "20.10")]
    [TestCase("", "Contact: <sip:a@b\x01>", "20.10")]
    [TestCase("", "Route: sip:p1;lr", "20.34")]
    [TestCase("", "Path: sip:p1;lr", "4")]
    [TestCase("", "Service-Route: sip:p1", "5")]
    [TestCase("", "P-Associated-URI: sip:a@b", "4.1")]
    [TestCase("", "Require: a b", "25.1")]
    [TestCase("", "no colon at all", "25.1")]
    [TestCase("", "Bad Name: x", "25.1")]
    [TestCase("", "Authorization: Digest username=\"a\",response=\"\"", "22.4")]
    [TestCase("REGISTER", "REGISTER sip:a b@c SIP/2.0", "25.1")]
    [TestCase("REGISTER", "REGISTER <sip:a@c> SIP/2.0", "25.1")]
    [TestCase("REGISTER", "REGISTER sip:c SIP/7.0", "7.1")]
    [TestCase("REGISTER", "REGISTER sip:c?Route=x SIP/2.0", "19.1.1")]
    public void A_wrong_message_is_found_out_by_its_clause(string header, string line, string clause) =>
        Validate(header, line).Select(f => f.Clause.Place).Should().Contain(clause);

    [Test]
    public void A_clean_message_costs_no_memory()
    {
        var octets = Encoding.ASCII.GetBytes(string.Join("\r\n", Sound) + "\r\n\r\n");
        var (message, findings) = (new SipMessage(), new FindingList());
        for (var i = 0; i < 100; i++) Pass(octets, message, findings);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) Pass(octets, message, findings);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    private static void Pass(byte[] octets, SipMessage message, FindingList findings)
    {
        message.TryIndex(octets, stream: false, out _);
        SipValidator.Validate(message, findings);
    }

    private static IReadOnlyList<Finding> Validate(string header, string line)
    {
        var lines = Sound.Where(l => header.Length == 0 || !l.StartsWith(header, StringComparison.Ordinal)).ToList();
        if (line.Length > 0) lines.Insert(header == "REGISTER" ? 0 : 1, line);
        var message = new SipMessage();
        message.TryIndex(Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n"), stream: false, out _).Should().Be(OperationStatus.Done);
        var findings = new FindingList();
        SipValidator.Validate(message, findings);
        return findings.Findings;
    }
}
