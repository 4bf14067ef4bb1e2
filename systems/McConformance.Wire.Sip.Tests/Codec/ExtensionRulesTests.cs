using System.Text;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Wire.Sip.Tests.Codec;

/// <summary>Headers of extensions: sound values have no finding, unsound ones have one with the clause and the offset of the value.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ExtensionRulesTests
{
    private const string Head =
        "MESSAGE sip:b@c SIP/2.0\r\nVia: SIP/2.0/UDP a.b;branch=z9hG4bK1\r\nMax-Forwards: 70\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:b@c>\r\nCall-ID: x\r\nCSeq: 1 MESSAGE\r\n";

    [TestCase("RSeq: 988789")]
    [TestCase("RAck: 776656 1 INVITE")]
    [TestCase("RAck: 776656\r\n 1  INVITE")]
    [TestCase("Event: poc-settings")]
    [TestCase("o: foo.bar.baz;id=2")]
    [TestCase("Allow-Events: presence, xcap-diff")]
    [TestCase("Subscription-State: active;expires=600;retry-after=0")]
    [TestCase("Privacy: header;user;critical")]
    [TestCase("P-Asserted-Identity: \"Cullen Jennings\" <sip:fluffy@cisco.com>, tel:+14085264000")]
    [TestCase("P-Preferred-Identity: <sip:a@b>")]
    [TestCase("Reason: SIP ;cause=200 ;text=\"Call completed elsewhere\", Q.850;cause=16")]
    [TestCase("Security-Client: ipsec-3gpp;alg=hmac-sha-1-96;spi-c=1;spi-s=2;port-c=3;port-s=4, tls;q=0.1")]
    [TestCase("Refer-To: <sip:dave@denver.example.org?Replaces=12345%40192.168.118.3%3Bto-tag%3D12345>")]
    [TestCase("Accept-Contact: *;audio;require;explicit, *;video")]
    [TestCase("Accept-Contact: *;+g.3gpp.icsi-ref=\"urn%3Aurn-7%3A3gpp-service.ims.icsi.mcptt\";require;explicit")]
    [TestCase("Reject-Contact: *;actor=\"msg-taker\";video")]
    [TestCase("Request-Disposition: proxy, recurse, parallel")]
    [TestCase("Replaces: 425928@bobster.example.org;to-tag=7743;from-tag=6472")]
    [TestCase("Referred-By: <sip:r@ref.example>;cid=\"2UWQFN309shb3@ref.example\"")]
    [TestCase("SIP-ETag: dx200xyz")]
    [TestCase("SIP-If-Match: dx200xyz")]
    [TestCase("Join: 12adf2f34456gs5;to-tag=12345;from-tag=54321")]
    [TestCase("Session-Expires: 4000;refresher=uac")]
    [TestCase("Min-SE: 3600;lr")]
    [TestCase("Resource-Priority: mcpttp.5, dsn.flash")]
    [TestCase("Accept-Resource-Priority: dsn.flash-override, q735.0")]
    [TestCase("P-Asserted-Service: urn:urn-7:3gpp-service.ims.icsi.mcptt")]
    [TestCase("P-Preferred-Service: urn:urn-7:3gpp-service.exampletelephony.version1")]
    [TestCase("P-Called-Party-ID: <sip:user1-business@example.com>")]
    [TestCase("P-Visited-Network-ID: other.net, \"Visited network number 1\"")]
    [TestCase("P-Access-Network-Info: 3GPP-E-UTRAN-FDD; utran-cell-id-3gpp=234151D0FCE11;network-provided")]
    [TestCase("P-Charging-Function-Addresses: ccf=192.0.8.1; ecf=192.0.8.3, ccf=192.0.8.2")]
    [TestCase("P-Charging-Vector: icid-value=1234bc9876e;icid-generated-at=192.0.6.8;orig-ioi=home1.net")]
    [TestCase("P-Charging-Vector: icid-value=\"AyretyU0dm+6O2IrT5tAFrbHLso=\"")]
    [TestCase("Warning: 399 partner.example \"101 service authorisation failed\"")]
    [TestCase("Warning: 307 isi.edu \"Session parameter 'foo' not understood\", 301 isi.edu \"Incompatible \\\"network\\\" address\"")]
    [TestCase("Answer-Mode: Auto;require")]
    [TestCase("P-Media-Authorization: 0020000100100101706466322e76697369")]
    [TestCase("P-Early-Media: sendrecv, gated")]
    [TestCase("Flow-Timer: 120")]
    public void A_sound_value_has_no_finding(string line) => Validate(line).Should().BeEmpty();

    [TestCase("RSeq: x", "RFC 3262", "7.1")]
    [TestCase("RSeq: 4294967296", "RFC 3262", "7.1")]
    [TestCase("RAck: 1 INVITE", "RFC 3262", "7.2")]
    [TestCase("RAck: 1 2 INVITE x", "RFC 3262", "7.2")]
    [TestCase("Event: ", "RFC 6665", "8.4")]
    [TestCase("Event: a b", "RFC 6665", "8.4")]
    [TestCase("Event: a;=b", "RFC 6665", "8.4")]
    [TestCase("Allow-Events: a,,b", "RFC 6665", "8.4")]
    [TestCase("Subscription-State: ;expires=1", "RFC 6665", "8.4")]
    [TestCase("Privacy: user;;id", "RFC 3323", "4.2")]
    [TestCase("Privacy: \"user\"", "RFC 3323", "4.2")]
    [TestCase("P-Asserted-Identity: <a b>", "RFC 3325", "9.1")]
    [TestCase("P-Asserted-Identity: <sip:a@b", "RFC 3325", "9.1")]
    [TestCase("P-Preferred-Identity: ", "RFC 3325", "9.2")]
    [TestCase("Reason: SIP;text=\"open", "RFC 3326", "2")]
    [TestCase("Reason: ;cause=1", "RFC 3326", "2")]
    [TestCase("Security-Client: ipsec 3gpp", "RFC 3329", "2.2")]
    [TestCase("Security-Verify: tls;", "RFC 3329", "2.2")]
    [TestCase("Refer-To: nothing", "RFC 3515", "2.1")]
    [TestCase("Accept-Contact: audio", "RFC 3841", "10")]
    [TestCase("Accept-Contact: *;+g.3gpp.mcptt=\"", "RFC 3841", "10")]
    [TestCase("Reject-Contact: **", "RFC 3841", "10")]
    [TestCase("Request-Disposition: no fork", "RFC 3841", "10")]
    [TestCase("Replaces: a b", "RFC 3891", "6.1")]
    [TestCase("Referred-By: <>", "RFC 3892", "3")]
    [TestCase("SIP-ETag: a b", "RFC 3903", "11.3.1")]
    [TestCase("SIP-If-Match: \"x\"", "RFC 3903", "11.3.2")]
    [TestCase("Join: ;to-tag=1", "RFC 3911", "7.1")]
    [TestCase("Session-Expires: soon", "RFC 4028", "4")]
    [TestCase("Min-SE: -1", "RFC 4028", "5")]
    [TestCase("Resource-Priority: mcpttp", "RFC 4412", "3.1")]
    [TestCase("Resource-Priority: mcpttp.5.6", "RFC 4412", "3.1")]
    [TestCase("Accept-Resource-Priority: .5", "RFC 4412", "3.2")]
    [TestCase("P-Asserted-Service: mcptt", "RFC 6050", "4.1")]
    [TestCase("P-Preferred-Service: urn mcptt", "RFC 6050", "4.2")]
    [TestCase("P-Called-Party-ID: <>", "RFC 7315", "5.2")]
    [TestCase("P-Visited-Network-ID: \"open", "RFC 7315", "5.3")]
    [TestCase("P-Access-Network-Info: 3GPP UTRAN", "RFC 7315", "5.4")]
    [TestCase("P-Charging-Function-Addresses: =1", "RFC 7315", "5.5")]
    [TestCase("P-Charging-Vector: icid value=1", "RFC 7315", "5.6")]
    [TestCase("Warning: 399 host text", "RFC 3261", "20.43")]
    [TestCase("Warning: 39 host \"text\"", "RFC 3261", "20.43")]
    [TestCase("Warning: 399 host \"te\"xt\"", "RFC 3261", "20.43")]
    [TestCase("Answer-Mode: ;x", "RFC 5373", "3")]
    [TestCase("Priv-Answer-Mode: a b", "RFC 5373", "4")]
    [TestCase("P-Media-Authorization: a b", "RFC 3313", "5.1")]
    [TestCase("P-Early-Media: a b", "RFC 5009", "7")]
    [TestCase("Flow-Timer: x", "RFC 5626", "10")]
    public void An_unsound_value_has_a_finding_with_clause_and_offset(string line, string document, string place)
    {
        var finding = Validate(line).Should().ContainSingle().Subject;
        finding.Clause.Should().Be(new Clause(document, place));
        finding.Severity.Should().Be(Severity.Syntax);
        finding.Offset.Should().BeInRange(Head.Length + line.IndexOf(':') + 1, Head.Length + line.Length);
    }

    [Test]
    public void Any_octets_are_borne()
    {
        var random = new Random(5);
        var lines = new[] { "Warning: 399 a \"b\"", "Reason: SIP;cause=1;text=\"x\"", "Accept-Contact: *;+a=\"b\"", "P-Asserted-Identity: \"a\" <sip:b@c>", "RAck: 1 2 INVITE" };
        for (var i = 0; i < 50_000; i++)
        {
            var octets = Encoding.Latin1.GetBytes(Head + lines[i % lines.Length] + "\r\nContent-Length: 0\r\n\r\n");
            for (var n = 0; n < 4; n++) octets[random.Next(Head.Length, octets.Length)] = (byte)random.Next(256);
            var message = new SipMessage();
            if (message.TryIndex(octets, stream: false, out _) == System.Buffers.OperationStatus.Done) SipValidator.Validate(message, new FindingList());
        }
    }

    private static IReadOnlyList<Finding> Validate(string line)
    {
        var message = new SipMessage();
        message.TryIndex(Encoding.UTF8.GetBytes($"{Head}{line}\r\nContent-Length: 0\r\n\r\n"), stream: false, out _);
        var findings = new FindingList();
        SipValidator.Validate(message, findings);
        return [.. findings.Findings];
    }
}
