using FluentAssertions;
using McConformance.TestConfiguration;

namespace McConformance.RunTests.Tests;

/// <summary>features/catalogue/provisioning.tsv says of every Given step what it supposes, and nothing else.</summary>
[TestFixture]
public sealed class ProvisioningStepsTests
{
    private static readonly string Project = Root.Find(AppContext.BaseDirectory);

    [Test]
    public void Every_Given_step_of_the_features_is_in_the_table()
    {
        var table = ProvisioningSteps.Read(Project);
        Given().Where(s => !table.PatternsFor(s).Any()).Should().BeEmpty(
            "features/catalogue/provisioning.tsv must say what each of these supposes; "
            + "only dashes where nothing is to be provisioned");
    }

    [Test]
    public void Every_row_of_the_table_has_a_step()
    {
        var table = ProvisioningSteps.Read(Project);
        var used = Given().SelectMany(table.PatternsFor).ToHashSet();
        table.Patterns.Where(p => !used.Contains(p)).Should().BeEmpty("no Given step is like these any more");
    }

    [TestCase("alice may migrate while the primary MC system cannot be reached, for 30 minutes at most",
        "primary.example identityManagementServer policy offline migration of alice")]
    [TestCase("in the partner MC system the switch MCData in for the primary is off",
        "partner.example configurationManagementServer policy service configuration for the primary MC system")]
    [TestCase("Kamailio is the S-CSCF of the partner MC system",
        "partner.example sipCore peer scscf.ims.partner.example")]
    public void It_tells_where_what_is_to_be_provisioned(string step, string expected)
    {
        var ixit = IxitFile.Read(Path.Combine(Project, "features", "bundled-pair.json"), out _)!;
        ProvisioningSteps.Read(Project).Of(step, ixit).Select(i => $"{i.System} {i.Entity} {i.Kind} {i.Item}")
            .Should().Contain(expected);
    }

    private static string[] Given() => [.. Scenarios.Read(Project).SelectMany(s => s.Given).Distinct()];
}
