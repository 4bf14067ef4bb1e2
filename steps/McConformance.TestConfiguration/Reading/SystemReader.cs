using System.Text.Json;
using McConformance.Wire.Identities;

namespace McConformance.TestConfiguration.Reading;

/// <summary>Reads one MC system.</summary>
internal sealed class SystemReader(ErrorList errors)
{
    public McSystemEntry Read(ObjectReader o)
    {
        var system = new McSystemEntry(
            o.Text("domain", "the domain of the MC system, for example \"primary.example\""),
            new DiameterIdentity(o.Text("sipRealm", "the domain of its SIP core, for example \"ims.primary.example\"")),
            o.Texts("roles", "what scenarios call it, for example \"primary\"", required: true),
            o.ObjectOrDefaults("trust", ReadTrust),
            o.Object("sipCore", "an entity", ReadEntity) ?? Nothing,
            o.Object("sipDatabase", "an entity", ReadDatabase) ?? new SipDatabaseEntry(EntityMode.Bundled, [], []),
            o.Object("migrationManagementServer", "an entity", ReadMigrationManagement)
                ?? new MigrationManagementEntry(EntityMode.Bundled, [], [], [], []),
            o.Object("diameterProxy", "an entity", ReadEntity) ?? Nothing);
        return errors.Place(system, o.Value);
    }

    private static EntityEntry Nothing => new(EntityMode.Bundled, []);

    private static TrustSettings ReadTrust(ObjectReader o) => new(
        o.Flag("insideTrustDomain", otherwise: false), o.Texts("trustAnchors", "a file name (PEM)", required: false));

    private EntityEntry ReadEntity(ObjectReader o)
    {
        var (mode, endpoints) = ReadReach(o);
        return errors.Place(new EntityEntry(mode, endpoints), o.Value);
    }

    private SipDatabaseEntry ReadDatabase(ObjectReader o)
    {
        var (mode, endpoints) = ReadReach(o);
        var subscriptions = o.Objects("subscriptions", "subscriptions", required: false, s => errors.Place(
            new SubscriptionEntry(
                Identities.Private(s, "private"), Identities.Publics(s, "public"), Identities.Key(s, required: false)),
            s.Value));
        return errors.Place(new SipDatabaseEntry(mode, endpoints, subscriptions), o.Value);
    }

    private MigrationManagementEntry ReadMigrationManagement(ObjectReader o)
    {
        var (mode, endpoints) = ReadReach(o);
        return errors.Place(new MigrationManagementEntry(
            mode, endpoints,
            o.Objects("outboundSets", "sets of identities", required: false, ReadOutbound),
            o.Objects("inboundBindings", "bindings", required: false, ReadInbound),
            o.Texts("permittedPartners", "the domain of an MC system", required: false)), o.Value);
    }

    private OutboundSetEntry ReadOutbound(ObjectReader o) => errors.Place(new OutboundSetEntry(
        Identities.Set(o, "private", "public"), o.Texts("partners", "the domain of an MC system", required: true),
        o.Flag("enabled", otherwise: true)), o.Value);

    private InboundBindingEntry ReadInbound(ObjectReader o) => errors.Place(new InboundBindingEntry(
        Identities.Set(o, "private", "public"),
        new DiameterIdentity(o.Text("primaryRealm", "the Diameter realm of the primary's SIP core")),
        new DiameterIdentity(o.Text("primaryServer", "the primary's migration management server")),
        Identities.Set(o, "primaryPrivate", "primaryPublic")), o.Value);

    private static (EntityMode, List<EndpointEntry>) ReadReach(ObjectReader o)
    {
        var mode = o.Word("mode", "bundled", "external") == "external" ? EntityMode.External : EntityMode.Bundled;
        var endpoints = o.Objects("endpoints", "endpoints", required: false, e => new EndpointEntry(
            new DiameterIdentity(e.Text("node", "the host name it calls itself by")),
            e.Word("protocol", "sip", "diameter"), e.Word("transport", "udp", "tcp", "tls"),
            e.Text("address", "an IP address or host name"), e.Number("port", 1, 65535, "")));
        var given = o.Optional("endpoints");
        if (mode == EntityMode.External && endpoints.Count == 0 && given?.Type is null or JsonTokenType.StartArray)
        {
            o.Refuse(given ?? o.Value.Member("mode")!, "at least one endpoint of an external entity",
                given is null ? "no \"endpoints\"" : "an empty array",
                "say where it is reached, or set \"mode\" to \"bundled\"");
        }
        else if (mode == EntityMode.Bundled && endpoints.Count > 0)
        {
            o.Refuse(given!, "no endpoints of a bundled entity", $"{endpoints.Count}",
                "take them out (the system chooses free ports), or set \"mode\" to \"external\"");
        }

        foreach (var (endpoint, i) in endpoints.Select((e, i) => (e, i)))
        {
            if (endpoint is { Protocol: "diameter", Transport: "udp" })
                o.Refuse(given!.Member($"{i}")!, "tcp or tls for diameter", "\"udp\"", "choose one (RFC 6733 2.1)");
        }

        return (mode, endpoints);
    }
}
