using System.Text;
using McConformance.Entities.Gateway;
using McConformance.Entities.McService;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Bodies;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;
using McConformance.Wire.Time;

namespace McConformance.Entities.Tests.McService;

/// <summary>What a client is told.</summary>
internal sealed record Told(int StatusCode, string Warning, bool? Success, MigrationCause? Cause, string ETag);

/// <summary>Two MC systems, each with an MC service server and, where wanted, a gateway server; a client in place of UE and SIP core.</summary>
internal sealed class MigrationScene : ISipUser, ISipClientUser, IAsyncDisposable
{
    public const string Partner = "partner.example";
    public const string Primary = "primary.example";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private readonly TimerWheel wheel;
    private readonly bool hasGateways;
    private readonly Dictionary<string, McServiceServer> servers = [];
    private readonly Dictionary<string, GatewayServer> gateways = [];
    private readonly SipEndpoint client;
    private readonly Dictionary<string, TaskCompletionSource<Told>> asked = [];

    private MigrationScene(bool hasGateways)
    {
        this.hasGateways = hasGateways;
        Recording = new Recording(Clock);
        Links = new LinkBook(Clock, Recording);
        wheel = new TimerWheel(Clock);
        client = new SipEndpoint(Sip("client", EntityKind.ServingCscf, Partner), this);
    }

    public ShiftableTime Clock { get; } = new();

    public Recording Recording { get; }

    public LinkBook Links { get; }

    public static McServiceId Guest { get; } = new("sip:alice.guest@partner.example");

    public static McServiceId Alice { get; } = new("sip:alice@primary.example");

    public static MigrationScene Start(
        bool hasGateways = true, Func<McServiceOptions, McServiceOptions>? partner = null, Func<McServiceOptions, McServiceOptions>? primary = null,
        Func<GatewayOptions, GatewayOptions>? gateway = null)
    {
        var scene = new MigrationScene(hasGateways);
        foreach (var (domain, other, change) in new[] { (Primary, Partner, primary), (Partner, Primary, partner) }) scene.Add(domain, other, change, gateway);
        foreach (var g in scene.gateways.Values) g.Start();
        foreach (var s in scene.servers.Values) s.Start();
        scene.client.Start();
        return scene;
    }

    public McServiceServer Server(string domain) => servers[domain];

    /// <summary>Somebody else's; whoever asks for it ends it.</summary>
    public SipEndpoint Other(string name, EntityKind kind, string domain, ISipUser user)
    {
        var endpoint = new SipEndpoint(Sip(name, kind, domain), user);
        endpoint.Start();
        return endpoint;
    }

    public Link Between(string from, string to) => Links.Between(Links.Named(from), Links.Named(to), WireProtocol.Sip);

    public IEnumerable<string> MessagesOf(string type) => Recording.Messages
        .Where(m => Encoding.UTF8.GetString(m.Octets.Span) is var text && text.StartsWith("MESSAGE", StringComparison.Ordinal) && text.Contains(type, StringComparison.Ordinal))
        .Select(m => $"{m.Link.From} -> {m.Link.To}");

    /// <summary>A client asks for migration service authorization.</summary>
    public Task<Told> MigrateAsync(Func<MigrationExtension, MigrationExtension>? change = null, string token = "guest", byte settingsIndex = 1, string? rawInfo = null)
    {
        var info = new McServiceInfo
        {
            Service = Wire.Documents.McService.Mcptt,
            AccessToken = token,
            ClientId = "urn:uuid:1",
            RequestType = MigrationBinding.Own.AuthorizationRequest,
            Migration = new MigrationExtension { PartnerMcServiceId = Guest, PrimaryMcServiceId = Alice, UserProfileIndex = new ProfileIndex(1) },
        };
        if (change is not null) info = info with { Migration = change(info.Migration) };
        return PublishAsync(Partner, rawInfo ?? Encoding.UTF8.GetString(info.ToOctets()), settingsIndex);
    }

    /// <summary>A client at home asks for service authorization.</summary>
    public Task<Told> AuthorizeAtHomeAsync() => PublishAsync(
        Primary, Encoding.UTF8.GetString(new McServiceInfo { Service = Wire.Documents.McService.Mcptt, AccessToken = "alice", ClientId = "urn:uuid:1" }.ToOctets()), 1);

    public async Task<Told> PublishAsync(string domain, string info, byte settingsIndex, string extra = "")
    {
        var settings = new PocSettings { EntityId = "urn:uuid:1", SelectedUserProfileIndex = new ProfileIndex(settingsIndex) }.ToOctets();
        var body = $"--b\r\nContent-Type: application/vnd.3gpp.mcptt-info+xml\r\n\r\n{info}\r\n--b\r\nContent-Type: application/poc-settings+xml\r\n\r\n{Encoding.UTF8.GetString(settings)}\r\n--b--\r\n";
        var told = Send(domain, body, "multipart/mixed;boundary=b", extra);
        return await UntilAsync(told);
    }

    public async Task<Told> EndAsync(string domain) => await UntilAsync(Send(domain, "", "", "Expires: 0"));

    /// <summary>Lets time pass step by step, so that what one timer sets off is over before the next.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(1))
        {
            await QuietAsync();
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await QuietAsync();
    }

