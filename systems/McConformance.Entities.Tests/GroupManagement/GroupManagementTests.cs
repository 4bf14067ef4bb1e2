using System.Text;
using McConformance.Wire;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Entities.Tests.GroupManagement;

[Parallelizable(ParallelScope.All)]
internal sealed class GroupManagementTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Test]
    public async Task A_pushed_group_holds_at_the_partner_as_its_policy_has_it()
    {
        await using var scene = await GroupScene.StartAsync();
        (await scene.DefineAsync(GroupScene.Document())).StatusCode.Should().Be(201);
        var pushed = await scene.ProvideAsync();
        (pushed!.StatusCode, pushed.ETag is not null).Should().Be((201, true));
        var effective = await scene.EffectiveAsync();
        effective.GroupPriority.Should().Be(60);
        effective.Members.Select(m => m.UserPriority).Should().Equal(100, 40);
        effective.Interconnection!.PermittedLocations.Should().Equal("north");
        effective.Id.Should().Be(GroupScene.Group);
        scene.Recording.Messages.Select(m => m.Link.ReferencePoint).Should().Contain("CSC-16");
    }

    [Test]
    public async Task A_member_who_stands_in_the_list_twice_is_no_unique_member()
    {
        await using var scene = await GroupScene.StartAsync();
        var sound = Encoding.UTF8.GetString(GroupScene.Document().ToOctets());
        var answer = await scene.DefineAsync(
            GroupScene.Document(), sound.Replace(
            "sip:zoe1@partner.example", "sip:alice@primary.example", StringComparison.Ordinal));
        answer.StatusCode.Should().Be(409);
        Wire.Documents.XcapError.TryRead(answer.Body, out var error, []).Should().BeTrue();
        error!.Kind.Should().Be(Wire.Documents.XcapErrorKind.UniquenessFailure);
        error.NotUnique.Should().ContainSingle(n => n.Field == "group/list-service/list/entry/@uri");
    }

    [Test]
    public async Task The_server_tells_what_it_can_do()
    {
        await using var scene = await GroupScene.StartAsync();
        var answer = await scene.SendAsync(HttpMethod.Get, GroupScene.Primary, "xcap-caps/global/index", null, "");
        (answer.StatusCode, Encoding.UTF8.GetString(answer.Body.Span).Contains(
            "<auid>org.openmobilealliance.groups</auid>", StringComparison.Ordinal)).Should().Be((200, true));
    }

    [Test]
    public async Task A_change_at_home_reaches_a_partner_that_holds_the_group()
    {
        await using var scene = await GroupScene.StartAsync(asPartner: p => p with { Policy = new() });
        await scene.DefineAsync(GroupScene.Document());
        await scene.ProvideAsync();
        (await scene.DefineAsync(GroupScene.Document(priority: 7))).StatusCode.Should().Be(200);
        (await scene.EffectiveAsync()).GroupPriority.Should().Be(7);
    }

    [Test]
    public async Task A_group_deleted_at_home_is_deleted_at_the_partner()
    {
        await using var scene = await GroupScene.StartAsync();
        await scene.DefineAsync(GroupScene.Document());
        await scene.ProvideAsync();
        (await scene.SendAsync(HttpMethod.Delete, GroupScene.Primary, ("Authorization", "Bearer admin"))).StatusCode.Should().Be(200);
        (await scene.SendAsync(HttpMethod.Get, GroupScene.Partner, ("X-3GPP-Asserted-Identity", $"\"{GroupScene.McServer}\""))).StatusCode.Should().Be(404);
    }

    [Test]
    public async Task A_group_that_is_not_held_is_requested_from_its_home()
    {
        await using var scene = await GroupScene.StartAsync();
        await scene.DefineAsync(GroupScene.Document());
        (await scene.EffectiveAsync()).GroupPriority.Should().Be(60);
        var before = scene.Recording.Count;
        (await scene.EffectiveAsync()).GroupPriority.Should().Be(60);
        scene.Recording.Messages.Skip(before).Should().NotContain(m => m.Link.ReferencePoint == "CSC-16", "it is stored now");
    }

    [Test]
    public async Task A_lost_answer_is_repaired_by_a_second_attempt_and_both_agree()
    {
        await using var scene = await GroupScene.StartAsync();
        await scene.DefineAsync(GroupScene.Document());
        var link = scene.Links.Between(scene.Links.Named("gms.partner.example"), scene.Links.Named("gms.primary.example"), WireProtocol.Http);
        link.Disturb(new LosesOnce());
        var providing = scene.Servers[GroupScene.Primary].ProvideAsync(GroupScene.Group, new("partner.example"));
        SpinWait.SpinUntil(() => scene.Recording.Messages.Any(m => m.Fate == Fate.Lost), Limit).Should().BeTrue();
        scene.Clock.Advance(TimeSpan.FromSeconds(6));
        (await providing.WaitAsync(Limit))!.StatusCode.Should().Be(200, "it was stored by the first attempt");
    }

    [TestCase("member may", 201, true)]
    [TestCase("not permitted", 403, false)]
    public async Task The_partner_takes_groups_of_systems_that_may_provide_them(string name, int status, bool mayPush)
    {
        name.Should().NotBeEmpty();
        await using var scene = await GroupScene.StartAsync(asPartner: p => p with { MayPush = mayPush });
        await scene.DefineAsync(GroupScene.Document());
        (await scene.ProvideAsync())!.StatusCode.Should().Be(status);
    }

    [Test]
    public async Task The_home_gives_groups_to_systems_that_may_request_them_only()
    {
        await using var scene = await GroupScene.StartAsync(asPrimary: p => p with { MayPull = false });
        await scene.DefineAsync(GroupScene.Document());
        (await scene.SendAsync(HttpMethod.Get, GroupScene.Partner, ("X-3GPP-Asserted-Identity", $"\"{GroupScene.McServer}\""))).StatusCode.Should().Be(403);
    }

    [Test]
    public async Task A_home_out_of_reach_is_a_gateway_timeout_and_nothing_is_stored()
    {
        await using var scene = await GroupScene.StartAsync();
        await scene.DefineAsync(GroupScene.Document());
        var link = scene.Links.Between(scene.Links.Named("gms.partner.example"), scene.Links.Named("gms.primary.example"), WireProtocol.Http);
        link.Sever();
        (await scene.SendAsync(HttpMethod.Get, GroupScene.Partner, ("X-3GPP-Asserted-Identity", $"\"{GroupScene.McServer}\""))).StatusCode.Should().Be(504);
        link.Heal();
        (await scene.EffectiveAsync()).GroupPriority.Should().Be(60);
    }

    [TestCase("sip:gms@primary.example", 201)]
    [TestCase("sip:gms@third.example", 403)]
    [TestCase("sip:gms@partner.example", 403)]
    [TestCase("", 403)]
    public async Task Nobody_provides_for_another_system(string asserted, int expected)
    {
        await using var scene = await GroupScene.StartAsync();
        (await scene.SendAsync(HttpMethod.Put, GroupScene.Partner, ("X-3GPP-Asserted-Identity", $"\"{asserted}\""), GroupScene.Document().ToOctets())).StatusCode.Should().Be(expected);
    }

    [TestCase("sip:alice@primary.example", 200)]
    [TestCase("sip:bob@primary.example", 403)]
    [TestCase("forged", 401)]
    public async Task A_group_is_read_by_its_members(string token, int expected)
    {
        await using var scene = await GroupScene.StartAsync();
        await scene.DefineAsync(GroupScene.Document());
        (await scene.SendAsync(HttpMethod.Get, GroupScene.Primary, ("Authorization", $"Bearer {token}"))).StatusCode.Should().Be(expected);
    }

    private static IEnumerable<TestCaseData> Bodies()
    {
        var good = Encoding.UTF8.GetString(GroupScene.Document().ToOctets());
        yield return new TestCaseData("no xml", "application/vnd.oma.poc.groups+xml", 409, "not-well-formed").SetArgDisplayNames("no XML");
        yield return new TestCaseData("<!DOCTYPE x>" + good, "application/vnd.oma.poc.groups+xml", 409, "not-well-formed").SetArgDisplayNames("DTD");
        yield return new TestCaseData(good.Replace("joint-ops@", "other@"), "application/vnd.oma.poc.groups+xml", 409, "constraint-failure").SetArgDisplayNames("another group");
        yield return new TestCaseData(good.Replace("partner-system", "partner-sistem"), "application/vnd.oma.poc.groups+xml", 409, "xcap-error").SetArgDisplayNames("not a partner");
        yield return new TestCaseData(good.Replace(">200<", ">900<"), "application/vnd.oma.poc.groups+xml", 409, "schema-validation-error").SetArgDisplayNames("wrong value");
        yield return new TestCaseData(good, "text/plain", 415, null).SetArgDisplayNames("another type");
    }

    [TestCaseSource(nameof(Bodies))]
    public async Task A_document_that_is_not_right_is_refused_and_nothing_is_stored(string body, string type, int status, string? reason)
    {
        await using var scene = await GroupScene.StartAsync();
        var answer = await scene.SendAsync(HttpMethod.Put, GroupScene.Partner, ("X-3GPP-Asserted-Identity", "\"sip:gms@primary.example\""), Encoding.UTF8.GetBytes(body), type);
        answer.StatusCode.Should().Be(status);
        if (reason is not null) Encoding.UTF8.GetString(answer.Body.Span).Should().Contain(reason);
        (await scene.SendAsync(HttpMethod.Get, GroupScene.Partner, ("Authorization", "Bearer admin"))).StatusCode.Should().Be(404);
    }

    [Test]
    public async Task A_thousand_members_pass()
    {
        await using var scene = await GroupScene.StartAsync();
        (await scene.DefineAsync(GroupScene.Document(1000))).StatusCode.Should().Be(201);
        (await scene.ProvideAsync())!.StatusCode.Should().Be(201);
        (await scene.EffectiveAsync()).Members.Should().HaveCount(1000);
    }

    [Test]
    public async Task A_subscribed_server_is_notified_before_the_push_is_answered()
    {
        await using var scene = await GroupScene.StartAsync();
        await scene.DefineAsync(GroupScene.Document());
        var subscriber = new Subscriber(scene);
        await using (subscriber)
        {
            (await subscriber.SubscribeAsync("xcap-diff", GroupScene.McServer)).Should().Be(200);
            await subscriber.NextAsync();
            await scene.ProvideAsync();
            (await subscriber.NextAsync()).Should().Contain("byGroupID/sip%3Ajoint-ops%40primary.example").And.Contain("new-etag").And.NotContain("previous-etag");
            var messages = scene.Recording.Messages.Select(m => Encoding.UTF8.GetString(m.Octets.Span).Split('\r')[0]).ToList();
            messages.FindLastIndex(m => m.StartsWith("NOTIFY", StringComparison.Ordinal)).Should().BeLessThan(messages.FindLastIndex(m => m.StartsWith("HTTP/1.1 201", StringComparison.Ordinal)));
            (await subscriber.SubscribeAsync("presence", GroupScene.McServer)).Should().Be(489);
            (await subscriber.SubscribeAsync("xcap-diff", "sip:stranger@partner.example")).Should().Be(403);
        }
    }

    private sealed class Subscriber : ISipUser, ISipClientUser, IAsyncDisposable
    {
        private readonly System.Threading.Channels.Channel<string> notices = System.Threading.Channels.Channel.CreateUnbounded<string>();
        private readonly SipEndpoint endpoint;
        private readonly GroupScene scene;

        public Subscriber(GroupScene scene)
        {
            this.scene = scene;
            endpoint = new SipEndpoint(scene.Sip("mcptt.partner.example", GroupScene.Partner, EntityKind.McServiceServer), this);
            endpoint.Start();
        }

        public Task<int> SubscribeAsync(string package, string identity)
        {
            var done = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            var to = new SipDestination(Carrier.Tcp, scene.Servers[GroupScene.Partner].Notices.Endpoint.AddressOf(Carrier.Tcp));
            var draft = endpoint.NewRequest(SipMethod.Subscribe, "sip:gms@partner.example"u8, to);
            draft.Line(SipHeader.MaxForwards).Put(70).Line(SipHeader.From).Put($"<{GroupScene.McServer}>;tag=1").Line(SipHeader.To).Put("<sip:gms@partner.example>")
                .Line(SipHeader.CallId).Put(Guid.NewGuid().ToString("N")).Line(SipHeader.CSeq).Put("1 SUBSCRIBE").Line(SipHeader.Event).Put(package)
                .Line(SipHeader.Expires).Put(600).Line(SipHeader.Contact).Put($"<sip:{endpoint.AddressOf(Carrier.Tcp)};transport=tcp>")
                .Line(SipHeader.PAssertedIdentity).Put($"<{identity}>");
            endpoint.SendRequest(draft.Finish(), to, this, done);
            return done.Task.WaitAsync(Limit);
        }

        public async Task<string> NextAsync() => await notices.Reader.ReadAsync().AsTask().WaitAsync(Limit);

        public void OnRequest(SipServerTransaction transaction)
        {
            notices.Writer.TryWrite(Encoding.UTF8.GetString(transaction.Request.Body));
            transaction.Respond(200, "OK"u8);
        }

        public void OnAck(SipMessage ack, SipFlow flow) { }

        public void OnStrayResponse(SipMessage response, SipFlow flow) { }

        public void OnResponse(SipClientTransaction transaction, SipMessage response) => ((TaskCompletionSource<int>)transaction.State!).TrySetResult(response.StatusCode);

        public void OnFailure(SipClientTransaction transaction, SipFailure why) => ((TaskCompletionSource<int>)transaction.State!).TrySetResult(0);

        public ValueTask DisposeAsync() => endpoint.DisposeAsync();
    }

    private sealed class LosesOnce : Disturbance
    {
        public LosesOnce() => Times = 1;

        public override string Description => "loses one message";

        protected override void Apply(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink) => link.Lose(octets.Span, sink, "lost");
    }
}
