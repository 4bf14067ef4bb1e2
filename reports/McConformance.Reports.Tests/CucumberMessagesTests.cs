using System.Text;
using System.Text.Json;
using McConformance.Reports.Files;
using McConformance.Reports.Gherkin;

namespace McConformance.Reports.Tests;

[TestFixture, Parallelizable(ParallelScope.Children)]
public sealed class CucumberMessagesTests
{
    private static readonly JsonElement[] Lines = Write(Samples.SampleRun.Make());

    [Test]
    public void Each_line_is_one_message_in_the_order_that_readers_expect()
    {
        var names = Lines.Select(l => l.EnumerateObject().Single().Name).ToArray();
        names.Distinct().Should().Equal("meta", "source", "gherkinDocument", "pickle", "testRunStarted", "testCase",
            "testCaseStarted", "testStepStarted", "testStepFinished", "attachment", "testCaseFinished", "testRunFinished");
        names.Count(n => n == "pickle").Should().Be(3);
        names.Count(n => n == "testCaseStarted").Should().Be(3);
    }

    [Test]
    public void Pickles_hold_background_tags_of_all_levels_and_filled_in_rows()
    {
        var pickle = Of("pickle")[1];
        pickle.GetProperty("name").GetString().Should().Be("An identity without mapping is refused");
        pickle.GetProperty("tags").EnumerateArray().Select(t => t.GetProperty("name").GetString()).Should()
            .Equal("@TS23280", "@SPR-PRE-2", "@negative");
        pickle.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("text").GetString()).Should()
            .Equal("the MC systems primary.example and partner.example", "in-9999 registers", "the answer is 403");
        pickle.GetProperty("steps")[2].GetProperty("argument").GetProperty("dataTable").GetProperty("rows")[1].GetProperty("cells")[1]
            .GetProperty("value").GetString().Should().Be("a|b");
    }

    [Test]
    public void Every_id_that_is_referred_to_exists()
    {
        var all = Lines.Select(l => l.GetRawText()).ToArray();
        var defined = all.SelectMany(l => Values(l, "\"id\":\"")).ToHashSet();
        var used = all.SelectMany(l => Values(l, "\"pickleId\":\"").Concat(Values(l, "\"testCaseId\":\"")).Concat(Values(l, "\"testStepId\":\""))
            .Concat(Values(l, "\"pickleStepId\":\"")).Concat(Values(l, "\"astNodeId\":\"")).Concat(Values(l, "\"testRunStartedId\":\""))).ToArray();
        used.Should().NotBeEmpty().And.BeSubsetOf(defined);
        all.SelectMany(l => Values(l, "\"id\":\"")).Should().OnlyHaveUniqueItems();
    }

    [Test]
    public void Results_have_status_and_message()
    {
        var results = Of("testStepFinished").Select(s => s.GetProperty("testStepResult")).ToArray();
        results.Select(r => r.GetProperty("status").GetString()).Should().Equal("PASSED", "PASSED", "FAILED", "PASSED", "PASSED", "PASSED", "PASSED", "PASSED", "PASSED");
        results[2].GetProperty("message").GetString().Should().StartWith("SPR-4 (TS 23.280");
        Of("testRunFinished")[0].GetProperty("success").GetBoolean().Should().BeFalse();
    }

    [Test]
    public void A_file_that_is_no_feature_gives_a_parse_error()
    {
        var run = Samples.SampleRun.Make() with { FeatureTexts = new Dictionary<string, string> { ["x.feature"] = "Scenario: alone" } };
        Write(run).Single(l => l.TryGetProperty("parseError", out _)).GetProperty("parseError").GetProperty("message").GetString()
            .Should().Be("line 1: expected Feature:");
    }

    [Test]
    public void Reads_descriptions_doc_strings_and_comments()
    {
        var feature = FeatureReader.Read("Feature: F\r\n  about it\r\n\r\n  # note\r\n  Scenario: S\r\n    Given text\r\n      \"\"\"xml\r\n      <a>\r\n        # no comment\r\n      \"\"\"\r\n    * star\r\n");
        feature.Heading.Description.Should().Be("  about it");
        feature.Comments.Should().ContainSingle().Which.Text.Should().Be("  # note");
        var steps = ((ScenarioNode)feature.Children[0]).Steps;
        steps.Select(s => s.Keyword).Should().Equal("Given ", "* ");
        steps[0].DocString!.MediaType.Should().Be("xml");
        steps[0].DocString!.Content.Should().Be("<a>\n  # no comment");
    }

    [TestCase("", "line 1: expected Feature:")]
    [TestCase("Feature: x\n  Scenario: y\n    Given a\n      \"\"\"\n open", "line 5: expected \"\"\"")]
    [TestCase("Feature: x\nScenario: y\nExamples: z\nnonsense |\n@tag", "line 5: expected Scenario:")]
    public void Refuses_unfinished_text_with_the_line(string text, string message)
    {
        var read = () => FeatureReader.Read(text);
        read.Should().Throw<FormatException>().WithMessage(message);
    }

    [Test]
    public void Every_line_cut_short_is_read_or_refused_with_a_format_exception()
    {
        for (var length = 0; length < Samples.SampleRun.FeatureText.Length; length++)
        {
            try
            {
                FeatureReader.Read(Samples.SampleRun.FeatureText[..length]);
            }
            catch (FormatException e)
            {
                e.Message.Should().StartWith("line ");
            }
        }
    }

    private static JsonElement[] Of(string name) =>
        [.. Lines.Where(l => l.TryGetProperty(name, out _)).Select(l => l.GetProperty(name))];

    private static JsonElement[] Write(Model.RunRecord run) =>
        [.. Encoding.UTF8.GetString(CucumberMessages.Write(run).Span).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => JsonDocument.Parse(l).RootElement)];

    private static IEnumerable<string> Values(string line, string name)
    {
        for (var at = line.IndexOf(name, StringComparison.Ordinal); at >= 0; at = line.IndexOf(name, at + 1, StringComparison.Ordinal))
            yield return line[(at + name.Length)..line.IndexOf('"', at + name.Length)];
    }
}
