using McConformance.Tidy.Tests.Rules;

namespace McConformance.Tidy.Tests;

[Parallelizable(ParallelScope.All)]
public class TextRuleTests
{
    private static readonly HashSet<string> Documents = [.. Repository.Table("references.tsv").Select(r => r[0])];

    private static readonly HashSet<string> Places =
        [.. Repository.Table("requirements.tsv").Select(r => $"{(r[1] == "001" ? "TR 23.781" : "TS 23.280")} {r[2]}")];

    // this project names on purpose what it forbids
    private static IEnumerable<TextFile> Sources => Repository.Sources.Where(f => !f.Path.Contains("/McConformance.Tidy.Tests/"));

    [Test]
    public void Nobody_calls_what_is_banned() => Baseline.Compare("banned-calls", Sources.SelectMany(BannedCalls.Check));

    [Test]
    public void Citations_have_one_form_and_a_known_document() =>
        Baseline.Compare("citations", Repository.Files.Where(f => !f.Path.Contains("/McConformance.Tidy.Tests/"))
            .SelectMany(f => Citations.Check(f, Documents, Places)));

    [Test]
    public void Files_and_lines_are_short() => Baseline.Compare("sizes", Repository.Sources.SelectMany(Sizes.Check));

    [TestCase("var now = DateTime.UtcNow;")]
    [TestCase("var now = DateTimeOffset.Now;")]
    [TestCase("await Task.Delay(5);")]
    [TestCase("Thread.Sleep(5);")]
    [TestCase("Random.Shared.Next();")]
    [TestCase("var x = ReadAsync(a, b).Result;")]
    [TestCase("task.Wait();")]
    [TestCase("x.GetAwaiter().GetResult();")]
    [TestCase("var s = new Socket(a, b);")]
    public void The_rule_finds_a_banned_call(string line) =>
        BannedCalls.Check(new TextFile("systems/A/B.cs", line)).Should().ContainSingle().Which.Should().Contain("instead: ");

    [TestCase("systems/A/Transport/B.cs", "var s = new Socket(a, b);")]
    [TestCase("systems/A/B.cs", "outcome.Result == Good; new SocketAddress(a); await waiter.WaitAsync(5);")]
    public void The_rule_leaves_others_alone(string path, string line) => BannedCalls.Check(new TextFile(path, line)).Should().BeEmpty();

    [TestCase("see RFC3261 17", "put a space before the number")]
    [TestCase("see TS23.280", "put a space before the number")]
    [TestCase("see TS 23.280 clause 10.1", "without a word between")]
    [TestCase("see RFC 3261 section 17", "without a word between")]
    [TestCase("see RFC 9999 1", "is not in features/catalogue/references.tsv")]
    [TestCase("see TS 23.280 10.1.6.2 step 99", "which the catalogue does not have")]
    public void The_rule_finds_a_bad_citation(string text, string expected) =>
        Citations.Check(new TextFile("a.cs", text), Documents, Places).Should().ContainSingle().Which.Should().Contain(expected);

    [TestCase("TS 23.280 10.1.6.2 step 4, RFC 3261 17.1.1.2, Rfc3261.Via, Ts24229")]
    public void The_rule_accepts_the_one_form(string text) => Citations.Check(new TextFile("a.cs", text), Documents, Places).Should().BeEmpty();

    [Test]
    public void The_rule_counts_lines_and_wide_lines()
    {
        var text = string.Concat(Enumerable.Repeat("x\n", 300)) + new string('x', 121) + "\n";
        Sizes.Check(new TextFile("a.cs", text)).Should().Equal("a.cs lines: 301", "a.cs lines over 120 characters: 1");
    }

    [Test]
    public void A_baseline_may_only_shrink()
    {
        Baseline.Problems(["a"], []).Should().Equal("a");
        Baseline.Problems(["a"], ["a"]).Should().BeEmpty();
        Baseline.Problems([], ["a"]).Should().Equal("mended, so take the line out of the baseline: a");
        Baseline.Problems(["f lines: 5"], ["f lines: 6"]).Should().BeEmpty();
        Baseline.Problems(["f lines: 7"], ["f lines: 6"]).Should().Equal("f lines: 7, and no more than 6 are known");
        Baseline.Problems(["f lines: 7"], []).Should().Equal("f lines: 7");
    }
}
