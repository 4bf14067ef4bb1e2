using System.Text;
using McConformance.Entities.GroupManagement;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Http.Transport;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Time;

namespace McConformance.Entities.Tests.GroupManagement;

/// <summary>The group management servers of two MC systems, an administrator, members, and the MC service server of the partner.</summary>
internal sealed class GroupScene : IAsyncDisposable
{
    public const string Primary = "primary.example";
    public const string Partner = "partner.example";
    public const string McServer = "sip:mcptt-psi@partner.example";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private readonly TimerWheel wheel;
    private readonly Dictionary<string, HttpServer> https = [];
    private readonly HttpRequester asker;

    private GroupScene()
    {
        Recording = new Recording(Clock);
        Links = new LinkBook(Clock, Recording);
        wheel = new TimerWheel(Clock);
        asker = Requester(Links.Add(new Party("asker", EntityKind.McServiceServer, Partner)));
    }

    public ShiftableTime Clock { get; } = new();

    public Recording Recording { get; }

    public LinkBook Links { get; }

    public Dictionary<string, GroupManagementServer> Servers { get; } = [];

    public static McGroupId Group { get; } = new("sip:joint-ops@primary.example");

    public static async Task<GroupScene> StartAsync(Func<GroupPartnerSystem, GroupPartnerSystem>? asPartner = null, Func<GroupPartnerSystem, GroupPartnerSystem>? asPrimary = null)
    {
        var scene = new GroupScene();
        await scene.AddAsync(Primary, Partner, asPrimary);
        await scene.AddAsync(Partner, Primary, asPartner);
        return scene;
    }

    public static GroupDocument Document(int members = 2, byte priority = 120) => GroupDocument.Create(new GroupDescription
    {
        Id = Group,
        DisplayName = "Joint ops",
        GroupPriority = priority,
        Members =
        [
            new GroupMember(new McServiceId("sip:alice@primary.example")) { UserPriority = 200 },
            .. Enumerable.Range(1, members - 1).Select(i => new GroupMember(new McServiceId($"sip:zoe{i}@partner.example")) { UserPriority = 40 }),
        ],
        Interconnection = new GroupInterconnection(new McSystemId(Primary), [new GroupPartner(new McSystemId(Partner))]),
    });

    /// <summary>The administrator defines the group at home.</summary>
    public Task<HttpAnswer> DefineAsync(GroupDocument document, string? raw = null) =>
        SendAsync(HttpMethod.Put, Primary, ("Authorization", "Bearer admin"), raw is null ? document.ToOctets() : Encoding.UTF8.GetBytes(raw));

    public Task<HttpAnswer> SendAsync(HttpMethod method, string domain, (string Name, string Value)? field, byte[]? body = null, string type = GroupDocument.ContentType, string? group = null)
    {
        var path = $"org.openmobilealliance.groups/global/byGroupID/{Uri.EscapeDataString(group ?? Group.Value)}";
        return SendAsync(method, domain, path, body, type, field is { } one ? [one] : []);
    }

    /// <summary>Any request.</summary>
    public Task<HttpAnswer> SendAsync(
        HttpMethod method, string domain, string path, byte[]? body, string type, params IEnumerable<(
            string Name, string Value)> fields)
    {
        var uri = new Uri(
            $"http://gms.{domain}/xcap-root/{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(method, uri);
        foreach (var (name, value) in fields) request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new(type) } };
        return asker.SendAsync(request).WaitAsync(Limit);
    }

    public Task<GroupTransferred?> ProvideAsync() => Servers[Primary].ProvideAsync(Group, new McSystemId(Partner)).WaitAsync(Limit);

    /// <summary>What holds at the partner.</summary>
    public async Task<GroupDescription> EffectiveAsync()
    {
        var answer = await SendAsync(HttpMethod.Get, Partner, ("X-3GPP-Asserted-Identity", $"\"{McServer}\""));
        answer.StatusCode.Should().Be(200);
        GroupDocument.TryRead(answer.Body, out var group, []).Should().BeTrue();
        return group!.Description;
    }

    public SipEndpointOptions Sip(string name, string domain, EntityKind kind) =>
        new() { Self = Links.Add(new Party(name, kind, domain)), Links = Links, Wheel = wheel, Gate = new Lock(), TcpPort = 0 };

    public async ValueTask DisposeAsync()
    {
        asker.Dispose();
        foreach (var server in https.Values) await server.DisposeAsync();
        foreach (var server in Servers.Values) await server.DisposeAsync();
        wheel.Dispose();
    }

    private async Task AddAsync(string domain, string other, Func<GroupPartnerSystem, GroupPartnerSystem>? change)
    {
        var partner = new GroupPartnerSystem(new McSystemId(other), $"gms.{other}")
        {
            MayPush = true,
            MayPull = true,
            MayPropose = true,
            Policy = new GroupPolicy { GroupPriority = 60, UserPriorityMax = 100, PermittedLocations = ["north"] },
        };
        var options = Sip($"gms.{domain}", domain, EntityKind.GroupManagementServer);
        Servers[domain] = new GroupManagementServer(new GroupManagementOptions
        {
            System = new McSystemId(domain),
            Endpoint = options,
            Requester = Requester(options.Self),
            Partners = [change?.Invoke(partner) ?? partner],
            McServiceServers = [$"sip:mcptt-psi@{domain}"],
            VerifyToken = t => t == "forged" ? new GroupAccess(null, "invalid_token") : new GroupAccess(new GroupUser([t], t == "admin"), ""),
        });
        Servers[domain].Start();
        var http = new HttpServer(new HttpServerOptions { Self = options.Self, Links = Links, Handler = Servers[domain].HandleAsync });
        await http.StartAsync(CancellationToken.None);
        https[$"gms.{domain}"] = http;
    }

    private HttpRequester Requester(Party self) => new(new HttpRequesterOptions
    {
        Self = self,
        Links = Links,
        Route = h => https.TryGetValue(h, out var s) ? new HttpRoute(s.ListeningAt, null) : null,
        AnswerTime = TimeSpan.FromSeconds(5),
    });
}
