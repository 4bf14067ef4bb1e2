using McConformance.TestConfiguration.Reading;

namespace McConformance.TestConfiguration;

/// <summary>Reads test configuration files. Their schema is <c>features/test-configuration.schema.json</c>.</summary>
public static class IxitFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">As the user gave it; errors repeat it.</param>
    /// <param name="errors">All mistakes, in the order of their lines; empty where a configuration is returned.</param>
    /// <returns>Null where there is at least one mistake.</returns>
    public static Ixit? Read(string path, out IReadOnlyList<ConfigurationError> errors)
    {
        byte[] octets;
        try
        {
            octets = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            const string Expected = "a test configuration file";
            errors = [new ConfigurationError(path, 1, "$", Expected, "none that can be read", e.Message)];
            return null;
        }

        return Read(path, octets, out errors);
    }

    /// <summary>Reads octets that came from a file of that name.</summary>
    public static Ixit? Read(string path, ReadOnlySpan<byte> octets, out IReadOnlyList<ConfigurationError> errors)
    {
        var report = new ErrorList(path);
        var tree = LocatedJson.Read(octets, report);
        var ixit = tree is null ? null : new IxitReader(report).Read(tree);
        if (ixit is not null) new ReferenceRules(report).Check(ixit);
        errors = report.InOrder();
        return errors.Count == 0 ? ixit : null;
    }
}
