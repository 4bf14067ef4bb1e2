namespace McConformance.RunTests.Tests;

[Parallelizable(ParallelScope.All)]
public class TestFilterTests
{
    private static readonly Scenario[] All =
    [
        Make("One", "Alone", -1),
        Make("One", "Outline", 0, "@small"),
        Make("One", "Outline", 1, "@small", "@big"),
        Make("One", "Outline", 2),
        Make("Two", "Other", -1),
    ];

    [TestCase("01234", "(class=='N.One') || (class=='N.Two')")]
    [TestCase("4", "(class=='N.Two')")]
    [TestCase("0", "(class=='N.One' && method=='Alone')")]
    [TestCase("123", "(class=='N.One' && method=='Outline')")]
    [TestCase("01", "(class=='N.One' && method=='Alone') || (class=='N.One' && method=='Outline' && cat!='big' && cat=='small')")]
    [TestCase("3", "(class=='N.One' && method=='Outline' && cat!='big' && cat!='small')")]
    [TestCase("0123", "(class=='N.One')")]
    public void Lets_exactly_the_chosen_through(string chosen, string expected) =>
        TestFilter.Of(All, [.. chosen.Select(c => All[c - '0'])], s => ("N." + s.Feature, s.Outline)).Should().Be(expected);

    private static Scenario Make(string feature, string outline, int row, params string[] rowTags) =>
        new(feature, feature, outline, outline, rowTags.ToHashSet(), rowTags.ToHashSet(), row);
}
