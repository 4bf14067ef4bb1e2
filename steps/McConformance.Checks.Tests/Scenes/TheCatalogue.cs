namespace McConformance.Checks.Tests.Scenes;

/// <summary>The catalogue of the project: checks name requirements of it.</summary>
internal static class TheCatalogue
{
    public static string File { get; } = Find();

    private static string Find()
    {
        var folder = TestContext.CurrentContext.TestDirectory;
        while (!System.IO.File.Exists(Path.Combine(folder, "McConformance.sln"))) folder =
            Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "features", "catalogue", "requirements.tsv");
    }
}
