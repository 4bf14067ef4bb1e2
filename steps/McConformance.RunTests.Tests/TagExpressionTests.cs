namespace McConformance.RunTests.Tests;

[Parallelizable(ParallelScope.All)]
public class TagExpressionTests
{
    [TestCase("", "", true)]
    [TestCase("@a", "@a", true)]
    [TestCase("@a", "@b", false)]
    [TestCase("a", "@a", true)]
    [TestCase("not @a", "@a", false)]
    [TestCase("not not @a", "@a", true)]
    [TestCase("@a and @b", "@a", false)]
    [TestCase("@a and @b", "@a @b", true)]
    [TestCase("@a or @b", "@b", true)]
    [TestCase("@a or @b and @c", "@a", true, Description = "and before or")]
    [TestCase("(@a or @b) and @c", "@a", false)]
    [TestCase("not @a and @b", "@b", true)]
    [TestCase("not (@a and @b)", "@b", true)]
    [TestCase("not(@a or @b)", "@b", false)]
    [TestCase("@SPR-1 and not @SPR-11", "@SPR-1", true)]
    [TestCase("@SPR-1", "@SPR-11", false)]
    [TestCase("@clause:10.1.6.2", "@clause:10.1.6.2", true)]
    [TestCase(@"@a\(b\)", "@a(b)", true)]
    public void Accepts_what_the_expression_says(string expression, string tags, bool expected) =>
        TagExpression.Read(expression).Matches(tags.Split(' ').ToHashSet()).Should().Be(expected);

    [TestCase("@a and", "a tag is missing, at character 7")]
    [TestCase("and @a", "a tag is missing before \"and\", at character 1")]
    [TestCase("(@a", "a ) is missing, at character 4")]
    [TestCase("@a)", "\")\" is one too many, at character 3")]
    [TestCase("@a @b", "\"@b\" is one too many, at character 4")]
    [TestCase("()", "a tag is missing before \")\", at character 2")]
    public void Tells_where_it_cannot_be_understood(string expression, string expected)
    {
        var act = () => TagExpression.Read(expression);
        act.Should().Throw<BadCallException>().Which.Message.Should().EndWith(expected);
    }
}
