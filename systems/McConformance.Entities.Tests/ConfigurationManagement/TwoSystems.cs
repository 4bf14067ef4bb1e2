using System.Net;
using System.Text;
using McConformance.Entities.ConfigurationManagement;
using McConformance.Entities.Ports;
using McConformance.Entities.SipDatabase;
using McConformance.Wire;
using McConformance.Wire.Authentication;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Documents;
using McConformance.Wire.Http.Transport;
using McConformance.Wire.Identities;
using McConformance.Wire.Time;

namespace McConformance.Entities.Tests.ConfigurationManagement;

/// <summary>The configuration management servers of two MC systems, each with its SIP database over Sh.</summary>
internal sealed class TwoSystems : IAsyncDisposable
{
    public const string Token = "token-of-";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private readonly TimerWheel wheel;
    private readonly List<IAsyncDisposable> parts = [];
    private readonly Dictionary<string, HttpServer> servers = [];
    private readonly HttpRequester asker;

    private TwoSystems()
    {
        Recording = new Recording(Clock);
        Links = new LinkBook(Clock, Recording);
        wheel = new TimerWheel(Clock);
        asker = new HttpRequester(new HttpRequesterOptions { Self = Links.Add(new Party("alice-ue", EntityKind.SignallingUserAgent, "")), Links = Links, Route = Route });
    }

    public ShiftableTime Clock { get; } = new();

    public Recording Recording { get; }

    public LinkBook Links { get; }

    public Dictionary<string, ConfigurationManagementServer> Servers { get; } = [];

    public List<AllocatedIdentities> Allocated { get; } = [];

    public static Subscription Alice => new(
        new PrivateUserIdentity("alice-ue@ims.primary.example"), [new PublicUserIdentity("sip:alice-ue@ims.primary.example")],
        new AuthenticationData(Milenage.FromOpc(new byte[16], new byte[16]), new byte[2], 32));

    public static async Task<TwoSystems> StartAsync(
        Func<ConfigurationManagementOptions, ConfigurationManagementOptions>? primary = null,
        Func<ConfigurationManagementOptions, ConfigurationManagementOptions>? partner = null)
    {
        var scene = new TwoSystems();
        await scene.AddAsync("primary", "partner", primary);
        await scene.AddAsync("partner", "primary", partner);
        return scene;
    }

    public Task<HttpAnswer> AskAsync(string body, string user = "sip:alice@primary.example", string host = "cms.primary.example", string path = "/migration/partner-connection")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"http://{host}{path}") { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = new("application/vnd.mcconformance.partner-access+xml");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Token}{user}");
        return asker.SendAsync(request).WaitAsync(Limit);
    }

    public Task<HttpAnswer> SendAsync(HttpRequestMessage request) => asker.SendAsync(request).WaitAsync(Limit);

    public async ValueTask DisposeAsync()
    {
        asker.Dispose();
        foreach (var part in parts.AsEnumerable().Reverse()) await part.DisposeAsync();
        wheel.Dispose();
    }

    private async Task AddAsync(string name, string other, Func<ConfigurationManagementOptions, ConfigurationManagementOptions>? change)
    {
        var (domain, realm) = ($"{name}.example", $"ims.{name}.example");
        var database = new SipDatabaseServer(Node($"sdb.{realm}", realm, EntityKind.SipDatabase, domain, listens: true)) { Allocated = Allocated.Add };
        if (name == "primary") database.Add(Alice);
        database.Node.Start();
        var self = Links.Add(new Party($"cms.{domain}", EntityKind.ConfigurationManagementServer, domain));
        var client = new DiameterNode(Node($"cms-sh.{realm}", realm, EntityKind.ConfigurationManagementServer, domain, listens: false), new Nobody());
        client.Start();
        database.Node.AddPeer(new DiameterPeerOptions { Host = client.Host });
        client.AddPeer(new DiameterPeerOptions { Host = database.Node.Host, Address = database.Node.ListeningAt, Initiates = true });
        client.AddRoute(new DiameterRoute(new DiameterIdentity(realm), [database.Node.Host]));
        await client.WhenConnectedAsync(database.Node.Host, CancellationToken.None).WaitAsync(Limit);
        var requester = new HttpRequester(new HttpRequesterOptions { Self = self, Links = Links, Route = Route });
        var options = new ConfigurationManagementOptions
        {
            Ports = new EntityPorts(self, Links, wheel),
            Domain = domain,
            SipDomain = realm,
            Requester = requester,
            Database = client,
            VerifyToken = t => t.StartsWith(Token, StringComparison.Ordinal) ? new ConfigurationAccess(new ConfigurationUser([t[Token.Length..]]), "") : new ConfigurationAccess(null, "invalid_token"),
            Users = name == "primary" ? [new MigratingUser("sip:alice@primary.example", new SipIdentitySet(Alice.PrivateIdentity, Alice.PublicIdentities[0]), ["partner.example"])] : [],
            Partners = [new ConfigurationPartner($"{other}.example", $"ims.{other}.example", $"cms.{other}.example", [$"area-of-{other}"], MayBringUsers: true)],
            InitialConfigurationForPartners = Initial(domain),
        };
        Servers[domain] = new ConfigurationManagementServer(change?.Invoke(options) ?? options);
        var server = new HttpServer(new HttpServerOptions { Self = self, Links = Links, Handler = Servers[domain].HandleAsync });
        await server.StartAsync(CancellationToken.None);
        servers[self.Name] = server;
        parts.AddRange([database, client, server]);
    }

    private static byte[] Initial(string domain) => new UeInitialConfiguration
    {
        Domain = domain,
        OnNetwork = new OnNetworkAccess
        {
            Home = new PlmnAccess("00101", new ConnectionReferences("mc", "core", "id")),
            Servers = new ApplicationServers
            {
                IdmsAuthorization = $"https://idms.{domain}/authorize",
                IdmsToken = $"https://idms.{domain}/token",
                HttpProxy = $"https://hps.{domain}",
                Gms = $"gms.{domain}",
                Cms = $"cms.{domain}",
                Kms = $"kms.{domain}",
            },
            GmsUri = $"sip:gms@{domain}",
            GroupCreationXui = $"sip:gms@{domain}",
            GmsXcapRoot = $"https://gms.{domain}/xcap-root/",
            CmsXcapRoot = $"https://cms.{domain}/xcap-root/",
        },
    }.ToOctets();

    private HttpRoute? Route(string host) => servers.TryGetValue(host, out var server) ? new HttpRoute(server.ListeningAt, null) : null;

    private DiameterNodeOptions Node(string host, string realm, EntityKind kind, string domain, bool listens) => new()
    {
        Self = Links.Add(new Party(host, kind, domain)),
        Links = Links,
        Wheel = wheel,
        Gate = new Lock(),
        Host = new DiameterIdentity(host),
        Realm = new DiameterIdentity(realm),
        Listen = listens ? new IPEndPoint(IPAddress.Loopback, 0) : null,
        Applications = [Ts29229.Application, Ts29329.Application],
    };

    private sealed class Nobody : IDiameterUser
    {
        public void OnRequest(DiameterServerTransaction transaction) => transaction.AnswerError(Rfc6733.DIAMETER_COMMAND_UNSUPPORTED, null);
    }
}
