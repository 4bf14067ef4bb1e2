using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.Entities.ConfigurationManagement;

/// <summary>
/// Functional alias management server, part of the configuration management server (TS 23.280 7.3.1; CSC-14): of the
/// aliases of the MC
/// system, which administrators keep in one document, each user has a document with those that the user may activate.
/// Users who have
/// migrated to here are users like any other: their identity is of this MC system.
/// </summary>
internal sealed class FunctionalAliasManagement(ConfigurationDocuments documents)
{
    /// <summary>Selector of the document that administrators keep.</summary>
    public const string Selector = $"{FunctionalAliases.Auid}/global/{FunctionalAliases.DocumentName}";

    private const string Users = $"{FunctionalAliases.Auid}/users/";
    private const string Name = $"/{FunctionalAliases.DocumentName}";
    private readonly Lock gate = new();

    /// <summary>The administrators' document may have changed: the users' documents follow.</summary>
    public void Follow(ConfigurationChange change)
    {
        if (change.Selector != Selector) return;
        lock (gate)
        {
            var all = Read();
            var named = all.Aliases.SelectMany(a => a.Users).ToHashSet();
            foreach (var user in Holders().Except(named)) documents.Remove(SelectorOf(user));
            foreach (var user in named)
                documents.Put(SelectorOf(user),
                    new ConfigurationDocument(FunctionalAliases.ContentType, all.For(user).ToOctets(), user.Value));
        }
    }

    /// <summary>Users who have such a document now.</summary>
    private IEnumerable<McServiceId> Holders() =>
        documents.Where(s => s.StartsWith(Users, StringComparison.Ordinal)).Select(d => new McServiceId(d.Selector[Users.Length..^Name.Length]));

    private static string SelectorOf(McServiceId user) =>
        $"{Users}{user.Value}{Name}";

    private FunctionalAliases Read() =>
        documents.Find(Selector) is { } document && FunctionalAliases.TryRead(document.Octets, out var read, [])
            ? read
            : new FunctionalAliases { System = default };
}
