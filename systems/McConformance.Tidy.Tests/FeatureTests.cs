using McConformance.Tidy.Tests.Rules;

namespace McConformance.Tidy.Tests;

[Parallelizable(ParallelScope.All)]
public class FeatureTests
{
    private static readonly HashSet<string> Requirements = [.. Repository.Table("requirements.tsv").Select(r => r[0])];

    [Test]
    public void Features_are_named_tagged_and_free_of_wire_details() =>
        Baseline.Compare("features", Repository.Features.SelectMany(f => FeatureRules.Check(f, Requirements)));

    [Test]
    public void Titles_of_features_differ() =>
        Repository.Features.SelectMany(f => f.Lines.Where(l => l.StartsWith("Feature:", StringComparison.Ordinal))).Should().OnlyHaveUniqueItems();

    [Test]
    public void Every_step_has_one_definition_and_every_definition_a_step() =>
        Baseline.Compare("step-definitions", StepDefinitions.Check(
            Repository.Sources.Where(f => f.Path.StartsWith("steps/McConformance.Steps/", StringComparison.Ordinal)), Repository.Features));

    [Test]
    public void Every_requirement_in_scope_has_a_positive_and_a_negative_scenario() =>
        Baseline.Compare("coverage", Coverage.Check(Repository.Table("in-scope.tsv").Select(r => r[0]), Repository.Features));

    [Test]
    public void The_scope_names_catalogued_requirements() =>
        Repository.Table("in-scope.tsv").Select(r => r[0]).Should().NotBeEmpty().And.BeSubsetOf(Requirements).And.OnlyHaveUniqueItems();

    [Test]
    public void Findings_on_the_source_cite_known_documents_and_scenarios_that_are_there()
    {
        var documents = Repository.Table("references.tsv").Select(r => r[0]).ToArray();
        var titles = Repository.Features.SelectMany(f => f.Lines).Select(l => l.Trim())
            .Where(l => l.StartsWith("Scenario:", StringComparison.Ordinal) || l.StartsWith("Scenario Outline:", StringComparison.Ordinal))
            .Select(l => l[(l.IndexOf(':') + 1)..].Trim()).ToHashSet();
        var findings = Repository.Table("findings.tsv").ToArray();
        findings.Should().NotBeEmpty().And.OnlyContain(f => documents.Any(d => f[1].StartsWith(d + " ", StringComparison.Ordinal)));
        findings.Where(f => f[5] != "-").Select(f => f[5]).Should().BeSubsetOf(titles);
    }

    [TestCase("1.1_other.feature", "Feature: 1.1 Some thing", "is not named as its title says: 1.1_some_thing")]
    [TestCase("1.2_some_thing.feature", "Feature: 1.1 Some thing", "does not begin with the clause of its title, 1.1")]
    [TestCase("1.1_a.feature", "Feature: 1.1 A\n  @SPR-1\n  Scenario: s\n    Given x", "is neither @positive nor @negative")]
    [TestCase("1.1_a.feature", "Feature: 1.1 A\n  @positive\n  Scenario: s\n    Given x", "names no requirement")]
    [TestCase("1.1_a.feature", "Feature: 1.1 A\n  @positive @SPR-99\n  Scenario: s\n    Given x", "has @SPR-99, which the catalogue does not")]
    [TestCase("1.1_a.feature", "Feature: 1.1 A\n  @positive @SPR-1 @fautls\n  Scenario: s\n    Given x", "has the tag @fautls")]
    [TestCase("1.1_a.feature", "Feature: 1.1 A\n  @positive @SPR-1\n  Scenario: s\n    Given REGISTER sip:a SIP/2.0", "speaks of the wire")]
    [TestCase("1.1_a.feature", "Feature: 1.1 A\n  @positive @SPR-1\n  Scenario: s\n    Given $.totals is 1", "speaks of the wire")]
    [TestCase("1.1_a.feature", "Feature: 1.1 A\n  @positive @SPR-1\n  Scenario: s\n    Given //mcpttinfo is there", "speaks of the wire")]
    [TestCase("1.1_a.feature", "Feature: 1.1 A\n  @positive @SPR-1\n  Scenario: s\n    Given Via is like .*proxy", "speaks of the wire")]
    public void The_rule_finds_what_is_wrong_with_a_feature(string name, string text, string expected) =>
        FeatureRules.Check(new TextFile(name, text), Requirements).Should().ContainSingle().Which.Should().Contain(expected);

    [TestCase("1.1_a_b.feature", "Feature: 1.1 A-b")]
    [TestCase("1.1_a_b_faults.feature", "Feature: 1.1 A b: faults on the links")]
    public void The_rule_accepts_a_name_that_begins_as_the_title_does(string name, string text) =>
        FeatureRules.Check(new TextFile(name, text), Requirements).Should().BeEmpty();

    [Test]
    public void The_rule_finds_steps_and_definitions_that_do_not_meet()
    {
        var source = new TextFile("S.cs", """
            [Given("^a$")] [Given(@"^b (\d+)$")] [Then("^never$")] [Given("^b.*$")]
            """);
        var feature = new TextFile("f.feature", "Feature: F\n  Scenario: s\n    Given a\n    And b 7\n    When nobody wrote this");

        StepDefinitions.Check([source], [feature]).Should().BeEquivalentTo(
            "2 definitions fit the step \"b 7\": ^b (\\d+)$  ^b.*$",
            "no definition fits the action step \"nobody wrote this\"",
            "S.cs defines a step that no scenario has: ^never$");
    }

    [Test]
    public void The_rule_finds_a_hole() =>
        Coverage.Check(["A-1"], [new TextFile("f", "Feature: F\n  @A-1 @positive\n  Scenario: s\n    Given a")])
            .Should().Equal("A-1 has no negative scenario");
}
