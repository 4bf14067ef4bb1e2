namespace McConformance.Checks.Tests;

/// <summary>Checks name requirements of the project's catalogue; it is read before the first of them is tested.</summary>
[SetUpFixture]
public sealed class TheCatalogue
{
    [OneTimeSetUp]
    public void Read()
    {
        var folder = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(folder, "McConformance.sln"))) folder = Path.GetDirectoryName(folder)!;
        Catalogue.Use([]);
        Catalogue.UseOnce(Path.Combine(folder, "features", "catalogue", "requirements.tsv"));
    }
}
