using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;

namespace McConformance.Wire.Documents.Bindings;

/// <summary>Reads the names of an own binding from JSON: <c>{ "name": "vendor-x", "partnerMcServiceId": "..." }</c>.
/// What the JSON leaves out keeps the name of this project.</summary>
internal static class BindingProfile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Reads a profile; throws <see cref="FormatException"/>, with the label and the remedy, on what it
    /// cannot use.
    /// It is the user's file, not a peer's octets.</summary>
    /// <param name="json">An object.</param>
    /// <param name="part">Name of the part of the file that it is, for errors; empty for a whole file.</param>
    public static T Load<T>(string json, string part = "")
        where T : class
    {
        var where = part.Length > 0 ? $"binding profile, {part}" : "binding profile";
        T? profile;
        try
        {
            profile = JsonSerializer.Deserialize<T>(json, Options);
        }
        catch (JsonException e)
        {
            throw new FormatException($"{where}, {e.Path ?? "$"}, line {e.LineNumber + 1}: {e.Message}", e);
        }

        if (profile is null) throw new FormatException($"{where}: null; write an object");
        foreach (var property in typeof(T).GetProperties().Where(p => p.PropertyType == typeof(string) && p.CanWrite))
            CheckName(where, property.Name, (string?)property.GetValue(profile));
        return profile;
    }

    private static void CheckName(string where, string property, string? value)
    {
        var label = JsonNamingPolicy.CamelCase.ConvertName(property);
        if (string.IsNullOrWhiteSpace(value))
            throw new FormatException($"{where}, {label}: empty; give it a name, or leave the line out");
        if (property.EndsWith("Namespace", StringComparison.Ordinal)) return;
        // these stand in no document
        if (property is "Name" or nameof(MigrationBinding.OfflineCredentialType)) return;
        try
        {
            XmlConvert.VerifyNCName(value);
        }
        catch (XmlException e)
        {
            throw new FormatException($"{where}, {label}: \"{value}\" is no XML name; {e.Message}", e);
        }
    }
}
