using System.Net;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Identities;
using McConformance.Wire.Time;

namespace McConformance.Wire.Diameter.Tests.Peers;

/// <summary>Nodes over loopback sockets, on virtual time.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase), Parallelizable(ParallelScope.All)]
internal sealed class NodeTests : IAsyncDisposable
{
    private readonly ShiftableTime clock = new();
    private readonly LinkBook links;
    private readonly TimerWheel wheel;
    private readonly List<DiameterNode> nodes = [];
    private readonly CancellationTokenSource limit = new(TimeSpan.FromSeconds(10));

    public NodeTests()
    {
        links = new LinkBook(clock, new Recording(clock));
        wheel = new TimerWheel(clock);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes) await node.DisposeAsync();
        wheel.Dispose();
        limit.Dispose();
    }

    [Test]
    public async Task A_request_is_answered()
    {
        var (client, _) = await PairAsync(new Echo());
        (await AskAsync(client, "b")).Should().Be(2001);
    }

    [Test]
    public async Task An_unknown_realm_is_not_served()
    {
        var (client, _) = await PairAsync(new Echo());
        (await AskAsync(client, "nowhere")).Should().Be(Failed(DiameterFailure.RealmNotServed));
    }

    [Test]
    public async Task A_peer_that_is_gone_cannot_be_delivered_to()
    {
        var (client, server) = await PairAsync(new Echo());
        var gone = new TaskCompletionSource();
        client.Disconnected += _ => gone.TrySetResult();
        await server.DisposeAsync();
        await gone.Task.WaitAsync(limit.Token);
        (await AskAsync(client, "b")).Should().Be(Failed(DiameterFailure.UnableToDeliver));
    }

    [Test]
    public async Task An_answer_that_does_not_come_is_a_timeout()
    {
        var (client, _) = await PairAsync(new Silent());
        var asked = AskAsync(client, "b");
        clock.Advance(TimeSpan.FromSeconds(5));
        asked.IsCompleted.Should().BeFalse("six seconds are allowed");
        clock.Advance(TimeSpan.FromSeconds(2));
        (await asked).Should().Be(Failed(DiameterFailure.Timeout));
    }

    [Test]
    public async Task An_unknown_application_is_refused_with_the_E_bit()
    {
        var (client, _) = await PairAsync(new Echo());
        (await AskAsync(client, "b", application: 4)).Should().Be(3007);
        links.Recording!.Messages[^1].Octets.Span[4].Should().Be(0x60, "P as in the request, and E");
    }

    [Test]
    public async Task A_request_without_Session_Id_is_refused_and_says_what_is_missing()
    {
        var (client, _) = await PairAsync(new Echo());
        var draft = DiameterDraft.Rent().Start(0xC0, 303, 16777216, 0, 77).Put(Rfc6733.OriginHost, "a.a").Put(Rfc6733.OriginRealm, "a")
            .Put(Rfc6733.DestinationRealm, "b").Finish();
        (await AskAsync(client, draft)).Should().Be(5005);
        var answer = new DiameterMessage();
        answer.TryIndex(links.Recording!.Messages[^1].Octets, out _);
        answer.TryFind(279, 0, out var failed).Should().BeTrue();
        failed.TryFind(263, 0, out _).Should().BeTrue();
    }

    [Test]
    public async Task An_idle_connection_is_watched_and_a_dead_one_given_up()
    {
        var (client, _) = await PairAsync(new Echo());
        clock.Advance(TimeSpan.FromSeconds(31));
        var answer = await links.Recording!.FirstAsync(m => m.Octets.Span[7] == 24 && (m.Octets.Span[4] & 0x80) == 0, limit.Token);
        answer.Should().NotBeNull("DWA comes back");

        var gone = new TaskCompletionSource();
        client.Disconnected += _ => gone.TrySetResult();
        foreach (var link in links.Links) link.Sever();
        for (var i = 0; i < 4; i++) clock.Advance(TimeSpan.FromSeconds(31));
        await gone.Task.WaitAsync(limit.Token);
        client.OpenPeers.Should().BeEmpty();
    }

    [Test]
    public async Task A_proxy_keeps_end_to_end_adds_route_record_and_takes_its_proxy_info_off()
    {
        var server = Node("s", "b", new Echo(), listens: true);
        var proxy = Node("p", "b", new Forwarder(), listens: true, addsProxyInfo: true);
        var client = Node("c", "a", new Echo(), listens: false);
        await JoinAsync(proxy, server, "b");
        await JoinAsync(client, proxy, "b");

        (await AskAsync(client, "b")).Should().Be(2001);

        var (sent, passed, answered, back) = (Message(303, "c.a", "p.b"), Message(303, "p.b", "s.b"), Message(303, "s.b", "p.b"), Message(303, "p.b", "c.a"));
        passed.EndToEnd.Should().Be(sent.EndToEnd);
        passed.TryFind(282, 0, out var record).Should().BeTrue();
        record.Text.Should().Be("c.a");
        passed.TryFind(284, 0, out _).Should().BeTrue();
        answered.TryFind(284, 0, out _).Should().BeTrue("a server copies Proxy-Info");
        back.TryFind(284, 0, out _).Should().BeFalse("the proxy takes its own off");
        back.HopByHop.Should().Be(sent.HopByHop);
    }

    [Test]
    public async Task A_peer_that_nobody_configured_is_refused_with_3010()
    {
        var server = Node("s", "b", new Echo(), listens: true);
        server.Start();
        var stranger = Node("x", "a", new Echo(), listens: false);
        var gone = new TaskCompletionSource();
        stranger.Disconnected += _ => gone.TrySetResult();
        stranger.AddPeer(new DiameterPeerOptions { Host = server.Host, Address = server.ListeningAt, Initiates = true });
        stranger.Start();
        await gone.Task.WaitAsync(limit.Token);
        Message(257, "s.b", "x.a").TryFind(268, 0, out var result).Should().BeTrue();
        result.Uint32.Should().Be(3010);
    }

    [Test]
    public async Task A_lost_connection_is_opened_again()
    {
        var (client, server) = await PairAsync(new Echo());
        var gone = new TaskCompletionSource();
        client.Disconnected += _ => gone.TrySetResult();
        foreach (var link in links.Links) link.Sever();
        clock.Advance(TimeSpan.FromSeconds(31));
        await gone.Task.WaitAsync(limit.Token);
        foreach (var link in links.Links) link.Heal();
        var open = client.WhenConnectedAsync(server.Host, limit.Token);
        clock.Advance(TimeSpan.FromSeconds(31));
        await open;
        (await AskAsync(client, "b")).Should().Be(2001);
    }

    private DiameterMessage Message(uint command, string from, string to)
    {
        var message = new DiameterMessage();
        var found = links.Recording!.Messages.First(m => m.Link.From.Name == from && m.Link.To.Name == to &&
            message.TryIndex(m.Octets, out _) == System.Buffers.OperationStatus.Done && message.Command == command);
        message.TryIndex(found.Octets, out _);
        return message;
    }

    private async Task<(DiameterNode Client, DiameterNode Server)> PairAsync(IDiameterUser user)
    {
        var server = Node("s", "b", user, listens: true);
        var client = Node("c", "a", new Echo(), listens: false);
        await JoinAsync(client, server, "b");
        return (client, server);
    }

    private async Task JoinAsync(DiameterNode from, DiameterNode to, string realm)
    {
        to.AddPeer(new DiameterPeerOptions { Host = from.Host });
        if (started.Add(to)) to.Start();
        from.AddPeer(new DiameterPeerOptions { Host = to.Host, Address = to.ListeningAt, Initiates = true });
        from.AddRoute(new DiameterRoute(new DiameterIdentity(realm), [to.Host]));
        if (started.Add(from)) from.Start();
        await from.WhenConnectedAsync(to.Host, limit.Token);
    }

    private readonly HashSet<DiameterNode> started = [];

    private DiameterNode Node(string name, string realm, IDiameterUser user, bool listens, bool addsProxyInfo = false)
    {
        var node = new DiameterNode(
            new DiameterNodeOptions
            {
                Self = links.Add(new Party($"{name}.{realm}", EntityKind.DiameterProxy, realm)),
                Links = links,
                Wheel = wheel,
                Gate = new Lock(),
                Host = new DiameterIdentity($"{name}.{realm}"),
                Realm = new DiameterIdentity(realm),
                Listen = listens ? new IPEndPoint(IPAddress.Loopback, 0) : null,
                AddsProxyInfo = addsProxyInfo,
            },
            user);
        nodes.Add(node);
        return node;
    }

    private Task<int> AskAsync(DiameterNode node, string realm, uint application = 16777216) =>
        AskAsync(node, node.NewRequest(303, application, new DiameterIdentity(realm), null).Finish());

    private Task<int> AskAsync(DiameterNode node, DiameterDraft request)
    {
        var asking = new Asking();
        node.Send(request, asking, null);
        return asking.Result.Task.WaitAsync(limit.Token);
    }

    private static int Failed(DiameterFailure why) => -1 - (int)why;

    private sealed class Asking : IDiameterClientUser
    {
        public TaskCompletionSource<int> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void OnAnswer(DiameterClientTransaction transaction, DiameterMessage answer) =>
            Result.TrySetResult(answer.TryFind(268, 0, out var code) ? (int)code.Uint32 : 0);

        public void OnFailure(DiameterClientTransaction transaction, DiameterFailure why) => Result.TrySetResult(Failed(why));
    }

    private sealed class Echo : IDiameterUser
    {
        public void OnRequest(DiameterServerTransaction transaction) => transaction.Answer(transaction.NewAnswer(2001).Finish());
    }

    private sealed class Silent : IDiameterUser
    {
        public void OnRequest(DiameterServerTransaction transaction)
        {
        }
    }

    private sealed class Forwarder : IDiameterUser
    {
        public void OnRequest(DiameterServerTransaction transaction) => transaction.Forward(null);
    }
}
