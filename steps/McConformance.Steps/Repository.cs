namespace McConformance.Steps;

/// <summary>Where the repository is, seen from the test assembly.</summary>
internal static class Repository
{
    /// <summary>Folder that holds the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>Checks cite the requirements of the project's catalogue, in tests without features too.</summary>
    public static void UseCatalogue() =>
        Checks.Catalogue.UseOnce(Path.Combine(Root, "features", "catalogue", "requirements.tsv"));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "McConformance.sln"))) return folder.FullName;
        throw new InvalidOperationException($"no McConformance.sln above {AppContext.BaseDirectory}");
    }
}
