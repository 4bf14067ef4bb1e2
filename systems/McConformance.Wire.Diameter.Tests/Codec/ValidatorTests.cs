using McConformance.Wire.Diameter.Codec;

namespace McConformance.Wire.Diameter.Tests.Codec;

[Parallelizable(ParallelScope.All)]
public class ValidatorTests
{
    private const string Origin = "00000108 4000000b 612e6200 00000128 40000009 62000000";
    private const string Dpr = Origin + "00000111 4000000c 00000000";
    private const string Experimental = "00000129 40000020 0000010a 4000000c 000028af 0000012a 4000000c 00001389";
    private const string Cause = "00000111 4000000c";

    [Test]
    public void Finds_nothing_wrong_with_the_sample()
    {
        var findings = new List<Finding>();
        DiameterValidator.Check(Samples.Mar, findings).IsNone.Should().BeTrue();
        findings.Should().BeEmpty();
    }

    [TestCase("80", Dpr, 0u, TestName = "Accepts_a_plain_DPR")]
    [TestCase("80", Origin, 5005u, TestName = "Missing_Disconnect_Cause")]
    [TestCase("80", Dpr + Cause + "00000000", 5009u, TestName = "Two_Disconnect_Causes")]
    [TestCase("80", Origin + Cause + "00000007", 5004u, TestName = "Unknown_value_of_an_Enumerated")]
    [TestCase("80", Origin + "00000111 4000000b 00000000", 5014u, TestName = "Enumerated_of_three_octets")]
    [TestCase("80", Origin + "00000111 40000040 00000000", 5014u, TestName = "AVP_longer_than_the_message")]
    [TestCase("80", Origin + "00000111 40000004 00000000", 5014u, TestName = "AVP_shorter_than_its_header")]
    [TestCase("80", Dpr + "0000ffff 40000008", 5001u, TestName = "Unknown_AVP_with_M_bit")]
    [TestCase("80", Dpr + "0000ffff 00000008", 0u, TestName = "Unknown_AVP_without_M_bit")]
    [TestCase("80", Dpr + "0000010c 4000000c 000007d1", 5008u, TestName = "Result_Code_in_a_request")]
    [TestCase("80", Origin + "00000111 0000000c 00000000", 3009u, TestName = "M_bit_is_missing")]
    [TestCase("80", Origin + "00000111 c000000c 00000000", 3009u, TestName = "V_bit_with_vendor_0")]
    [TestCase("80", Dpr + "0000010d 0000000a ff610000", 5004u, TestName = "Text_that_is_no_UTF8")]
    [TestCase("80", "00000108 4000000b 61206200 00000128 40000009 62000000" + Cause + "00000000", 5004u,
        TestName = "Blank_in_Origin_Host")]
    [TestCase("a0", Dpr, 3008u, TestName = "E_bit_in_a_request")]
    [TestCase("c0", Dpr, 3008u, TestName = "P_bit_in_DPR")]
    [TestCase("81", Dpr, 5013u, TestName = "Reserved_bit_in_the_header")]
    [TestCase("00", Origin + "0000010c 4000000c 000007d1", 0u, TestName = "Accepts_a_plain_DPA")]
    [TestCase("00", Origin, 5005u, TestName = "Answer_without_result")]
    [TestCase("00", Origin + "0000010c 4000000c 00000bba", 3008u, TestName = "Result_3002_without_E_bit")]
    [TestCase("20", Origin + "0000010c 4000000c 00000bba", 0u, TestName = "Result_3002_with_E_bit")]
    [TestCase("10", Origin + "0000010c 4000000c 000007d1", 3008u, TestName = "T_bit_in_an_answer")]
    [TestCase("00", Origin + "0000010c 4000000c 000007d1" + Experimental, 5007u, TestName = "Both_results")]
    public void Gives_the_result_code_of_RFC_6733(string flags, string avps, uint expected) =>
        DiameterValidator.Check(Samples.Of(flags, 282, 0, avps)).ResultCode.Should().Be(expected);

    [Test]
    public void Gives_5011_for_another_version()
    {
        var octets = Samples.Mar;
        octets[0] = 2;
        DiameterValidator.Check(octets).ResultCode.Should().Be(5011);
    }

    [Test]
    public void Gives_5015_for_a_length_that_lies()
    {
        var octets = Samples.Mar;
        octets[3] += 4;
        DiameterValidator.Check(octets).ResultCode.Should().Be(5015);
        DiameterValidator.Check(octets.AsSpan(0, 12)).ResultCode.Should().Be(5015);
    }

