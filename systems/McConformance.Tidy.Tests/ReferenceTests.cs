using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using McConformance.Tidy.Tests.Rules;

namespace McConformance.Tidy.Tests;

[Parallelizable(ParallelScope.All)]
public class ReferenceTests
{
    private static IEnumerable<string> ProjectNames => Repository.Projects.Select(p => Path.GetFileNameWithoutExtension(p.Path));

    [Test]
    public void Projects_reference_only_what_the_table_allows() =>
        Baseline.Compare("references", Repository.Projects.SelectMany(
            p => ReferenceTable.Check(Path.GetFileNameWithoutExtension(p.Path), ReferenceTable.OfProject(p.Text))));

    [Test]
    public void Built_assemblies_reference_only_what_the_table_allows() =>
        Baseline.Compare("assembly-references", ProjectNames.SelectMany(
            p => Repository.Assembly(p) is { } built ? ReferenceTable.Check(p, ReferencesOf(built)) : []));

    [Test]
    public void No_entity_folder_uses_another()
    {
        var edges = NamespaceEdges.Of(Built("McConformance.Entities"));
        const string Entities = "McConformance.Entities.";
        Baseline.Compare("entity-edges", edges
            .Where(e => e.From.StartsWith(Entities, StringComparison.Ordinal) && e.To.StartsWith(Entities, StringComparison.Ordinal))
            .Select(e => (From: e.From[Entities.Length..].Split('.')[0], To: e.To[Entities.Length..].Split('.')[0]))
            .Where(e => e.From != e.To && e.To != "Ports").Select(e => $"{e.From} uses {e.To}: they meet on a Link only"));
    }

    [Test]
    public void Steps_reach_the_bundled_systems_from_the_test_configuration_alone()
    {
        var edges = NamespaceEdges.Of(Built("McConformance.Steps"));
        Baseline.Compare("steps-edges", edges
            .Where(e => e.To.StartsWith("McConformance.McSystem", StringComparison.Ordinal) && e.From != "McConformance.Steps.TestConfiguration")
            .Select(e => $"{e.From} uses {e.To}"));
    }

    [TestCase("McConformance.Wire.Sip", "McConformance.Wire.Diameter")]
    [TestCase("McConformance.Fakes", "McConformance.Entities")]
    [TestCase("McConformance.Steps", "McConformance.Entities")]
    [TestCase("McConformance.Checks.Tests", "McConformance.Fakes")]
    [TestCase("McConformance.Wire", "McConformance.Wire.Sip")]
    [TestCase("McConformance.Tidy.Tests", "McConformance.Wire")]
    public void The_rule_finds_a_forbidden_reference(string project, string reference) =>
        ReferenceTable.Check(project, ["NUnit", reference]).Should().Equal($"{project} references {reference}");

    [Test]
    public void The_rule_wants_every_project_in_the_table() =>
        ReferenceTable.Check("McConformance.New", []).Should().ContainSingle().Which.Should().Contain("is not in the table");

    [Test]
    public void The_rule_reads_project_files() =>
        ReferenceTable.OfProject("""<ProjectReference Include="../../a/McConformance.Wire.Sip/McConformance.Wire.Sip.csproj" />""")
            .Should().Equal("McConformance.Wire.Sip");

    [TestCase("Samples.Bad.ByLambda")]
    [TestCase("Samples.Bad.ByTypeArgument")]
    [TestCase("Samples.Bad.ByField")]
    [TestCase("Samples.Bad.ByConstraint")]
    [TestCase("Samples.Bad.ByAttribute")]
    public void The_rule_finds_an_edge(string from) =>
        NamespaceEdges.Of(typeof(ReferenceTests).Assembly.Location).Should().Contain(($"McConformance.Tidy.Tests.{from}", "McConformance.Tidy.Tests.Samples.Sibling"));

    private static string Built(string project)
    {
        var built = Repository.Assembly(project);
        if (built is null) Assert.Ignore($"{project} is not built here; dotnet build McConformance.sln first");
        return built!;
    }

    private static string[] ReferencesOf(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];
    }
}
