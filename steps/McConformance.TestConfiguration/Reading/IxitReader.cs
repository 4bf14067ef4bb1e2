using System.Net;
using System.Text.Json;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.TestConfiguration.Reading;

/// <summary>Reads the whole file, top down; the parts of an MC system are read by <see cref="SystemReader"/>.</summary>
internal sealed class IxitReader(ErrorList errors)
{
    /// <summary>The configuration, with stand-ins where mistakes are on the list; null where the file is no object at
    /// all.</summary>
    public Ixit? Read(LocatedValue tree)
    {
        var root = new ObjectReader(tree, errors);
        if (tree.Type != JsonTokenType.StartObject) return null;
        root.Optional("$schema");
        var systems = new SystemReader(errors);
        var ixit = new Ixit(
            root.Text("name", "a name for the report"),
            root.Objects("systems", "two or more MC systems", required: true, systems.Read),
            root.Objects("userEquipment", "UEs", required: false, ReadUserEquipment),
            root.ObjectOrDefaults("links", ReadLinks),
            root.ObjectOrDefaults("timers", ReadTimers),
            root.ObjectOrDefaults("capabilities", ReadCapabilities))
        {
            Binding = ReadBinding(root),
            Authority = new AuthorityReader(errors).Read(root),
            Obstacles = errors.Obstacles(),
        };
        root.End();
        return errors.Place(ixit, tree);
    }

    /// <summary>The names of own bindings, from a file of their own; it stands beside the configuration.</summary>
    private BindingSet ReadBinding(ObjectReader root)
    {
        const string Expected = "the file of a binding profile, relative to this one";
        if (root.Optional("bindingProfile") is not { } found) return BindingSet.Own;
        if (found is not { Type: JsonTokenType.String, Text.Length: > 0 })
        {
            errors.Add(found, Expected, found.Description, "write a text in quotes, or leave the line out");
            return BindingSet.Own;
        }

        try
        {
            return BindingSet.Load(File.ReadAllText(Path.Combine(errors.Folder, found.Text)));
        }
        catch (FormatException e)
        {
            errors.Add(found, Expected, found.Description, $"mend {found.Text}: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add(found, Expected, found.Description, e.Message);
        }

        return BindingSet.Own;
    }

    private UserEquipmentEntry ReadUserEquipment(ObjectReader o)
    {
        var name = o.Text("name", "the user's name, for example \"alice\"");
        var isim = o.Object("isim", "the ISIM's identities and key", i =>
            new IsimPart(Identities.Set(i, "private", "public"), Identities.Key(i, required: true)!));
        var migration = o.Objects("migration", "sets of identities by partner", required: false, m =>
            errors.Place(new MigrationEntry(
                m.Text("partner", "the domain of an MC system"), Identities.Set(m, "private", "public")), m.Value));
        isim ??= new IsimPart(Identities.NoSet, Identities.NoKey);
        var mode = ReachReader.ModeOf(o.WordOrFirst("mode", "bundled", "external"));
        return errors.Place(
            new UserEquipmentEntry(name, isim.Set, isim.Key, migration)
            {
                Mode = mode,
                OperatorPort = SystemReader.ReadOperatorPort(o),
            },
            o.Value);
    }

    private LinkSettings ReadLinks(ObjectReader o)
    {
        var harness = ReadAddress(o, "harnessAddress") ?? IPAddress.Loopback;
        return errors.Place(
            new LinkSettings(o.Number("diameterProxiesOnCsc18", 0, 8, "proxies", otherwise: 0))
            {
                HarnessAddress = harness,
                WaitsAtMost = TimeSpan.FromSeconds(o.Number("waitsAtMost", 1, 600, "seconds", otherwise: 35)),
                RelaysWithin = o.Texts("relaysWithin", "domains of MC systems", required: false),
                Relays = o.Objects("relays", "relays", required: false, r => ReadRelay(r, harness)),
            },
            o.Value);
    }

    private static IPAddress? ReadAddress(ObjectReader o, string name)
    {
        const string Expected = "an IP address of this machine";
        if (o.OptionalText(name, Expected) is not { } text) return null;
        if (IPAddress.TryParse(text, out var address)) return address;
        o.Refuse(o.Value.Member(name)!, Expected, $"\"{text}\"",
            "write the address that the MC systems reach the harness at");
        return null;
    }

    private RelayEntry ReadRelay(ObjectReader o, IPAddress harness)
    {
        var between = o.Texts("between", "the domains of two MC systems", required: true);
        if (between.Count != 2)
        {
            o.Refuse(o.Value.Member("between") ?? o.Value, "the domains of two MC systems", $"{between.Count}",
                "name both ends of the links");
        }

        var relay = new RelayEntry(
            between.FirstOrDefault() ?? "", between.LastOrDefault() ?? "", ReadAddress(o, "listen") ?? harness)
        {
            Delay = Milliseconds(o, "delayMs", 0, 5_000, 0),
            LossPercent = o.Number("lossPercent", 0, 50, "percent", otherwise: 0),
            ReorderPercent = o.Number("reorderPercent", 0, 50, "percent", otherwise: 0),
        };
        return errors.Place(relay, o.Value);
    }

    private static TimerSettings ReadTimers(ObjectReader o) => new(
        Milliseconds(o, "sipT1Ms", 10, 10_000, 500),
        Milliseconds(o, "sipT2Ms", 10, 60_000, 4_000),
        Milliseconds(o, "sipT4Ms", 10, 60_000, 5_000),
        Milliseconds(o, "diameterAnswerMs", 10, 60_000, 6_000),
        Milliseconds(o, "watchdogMs", 6_000, 300_000, 30_000));

    private static TimeSpan Milliseconds(ObjectReader o, string name, int least, int most, int otherwise) =>
        TimeSpan.FromMilliseconds(o.Number(name, least, most, "milliseconds", otherwise));

    private static Capabilities ReadCapabilities(ObjectReader o) => new(
        o.Flag("topologyHiding", otherwise: true),
        o.Flag("mutualTls", otherwise: true),
        o.Flag("collocatedMigrationManagement", otherwise: true),
        o.Flag("severalSets", otherwise: true),
        o.Flag("withdrawal", otherwise: true),
        o.Flag("offlineMigration", otherwise: true));

    private sealed record IsimPart(SipIdentitySet Set, KeyMaterial Key);
}
