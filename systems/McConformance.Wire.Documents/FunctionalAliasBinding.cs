using System.Text.Json.Serialization;
using System.Xml.Linq;
using McConformance.Wire.Documents.Bindings;

namespace McConformance.Wire.Documents;

/// <summary>Every own name of functional alias configuration (TS 23.280 7.3.1, OWN FA). Another profile may take its
/// place, as with <see cref="MigrationBinding"/>.</summary>
public sealed record FunctionalAliasBinding
{
    /// <summary>The names of this project.</summary>
    public static FunctionalAliasBinding Own { get; } = new();

    /// <summary>Name of the profile, as findings give it.</summary>
    public string Name { get; init; } = "own-1";

    /// <summary>Namespace of all elements.</summary>
    public string Namespace { get; init; } = "urn:mcconformance:ns:functional-alias:1.0";

    /// <summary>Root: functional aliases of an MC system, or those that a user may activate.</summary>
    public string Aliases { get; init; } = "functional-aliases";

    /// <summary>One of them.</summary>
    public string Alias { get; init; } = "functional-alias";

    /// <summary>A user who may activate it.</summary>
    public string User { get; init; } = "user";

    [JsonIgnore]
    internal XNamespace Xml => Namespace;

    /// <summary>Reads another profile; throws <see cref="FormatException"/> that says label and remedy.</summary>
    public static FunctionalAliasBinding Load(string json) => BindingProfile.Load<FunctionalAliasBinding>(json);
}
