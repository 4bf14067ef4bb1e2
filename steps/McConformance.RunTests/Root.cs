namespace McConformance.RunTests;

/// <summary>The project's root folder, which holds McConformance.sln.</summary>
internal static class Root
{
    /// <summary>Walks up from this program, or else from a folder.</summary>
    /// <exception cref="BadCallException">Neither lies inside the project.</exception>
    public static string Find(string current)
    {
        foreach (var start in (string[])[AppContext.BaseDirectory, current])
        {
            for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
                if (File.Exists(Path.Combine(at.FullName, "McConformance.sln"))) return at.FullName;
        }

        throw new BadCallException($"no McConformance.sln above {current}");
    }
}
