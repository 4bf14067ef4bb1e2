namespace McConformance.RunTests.Tests;

[Parallelizable(ParallelScope.All)]
public class ArgumentsTests
{
    [Test]
    public void Reads_every_parameter()
    {
        var read = Arguments.Read(["-Features", "10.1.6.2, 5.2.x.2", "--tags", "@a and not @b", "-configuration:c.json",
            "-Report=out", "-Strict", "-List"]);

        read.Features.Should().Equal("10.1.6.2", "5.2.x.2");
        read.Tags.Should().Be("@a and not @b");
        read.Configuration.Should().Be("c.json");
        read.Report.Should().Be("out");
        (read.Strict, read.List, read.Help).Should().Be((true, true, false));
    }

    [Test]
    public void Reads_what_comes_before_the_first_run()
    {
        Arguments.Read(["-Check", "-Deadline", "2.5"]).Deadline.Should().Be(TimeSpan.FromSeconds(2.5));
        Arguments.Read(["-Ics"]).WritesIcs.Should().BeTrue();
        Arguments.Read(["-Ics", "-Report", "out"]).WritesIcs.Should().BeTrue();
        var filled = Arguments.Read(["-Ics", "mine.tsv", "-Profile", "ue"]);
        (filled.WritesIcs, filled.Ics, filled.Profile).Should().Be((false, "mine.tsv", "ue"));
    }

    [TestCase("-Configuration:", "c.json")]
    [TestCase("-Configuration", "c.json")]
    public void Takes_the_value_as_PowerShell_passes_it(params string[] arguments) =>
        Arguments.Read(arguments).Configuration.Should().Be("c.json");

    [TestCase("there is no parameter \"-Feature\"; did you mean -Features? There are -Features, -Tags", "-Feature", "x")]
    [TestCase("there is no parameter \"-Whatever\"", "-Whatever")]
    [TestCase("\"10.1.6.2\" stands alone", "10.1.6.2")]
    [TestCase("-Tags needs a value", "-Tags")]
    [TestCase("-Tags needs a value", "-Tags", "-List")]
    [TestCase("-Strict takes no value", "-Strict:yes")]
    [TestCase("-List is given twice", "-List", "-List")]
    [TestCase("-Provisioning and -Check each do one thing and end", "-Check", "-Provisioning")]
    [TestCase("-Deadline is a number of seconds from 0.1 to 600, not \"soon\"", "-Check", "-Deadline", "soon")]
    public void Refuses_a_wrong_call(string expected, params string[] arguments)
    {
        var act = () => Arguments.Read(arguments);
        act.Should().Throw<BadCallException>().Which.Message.Should().StartWith(expected);
    }
}
