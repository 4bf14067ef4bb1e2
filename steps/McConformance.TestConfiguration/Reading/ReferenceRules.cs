using McConformance.Wire.Identities;

namespace McConformance.TestConfiguration.Reading;

/// <summary>What must agree between different places of a file.</summary>
internal sealed class ReferenceRules(ErrorList errors)
{
    private Ixit ixit = null!;

    public void Check(Ixit read)
    {
        ixit = read;
        if (ixit.Systems.Count == 1)
        {
            errors.Add(errors.At(ixit, "systems"), "two or more MC systems", "one",
                "migration and interconnection need a partner: add it");
        }

        Unique(ixit.Systems, s => s.Domain, "domain", "an MC system");
        Unique(ixit.Systems, s => s.SipRealm.Value, "sipRealm", "a SIP core");
        Unique(ixit.UserEquipment, u => u.Name, "name", "a UE");
        UniqueRoles();
        foreach (var system in ixit.Systems)
        {
            CheckSubscriptions(system);
            CheckOutbound(system);
            CheckInbound(system);
            foreach (var (partner, i) in system.MigrationManagementServer.PermittedPartners.Select((p, i) => (p, i)))
                Known(partner, system, errors.At(system.MigrationManagementServer, "permittedPartners", $"{i}"));
        }

        foreach (var equipment in ixit.UserEquipment) CheckUserEquipment(equipment);
        foreach (var relay in ixit.Links.Relays) CheckRelay(relay);
        CheckRelayed(
            ixit.Links, "relaysWithin", ixit.Links.RelaysWithin, "domains of MC systems that have an operatorPort");
    }

    private void CheckRelay(RelayEntry relay)
    {
        const string Expected = "the domains of two MC systems that have an operatorPort";
        CheckRelayed(relay, "between", [relay.One, relay.Other], Expected);
        if (relay.One == relay.Other)
            errors.Add(errors.At(relay, "between"), Expected, $"\"{relay.One}\" twice", "name two MC systems");
    }

    /// <summary>Relays stand where this process sees nothing without them.</summary>
    private void CheckRelayed(object of, string member, IReadOnlyList<string> domains, string expected)
    {
        foreach (var (domain, i) in domains.Select((d, i) => (d, i)))
        {
            var place = errors.At(of, member, $"{i}");
            var system = ixit.Systems.FirstOrDefault(s => s.Domain == domain);
            if (system is null) errors.Add(place, expected, $"\"{domain}\"", "write a domain as it stands in systems");
            else if (system.OperatorPort is null)
                errors.Add(place, expected, $"\"{domain}\", which this process runs",
                    "its links are seen without a relay: leave the relay out, or give the MC system an operatorPort");
        }
    }

    private void CheckSubscriptions(McSystemEntry system)
    {
        var subscriptions = system.SipDatabase.Subscriptions;
        Unique(subscriptions, s => s.Private.Value, "private", "a subscription");
        foreach (var subscription in subscriptions)
            InRealm(subscription, "private", subscription.Private.Value, system);
    }

    private void CheckOutbound(McSystemEntry system)
    {
        var sets = system.MigrationManagementServer.OutboundSets;
        Unique(sets, s => s.Identities.Private.Value, "private", "an outbound set");
        foreach (var set in sets)
        {
            InRealm(set, "private", set.Identities.Private.Value, system);
            foreach (var (partner, i) in set.Partners.Select((p, i) => (p, i)))
                Known(partner, system, errors.At(set, "partners", $"{i}"));
            Subscribed(set, set.Identities, system);
        }
    }

    // TS 23.280 7.4.2.2.11: a unique set for every inbound UE; catalogue MMS-4
    private void CheckInbound(McSystemEntry system)
    {
        var bindings = system.MigrationManagementServer.InboundBindings;
        const string Rule = "an inbound binding (TS 23.280 7.4.2.2.11)";
        Unique(bindings, b => b.Identities.Private.Value, "private", Rule);
        Unique(bindings, b => b.Identities.Public.Value, "public", Rule);
        Unique(bindings, b => b.Primary.Private.Value, "primaryPrivate", Rule);
        foreach (var binding in bindings)
        {
            InRealm(binding, "private", binding.Identities.Private.Value, system);
            if (binding.PrimaryRealm.Value.Length == 0) continue;
            if (SystemOf(binding.PrimaryRealm) is { } primary && primary != system) CheckPrimary(binding, primary);
            else
            {
                var others = ixit.Systems.Where(s => s != system).Select(s => s.SipRealm.Value);
                errors.Add(errors.At(binding, "primaryRealm"), "the \"sipRealm\" of another MC system of this file",
                    $"\"{binding.PrimaryRealm}\"", Nearest(binding.PrimaryRealm.Value, others));
            }
        }
    }

