using System.Text.Json;
using McConformance.TestConfiguration.Reading;

namespace McConformance.TestConfiguration.Profiles;

/// <summary>Reads profiles.</summary>
public static class ProfileFile
{
    /// <summary>What can be provisioned.</summary>
    public static readonly IReadOnlyList<string> Kinds =
        ["user", "key", "identity set", "binding", "group", "policy", "peer", "certificate", "condition"];

    /// <summary>Names of entities, as the schema has them.</summary>
    public static IReadOnlyList<string> Entities { get; } =
        ["sipCore", "sipDatabase", "migrationManagementServer", "diameterProxy", .. SystemReader.ApplicationPlane];

    /// <summary>Reads a file.</summary>
    /// <param name="path">As the user gave it; errors repeat it.</param>
    /// <param name="errors">All mistakes, in the order of their lines.</param>
    /// <returns>Null where there is at least one mistake.</returns>
    public static Profile? Read(string path, out IReadOnlyList<ConfigurationError> errors)
    {
        var report = new ErrorList(path);
        Profile? profile = null;
        try
        {
            if (LocatedJson.Read(File.ReadAllBytes(path), report) is { } tree) profile = Read(new ObjectReader(tree,
                report), report);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report.Add(1, "$", "a profile", "none that can be read", e.Message);
        }

        errors = report.InOrder();
        return errors.Count == 0 ? profile : null;
    }

    private static Profile? Read(ObjectReader o, ErrorList report)
    {
        if (o.Value.Type != JsonTokenType.StartObject) return null;
        o.Optional("$schema");
        var profile = new Profile(
            o.Text("name", "the profile's name"),
            o.Text("description", "what the profile is for"),
            [.. o.Objects("external", "MC systems with their external entities", required: false, e => ReadExternal(
                e)).SelectMany(e => e)],
            o.Flag("externalUserEquipment", otherwise: false),
            o.Texts("features", "a clause or a feature file", required: true),
            o.OptionalText("tags", "a tag expression") ?? "",
            o.Objects("observable", "links", required: true, ReadLink),
            o.Objects("unobservable", "links", required: false, ReadLink),
            Words(o, "provision", Kinds),
            o.Objects("endpoints", "endpoints", required: false, ReadEndpoint),
            report.FullPath(o.Text("example", "the file name of an example")));
        o.End();
        return profile;
    }

    private static IEnumerable<(string Role, string Entity)> ReadExternal(ObjectReader o)
    {
        var role = o.Text("role", "a role of the test configuration, for example \"partner\"");
        return Words(o, "entities", Entities).Select(e => (role, e));
    }

    private static LinkOfProfile ReadLink(ObjectReader o) =>
        new(o.Text("referencePoint", "a reference point"), o.Text("between", "the ends of the link"));

    private static EndpointOfProfile ReadEndpoint(ObjectReader o) => new(
        o.Word("entity", [.. Entities]), o.Word("protocol", "sip", "diameter", "http"),
        o.Text("for", "what the harness does there"));

    private static List<string> Words(ObjectReader o, string name, IReadOnlyList<string> known)
    {
        var words = o.Texts(name, "one of " + string.Join(", ", known), required: true);
        for (var i = 0; i < words.Count; i++)
        {
            if (known.Contains(words[i]) || o.Value.Member(name)?.Member($"{i}") is not { } at) continue;
            var near = NearestName.Of(words[i], known) is { } n ? $"did you mean \"{n}\"?" : "choose one of them";
            o.Refuse(at, "one of " + string.Join(", ", known), $"\"{words[i]}\"", near);
        }

        return words;
    }
}
