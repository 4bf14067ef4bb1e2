namespace McConformance.Checks.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class SourceFindingTests
{
    private const string Header = "id\tclause\twhat\twhy\tproposal\tscenario\n";

    [Test]
    public void Reads_rows_and_takes_a_dash_for_no_scenario()
    {
        var findings = SourceFinding.Read(Header + "# a remark\nSF-1\tTS 23.280 1\ta\tb\tc\t-\nSF-2\tTS 23.280 2\ta\tb\tc\tA title\n");
        findings.Select(f => (f.Id, f.Scenario)).Should().Equal(("SF-1", ""), ("SF-2", "A title"));
    }

    [TestCase("id\twhat\n", "line 1: expected the columns id, clause, what, why, proposal, scenario")]
    [TestCase(Header + "SF-1\tTS 1\ta\n", "line 2: expected 6 cells")]
    [TestCase(Header + "SF-1\tTS 1\ta\t\tc\t-\n", "none of them empty")]
    [TestCase(Header + "SF-1\tx\ta\tb\tc\t-\nSF-1\tx\ta\tb\tc\t-\n", "line 3: SF-1 stands there already")]
    public void Says_file_and_line_of_what_is_wrong(string text, string expected)
    {
        var reading = () => SourceFinding.Read(text, "f.tsv");
        reading.Should().Throw<FormatException>().WithMessage($"f.tsv*{expected}*");
    }
}
