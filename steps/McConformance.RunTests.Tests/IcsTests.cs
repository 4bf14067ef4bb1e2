using McConformance.TestConfiguration;
using McConformance.TestConfiguration.Ics;

namespace McConformance.RunTests.Tests;

/// <summary>The conformance statement: written, filled in, read back, and what is wrong with one.</summary>
[Parallelizable(ParallelScope.All)]
public class IcsTests
{
    private static readonly string Project = Root.Find(AppContext.BaseDirectory);
    private static readonly IReadOnlyList<IcsLine> Questions = Questionnaire.Read(Project);
    private static readonly Capabilities Everything = new(true, true, true, true, true, true);

    [Test]
    public async Task Writes_every_requirement_and_capability_with_its_status()
    {
        var reports = Directory.CreateTempSubdirectory("ics-");
        var output = new StringWriter();
        var command = new Command(output, TextWriter.Null, AppContext.BaseDirectory);
        (await command.RunAsync(["-Ics", "-Report", reports.FullName])).Should().Be(0);
        var file = Path.Combine(reports.FullName, "ics.tsv");
        var rows = (await File.ReadAllLinesAsync(file)).Select(l => l.Split('\t')).ToArray();
        rows[0].Should().Equal("id", "clause", "status", "support", "comment", "question");
        rows.Should().OnlyContain(r => r.Length == 6).And.HaveCount(Questions.Count + 1);
        rows.Select(r => r[0]).Should().OnlyHaveUniqueItems().And.Contain(["SPR-4", "needs:mutualTls"]);
        rows.First(r => r[0] == "SPR-4")[2].Should().Be("M");
        rows.First(r => r[0] == "needs:mutualTls")[3].Should().Be("Y", "the test configuration declares it");

        // what somebody has filled in is not written over
        (await command.RunAsync(["-Ics", "-Report", reports.FullName])).Should().Be(2);
        IcsFile.Read(file, Questions, out var errors).Should().HaveCount(Questions.Count);
        errors.Should().BeEmpty();
        reports.Delete(recursive: true);
    }

    [Test]
    public void What_is_declared_unsupported_makes_its_scenarios_not_applicable_with_the_reason()
    {
        var answers = Read("id\tsupport\tcomment", "SPR-4\tN\tno vectors here", "MMS-1\tNA\t", "MMS-3\tY\t")!;
        Questionnaire.WhyNotApplicable(answers, ["positive", "SPR-4"])
            .Should().Be("not applicable: the conformance statement declares SPR-4 unsupported (no vectors here)");
        Questionnaire.WhyNotApplicable(answers, ["MMS-1"])
            .Should().Be("not applicable: the conformance statement declares MMS-1 not applicable");
        Questionnaire.WhyNotApplicable(answers, ["MMS-3", "SPR-5"]).Should().BeNull();
    }

    [TestCase("SPR-4\tN\t", "line 2: SPR-4 (*) is mandatory and declared unsupported*")]
    [TestCase("SPR-4\tNA\t", "line 2: SPR-4 (*) is mandatory and declared not applicable: say why*")]
    [TestCase("needs:mutualTls\tN\t",
        "line 2: needs:mutualTls is declared unsupported, and the test configuration has \"mutualTls\": true*")]
    public void Answers_that_contradict_are_told(string row, string told) =>
        Questionnaire.Inconsistent(Read("id\tsupport\tcomment", row)!,
            Everything).Should().ContainSingle().Which.Should().Match(told);

    [TestCase("SPR-4\tY\t")]
    [TestCase("SPR-4\tNA\tthe primary is not ours")]
    [TestCase("needs:mutualTls\ty\t")]
    [TestCase("\"SPR-4\"\t\"\"\t")]
    public void Answers_that_agree_are_not(string row) =>
        Questionnaire.Inconsistent(Read("id\tsupport\tcomment", row)!, Everything).Should().BeEmpty();

    [TestCase("(3): id: expected an id of the questionnaire, found \"SPR-444\"; did you mean \"SPR-4\"?",
        "id\tsupport", "SPR-5\tY", "SPR-444\tY")]
    [TestCase("(2): support of SPR-4: expected Y, N, NA or nothing, found \"maybe\"; write one of them",
        "id\tsupport", "SPR-4\tmaybe")]
    [TestCase("(3): id: expected each id once, found SPR-4 of line 2 again; take one of the two out", "id\tsupport",
        "SPR-4\tY", "SPR-4\tN")]
    [TestCase("(1): head: expected columns with the titles id and support, apart by tabulators, found no tabulators",
        "id,support", "SPR-4,Y")]
    [TestCase("(2): row: expected 2 columns, found 1; keep the tabulators of the line", "id\tsupport", "SPR-4")]
    [TestCase("(1): head: expected columns", "")]
    public async Task A_bad_file_is_told_with_line_and_remedy_and_ends_with_2(string expected, params string[] lines)
    {
        var file = Write(lines);
        var problems = new StringWriter();
        (await new Command(TextWriter.Null, problems, AppContext.BaseDirectory).RunAsync(["-Ics", file])).Should().Be(
            2);
        File.Delete(file);
        problems.ToString().Should().Contain(file + expected).And.NotContain("   at ");
    }

    [Test]
    public async Task A_file_that_is_not_there_is_told()
    {
        var problems = new StringWriter();
        (await new Command(TextWriter.Null, problems, AppContext.BaseDirectory).RunAsync(["-Ics",
            "nowhere.tsv"])).Should().Be(2);
        problems.ToString().Should().Contain(
            "nowhere.tsv(1): file: expected a filled-in statement, found none that can be read");
    }

    private static IReadOnlyList<IcsLine>? Read(params string[] lines)
    {
        var file = Write(lines);
        var answers = IcsFile.Read(file, Questions, out var errors);
        File.Delete(file);
        errors.Should().BeEmpty();
        return answers;
    }

    private static string Write(string[] lines)
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.tsv");
        File.WriteAllLines(file, lines);
        return file;
    }
}