    private void CheckPrimary(InboundBindingEntry binding, McSystemEntry primary)
    {
        InRealm(binding, "primaryPrivate", binding.Primary.Private.Value, primary);
        var server = primary.MigrationManagementServer;
        // where an operator port provisions it, it takes the name that the harness gives it
        string[] names = server is { Mode: EntityMode.External, Endpoints.Count: > 0 }
            ? [.. server.Endpoints.Select(e => e.Node.Value)] : [$"mms.{primary.SipRealm}"];
        if (names.Contains(binding.PrimaryServer.Value, StringComparer.OrdinalIgnoreCase)) return;
        errors.Add(errors.At(binding, "primaryServer"), string.Join(" or ", names.Select(n => $"\"{n}\"")),
            $"\"{binding.PrimaryServer}\"", $"name the migration management server of {primary.Domain}");
    }

    private void CheckUserEquipment(UserEquipmentEntry equipment)
    {
        if (equipment is { Mode: EntityMode.Bundled, OperatorPort: not null })
            errors.Add(errors.At(equipment, "operatorPort"), "no operatorPort of a bundled UE",
                $"\"{equipment.OperatorPort}\"", "leave it out, or set \"mode\" to \"external\"");
        if (equipment.Isim.Private.Value.Length == 0) return;
        var home = ixit.Systems.FirstOrDefault(s => IsRealmOf(equipment.Isim.Private.Value, s));
        if (home is null)
        {
            errors.Add(errors.At(equipment, "isim", "private"), "an identity in the realm of an MC system of this file",
                $"\"{equipment.Isim.Private}\"", "realms: " + string.Join(", ", ixit.Systems.Select(s => s.SipRealm)));
            return;
        }

        Unique(equipment.Migration, m => m.Partner, "partner", "a partner of this UE");
        foreach (var migration in equipment.Migration)
        {
            if (Known(migration.Partner, home, errors.At(migration, "partner")) is not { } partner) continue;
            InRealm(migration, "private", migration.Identities.Private.Value, partner);
            var bound = partner.MigrationManagementServer.InboundBindings;
            if (bound.Any(b => b.Identities == migration.Identities)) continue;
            errors.Add(errors.At(migration), $"a set that {partner.Domain} binds", $"\"{migration.Identities}\"",
                $"add it to \"inboundBindings\" of {partner.Domain}, or take one from there");
        }
    }

    private void Subscribed(OutboundSetEntry set, SipIdentitySet identities, McSystemEntry system)
    {
        var own = system.SipDatabase.Subscriptions.Where(s => s.Private == identities.Private && s.Key is not null);
        if (own.Any(s => s.Public.Contains(identities.Public))) return;
        errors.Add(errors.At(set), "a set whose identities have a subscription with a key", $"\"{identities}\"",
            $"add the subscription to \"sipDatabase\" of {system.Domain}");
    }

    private void UniqueRoles()
    {
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var system in ixit.Systems)
        {
            foreach (var role in system.Roles)
            {
                if (seen.TryAdd(role, system.Domain)) continue;
                errors.Add(errors.At(system, "roles"), "each role once", $"\"{role}\", which {seen[role]} has",
                    "give it to one of the two");
            }
        }
    }

    private void Unique<T>(IEnumerable<T> parts, Func<T, string> nameOf, string member, string what)
        where T : class
    {
        var seen = new Dictionary<string, T>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in parts)
        {
            if (nameOf(part) is not { Length: > 0 } name || seen.TryAdd(name, part)) continue;
            errors.Add(errors.At(part, member), $"a \"{member}\" that no other has: each is unique to {what}",
                $"\"{name}\" of line {errors.At(seen[name], member).Line} again", "change one of the two");
        }
    }

    private void InRealm(object part, string member, string identity, McSystemEntry system)
    {
        if (identity.Length == 0 || IsRealmOf(identity, system)) return;
        errors.Add(errors.At(part, member), $"an identity in the realm {system.SipRealm}", $"\"{identity}\"",
            $"end it with @{system.SipRealm}");
    }

    private static bool IsRealmOf(string identity, McSystemEntry system) =>
        new DiameterIdentity(Identities.RealmOf(identity)) == system.SipRealm;

    private McSystemEntry? SystemOf(DiameterIdentity realm) => ixit.Systems.FirstOrDefault(s => s.SipRealm == realm);

    private McSystemEntry? Known(string domain, McSystemEntry self, LocatedValue at)
    {
        var found = ixit.Systems.FirstOrDefault(
            s => s != self && string.Equals(s.Domain, domain, StringComparison.OrdinalIgnoreCase));
        if (found is null && domain.Length > 0)
        {
            errors.Add(at, "the \"domain\" of another MC system of this file", $"\"{domain}\"",
                Nearest(domain, ixit.Systems.Where(s => s != self).Select(s => s.Domain)));
        }

        return found;
    }

    private static string Nearest(string typed, IEnumerable<string> known) =>
        NearestName.Of(typed, known) is { } name ? $"did you mean \"{name}\"?"
            : "add that system, or name one of: " + string.Join(", ", known);
}
