namespace McConformance.Tidy.Tests;

/// <summary>One text file of the project.</summary>
/// <param name="Path">Below the root, with /.</param>
/// <param name="Text">All of it.</param>
public sealed record TextFile(string Path, string Text)
{
    /// <summary>Its lines, without their ends.</summary>
    public IReadOnlyList<string> Lines { get; } = Text.Split('\n');

    /// <summary>First folder of the path.</summary>
    public string Area => Path.Split('/')[0];
}

/// <summary>The project as it lies on the disk; read once.</summary>
internal static class Repository
{
    private static readonly string[] Areas = ["systems", "steps", "fakes", "reports", "features", "peers"];

    /// <summary>Folder of McConformance.sln, found upwards from the test assembly.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every text file under version control's eye, build output left out.</summary>
    public static IReadOnlyList<TextFile> Files { get; } = [.. Areas.SelectMany(ReadArea)];

    /// <summary>C# sources.</summary>
    public static IEnumerable<TextFile> Sources => Files.Where(f => f.Path.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>Feature files.</summary>
    public static IEnumerable<TextFile> Features => Files.Where(f => f.Path.EndsWith(".feature", StringComparison.Ordinal));

    /// <summary>Project files.</summary>
    public static IEnumerable<TextFile> Projects => Files.Where(f => f.Path.EndsWith(".csproj", StringComparison.Ordinal));

    /// <summary>Rows of a table in <c>features/catalogue/</c>, without its head; empty where there is no such
    /// file.</summary>
    public static string[][] Table(string name)
    {
        var file = Path.Combine(Root, "features", "catalogue", name);
        return File.Exists(file) ? [.. File.ReadLines(file).Skip(1).Where(l => l.Length > 0).Select(l => l.Split('\t'))] : [];
    }

    /// <summary>The newest built assembly of a project; null where it was not built.</summary>
    public static string? Assembly(string project)
    {
        var bin = Projects.Where(p => Path.GetFileNameWithoutExtension(p.Path) == project)
            .Select(p => Path.Combine(Root, Path.GetDirectoryName(p.Path)!, "bin")).FirstOrDefault(Directory.Exists);
        return bin is null ? null : Directory.EnumerateFiles(bin, project + ".dll", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/ref/", StringComparison.Ordinal)).MaxBy(File.GetLastWriteTimeUtc);
    }

    private static IEnumerable<TextFile> ReadArea(string area)
    {
        var folder = new DirectoryInfo(Path.Combine(Root, area));
        return folder.Exists ? Walk(folder).Select(f => new TextFile(Below(f.FullName), File.ReadAllText(f.FullName))) : [];
    }

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder)
    {
        string[] kinds = [".cs", ".csproj", ".feature", ".tsv", ".md", ".json"];
        foreach (var file in folder.EnumerateFiles().Where(f => kinds.Contains(f.Extension))) yield return file;
        foreach (var inner in folder.EnumerateDirectories().Where(d => d.Name is not ("bin" or "obj" or "out" or "TestResults")))
        {
            foreach (var file in Walk(inner)) yield return file;
        }
    }

    private static string Below(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "McConformance.sln")))
            at = at.Parent ?? throw new InvalidOperationException("no McConformance.sln above the test assembly");
        return at.FullName;
    }
}
