using McConformance.TestConfiguration;

namespace McConformance.RunTests;

/// <summary>One thing to provision.</summary>
/// <param name="System">Domain of the MC system; "-" where a scenario's step is all that is known.</param>
/// <param name="Entity">As the schema names it.</param>
/// <param name="Kind">user, key, identity set, binding, group, policy, peer, certificate, condition.</param>
/// <param name="Item">What.</param>
/// <param name="Detail">With which values.</param>
/// <param name="For">Who needs it: "all", or how many scenarios.</param>
internal sealed record ProvisioningItem(string System, string Entity, string Kind, string Item, string Detail,
    string For);

/// <summary>What must be in the systems under test before the chosen scenarios run: what the test configuration
/// lists, and
/// what the Given steps of the scenarios suppose (<c>features/catalogue/provisioning.tsv</c>).</summary>
internal sealed class Provisioning(Ixit ixit, ProvisioningSteps steps)
{
    /// <summary>All of it, in the order of MC systems.</summary>
    public IReadOnlyList<ProvisioningItem> Of(IReadOnlyList<Scenario> chosen)
    {
        var items = ixit.Systems.SelectMany(OfSystem).ToList();
        items.AddRange(ixit.UserEquipment.SelectMany(OfUserEquipment));
        var supposed = new Dictionary<ProvisioningItem, HashSet<string>>();
        foreach (var scenario in chosen)
        {
            foreach (var item in scenario.Given.SelectMany(g => steps.Of(g, ixit)).Distinct())
            {
                if (!supposed.TryGetValue(item, out var by)) supposed[item] = by = [];
                by.Add($"{scenario.File} {scenario.Title}");
            }
        }

        items.AddRange(supposed.Select(s => s.Key with
        {
            For = s.Value.Count == 1 ? s.Value.First()
            : $"{s.Value.Count} scenarios"
        }));
        var order = ixit.Systems.Select((s, i) => (s.Domain, i)).ToDictionary(s => s.Domain, s => s.i);
        return [.. items.OrderBy(i => order.GetValueOrDefault(i.System, int.MaxValue))];
    }

    /// <summary>Leaves out what belongs to bundled entities, which provision themselves; all of it where none is
    /// external.</summary>
    public IReadOnlyList<ProvisioningItem> OfExternal(IReadOnlyList<ProvisioningItem> items)
    {
        if (!ixit.Systems.Any(s => s.IsExternalInPart) && ixit.UserEquipment.All(u =>
            u.Mode == EntityMode.Bundled)) return items;
        return [.. items.Where(i => i.Kind == "condition" || IsExternal(i))];
    }

    private bool IsExternal(ProvisioningItem item) => item.Entity == "userEquipment"
        ? ixit.UserEquipment.Any(u => u.Mode == EntityMode.External && item.Item.StartsWith($"{u.Name}: ",
            StringComparison.Ordinal))
        : ixit.System(item.System)?.Entities.Any(e => e.Name == item.Entity
            && e.Entity.Mode == EntityMode.External) == true;

    private IEnumerable<ProvisioningItem> OfSystem(McSystemEntry system)
    {
        ProvisioningItem Item(string entity, string kind, string item, string detail) =>
            new(system.Domain, entity, kind, item, detail, "all");

        foreach (var subscription in system.SipDatabase.Subscriptions)
        {
            var publics = string.Join(", ", subscription.Public);
            var inbound = subscription.Key is null ? "; no key: an inbound migrated UE's, whose primary holds it" : "";
            yield return Item("sipDatabase", "user", $"{subscription.Private}",
                $"public identities {publics}{inbound}");
            if (subscription.Key is { } key) yield return Item("sipDatabase", "key", $"{subscription.Private}",
                Describe(key));
        }

        var server = system.MigrationManagementServer;
        const string Server = "migrationManagementServer";
        foreach (var set in server.OutboundSets)
        {
            var state = set.Enabled ? "" : ", withdrawn";
            yield return Item(Server, "identity set", $"{set.Identities}",
                $"outbound, towards {string.Join(", ", set.Partners)}{state}");
        }

        foreach (var binding in server.InboundBindings)
        {
            yield return Item(Server, "binding", $"{binding.Identities}",
                $"inbound, bound to {binding.Primary} of realm {binding.PrimaryRealm}, server {binding.PrimaryServer}");
        }

        foreach (var partner in server.PermittedPartners)
            yield return Item(Server, "policy", $"migration to and from {partner}", "permitted");
        foreach (var (entity, peer, realm) in PeersOf(system))
            yield return Item(entity, "peer", peer, $"Diameter peer of realm {realm}, application Cx (16777216)");
    }

    // the harness's nodes at the other end of Cx and CSC-18
    private IEnumerable<(string Entity, string Peer, string Realm)> PeersOf(McSystemEntry system)
    {
        var own = system.SipRealm.Value;
        yield return ("sipCore", $"sdb.{own}", own);
        foreach (var entity in (string[])["sipCore", "sipDatabase"]) yield return (entity, $"mms.{own}", own);
        foreach (var entity in (string[])["migrationManagementServer", "diameterProxy"])
            foreach (var other in ixit.Systems.Where(s => s != system)) yield return (entity, $"mms.{other.SipRealm}",
                other.SipRealm.Value);
    }

    private static IEnumerable<ProvisioningItem> OfUserEquipment(UserEquipmentEntry equipment)
    {
        ProvisioningItem Item(string kind, string item, string detail) =>
            new("-", "userEquipment", kind, $"{equipment.Name}: {item}", detail, "all");

        yield return Item("identity set", "ISIM", $"{equipment.Isim}");
        yield return Item("key", "ISIM", Describe(equipment.Key));
        foreach (var migration in equipment.Migration)
            yield return Item("identity set", $"migration connectivity information for {migration.Partner}",
                $"{migration.Identities}");
    }

    private static string Describe(KeyMaterial key)
    {
        var op = key.Opc is { } opc ? $"OPc {Hex(opc)}" : $"OP {Hex(key.Op ?? default)}";
        return $"K {Hex(key.K)}, {op}, AMF {Hex(key.Amf)}, SQN {key.Sqn:x12}";
    }

    private static string Hex(ReadOnlyMemory<byte> octets) => Convert.ToHexStringLower(octets.Span);
}
