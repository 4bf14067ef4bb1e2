using System.Text;
using System.Text.Json;
using McConformance.Entities.IdentityManagement;
using McConformance.Entities.UserEquipment.Clients;
using McConformance.Wire;
using McConformance.Wire.Http.Oidc;
using McConformance.Wire.Http.Transport;
using McConformance.Wire.Time;

namespace McConformance.Entities.Tests.IdentityManagement;

/// <summary>The identity management servers of two MC systems and a client.</summary>
internal sealed class IdentityScene : IAsyncDisposable
{
    public const string Scope = "3gpp:mc:ptt_service";
    public const string PrimaryIssuer = "https://idms.primary.example";
    public const string PartnerIssuer = "https://idms.partner.example";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private readonly Dictionary<string, HttpServer> servers = [];
    private readonly Dictionary<string, Party> parties = [];
    private readonly List<HttpRequester> requesters = [];

    private IdentityScene()
    {
        Links = new LinkBook(Clock, new Recording(Clock));
        Requester = new HttpRequester(new HttpRequesterOptions
        {
            Self = Links.Add(new Party("alice-ue", EntityKind.SignallingUserAgent, "")),
            Links = Links,
            Route = h => servers.TryGetValue(h, out var s) ? new HttpRoute(s.ListeningAt, null) : null,
        });
        Client = new IdentityManagementClient(Requester, "mc-client", "https://client.example/cb");
    }

    public ShiftableTime Clock { get; } = new();

    public LinkBook Links { get; }

    public HttpRequester Requester { get; }

    public IdentityManagementClient Client { get; }

    public SigningKey PrimaryKey { get; } = SigningKey.Create(SignatureAlgorithm.RS256, "primary-1");

    public SigningKey PartnerKey { get; } = SigningKey.Create(SignatureAlgorithm.ES256, "partner-1");

    public IdentityServerAddress Primary { get; } = Address("primary");

    public IdentityServerAddress Partner { get; } = Address("partner");

    /// <summary>Faces of the servers by host: what their administrators do.</summary>
    public Dictionary<string, IdentityManagementServer> Servers { get; } = [];

    public static async Task<IdentityScene> StartAsync(
        Func<IdentityScene, IdentityManagementOptions, IdentityManagementOptions>? partner = null)
    {
        var scene = new IdentityScene();
        var ids = new Dictionary<string, string> { ["mcptt_id"] = "sip:alice@primary.example", ["mcdata_id"] = "sip:alice@primary.example" };
        var guest = new Dictionary<string, string> { ["mcptt_id"] = "sip:alice.guest@partner.example" };
        await scene.AddAsync("idms.primary.example", new IdentityManagementOptions
        {
            Issuer = PrimaryIssuer,
            Key = scene.PrimaryKey,
            Time = scene.Clock,
            Clients = Clients,
            Scopes = new HashSet<string> { Scope },
            Users =
            [
                new IdentityUser("alice", PasswordHash.Of("secret"), ids, [PartnerIssuer])
                {
                    OfflinePartners = [PartnerIssuer],
                },
            ],
        });
        var options = new IdentityManagementOptions
        {
            Issuer = PartnerIssuer,
            Key = scene.PartnerKey,
            Time = scene.Clock,
            Clients = Clients,
            Scopes = new HashSet<string> { Scope },
            Primaries = [new TrustedIssuer(PrimaryIssuer, [scene.PrimaryKey.ToPublic()])],
            Mappings = [new IdentityMapping(PrimaryIssuer, "sip:alice@primary.example", guest)],
        };
        await scene.AddAsync("idms.partner.example", partner?.Invoke(scene, options) ?? options);
        return scene;
    }

    /// <summary>By which one of the servers asks others.</summary>
    public HttpRequester RequesterOf(string host)
    {
        var requester = new HttpRequester(new HttpRequesterOptions
        {
            Self = PartyOf(host),
            Links = Links,
            Route = h => servers.TryGetValue(h, out var s) ? new HttpRoute(s.ListeningAt, null) : null,
        });
        requesters.Add(requester);
        return requester;
    }

    public Task<Authentication> LoginAsync(string password = "secret") => Client.LoginAsync(Primary, Scope, "alice", password).WaitAsync(Limit);

    /// <summary>Posts a form to a token endpoint; tells status and error or access token.</summary>
    public async Task<(int Status, string Error, string Token)> TokenAsync(string host, string form, string type = "application/x-www-form-urlencoded")
    {
        var answer = await Requester.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"http://{host}/token") { Content = new StringContent(form, Encoding.ASCII, type) }).WaitAsync(Limit);
        using var body = JsonDocument.Parse(answer.Body);
        answer.Headers!.CacheControl!.NoStore.Should().BeTrue();
        return (answer.StatusCode, Text("error"), Text("access_token"));

        string Text(string name) => body.RootElement.TryGetProperty(name, out var value) ? value.GetString()! : "";
    }

    public async Task<(int Status, string Location)> AuthorizeAsync(string query, string? login = null)
    {
        var request = new HttpRequestMessage(login is null ? HttpMethod.Get : HttpMethod.Post, $"http://idms.primary.example/authorize?{query}");
        if (login is not null) request.Content = new StringContent(login, Encoding.ASCII, "application/x-www-form-urlencoded");
        var answer = await Requester.SendAsync(request).WaitAsync(Limit);
        return (answer.StatusCode, answer.Headers!.Location?.ToString() ?? "");
    }

    public Task<HttpAnswer> GetAsync(string uri) => Requester.SendAsync(new HttpRequestMessage(HttpMethod.Get, uri)).WaitAsync(Limit);

    public async ValueTask DisposeAsync()
    {
        Requester.Dispose();
        foreach (var requester in requesters) requester.Dispose();
        foreach (var server in servers.Values) await server.DisposeAsync();
        PrimaryKey.Dispose();
        PartnerKey.Dispose();
    }

    private static Dictionary<string, string> Clients => new() { ["mc-client"] = "https://client.example/cb", ["other-client"] = "https://other.example/cb" };

    private static IdentityServerAddress Address(string name) =>
        new(new Uri($"http://idms.{name}.example/authorize"), new Uri($"http://idms.{name}.example/token"), $"https://idms.{name}.example");

    private Party PartyOf(string host)
    {
        if (parties.TryGetValue(host, out var known)) return known;
        return parties[host] = Links.Add(new Party(host, EntityKind.IdentityManagementServer, host[5..]));
    }

    private async Task AddAsync(string host, IdentityManagementOptions options)
    {
        var self = PartyOf(host);
        var face = Servers[host] = new IdentityManagementServer(options);
        var server = new HttpServer(new HttpServerOptions { Self = self, Links = Links, Handler = face.HandleAsync });
        await server.StartAsync(CancellationToken.None);
        servers[host] = server;
    }
}
