using McConformance.Wire.Diameter.Dictionary;

namespace McConformance.Wire.Diameter.Tests.Dictionary;

/// <summary>Codes as they stand in RFC 6733 4.5, TS 29.229 6.3 and TS 29.230; written down here a second time on
/// purpose.</summary>
[Parallelizable(ParallelScope.All)]
public class TablesTests
{
    private static readonly string[] Table =
    [
        "   1     0 40 Utf8String       User-Name", "  33     0 40 OctetString      Proxy-State",
            " 257     0 40 Address          Host-IP-Address",
        " 258     0 40 Unsigned32       Auth-Application-Id",
            " 260     0 40 Grouped          Vendor-Specific-Application-Id",
        " 263     0 40 Utf8String       Session-Id", " 264     0 40 DiameterIdentity Origin-Host",
            " 265     0 40 Unsigned32       Supported-Vendor-Id",
        " 266     0 40 Unsigned32       Vendor-Id", " 267     0 00 Unsigned32       Firmware-Revision",
            " 268     0 40 Unsigned32       Result-Code",
        " 269     0 00 Utf8String       Product-Name", " 273     0 40 Enumerated       Disconnect-Cause",
        " 277     0 40 Enumerated       Auth-Session-State", " 278     0 40 Unsigned32       Origin-State-Id",
            " 279     0 40 Grouped          Failed-AVP",
        " 280     0 40 DiameterIdentity Proxy-Host", " 281     0 00 Utf8String       Error-Message",
            " 282     0 40 DiameterIdentity Route-Record",
        " 283     0 40 DiameterIdentity Destination-Realm", " 284     0 40 Grouped          Proxy-Info",
            " 293     0 40 DiameterIdentity Destination-Host",
        " 294     0 00 DiameterIdentity Error-Reporting-Host", " 296     0 40 DiameterIdentity Origin-Realm",
        " 297     0 40 Grouped          Experimental-Result", " 298     0 40 Unsigned32       Experimental-Result-Code",
        " 299     0 40 Unsigned32       Inband-Security-Id",
        " 600 10415 c0 OctetString      Visited-Network-Identifier", " 601 10415 c0 Utf8String       Public-Identity",
        " 602 10415 c0 Utf8String       Server-Name", " 603 10415 c0 Grouped          Server-Capabilities",
        " 604 10415 c0 Unsigned32       Mandatory-Capability", " 605 10415 c0 Unsigned32       Optional-Capability",
        " 606 10415 c0 OctetString      User-Data", " 607 10415 c0 Unsigned32       SIP-Number-Auth-Items",
        " 608 10415 c0 Utf8String       SIP-Authentication-Scheme", " 609 10415 c0 OctetString      SIP-Authenticate",
        " 610 10415 c0 OctetString      SIP-Authorization", " 611 10415 c0 OctetString      SIP-Authentication-Context",
        " 612 10415 c0 Grouped          SIP-Auth-Data-Item", " 613 10415 c0 Unsigned32       SIP-Item-Number",
        " 614 10415 c0 Enumerated       Server-Assignment-Type", " 615 10415 c0 Grouped          Deregistration-Reason",
        " 616 10415 c0 Enumerated       Reason-Code", " 617 10415 c0 Utf8String       Reason-Info",
            " 618 10415 c0 Grouped          Charging-Information",
        " 623 10415 c0 Enumerated       User-Authorization-Type",
            " 624 10415 c0 Enumerated       User-Data-Already-Available",
        " 625 10415 c0 OctetString      Confidentiality-Key", " 626 10415 c0 OctetString      Integrity-Key",
        " 633 10415 c0 Enumerated       Originating-Request", " 635 10415 80 Grouped          SIP-Digest-Authenticate",
        " 637 10415 80 Unsigned32       UAR-Flags", " 638 10415 80 Enumerated       Loose-Route-Indication",
        " 653 10415 80 Unsigned32       LIA-Flags", " 655 10415 80 Unsigned32       SAR-Flags",
    ];

    private static readonly (uint Code, string Name, uint Vendor)[] EitherFlags =
        [(628, "Supported-Features", 10415), (629, "Feature-List-ID", 10415), (630, "Feature-List", 10415),
            (632, "Associated-Identities", 10415)];

    [TestCaseSource(nameof(Table))]
    public void Knows_code_vendor_flags_and_type(string row)
    {
        var words = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = DiameterDictionary.Find(uint.Parse(words[0]), uint.Parse(words[1]));
        found.Should().NotBeNull();
        $"{found!.Flags:x2} {found.Type} {found.Name}".Should().Be(string.Join(' ', words[2..]));
        DiameterDictionary.Find(found.Name).Should().BeSameAs(found);
    }

    [Test]
    public void Knows_those_whose_M_bit_is_open() =>
        EitherFlags.Should().OnlyContain(e => DiameterDictionary.Find(e.Code, e.Vendor)!.Name == e.Name);

