namespace McConformance.TestConfiguration.Reading;

/// <summary>The mistakes of one file, and where in it each thing stands that was read from it.</summary>
internal sealed class ErrorList(string file)
{
    private readonly List<ConfigurationError> errors = [];
    private readonly List<ConfigurationError> obstacles = [];
    private readonly Dictionary<object, LocatedValue> places = new(ReferenceEqualityComparer.Instance);

    /// <summary>Where the file stands; what it names is looked for there.</summary>
    public string Folder => Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".";

    /// <summary>Member names that were asked for, by the path of their object with the indices left out. The schema
    /// is compared with it.</summary>
    public Dictionary<string, SortedSet<string>> Known { get; } = [];

    /// <summary>The full path of a file that the configuration names relative to itself.</summary>
    public string FullPath(string named) =>
        Path.GetFullPath(named.Replace("\0", ""), Path.GetDirectoryName(Path.GetFullPath(file))!);

    public void Add(LocatedValue at, string expected, string found, string remedy) =>
        Add(at.Line, at.Path, expected, found, remedy);

    public void Add(int line, string path, string expected, string found, string remedy) =>
        errors.Add(new ConfigurationError(file, line, path, expected, found, remedy));

    /// <summary>Remembers what stands against a run, and against nothing else that is done with the file.</summary>
    public void Obstruct(LocatedValue at, string expected, string found, string remedy) =>
        obstacles.Add(new ConfigurationError(file, at.Line, at.Path, expected, found, remedy));

    /// <summary>What stands against a run, in the order of lines.</summary>
    public IReadOnlyList<ConfigurationError> Obstacles() => [.. obstacles.OrderBy(e => e.Line)];

    /// <summary>Remembers where a part of the model stands, for rules that look at more than one place.</summary>
    public T Place<T>(T part, LocatedValue at)
        where T : class
    {
        places[part] = at;
        return part;
    }

    /// <summary>Where a part stands, or a member of it.</summary>
    public LocatedValue At(object part, params ReadOnlySpan<string> path)
    {
        var at = places[part];
        foreach (var name in path) at = at.Member(name) ?? at;
        return at;
    }

    public IReadOnlyList<ConfigurationError> InOrder() => [.. errors.OrderBy(e => e.Line)];
}