    [Test]
    public void Gives_3008_for_a_Cx_request_without_P_bit()
    {
        var octets = Samples.Mar;
        octets[4] = 0x80;
        DiameterValidator.Check(octets).ResultCode.Should().Be(3008);
    }

    [Test]
    public void Gives_3007_for_a_command_of_another_application()
    {
        var octets = Samples.Mar;
        octets[11] = 1;
        DiameterValidator.Check(octets).ResultCode.Should().Be(3007);
    }

    [Test]
    public void Judges_inside_groups()
    {
        var octets = Samples.Mar;
        octets[56 + 3] = 0xff; // Vendor-Id inside Vendor-Specific-Application-Id becomes an unknown mandatory AVP
        octets[48..60].Should().Equal(0, 0, 1, 4, 0x40, 0, 0, 0x20, 0, 0, 1, 0xff);
        var findings = new List<Finding>();
        var fault = DiameterValidator.Check(octets, findings);
        (fault.ResultCode, fault.Offset, fault.Length).Should().Be((5001u, 56, 12));
        findings.Should().Contain(f =>
            f.Clause.ToString() == "RFC 6733 4.5" && f.Expected == "Vendor-Id" && f.Offset == -1);
    }

    [Test]
    public void Shows_the_missing_AVP_with_a_value_of_zeros()
    {
        var octets = Samples.Of("80", 282, 0, Origin);
        var draft = new DiameterDraft().Start(0, 282, 0, 7, 9);
        DiameterValidator.Check(octets).PutFailedAvp(draft, octets);
        Convert.ToHexStringLower(draft.Finish().Octets.Span[20..])
            .Should().Be("0000011740000014" + "000001114000000c00000000");
    }

    [Test]
    public void Shows_the_header_of_an_AVP_whose_length_lies()
    {
        var octets = Samples.Of("80", 282, 0, Origin + "00000111 40000040 00000000");
        var draft = new DiameterDraft().Start(0, 282, 0, 7, 9);
        DiameterValidator.Check(octets).PutFailedAvp(draft, octets);
        Convert.ToHexStringLower(draft.Finish().Octets.Span[20..])
            .Should().Be("0000011740000014" + "000001114000000c00000000");
    }

    [Test]
    public void Shows_the_offending_AVP_as_it_came()
    {
        var octets = Samples.Of("80", 282, 0, Dpr + "0000ffff 4000000b 61626300");
        var draft = new DiameterDraft().Start(0, 282, 0, 7, 9);
        DiameterValidator.Check(octets).PutFailedAvp(draft, octets);
        Convert.ToHexStringLower(draft.Finish().Octets.Span[20..])
            .Should().Be("0000011740000014" + "0000ffff4000000b61626300");
    }

    [Test]
    public void Findings_name_clause_and_offset()
    {
        var findings = new List<Finding>();
        DiameterValidator.Check(Samples.Of("80", 282, 0, Origin + "00000111 0000000c 00000007"), findings);
        findings.Select(f => $"{f}").Should().Equal(
            "RFC 6733 4.5: expected the M bit in Disconnect-Cause, received flags 0x00 at octet 44",
            "RFC 6733 4.3.1: expected Enumerated in Disconnect-Cause, received 7 at octet 44");
    }

    [Test]
    public void A_bomb_of_groups_is_one_finding()
    {
        var octets = Bomb(4000);
        var findings = new List<Finding>();
        DiameterValidator.Check(octets, findings).ResultCode.Should().Be(5004);
        findings.Should().HaveCountLessThanOrEqualTo(64);
    }

    [Test]
    public void A_flood_of_faults_is_bounded()
    {
        var octets = Samples.Of("80", 282, 0, string.Concat(Enumerable.Repeat("0000ffff 40000008", 8000)));
        var findings = new List<Finding>();
        DiameterValidator.Check(octets, findings);
        findings.Should().HaveCount(64);
    }

    [Test]
    public void A_sound_message_costs_no_allocation()
    {
        var octets = Samples.Mar;
        DiameterValidator.Check(octets);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) DiameterValidator.Check(octets);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    /// <summary>Proxy-Info in Proxy-Info in Proxy-Info ...</summary>
    internal static byte[] Bomb(int depth)
    {
        var draft = new DiameterDraft().Start(0xC0, 303, 16777216, 1, 1);
        for (var i = 0; i < depth; i++) draft.BeginGroup(Wire.Diameter.Dictionary.Rfc6733.ProxyInfo);
        for (var i = 0; i < depth; i++) draft.EndGroup();
        return draft.Finish().Octets.ToArray();
    }
}