    [TestCase(257u, 0u, "Capabilities-Exchange", "CER", "CEA")]
    [TestCase(258u, 0u, "Re-Auth", "RAR", "RAA")]
    [TestCase(274u, 0u, "Abort-Session", "ASR", "ASA")]
    [TestCase(275u, 0u, "Session-Termination", "STR", "STA")]
    [TestCase(280u, 0u, "Device-Watchdog", "DWR", "DWA")]
    [TestCase(282u, 0u, "Disconnect-Peer", "DPR", "DPA")]
    [TestCase(300u, 16777216u, "User-Authorization", "UAR", "UAA")]
    [TestCase(301u, 16777216u, "Server-Assignment", "SAR", "SAA")]
    [TestCase(302u, 16777216u, "Location-Info", "LIR", "LIA")]
    [TestCase(303u, 16777216u, "Multimedia-Auth", "MAR", "MAA")]
    [TestCase(304u, 16777216u, "Registration-Termination", "RTR", "RTA")]
    [TestCase(305u, 16777216u, "Push-Profile", "PPR", "PPA")]
    [TestCase(306u, 16777217u, "User-Data", "UDR", "UDA")]
    [TestCase(307u, 16777217u, "Profile-Update", "PUR", "PUA")]
    [TestCase(308u, 16777217u, "Subscribe-Notifications", "SNR", "SNA")]
    [TestCase(309u, 16777217u, "Push-Notification", "PNR", "PNA")]
    public void Knows_commands(uint code, uint application, string name, string request, string answer)
    {
        var command = DiameterDictionary.Command(code)!;
        (command.Application, command.Name, command.Abbreviation(true), command.Abbreviation(false))
            .Should().Be((application, name, request, answer));
        DiameterDictionary.NameOf(code, true).Should().Be(name + "-Request");
        DiameterDictionary.NameOf(code, false).Should().Be(name + "-Answer");
        DiameterDictionary.Command(request).Should().BeSameAs(command);
    }

    [TestCase(2001u, false, "DIAMETER_SUCCESS")]
    [TestCase(3001u, false, "DIAMETER_COMMAND_UNSUPPORTED")]
    [TestCase(3002u, false, "DIAMETER_UNABLE_TO_DELIVER")]
    [TestCase(3003u, false, "DIAMETER_REALM_NOT_SERVED")]
    [TestCase(3004u, false, "DIAMETER_TOO_BUSY")]
    [TestCase(3005u, false, "DIAMETER_LOOP_DETECTED")]
    [TestCase(3007u, false, "DIAMETER_APPLICATION_UNSUPPORTED")]
    [TestCase(3008u, false, "DIAMETER_INVALID_HDR_BITS")]
    [TestCase(3009u, false, "DIAMETER_INVALID_AVP_BITS")]
    [TestCase(3010u, false, "DIAMETER_UNKNOWN_PEER")]
    [TestCase(4003u, false, "DIAMETER_ELECTION_LOST")]
    [TestCase(5001u, false, "DIAMETER_AVP_UNSUPPORTED")]
    [TestCase(5004u, false, "DIAMETER_INVALID_AVP_VALUE")]
    [TestCase(5005u, false, "DIAMETER_MISSING_AVP")]
    [TestCase(5009u, false, "DIAMETER_AVP_OCCURS_TOO_MANY_TIMES")]
    [TestCase(5010u, false, "DIAMETER_NO_COMMON_APPLICATION")]
    [TestCase(5011u, false, "DIAMETER_UNSUPPORTED_VERSION")]
    [TestCase(5012u, false, "DIAMETER_UNABLE_TO_COMPLY")]
    [TestCase(5014u, false, "DIAMETER_INVALID_AVP_LENGTH")]
    [TestCase(5017u, false, "DIAMETER_NO_COMMON_SECURITY")]
    [TestCase(2001u, true, "DIAMETER_FIRST_REGISTRATION")]
    [TestCase(2002u, true, "DIAMETER_SUBSEQUENT_REGISTRATION")]
    [TestCase(2003u, true, "DIAMETER_UNREGISTERED_SERVICE")]
    [TestCase(5001u, true, "DIAMETER_ERROR_USER_UNKNOWN")]
    [TestCase(5002u, true, "DIAMETER_ERROR_IDENTITIES_DONT_MATCH")]
    [TestCase(5003u, true, "DIAMETER_ERROR_IDENTITY_NOT_REGISTERED")]
    [TestCase(5004u, true, "DIAMETER_ERROR_ROAMING_NOT_ALLOWED")]
    [TestCase(5006u, true, "DIAMETER_ERROR_AUTH_SCHEME_NOT_SUPPORTED")]
    [TestCase(5011u, true, "DIAMETER_ERROR_FEATURE_UNSUPPORTED")]
    public void Knows_result_codes(uint code, bool isExperimental, string name) =>
        DiameterDictionary.ResultName(code, isExperimental).Should().Be(name);

    [TestCase(614u, 9u, "AUTHENTICATION_FAILURE")]
    [TestCase(614u, 8u, "ADMINISTRATIVE_DEREGISTRATION")]
    [TestCase(614u, 14u, "RESTORATION")]
    [TestCase(614u, 15u, null)]
    [TestCase(616u, 3u, "REMOVE_S-CSCF")]
    [TestCase(623u, 2u, "REGISTRATION_AND_CAPABILITIES")]
    [TestCase(624u, 1u, "USER_DATA_ALREADY_AVAILABLE")]
    public void Knows_enumerated_values(uint code, uint value, string? name) =>
        DiameterDictionary.ValueName(code, 10415, value).Should().Be(name);

    [Test]
    public void Every_rule_of_every_grammar_names_an_AVP_that_is_known()
    {
        var rules = DiameterDictionary.Commands.SelectMany(c => c.Request.Rules.Concat(c.Answer.Rules))
            .Concat(DiameterDictionary.Definitions.SelectMany(d => DiameterDictionary.Group(d.Code, d.Vendor).Rules))
                .ToArray();
        rules.Should().NotBeEmpty().And.OnlyContain(r => r.Definition != null);
        DiameterDictionary.Commands.Should().OnlyContain(c =>
            c.Request.Rules.Count <= 32 && c.Answer.Rules.Count <= 32, "the validator counts that many");
    }
}
