using System.Text;

namespace McConformance.RunTests.Tests;

[Parallelizable(ParallelScope.All)]
public class OutcomeTests
{
    private static readonly Summary Written = Summary.Read("/out/run-1", Encoding.UTF8.GetBytes("""
        { "totals": { "pass": 3, "fail": 1, "inconclusive": 2, "notApplicable": 0, "error": 0 },
          "scenarios": [ { "feature": "f.feature", "title": "T", "verdict": "fail", "reason": "SPR-4 step 4: expected a" },
                         { "feature": "f.feature", "title": "U", "verdict": "pass", "reason": null } ],
          "figures": [ { "name": "registration", "value": 3.5, "unit": "ms" } ] }
        """));

    [Test]
    public void Ends_with_one_line_and_says_why_something_failed()
    {
        var (ok, lines) = Tell(new TestResults(3, [("T", "SPR-4 step 4: expected a")], 2), Written, 6, strict: false);

        ok.Should().BeFalse();
        lines[0].Should().Be("fail: T (f.feature)");
        lines[1].Should().Be("    SPR-4 step 4: expected a");
        lines.Should().Contain("registration: 3.5 ms").And.Contain("verdicts: 3 pass, 1 fail, 2 inconclusive");
        lines.Should().Contain(l => l.StartsWith("report: ") && l.EndsWith("index.html"));
        lines[^1].Should().Be("3 passed, 1 failed, 2 skipped");
    }

    [TestCase(false, true, "4 passed, 0 failed, 2 skipped")]
    [TestCase(true, false, "4 passed, 2 failed, 0 skipped")]
    public void Inconclusive_fails_only_when_strict(bool strict, bool expected, string line)
    {
        var summary = Written with { Failures = [] };
        var (ok, lines) = Tell(new TestResults(4, [], 2), summary, 6, strict);

        (ok, lines[^1]).Should().Be((expected, line));
    }

    [Test]
    public void Fails_when_fewer_ran_than_were_chosen()
    {
        var (ok, lines) = Tell(new TestResults(3, [], 0), null, 4, strict: false);

        ok.Should().BeFalse();
        lines.Should().Contain(l => l.StartsWith("4 scenarios were chosen and 3 ran"));
        lines[^1].Should().Be("3 passed, 1 failed, 0 skipped");
    }

    [Test]
    public void Fails_when_the_host_broke_down_after_the_last_test()
    {
        var (ok, lines) = Tell(new TestResults(3, [], 0), null, 3, strict: false, code: 134, printed: "Fatal error");

        ok.Should().BeFalse();
        lines.Should().Contain("Fatal error").And.Contain("the test host ended with code 134");
    }

    [Test]
    public async Task A_wrong_configuration_is_told_without_running_anything()
    {
        var (output, problems) = (new StringWriter(), new StringWriter());
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.json");
        File.WriteAllText(file, "{ \"nme\": \"x\" }");

        var code = await new Command(output, problems, AppContext.BaseDirectory).RunAsync(["-Configuration", file]);

        File.Delete(file);
        code.Should().Be(2);
        problems.ToString().Should().Contain($"{file}(1): $.nme: expected a member the schema knows, found \"nme\"; did you mean \"name\"?");
        problems.ToString().Should().NotContain("   at ");
        output.ToString().Should().BeEmpty();
    }

    [TestCase(2, "-Lst")]
    [TestCase(2, "-Tags", "@no-such-tag", "-List")]
    [TestCase(0, "-Help")]
    [TestCase(0, "-List")]
    public async Task Ends_with_the_code_that_is_promised(int expected, params string[] arguments)
    {
        var command = new Command(TextWriter.Null, TextWriter.Null, AppContext.BaseDirectory);
        (await command.RunAsync(arguments)).Should().Be(expected);
    }

    private static (bool Ok, string[] Lines) Tell(
        TestResults results, Summary? summary, int chosen, bool strict, int code = 0, string printed = "")
    {
        var text = new StringWriter();
        var ok = new Outcome(text).Tell(results, summary, chosen, strict, code, printed);
        return (ok, text.ToString().TrimEnd().Split(Environment.NewLine));
    }
}
