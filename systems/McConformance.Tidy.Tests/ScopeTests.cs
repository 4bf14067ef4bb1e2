using McConformance.Tidy.Tests.Rules;

namespace McConformance.Tidy.Tests;

[Parallelizable(ParallelScope.All)]
public class ScopeTests
{
    private static readonly string[] Catalogue = [.. Repository.Table("requirements.tsv").Select(r => r[0])];
    private static readonly HashSet<string> InScope = [.. Repository.Table("in-scope.tsv").Select(r => r[0])];
    private static readonly string[][] NotYet = Repository.Table("not-yet.tsv");

    private static readonly TextFile Both = new(
        "f", "Feature: F\n  @A-1 @positive\n  Scenario: s\n    Given a\n  @A-1 @negative\n  Scenario: t\n    Given a");

    [Test]
    public void Every_requirement_is_in_scope_or_waits_with_a_reason() =>
        Baseline.Compare("holes", Scope.Holes(Catalogue, InScope, NotYet));

    [Test]
    public void What_waits_is_catalogued_has_a_reason_and_cannot_be_covered_yet()
    {
        var deviations = Path.Combine(Repository.Root, "fakes", "McConformance.Fakes", "Deviations", "deviations.tsv");
        var broken = File.ReadLines(deviations).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t')[1])
            .ToHashSet();
        Scope.CheckWaiting(Catalogue.ToHashSet(), InScope, NotYet, [.. Repository.Features], broken).Should().BeEmpty();
    }

    [Test]
    public void The_rule_finds_a_requirement_of_which_nothing_is_said() =>
        Scope.Holes(["A-1", "A-2", "A-3"], new HashSet<string> { "A-1" }, [["A-3", "x"]])
            .Should().Equal("A-2 is neither in in-scope.tsv nor in not-yet.tsv");

    [Test]
    public void The_rule_finds_one_that_waits_though_it_is_covered() =>
        Check(["A-1", "Calls."], broken: "A-1").Should().ContainSingle().Which.Should()
            .StartWith("A-1 has gained positive and negative scenarios");

    [TestCase("A-1", "", "not-yet.tsv: A-1 has no reason")]
    [TestCase("A-9", "Calls.", "not-yet.tsv: A-9 is not in the catalogue")]
    [TestCase("A-2", "Calls.", "A-2 stands in in-scope.tsv and in not-yet.tsv")]
    public void The_rule_finds_a_row_that_is_wrong(string id, string reason, string expected) =>
        Check([id, reason]).Should().Equal(expected);

    [Test]
    public void The_rule_lets_wait_what_is_decided_in_part() =>
        Check(["A-1", "In part. Data is; calls are not built."], broken: "A-1").Should().BeEmpty();

    [Test]
    public void The_rule_lets_wait_what_no_deviant_breaks() => Check(["A-1", "Calls."]).Should().BeEmpty();

    private static IEnumerable<string> Check(string[] row, string? broken = null) => Scope.CheckWaiting(
        new HashSet<string> { "A-1", "A-2" }, new HashSet<string> { "A-2" }, [row], [Both], broken is null
            ? new HashSet<string>() : new HashSet<string> { broken });
}
