using McConformance.TestConfiguration.Profiles;
using McConformance.TestConfiguration.Reading;

namespace McConformance.RunTests;

/// <summary>-Profile: what applies to one kind of system under test.</summary>
internal static class ProfileChoice
{
    /// <summary>Every profile's file, by its name without ending.</summary>
    public static IReadOnlyList<string> Files(string root)
    {
        var folder = Path.Combine(root, "features", "profiles");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal)] : [];
    }

    /// <summary>The profile of that name or file name.</summary>
    /// <exception cref="BadCallException">There is none, or it is broken.</exception>
    public static Profile Read(string root, string wanted, TextWriter problems)
    {
        var files = Files(root);
        var stem = wanted.Trim().Replace(' ', '-').ToLowerInvariant();
        if (stem.EndsWith(".json", StringComparison.Ordinal)) stem = stem[..^5];
        var file = files.FirstOrDefault(f => Path.GetFileNameWithoutExtension(f) == stem);
        if (file is null)
        {
            var names = files.Select(f => Path.GetFileNameWithoutExtension(f)).ToArray();
            var near = NearestName.Of(stem, names) is { } n ? $"; did you mean \"{n}\"?" : "";
            throw new BadCallException(
                $"no profile is called \"{wanted}\"{near}; there are {string.Join(", ", names)}");
        }

        var profile = ProfileFile.Read(file, out var errors);
        foreach (var error in errors) problems.WriteLine(error);
        return profile ?? throw new BadCallException($"the profile {file} is broken");
    }

    /// <summary>The scenarios that apply.</summary>
    public static List<Scenario> Of(Profile profile, IReadOnlyList<Scenario> all, string root)
    {
        var tags = TagExpression.Read(profile.Tags);
        return [.. FeatureChoice.Of(all, profile.Features, root, root).Where(s => tags.Matches(s.Tags))];
    }

    /// <summary>Tells what it takes.</summary>
    public static void Tell(Profile profile, TextWriter output)
    {
        output.WriteLine($"profile: {profile.Name}: {profile.Description}");
        foreach (var system in profile.External.GroupBy(e => e.Role))
            output.WriteLine($"  external in the {system.Key}: {string.Join(", ", system.Select(e => e.Entity))}");
        if (profile.ExternalUserEquipment) output.WriteLine("  external: the UEs");
        foreach (var endpoint in profile.Endpoints)
            output.WriteLine($"  endpoint of {endpoint.Entity}, {endpoint.Protocol}: {endpoint.For}");
        foreach (var link in profile.Observable) output.WriteLine($"  seen: {link.ReferencePoint}, {link.Between}");
        foreach (var link in profile.Unobservable) output.WriteLine(
            $"  not seen: {link.ReferencePoint}, {link.Between}");
        output.WriteLine($"  to provision (-Provisioning): {string.Join(", ", profile.Provision)}");
        output.WriteLine($"  example configuration: {profile.Example}");
    }
}
