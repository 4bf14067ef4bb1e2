using McConformance.Wire.Diameter.Codec;

namespace McConformance.Wire.Diameter.Tests.Codec;

[Parallelizable(ParallelScope.All)]
public class DissectorTests
{
    [Test]
    public void Prints_the_sample() => DiameterDissector.Print(Samples.Mar).Should().Be(string.Join('\n',
        "Multimedia-Auth-Request (303) RP: version 1, length 296, application 16777216, " +
        "hop-by-hop 0x00000001, end-to-end 0x00000002 [0+296]",
        "  Session-Id (263) M: scscf.b.example;1;1 [20+27]",
        "  Vendor-Specific-Application-Id (260) M [48+32]",
        "    Vendor-Id (266) M: 10415 [56+12]",
        "    Auth-Application-Id (258) M: 16777216 [68+12]",
        "  Auth-Session-State (277) M: 1 NO_STATE_MAINTAINED [80+12]",
        "  Origin-Host (264) M: scscf.b.example [92+23]",
        "  Origin-Realm (296) M: b.example [116+17]",
        "  Destination-Realm (283) M: b.example [136+17]",
        "  User-Name (1) M: v1@b.example [156+20]",
        "  Public-Identity (601, vendor 10415) VM: sip:v1@b.example [176+28]",
        "  SIP-Auth-Data-Item (612, vendor 10415) VM [204+40]",
        "    SIP-Authentication-Scheme (608, vendor 10415) VM: Digest-AKAv1-MD5 [216+28]",
        "  SIP-Number-Auth-Items (607, vendor 10415) VM: 1 [244+16]",
        "  Server-Name (602, vendor 10415) VM: sip:scscf.b.example:6060 [260+36]",
        ""));

    [TestCase("0000010c 4000000c 000007d1", "Result-Code (268) M: 2001 DIAMETER_SUCCESS [20+12]")]
    [TestCase("0000012a 4000000c 00001389",
        "Experimental-Result-Code (298) M: 5001 DIAMETER_ERROR_USER_UNKNOWN [20+12]")]
    [TestCase("00000101 4000000e 0001c0000207 0000", "Host-IP-Address (257) M: 192.0.2.7 [20+14]")]
    [TestCase("00000101 4000001a 000220010db8000000000000000000000001 0000",
        "Host-IP-Address (257) M: 2001:db8::1 [20+26]")]
    [TestCase("00000037 4000000c ec000000", "Event-Timestamp (55) M: 2025-06-20 15:42:56Z [20+12]")]
    [TestCase("0000011f 40000010 00000001 00000002", "Accounting-Sub-Session-Id (287) M: 4294967298 [20+16]")]
    [TestCase("00000261 c000000e 000028af ff01 0000", "SIP-Authenticate (609, vendor 10415) VM: 0xff01 [20+14]")]
    [TestCase("0000ffff 0000000a 6162 0000", "unknown (65535): 0x6162 [20+10]")]
    [TestCase("0000010d 0000000a 610a 0000", "Product-Name (269): a\\u000a [20+10]")]
    [TestCase("0000010c 4000000b 000007 00", "Result-Code (268) M: 0x000007 [20+11]")]
    [TestCase("0000010c 40ffffff", "cannot be read: 0x0000010c40ffffff [20+8]")]
    public void Prints_values_by_their_type(string avps, string line) =>
        DiameterDissector.Print(Samples.Of("00", 303, 16777216, avps)).Split('\n')[1].Trim().Should().Be(line);

    [Test]
    public void Does_not_follow_groups_for_ever()
    {
        var node = DiameterDissector.Dissect(ValidatorTests.Bomb(4000));
        var depth = 0;
        while (node.Children.Count > 0) (node, depth) = (node.Children[0], depth + 1);
        depth.Should().Be(9);
    }

    [Test]
    public void Says_when_the_length_does_not_fit() =>
        DiameterDissector.Dissect(Samples.Mar.AsSpan(0, 200)).Value.Should().EndWith("but 200 octets are there");
}
