using McConformance.Wire.Diameter.Dictionary;

namespace McConformance.Wire.Diameter.Tests.Dictionary;

/// <summary>Codes as literals, from TS 29.229 table 6.3.1 and RFC 6733 4.5: not from the dictionary that is tested.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class DictionaryTests
{
    [TestCase(1u, 0u, "User-Name", 0x40)]
    [TestCase(33u, 0u, "Proxy-State", 0x40)]
    [TestCase(257u, 0u, "Host-IP-Address", 0x40)]
    [TestCase(258u, 0u, "Auth-Application-Id", 0x40)]
    [TestCase(260u, 0u, "Vendor-Specific-Application-Id", 0x40)]
    [TestCase(263u, 0u, "Session-Id", 0x40)]
    [TestCase(264u, 0u, "Origin-Host", 0x40)]
    [TestCase(265u, 0u, "Supported-Vendor-Id", 0x40)]
    [TestCase(266u, 0u, "Vendor-Id", 0x40)]
    [TestCase(267u, 0u, "Firmware-Revision", 0)]
    [TestCase(268u, 0u, "Result-Code", 0x40)]
    [TestCase(269u, 0u, "Product-Name", 0)]
    [TestCase(273u, 0u, "Disconnect-Cause", 0x40)]
    [TestCase(277u, 0u, "Auth-Session-State", 0x40)]
    [TestCase(278u, 0u, "Origin-State-Id", 0x40)]
    [TestCase(279u, 0u, "Failed-AVP", 0x40)]
    [TestCase(280u, 0u, "Proxy-Host", 0x40)]
    [TestCase(281u, 0u, "Error-Message", 0)]
    [TestCase(282u, 0u, "Route-Record", 0x40)]
    [TestCase(283u, 0u, "Destination-Realm", 0x40)]
    [TestCase(284u, 0u, "Proxy-Info", 0x40)]
    [TestCase(293u, 0u, "Destination-Host", 0x40)]
    [TestCase(294u, 0u, "Error-Reporting-Host", 0)]
    [TestCase(296u, 0u, "Origin-Realm", 0x40)]
    [TestCase(297u, 0u, "Experimental-Result", 0x40)]
    [TestCase(298u, 0u, "Experimental-Result-Code", 0x40)]
    [TestCase(299u, 0u, "Inband-Security-Id", 0x40)]
    [TestCase(600u, 10415u, "Visited-Network-Identifier", 0xC0)]
    [TestCase(601u, 10415u, "Public-Identity", 0xC0)]
    [TestCase(602u, 10415u, "Server-Name", 0xC0)]
    [TestCase(603u, 10415u, "Server-Capabilities", 0xC0)]
    [TestCase(606u, 10415u, "User-Data", 0xC0)]
    [TestCase(607u, 10415u, "SIP-Number-Auth-Items", 0xC0)]
    [TestCase(608u, 10415u, "SIP-Authentication-Scheme", 0xC0)]
    [TestCase(609u, 10415u, "SIP-Authenticate", 0xC0)]
    [TestCase(610u, 10415u, "SIP-Authorization", 0xC0)]
    [TestCase(612u, 10415u, "SIP-Auth-Data-Item", 0xC0)]
    [TestCase(613u, 10415u, "SIP-Item-Number", 0xC0)]
    [TestCase(614u, 10415u, "Server-Assignment-Type", 0xC0)]
    [TestCase(615u, 10415u, "Deregistration-Reason", 0xC0)]
    [TestCase(623u, 10415u, "User-Authorization-Type", 0xC0)]
    [TestCase(624u, 10415u, "User-Data-Already-Available", 0xC0)]
    [TestCase(625u, 10415u, "Confidentiality-Key", 0xC0)]
    [TestCase(626u, 10415u, "Integrity-Key", 0xC0)]
    [TestCase(632u, 10415u, "Associated-Identities", 0x80)]
    [TestCase(637u, 10415u, "UAR-Flags", 0x80)]
    public void An_AVP_has_its_name_and_flags(uint code, uint vendor, string name, int flags)
    {
        var found = DiameterDictionary.Find(code, vendor);
        found.Should().NotBeNull();
        (found!.Name, (int)found.Flags).Should().Be((name, flags));
    }

    [TestCase(257u, "Capabilities-Exchange-Request")]
    [TestCase(280u, "Device-Watchdog-Request")]
    [TestCase(282u, "Disconnect-Peer-Request")]
    [TestCase(300u, "User-Authorization-Request")]
    [TestCase(301u, "Server-Assignment-Request")]
    [TestCase(302u, "Location-Info-Request")]
    [TestCase(303u, "Multimedia-Auth-Request")]
    [TestCase(304u, "Registration-Termination-Request")]
    [TestCase(305u, "Push-Profile-Request")]
    [TestCase(306u, "User-Data-Request")]
    public void A_command_has_its_name(uint code, string name) => DiameterDictionary.NameOf(code, isRequest: true).Should().Be(name);

    [TestCase(2001u, false, "DIAMETER_SUCCESS")]
    [TestCase(3002u, false, "DIAMETER_UNABLE_TO_DELIVER")]
    [TestCase(3005u, false, "DIAMETER_LOOP_DETECTED")]
    [TestCase(5005u, false, "DIAMETER_MISSING_AVP")]
    [TestCase(2001u, true, "DIAMETER_FIRST_REGISTRATION")]
    [TestCase(5001u, true, "DIAMETER_ERROR_USER_UNKNOWN")]
    [TestCase(5002u, true, "DIAMETER_ERROR_IDENTITIES_DONT_MATCH")]
    [TestCase(5004u, true, "DIAMETER_ERROR_ROAMING_NOT_ALLOWED")]
    [TestCase(5006u, true, "DIAMETER_ERROR_AUTH_SCHEME_NOT_SUPPORTED")]
    public void A_result_code_has_its_name(uint code, bool isExperimental, string name) =>
        DiameterDictionary.ResultName(code, isExperimental).Should().Be(name);
}