    public async Task QuietAsync()
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (var (quiet, before, looks) = (0, -1L, 0); quiet < 3 && looks < 200; looks++)
        {
            await tick.WaitForNextTickAsync();
            quiet = Links.Activity == before && Clock.Firing == 0 ? quiet + 1 : 0;
            before = Links.Activity;
        }
    }

    public void OnRequest(SipServerTransaction transaction) => transaction.Respond(200, "OK"u8);

    public void OnAck(SipMessage ack, SipFlow flow) { }

    public void OnStrayResponse(SipMessage response, SipFlow flow) { }

    public void OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode < 200) return;
        var warning = response.TryGet(SipHeader.Warning, out var w) ? Encoding.UTF8.GetString(w) : "";
        McServiceInfo.TryRead(response.Body.ToArray(), out var info, []);
        var tag = response.TryGet(SipHeader.SipETag, out var e) ? Encoding.ASCII.GetString(e) : "";
        ((TaskCompletionSource<Told>)transaction.State!).TrySetResult(new Told(response.StatusCode, warning, info?.Migration?.Success, info?.Migration?.Cause, tag));
    }

    public void OnFailure(SipClientTransaction transaction, SipFailure why) =>
        ((TaskCompletionSource<Told>)transaction.State!).TrySetResult(new Told(0, "", null, null, ""));

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        foreach (var s in servers.Values) await s.DisposeAsync();
        foreach (var g in gateways.Values) await g.DisposeAsync();
        wheel.Dispose();
    }

    private async Task<Told> UntilAsync(Task<Told> told)
    {
        for (var i = 0; i < 60 && !told.IsCompleted; i++)
        {
            await QuietAsync();
            if (!told.IsCompleted) Clock.Advance(TimeSpan.FromSeconds(1));
        }

        return await told.WaitAsync(Limit);
    }

    private Task<Told> Send(string domain, string body, string type, string extra)
    {
        var done = new TaskCompletionSource<Told>(TaskCreationOptions.RunContinuationsAsynchronously);
        var to = new SipDestination(Carrier.Tcp, servers[domain].Endpoint.AddressOf(Carrier.Tcp));
        var draft = client.NewRequest(SipMethod.Publish, Encoding.ASCII.GetBytes($"sip:mcptt-psi@{domain}"), to);
        draft.Line(SipHeader.MaxForwards).Put(70).Line(SipHeader.From).Put("<sip:in-1@ims.partner.example>;tag=1").Line(SipHeader.To).Put($"<sip:mcptt-psi@{domain}>")
            .Line(SipHeader.CallId).Put(Guid.NewGuid().ToString("N")).Line(SipHeader.CSeq).Put("1 PUBLISH").Line(SipHeader.Event).Put("poc-settings")
            .Line(SipHeader.PAssertedIdentity).Put("<sip:in-1@ims.partner.example>");
        if (extra.Length > 0) draft.Line(Encoding.ASCII.GetBytes(extra.Split(": ")[0])).Put(extra.Split(": ")[1]);
        client.SendRequest(type.Length == 0 ? draft.Finish() : draft.Finish(Encoding.ASCII.GetBytes(type), Encoding.UTF8.GetBytes(body)), to, this, done);
        return done.Task;
    }

    private void Add(
        string domain, string other, Func<McServiceOptions, McServiceOptions>? change, Func<GatewayOptions, GatewayOptions>? changeGateway)
    {
        var all = new HashSet<Wire.Documents.McService> { Wire.Documents.McService.Mcptt };
        var one = new HashSet<ProfileIndex> { new(1) };
        var options = new McServiceOptions
        {
            Endpoint = Sip($"mcptt.{domain}", EntityKind.McServiceServer, domain),
            Service = Wire.Documents.McService.Mcptt,
            System = new McSystemId(domain),
            VerifyToken = t => t switch
            {
                "guest" => new McServiceToken(Guest, "mc-client", ""),
                "credential" => new McServiceToken(Guest, "mc-client", "") { OfflineCredential = "c1" },
                "alice" => new McServiceToken(Alice, "mc-client", ""),
                _ => new McServiceToken(null, "", "forged"),
            },
            Users = domain == Primary ? [new McServiceUser(Alice, one, [new MigrationPermission(new McSystemId(Partner), one, all)])] : [],
            Guests = domain == Partner ? [new McServiceUser(Guest, one, [])] : [],
            Partners = [new McPartner(new McSystemId(other)) { AllowsMigrationIn = true, MigratedServices = all }],
            NextHop = s => s.Value != other ? null : hasGateways ? At(gateways[domain].Endpoint) : At(servers[other].Endpoint),
        };
        servers[domain] = new McServiceServer(change?.Invoke(options) ?? options);
        if (!hasGateways) return;
        var gateway = new GatewayOptions
        {
            Endpoint = Sip($"gw.{domain}", EntityKind.GatewayServer, domain),
            System = new McSystemId(domain),
            Partners = [new GatewayPartner(new McSystemId(other), all)],
            Outward = (s, _) => s.Value == other ? At(gateways[other].Endpoint) : null,
            Inward = _ => At(servers[domain].Endpoint),
            InnerNames = () => [servers[domain].Endpoint.AddressOf(Carrier.Tcp).ToString(), $"mcptt.{domain}"],
        };
        gateways[domain] = new GatewayServer(changeGateway?.Invoke(gateway) ?? gateway);
    }

    private static SipDestination At(SipEndpoint endpoint) => new(Carrier.Tcp, endpoint.AddressOf(Carrier.Tcp));

    private SipEndpointOptions Sip(string name, EntityKind kind, string domain) =>
        new() { Self = Links.Add(new Party(name, kind, domain)), Links = Links, Wheel = wheel, Gate = new Lock(), TcpPort = 0, StreamIdle = TimeSpan.FromHours(1) };
}
