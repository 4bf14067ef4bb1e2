using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Diameter.Tests.Peers;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class TwoNodeTests
{
    private readonly World world = new();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task Answers_a_request()
    {
        var (a, b) = await PairAsync();
        var answer = await a.AskAsync("b.example");
        answer.ResultCode().Should().Be(2001);
        answer.Text(264).Should().Be("hss.b.example");
        answer.Flags.Should().Be(0x40);
        var request = world.Sent(a, b, 303, true).Single();
        request.Flags.Should().Be(0xC0);
        (answer.EndToEnd, answer.Text(263)).Should().Be((request.EndToEnd, request.Text(263)));
    }

    [Test]
    public async Task Everything_it_writes_is_sound()
    {
        var (a, b) = await PairAsync();
        await a.AskAsync("b.example");
        await a.Node.DisposeAsync();
        await world.SeesAsync("DPA", (_, m) => m is { Command: 282, IsRequest: false });
        foreach (var recorded in world.Recording.Messages)
        {
            var findings = new List<Finding>();
            DiameterValidator.Check(recorded.Octets.Span, findings);
            findings.Should().BeEmpty(DiameterDissector.Print(recorded.Octets.Span));
        }

        world.Recording.Messages.Select(m => Samples.Message(m.Octets.ToArray())).Select(m => (m.Command, m.IsRequest))
            .Should().Equal((257, true), (257, false), (303, true), (303, false), (282, true), (282, false));
        b.Node.OpenPeers.Should().BeEmpty();
    }

    [Test]
    public async Task Identifiers_are_never_used_twice()
    {
        var (a, b) = await PairAsync();
        for (var i = 0; i < 20; i++) await a.AskAsync("b.example");
        var requests = world.Sent(a, b, 303, true);
        requests.Select(m => m.HopByHop).Should().OnlyHaveUniqueItems();
        requests.Select(m => m.EndToEnd).Should().OnlyHaveUniqueItems();
        requests.Select(m => m.Text(263)).Should().OnlyHaveUniqueItems();
    }

    [TestCase("nowhere.example", null, DiameterFailure.RealmNotServed)]
    [TestCase("b.example", "gone.b.example", null, TestName = "An_unknown_destination_host_is_reached_by_its_realm")]
    [TestCase("c.example", null, DiameterFailure.UnableToDeliver)]
    public async Task Says_why_a_request_goes_nowhere(string realm, string? host, DiameterFailure? expected)
    {
        var (a, _) = await PairAsync();
        a.Node.AddRoute(new DiameterRoute(new DiameterIdentity("c.example"),
            [new DiameterIdentity("nobody.c.example")]));
        var asking = () => a.AskAsync(realm, host);
        if (expected is null) (await asking()).ResultCode().Should().Be(2001);
        else (await asking.Should().ThrowAsync<FailedException>()).Which.Why.Should().Be(expected);
    }

    [Test]
    public async Task A_destination_host_goes_before_the_realm()
    {
        var (a, b) = await PairAsync();
        var other = world.Add("other.b.example");
        await World.JoinAsync(a, other);
        await a.AskAsync("b.example", "other.b.example");
        (b.Handled, other.Handled).Should().Be((0, 1));
    }

    [Test]
    public async Task A_route_of_the_application_goes_before_one_of_the_realm_and_that_before_the_default()
    {
        var (a, b) = await PairAsync();
        var sh = world.Add("sh.b.example");
        var rest = world.Add("rest.c.example");
        await World.JoinAsync(a, sh);
        await World.JoinAsync(a, rest);
        a.Node.AddRoute(new DiameterRoute(new DiameterIdentity("b.example"), [sh.Host]) { Application = 16777216 });
        a.Node.AddRoute(DiameterRoute.Default(rest.Host));
        await a.AskAsync("b.example");
        await a.AskAsync("unheard-of.example");
        (b.Handled, sh.Handled, rest.Handled).Should().Be((0, 1, 1));
    }

    [Test]
    public async Task A_request_without_answer_times_out()
    {
        var (a, b) = await PairAsync();
        b.Handles = Station.Keeps;
        var asked = b.NextRequestAsync();
        var answer = a.AskAsync("b.example");
        await World.Within(asked, "the request is there");
        world.Time.Advance(TimeSpan.FromSeconds(5.9));
        answer.IsCompleted.Should().BeFalse();
        world.Time.Advance(TimeSpan.FromSeconds(0.2));
        (await answer.Awaiting(x => x).Should().ThrowAsync<FailedException>()).Which.Why
            .Should().Be(DiameterFailure.Timeout);
    }

    [Test]
    public async Task A_late_answer_is_not_taken_for_another()
    {
        var (a, b) = await PairAsync();
        b.Handles = Station.Keeps;
        var asked = b.NextRequestAsync();
        var first = a.AskAsync("b.example");
        var kept = await World.Within(asked, "the request is there");
        world.Time.Advance(TimeSpan.FromSeconds(7));
        await first.Awaiting(x => x).Should().ThrowAsync<FailedException>();
        b.Handles = t => t.Answer(t.NewExperimentalAnswer(10415, 5001).Finish());
        lock (b.Node.Gate) kept.Answer(kept.NewAnswer(2001).Finish());
        (await a.AskAsync("b.example")).ResultCode().Should().Be(0, "the second answer has an experimental result");
    }

    [Test]
    public async Task A_defect_of_the_user_costs_one_request()
    {
        var (a, b) = await PairAsync();
        b.Handles = _ => throw new InvalidOperationException("defect");
        (await a.AskAsync("b.example")).ResultCode().Should().Be(5012);
        b.Handles = t => t.Answer(t.NewAnswer(2001).Finish());
        (await a.AskAsync("b.example")).ResultCode().Should().Be(2001);
        b.Faults.Should().ContainSingle();
    }

    [Test]
    public async Task An_end_point_answers_a_fault_with_Failed_AVP()
    {
        var (a, b) = await PairAsync();
        b.Handles = t => t.AnswerFault().Should().BeTrue();
        var request = a.Node.NewRequest(303, 16777216, new DiameterIdentity("b.example"), null).Finish();
        var answer = await a.AskAsync(request);
        answer.ResultCode().Should().Be(5005);
        answer.TryFind(279, 0, out var failed).Should().BeTrue();
        failed.TryFind(1, 0, out _).Should().BeTrue("User-Name is what is missing first");
    }

    [Test]
    public async Task Both_may_connect_at_once_and_one_connection_stays()
    {
        for (var i = 0; i < 10; i++)
        {
            var (a, b) = (world.Add($"a{i}.a.example"), world.Add($"b{i}.b.example"));
            a.Routes("b.example", b);
            a.Node.AddPeer(new DiameterPeerOptions { Host = b.Host });
            b.Node.AddPeer(new DiameterPeerOptions { Host = a.Host });
            var (first, second) = (a.Node.WhenConnectedAsync(b.Host, default),
                b.Node.WhenConnectedAsync(a.Host, default));
            await Task.WhenAll(
                Task.Run(() => a.Node.AddPeer(
                    new DiameterPeerOptions { Host = b.Host, Address = b.Node.ListeningAt, Initiates = true })),
                Task.Run(() => b.Node.AddPeer(
                    new DiameterPeerOptions { Host = a.Host, Address = a.Node.ListeningAt, Initiates = true })));
            await World.Within(Task.WhenAll(first, second), "both are open");
            (await a.AskAsync("b.example")).ResultCode().Should().Be(2001);
        }
    }

    [Test]
    public async Task A_disconnect_without_wish_to_talk_keeps_it_away()
    {
        var (a, b) = await PairAsync(o => o with { Reconnect = TimeSpan.FromSeconds(1) });
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        a.Node.Disconnected += _ => gone.TrySetResult();
        lock (b.Node.Gate) b.Node.Disconnect(a.Host, 2);
        await World.Within(gone.Task, "the connection is gone");
        world.Time.Advance(TimeSpan.FromMinutes(5));
        world.Sent(a, b, 257, true).Should().ContainSingle("it does not come back by itself");
    }

    private async Task<(Station A, Station B)> PairAsync(Func<DiameterNodeOptions, DiameterNodeOptions>? change = null)
    {
        var (a, b) = (world.Add("scscf.a.example", change), world.Add("hss.b.example", change));
        a.Routes("b.example", b);
        await World.JoinAsync(a, b);
        return (a, b);
    }
}
