namespace McConformance.RunTests.Tests;

[Parallelizable(ParallelScope.All)]
public class ChoiceTests
{
    private const string Root = "/project";

    private static readonly Scenario[] All =
    [
        Make("features/ts_23_280/10.1.6_general.feature", "a"),
        Make("features/ts_23_280/10.1.6.2_registration.feature", "b"),
        Make("features/ts_23_280/10.1.60_other.feature", "c"),
        Make("features/tr_23_781/5.1.1_key_issue.feature", "d"),
    ];

    [TestCase("10.1.6", "ab")]
    [TestCase("10.1.6.2", "b")]
    [TestCase("10.1.60", "c")]
    [TestCase("5.1.1", "d")]
    [TestCase("10.1.6.2_registration", "b")]
    [TestCase("10.1.6.2_registration.feature", "b")]
    [TestCase("features/ts_23_280", "abc")]
    [TestCase("features/ts_23_280/", "abc")]
    [TestCase("tr_23_781", "d")]
    [TestCase("/project/features/tr_23_781/5.1.1_key_issue.feature", "d")]
    [TestCase("../project/features", "abcd")]
    [TestCase("10.1.60,5.1.1", "cd")]
    [TestCase("", "abcd")]
    public void Finds_what_is_meant(string wanted, string expected)
    {
        var names = wanted.Split(',', StringSplitOptions.RemoveEmptyEntries);
        string.Concat(FeatureChoice.Of(All, names, Root, Root).Select(s => s.Title)).Should().Be(expected);
    }

    [TestCase("10.1")]
    [TestCase("10.1.6.2_regis")]
    [TestCase("nowhere")]
    public void A_prefix_of_a_name_is_not_enough_unless_it_is_a_clause(string wanted)
    {
        var act = () => FeatureChoice.Of(All[3..], [wanted], Root, Root);
        act.Should().Throw<BadCallException>().WithMessage("*fits no feature file*there are clauses 5.1.1");
    }

    private static Scenario Make(string file, string title) =>
        new(file, file, title, title, new HashSet<string>(), new HashSet<string>(), -1);
}
