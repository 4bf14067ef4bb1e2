using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using McConformance.Checks;
using McConformance.Reports.Files;
using McConformance.Reports.Model;
using McConformance.Reports.Tests.Samples;

namespace McConformance.Reports.Tests;

[TestFixture, Parallelizable(ParallelScope.Children)]
public sealed class FilesTests
{
    [Test]
    public void Summary_keeps_to_the_schema()
    {
        var summary = Summary(SampleRun.Make());

        summary.EnumerateObject().Select(p => p.Name).Should().Equal("run", "totals", "scenarios", "requirements", "figures");
        summary.GetProperty("run").EnumerateObject().Select(p => p.Name).Should()
            .Equal("id", "startedAt", "configuration", "bindingProfile", "gherkinRunner", "durationMs");
        summary.GetProperty("run").GetProperty("durationMs").GetDouble().Should().Be(4217);
        summary.GetProperty("totals").GetRawText().Replace(" ", "").Replace("\n", "").Should()
            .Be("""{"pass":3,"fail":1,"inconclusive":1,"notApplicable":1,"error":1}""");
        var scenario = summary.GetProperty("scenarios")[0];
        scenario.EnumerateObject().Select(p => p.Name).Should()
            .Equal("id", "feature", "title", "requirements", "polarity", "verdict", "durationMs", "messages", "reason");
        scenario.GetProperty("verdict").GetString().Should().Be("fail");
        scenario.GetProperty("messages").GetInt32().Should().Be(14);
        scenario.GetProperty("polarity").GetString().Should().Be("positive");
        summary.GetProperty("requirements").EnumerateArray().First(r => r.GetProperty("id").GetString() == "SPR-4").GetRawText()
            .Replace("\n", "").Replace(" ", "").Should().Be("""{"id":"SPR-4","clause":"TS23.28010.1.6.2step4","verdict":"fail","positive":2,"negative":0}""");
        summary.GetProperty("figures")[2].GetProperty("withinLimit").GetBoolean().Should().BeFalse();
    }

    [Test]
    public void Summary_holds_a_figure_that_is_no_number()
    {
        var figures = Summary(SampleRun.Make() with { Figures = [new KeyFigure("x", double.NaN, "ms", 1)] }).GetProperty("figures");
        figures[0].GetProperty("value").ValueKind.Should().Be(JsonValueKind.Null);
        figures[0].GetProperty("withinLimit").GetBoolean().Should().BeFalse();
    }

    [Test]
    public void JUnit_has_a_suite_per_feature_and_counts_that_add_up()
    {
        var root = JUnit(SampleRun.Make());

        root.Name.LocalName.Should().Be("testsuites");
        root.Attribute("tests")!.Value.Should().Be("7");
        var suites = root.Elements("testsuite").ToArray();
        suites.Select(s => s.Attribute("tests")!.Value).Should().Equal("5", "2");
        suites.Sum(s => (int)s.Attribute("failures")!).Should().Be(1);
        suites.Sum(s => (int)s.Attribute("errors")!).Should().Be(1);
        suites.Sum(s => (int)s.Attribute("skipped")!).Should().Be(2);
        suites.SelectMany(s => s.Elements("testcase")).Should().HaveCount(7);
    }

    [Test]
    public void JUnit_case_names_its_requirement_and_its_reason()
    {
        var failed = JUnit(SampleRun.Make()).Descendants("testcase").First();
        failed.Descendants("property").Select(p => ((string)p.Attribute("name")!, (string)p.Attribute("value")!)).Should()
            .Contain(("requirement", "SPR-4")).And.Contain(("polarity", "positive"));
        failed.Element("failure")!.Attribute("message")!.Value.Should().StartWith("SPR-4 (TS 23.280 10.1.6.2 step 4): expected ");
        failed.Element("failure")!.Value.Should().Contain("Failed: Then the primary is asked");
        JUnit(SampleRun.Make()).Descendants("skipped").First().Attribute("message")!.Value.Should().StartWith("inconclusive: SPR-9");
    }

    [Test]
    public void JUnit_stays_well_formed_whatever_a_peer_sent()
    {
        var hostile = SampleRun.Positive() with { Reason = "\0\u0001<]]>&\"\uD800x\uFFFF\u202E \U0001F600" };
        var root = JUnit(SampleRun.Make([hostile]));
        root.Descendants("failure").Single().Attribute("message")!.Value.Should().Contain("<]]>&\"").And.Contain("\U0001F600");
    }

    [Test]
    public void Worst_verdict_of_a_skipped_kind_is_not_a_failure() =>
        JUnit(SampleRun.Make([SampleRun.Scenario("x", Verdict.NotApplicable)])).Descendants("failure").Should().BeEmpty();

    [TestCase("a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;")]
    [TestCase("\U0001F600\tä", "\U0001F600\tä")]
    public void Escapes_text(string text, string expected) => Markup.Escape(text).Should().Be(expected);

    [Test]
    public void Replaces_what_xml_cannot_hold_and_what_turns_the_direction() =>
        Markup.Escape("\0\u001b\u202e\ud800.").Should().Be("\ufffd\ufffd\ufffd\ufffd.");

    private static JsonElement Summary(RunRecord run)
    {
        using var stream = new MemoryStream();
        SummaryFile.Write(run, Coverage.Of(run), stream);
        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }

    private static XElement JUnit(RunRecord run)
    {
        using var stream = new MemoryStream();
        JUnitFile.Write(run, stream);
        return XElement.Parse(Encoding.UTF8.GetString(stream.ToArray()));
    }
}
