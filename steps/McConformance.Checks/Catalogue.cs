namespace McConformance.Checks;

/// <summary>The requirement catalogue of this run, read once before the first scenario.</summary>
public static class Catalogue
{
    private static Dictionary<string, Requirement> byId = [];

    /// <summary>Every requirement, in the order of the file.</summary>
    public static IReadOnlyCollection<Requirement> All => byId.Values;

    /// <summary>Takes the requirements of a run.</summary>
    public static void Use(IEnumerable<Requirement> requirements) => byId = requirements.ToDictionary(r => r.Id);

    /// <summary>Reads the catalogue where nobody has yet: for tests that run beside scenarios.</summary>
    public static void UseOnce(string path)
    {
        if (byId.Count == 0) Use(Requirement.ReadFile(path));
    }

    /// <summary>The requirement of an id.</summary>
    /// <exception cref="KeyNotFoundException">A check names an id that the catalogue does not hold.</exception>
    public static Requirement Find(string id) => byId.TryGetValue(id, out var found)
        ? found
        : throw new KeyNotFoundException($"no requirement {id} in features/catalogue/requirements.tsv ({byId.Count} are there)");
}
