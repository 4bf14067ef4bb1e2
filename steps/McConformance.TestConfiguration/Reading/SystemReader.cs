using System.Text.Json;
using McConformance.Wire.Identities;

namespace McConformance.TestConfiguration.Reading;

/// <summary>Reads one MC system.</summary>
internal sealed class SystemReader(ErrorList errors)
{
    /// <summary>Entities of the application plane (TS 23.280 7.4.2.3), as the schema names them.</summary>
    public static readonly IReadOnlyList<string> ApplicationPlane =
    [
        "identityManagementServer", "configurationManagementServer", "groupManagementServer", "mcServiceServer",
        "gatewayServer", "httpProxy",
    ];

    private readonly ReachReader reach = new(errors);

    public McSystemEntry Read(ObjectReader o)
    {
        reach.HasOperatorPort = o.Value.Member("operatorPort") is not null;
        var system = new McSystemEntry(
            o.Text("domain", "the domain of the MC system, for example \"primary.example\""),
            new DiameterIdentity(o.Text("sipRealm", "the domain of its SIP core, for example \"ims.primary.example\"")),
            o.Texts("roles", "what scenarios call it, for example \"primary\"", required: true),
            o.ObjectOrDefaults("trust", ReadTrust),
            o.Object("sipCore", "an entity", ReadEntity) ?? Nothing,
            o.Object("sipDatabase", "an entity", ReadDatabase) ?? new SipDatabaseEntry(EntityMode.Bundled, [], []),
            o.Object("migrationManagementServer", "an entity", ReadMigrationManagement)
                ?? new MigrationManagementEntry(EntityMode.Bundled, [], [], [], []),
            o.Object("diameterProxy", "an entity", ReadEntity) ?? Nothing)
        {
            ApplicationPlane = ApplicationPlane.ToDictionary(n => n, n => ReadOptional(o, n)),
            OperatorPort = ReadOperatorPort(o),
        };
        return errors.Place(system, o.Value);
    }

    internal static Uri? ReadOperatorPort(ObjectReader o)
    {
        if (o.Optional("operatorPort") is not { } found) return null;
        if (found.Type == JsonTokenType.String && Uri.TryCreate(found.Text, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https") return uri;
        o.Refuse(found, "the URI of an operator port, for example \"http://127.0.0.1:8300\"", found.Description,
            "write scheme, host and port");
        return null;
    }

    private static EntityEntry Nothing => new(EntityMode.Bundled, []);

    private TrustSettings ReadTrust(ObjectReader o) =>
        new(o.Flag("insideTrustDomain", otherwise: false), reach.TrustAnchors(o));

    private EntityEntry ReadEntity(ObjectReader o) => errors.Place(reach.Read(o), o.Value);

    private EntityEntry ReadOptional(ObjectReader o, string name) =>
        o.Optional(name) is null ? Nothing : o.Object(name, "an entity", ReadEntity) ?? Nothing;

    private SipDatabaseEntry ReadDatabase(ObjectReader o)
    {
        var entity = reach.Read(o);
        var subscriptions = o.Objects("subscriptions", "subscriptions", required: false, s => errors.Place(
            new SubscriptionEntry(
                Identities.Private(s, "private"), Identities.Publics(s, "public"), Identities.Key(s, required: false)),
            s.Value));
        return errors.Place(
            new SipDatabaseEntry(entity.Mode, entity.Endpoints, subscriptions)
            {
                Credentials = entity.Credentials,
                TrustAnchors = entity.TrustAnchors,
            },
            o.Value);
    }

    private MigrationManagementEntry ReadMigrationManagement(ObjectReader o)
    {
        var entity = reach.Read(o);
        var server = new MigrationManagementEntry(
            entity.Mode, entity.Endpoints,
            o.Objects("outboundSets", "sets of identities", required: false, ReadOutbound),
            o.Objects("inboundBindings", "bindings", required: false, ReadInbound),
            o.Texts("permittedPartners", "the domain of an MC system", required: false))
        {
            Credentials = entity.Credentials,
            TrustAnchors = entity.TrustAnchors,
        };
        return errors.Place(server, o.Value);
    }

    private OutboundSetEntry ReadOutbound(ObjectReader o) => errors.Place(new OutboundSetEntry(
        Identities.Set(o, "private", "public"), o.Texts("partners", "the domain of an MC system", required: true),
        o.Flag("enabled", otherwise: true)), o.Value);

    private InboundBindingEntry ReadInbound(ObjectReader o) => errors.Place(new InboundBindingEntry(
        Identities.Set(o, "private", "public"),
        new DiameterIdentity(o.Text("primaryRealm", "the Diameter realm of the primary's SIP core")),
        new DiameterIdentity(o.Text("primaryServer", "the primary's migration management server")),
        Identities.Set(o, "primaryPrivate", "primaryPublic")), o.Value);
}
