namespace McConformance.Checks.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class CatalogueScopeTests
{
    [Test]
    public void Reads_both_tables_and_counts_what_is_in_neither()
    {
        var scope = Read("id\nA-1\n\n", "id\treason\n\nA-2\tCalls are not built.\n");
        scope.InScope.Should().Equal("A-1");
        scope.NotYet.Should().BeEquivalentTo(new Dictionary<string, string> { ["A-2"] = "Calls are not built." });
        scope.Holes(new[] { "A-1", "A-2", "A-3", "A-4" }.Select(id =>
            new Requirement(id, "000", new Wire.Clause("TS 1", "1"), "shall", [], [], "x"))).Should().Be(2);
    }

    [Test]
    public void A_table_that_is_not_there_is_empty() => Read(null, null).Should().BeEquivalentTo(CatalogueScope.None);

    [TestCase("id\treason\nA-2\n", "not-yet.tsv(2): expected id, reason")]
    [TestCase("id\treason\nA-2\t \n", "not-yet.tsv(2): expected id, reason")]
    [TestCase("reason\tid\n", "not-yet.tsv(1): expected id, reason")]
    [TestCase("id\treason\nA-2\tx\nA-2\ty\n", "A-2 stands there twice")]
    public void A_wrong_line_is_named(string notYet, string expected) =>
        FluentActions.Invoking(() => Read(null, notYet)).Should().Throw<FormatException>().WithMessage($"*{expected}*");

    private static CatalogueScope Read(string? inScope, string? notYet)
    {
        var folder = Directory.CreateTempSubdirectory("mc-scope-");
        try
        {
            if (inScope is not null) File.WriteAllText(Path.Combine(folder.FullName, "in-scope.tsv"), inScope);
            if (notYet is not null) File.WriteAllText(Path.Combine(folder.FullName, "not-yet.tsv"), notYet);
            return CatalogueScope.ReadFolder(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
