using McConformance.Wire.Diameter.Codec;

namespace McConformance.Wire.Diameter.Tests.Codec;

/// <summary>
/// All that the validator says of a message: result code, what Failed-AVP would show, and each finding with severity,
/// clause, words and place. Rows of <c>findings.tsv</c>: title, flags, command, application, AVPs, what is found. A
/// fault in the validator's own code is found here (<c>reports/mutation.sh diameter</c>).
/// </summary>
public sealed class FindingTests
{
    private static IEnumerable<TestCaseData> Rows() => File.ReadLines(
            Path.Combine(Path.GetDirectoryName(typeof(FindingTests).Assembly.Location)!, "Codec", "findings.tsv"))
        .Where(l => !l.StartsWith('#')).Select(l => l.Split('\t'))
        .Select((c, i) => new TestCaseData(c[1], uint.Parse(c[2]), uint.Parse(c[3]), c[4], c[5])
            .SetArgDisplayNames($"{i}", c[0]));

    [TestCaseSource(nameof(Rows))]
    public void Finds_this_and_nothing_else(string flags, uint command, uint application, string avps, string expected)
    {
        var octets = Samples.Of(flags, command, application, avps);
        var findings = new List<Finding>();
        var fault = DiameterValidator.Check(octets, findings);
        var found = findings.Select(f => $"{f.Severity} {f}").Prepend(Text(fault));
        string.Join(" // ", found).Should().Be(expected);
        Text(DiameterValidator.Check(octets)).Should().Be(Text(fault), "nobody who listens changes the answer");
    }

    [TestCase(0, 5001u, "")]
    [TestCase(1, 5001u, "65535")]
    [TestCase(2, 5001u, "65535 65534")]
    public void Stops_telling_at_a_limit_and_still_answers(int most, uint result, string codes)
    {
        const string Unknown = "0000ffff40000008" + "0000fffe40000008" + "0000fffd40000008";
        var findings = new List<Finding>();
        DiameterValidator.Check(Samples.Of("c0", 9999, 7, Unknown), findings, most).ResultCode.Should().Be(result);
        string.Join(' ', findings.Select(f => f.Actual.Split(' ', ',')[1])).Should().Be(codes);
    }

    [TestCase("", "5015@-1+0 // Syntax RFC 6733 3: expected a header of 20 octets, received 0 octets")]
    [TestCase("01000014800001", "5015@-1+0 // Syntax RFC 6733 3: expected a header of 20 octets, received 7 octets")]
    [TestCase("0100001480000118000000000000000000000000", "5005@-1+0 Origin-Host")]
    [TestCase("0200001480000118000000000000000000000000",
        "5011@-1+0 // Syntax RFC 6733 3: expected version 1, received version 2 at octet 0")]
    [TestCase("0100001880000118000000000000000000000000",
        "5015@-1+0 // Syntax RFC 6733 3: expected length 20, a multiple of 4, received 24 at octet 1")]
    [TestCase("010000158000011800000000000000000000000000",
        "5015@-1+0 // Syntax RFC 6733 3: expected length 21, a multiple of 4, received 21 at octet 1")]
    public void A_header_is_judged_before_all_else(string hexadecimal, string begins)
    {
        var findings = new List<Finding>();
        var fault = DiameterValidator.Check(Convert.FromHexString(hexadecimal), findings);
        string.Join(" // ", findings.Select(f => $"{f.Severity} {f}").Prepend(Text(fault))).Should().StartWith(begins);
        if (hexadecimal.Length < 40) findings.Should().ContainSingle();
    }

    private static string Text(DiameterFault fault) =>
        $"{fault.ResultCode}@{fault.Offset}+{fault.Length} {fault.Missing?.Name}".TrimEnd();
}
