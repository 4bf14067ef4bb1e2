using System.Text.Json;
using McConformance.Wire.Documents.Bindings;

namespace McConformance.Wire.Documents;

/// <summary>
/// The binding profile of a run: every own name, one part for each group of documents. A vendor's file takes the place
/// of the names of this project: <c>{ "name": "vendor-x", "migration": { ... }, "partnerAccess": { ... } }</c>; a part
/// or a name that the file leaves out stays as it is here. Immutable.
/// </summary>
public sealed record BindingSet
{
    private static BindingSet? inUse;

    /// <summary>The names of this project.</summary>
    public static BindingSet Own { get; } = new();

    /// <summary>The profile of this process; <see cref="Own"/> where none was chosen. A process speaks one profile:
    /// what it sends and what it expects are then the same.</summary>
    public static BindingSet InUse => Volatile.Read(ref inUse) ?? Own;

    /// <summary>Name of the profile, as reports give it.</summary>
    public string Name { get; init; } = "own-1";

    /// <summary>Migration (TS 23.280 10.6.3).</summary>
    public MigrationBinding Migration { get; init; } = MigrationBinding.Own;

    /// <summary>Interconnection in group documents and service configuration (TR 23.781 6.1.1).</summary>
    public InterconnectionBinding Interconnection { get; init; } = InterconnectionBinding.Own;

    /// <summary>Group membership between administrators (TR 23.781 5.1.12).</summary>
    public MembershipBinding Membership { get; init; } = MembershipBinding.Own;

    /// <summary>Connectivity to a partner (TR 23.781 6.2.1).</summary>
    public PartnerAccessBinding PartnerAccess { get; init; } = PartnerAccessBinding.Own;

    /// <summary>True where a text speaks of a namespace of this profile: what it says is against the profile, and
    /// against no specification.</summary>
    public bool Owns(string text) =>
        Parts.Any(p => text.Contains(SchemaNames.NamespaceOf(p.Chosen), StringComparison.Ordinal));

    /// <summary>Functional aliases (TS 23.280 7.3.1).</summary>
    public FunctionalAliasBinding FunctionalAliases { get; init; } = FunctionalAliasBinding.Own;

    /// <summary>Chooses the profile of this process, before anything is sent or read.</summary>
    /// <exception cref="InvalidOperationException">Another was chosen before.</exception>
    public static void Use(BindingSet chosen)
    {
        if (Interlocked.CompareExchange(ref inUse, chosen, null) is { } before && before != chosen)
            throw new InvalidOperationException($"binding profile {before.Name} is in use already, not {chosen.Name}");
    }

    /// <summary>Reads a profile.</summary>
    /// <param name="json">The file.</param>
    /// <exception cref="FormatException">What is wrong, at which label, and the remedy.</exception>
    public static BindingSet Load(string json)
    {
        using var document = Parse(json);
        var set = new BindingSet();
        foreach (var part in document.RootElement.EnumerateObject())
        {
            var text = part.Value.GetRawText();
            set = part.Name switch
            {
                "$schema" or "$comment" => set,
                "name" => set with { Name = NameOf(part.Value) },
                "migration" => set with { Migration = BindingProfile.Load<MigrationBinding>(text, part.Name) },
                "interconnection" => set with
                {
                    Interconnection = BindingProfile.Load<InterconnectionBinding>(text, part.Name),
                },
                "membership" => set with { Membership = BindingProfile.Load<MembershipBinding>(text, part.Name) },
                "partnerAccess" => set with
                {
                    PartnerAccess = BindingProfile.Load<PartnerAccessBinding>(text, part.Name),
                },
                "functionalAliases" => set with
                {
                    FunctionalAliases = BindingProfile.Load<FunctionalAliasBinding>(text, part.Name),
                },
                _ => throw new FormatException(
                    $"binding profile, {part.Name}: no such part; the parts are name, migration, interconnection, "
                    + "membership, partnerAccess, functionalAliases"),
            };
        }

        return set;
    }

    /// <summary>The parts, each with the same part of <see cref="Own"/>: schemas are made over by them.</summary>
    internal IEnumerable<(object Own, object Chosen)> Parts =>
    [
        (Own.Migration, Migration), (Own.Interconnection, Interconnection), (Own.Membership, Membership),
        (Own.PartnerAccess, PartnerAccess), (Own.FunctionalAliases, FunctionalAliases),
    ];

    private static JsonDocument Parse(string json)
    {
        try
        {
            var lenient = new JsonDocumentOptions
            {
                CommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
            };
            var document = JsonDocument.Parse(json, lenient);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
            throw new FormatException("binding profile: no object; write { \"name\": \"...\", ... }");
        }
        catch (JsonException e)
        {
            throw new FormatException($"binding profile, line {e.LineNumber + 1}: {e.Message}", e);
        }
    }

    private static string NameOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } name
            ? name
            : throw new FormatException("binding profile, name: no text; give the profile a name for the report");
}
